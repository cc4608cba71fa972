"""
The signals: a file a model.

Each file ends with a class of the name of the file that fulfils `ombud.case.Signal`; loading one
verifies the hashes of its weights.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ombud.case import Signal


@cache
def all_signals() -> tuple[Signal, ...]:
    """
    Load every signal in this folder, in the order of their names.

    Raises SignalError if weights are missing or are not what the card says.
    """
    names = [module.name for module in iter_modules(__path__)]
    return tuple(getattr(import_module(f"{__name__}.{name}"), name.title())() for name in names)
