"""
Where the weights of the models live, and the only way to read them.

`card.json` beside this file names every model's files with their SHA-256, and the facts about it:
what it was trained on, under which licences, and how well it did.
A file that is not what the card says is never used.

    arrays = load("toxicity", "toxicity.npz")
    version("toxicity")             # "3f0c9a1be274"
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ombud.errors import SignalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FOLDER: Final = Path(__file__).parent
CARD: Final = "card.json"
MEASURED: Final = "measured.json"
"""What the benchmarks found of the models; no file of any of them."""
_VERSION_DIGITS: Final = 12


def models(folder: Path = FOLDER) -> tuple[str, ...]:
    """Name the models that the card knows."""
    return tuple(sorted(_card(folder)))


def card(model: str, folder: Path = FOLDER) -> Mapping[str, Any]:
    """Return the card of one model: `files` (name to SHA-256) and `facts`."""
    cards = _card(folder)
    if model not in cards:
        known = ", ".join(sorted(cards)) or "none"
        message = f"no model named '{model}' in {folder / CARD}; there are: {known}"
        raise SignalError(message)
    return cards[model]


def version(model: str, folder: Path = FOLDER) -> str:
    """Return the short hash of all files of a model."""
    files = sorted(card(model, folder)["files"].items())
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:_VERSION_DIGITS]


def joined(*versions: str) -> str:
    """Return the version of a signal that several models make together."""
    return hashlib.sha256(" ".join(versions).encode()).hexdigest()[:_VERSION_DIGITS]


def read(model: str, file: str, folder: Path = FOLDER) -> bytes:
    """Return the bytes of one file, checked against the card."""
    files = card(model, folder)["files"]
    if file not in files:
        message = f"model '{model}' has no file named '{file}'; it has: {', '.join(sorted(files))}"
        raise SignalError(message)
    try:
        content = (folder / file).read_bytes()
    except OSError as error:
        message = f"model '{model}' cannot be read: {folder / file}: {error.strerror}"
        raise SignalError(message) from error
    found = hashlib.sha256(content).hexdigest()
    if found != files[file]:
        message = f"{folder / file} is damaged: expected sha256 {files[file]}, found {found}"
        raise SignalError(message)
    return content


def load(model: str, file: str, folder: Path = FOLDER) -> dict[str, NDArray[Any]]:
    """Return the arrays of one .npz file, checked against the card."""
    content = read(model, file, folder)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (ValueError, zipfile.BadZipFile) as error:
        message = f"{folder / file} is no .npz file: {error}"
        raise SignalError(message) from error


def _card(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the card anew: weights may be exchanged while a long-lived process runs."""
    try:
        content: dict[str, dict[str, Any]] = json.loads((folder / CARD).read_bytes())
    except OSError as error:
        message = f"no card of the models: {folder / CARD}: {error.strerror}"
        raise SignalError(message) from error
    except ValueError as error:
        message = f"{folder / CARD} is no JSON: {error}"
        raise SignalError(message) from error
    return content
