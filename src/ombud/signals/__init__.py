"""
The signals: a file a model.

Each file ends with a class of the name of the file that fulfils `ombud.case.Signal`; loading one
verifies the hashes of its weights.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from ombud.case import Signal
from ombud.weights import FOLDER


@cache
def all_signals(folder: Path = FOLDER) -> tuple[Signal, ...]:
    """
    Load every signal there is with the weights in a folder, in the order of their names.

    Raises SignalError if weights are missing or are not what the card says.
    """
    names = [module.name for module in iter_modules(__path__)]
    modules = [(name, import_module(f"{__name__}.{name}")) for name in names]
    return tuple(getattr(module, name.title())(folder) for name, module in modules)
