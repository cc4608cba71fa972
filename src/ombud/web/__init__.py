"""
The only HTTP in the project: the Perspective wire format, our own API and the pages.

`create_app` builds the application, `serve` runs it.
"""

from ombud.web.app import create_app
from ombud.web.serve import serve

__all__ = ["create_app", "serve"]
