"""
Ombud, the readers' desk of a news site.

    import ombud

    policy = ombud.house_policy()
    policy.judge("WHY IS NOBODY TALKING ABOUT THIS SCANDAL").action
"""

from importlib.metadata import version
from pathlib import Path

__version__ = version("ombud")

from ombud.case import Case
from ombud.engine import Engine
from ombud.errors import OmbudError
from ombud.newsroom import Article, Reader, Repeat
from ombud.policy import Action, Decision, Finding, configure
from ombud.rules import house_rules
from ombud.signals import all_signals
from ombud.text import Span
from ombud.weights import FOLDER

__all__ = [
    "Action",
    "Article",
    "Case",
    "Decision",
    "Engine",
    "Finding",
    "OmbudError",
    "Reader",
    "Repeat",
    "Span",
    "house_policy",
]


def house_policy(written: str = "", weights: Path = FOLDER) -> Engine:
    """
    Return the house policy, ready to judge, with the changes that a policy file's text makes.

    `weights` is the folder of another version of the models than the one that comes with Ombud.

    Raises PolicyError if the text names or sets something that does not exist, and SignalError if
    the weights of a model are not what the card says.
    """
    return Engine(configure(house_rules(), written), all_signals(weights))
