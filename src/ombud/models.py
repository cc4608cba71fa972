"""
Versions of the models beside the one that comes with Ombud, so that old scores can be given again.

A version is a folder of weights with their card, named by the id that decisions record.
"""

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ombud import weights
from ombud.case import Case
from ombud.engine import model_id
from ombud.errors import SignalError
from ombud.newsroom import Article
from ombud.signals import all_signals

FOLDER = "models"
"""Where versions are kept inside the data folder."""
_TRIED = Case("The bridge is open again.", article=Article("A bridge", "It was closed."))
_IN_WHEEL = "ombud/weights/"


def installed(folder: Path) -> Mapping[str, Path]:
    """Return the versions in a folder: the id of each and where its weights are."""
    if not folder.is_dir():
        return {}
    found = (path for path in sorted(folder.iterdir()) if (path / weights.CARD).is_file())
    return {path.name: path for path in found if not path.name.startswith(".")}


def identified(folder: Path) -> str:
    """
    Load the models in a folder, try them and return their id.

    Raises SignalError if a file is missing, is not what the card says, or does not fit this Ombud.
    """
    try:
        signals = all_signals(folder)
        for signal in signals:
            signal.score([_TRIED])
    except SignalError:
        raise
    except Exception as error:
        message = f"the weights in {folder} do not fit this version of Ombud: {error}"
        raise SignalError(message) from error
    return model_id(signals)


def whole(folder: Path) -> Path:
    """Return the folder of a kept version; raises SignalError if it is not what its name says."""
    found = identified(folder)
    if found != folder.name:
        message = f"{folder} holds the version {found}, and not what its name says"
        raise SignalError(message)
    return folder


def add(source: Path, folder: Path) -> str:
    """
    Copy the weights from a folder, or from the wheel of another Ombud, and return their id.

    Nothing is left behind where that fails; raises SignalError if the source holds no weights, or
    weights that are damaged or do not fit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        for name, content in _files(source).items():
            (draft / name).write_bytes(content)
        found = identified(draft)
        # What is there under this id may be damaged by now; what has come is whole.
        shutil.rmtree(folder / found, ignore_errors=True)
        draft.chmod(0o755)
        draft.rename(folder / found)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return found


def _files(source: Path) -> dict[str, bytes]:
    """Return the card in a folder or in a wheel, and the files that it names."""
    if source.is_dir():
        return _named(lambda name: (source / name).read_bytes())
    try:
        with zipfile.ZipFile(source) as wheel:
            return _named(lambda name: wheel.read(_IN_WHEEL + name))
    except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        message = f"{source} is no folder of weights and no wheel: {error}"
        raise SignalError(message) from error


def _named(content: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the card and the files that it names, by name; `content` reads one of them."""
    try:
        card = content(weights.CARD)
        names = [name for model in json.loads(card).values() for name in model["files"]]
        if any(Path(name).name != name for name in names):
            message = "its card names files outside of its folder"
            raise SignalError(message)
        found = {weights.CARD: card} | {name: content(name) for name in names}
    except (OSError, KeyError, ValueError, AttributeError, TypeError, RecursionError) as error:
        message = f"these are no weights of Ombud: {error}"
        raise SignalError(message) from error
    with suppress(OSError, KeyError):
        found[weights.MEASURED] = content(weights.MEASURED)
    return found
