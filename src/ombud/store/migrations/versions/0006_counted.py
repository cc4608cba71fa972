"""
Figures of whole days, which are counted once.

Revision: 0006, after 0005.
"""

from ombud.store.migrations.written import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a table."""
    run("0006_counted")
