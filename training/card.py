"""Write weights and their card, so that training scripts agree on the format."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from ombud.weights import CARD, FOLDER, version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def save(file: str, arrays: Mapping[str, NDArray[Any]], folder: Path = FOLDER) -> str:
    """
    Write arrays to a compressed .npz file in the weights folder and return its name.

    The same arrays give the same bytes, whenever and wherever they are written.
    """
    with (folder / file).open("wb") as target:
        np.savez_compressed(target, allow_pickle=False, **dict(arrays))
    return file


def record(
    model: str, files: Sequence[str], facts: Mapping[str, Any], folder: Path = FOLDER
) -> str:
    """
    Put one model on the card, replacing what it said about that model, and return the version.

    files: names in the weights folder, already written.
    facts: anything JSON can hold: sources, licences, measured quality.
    Other models' entries stay as they are, also when two trainings end at once.
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        target = folder / CARD
        cards = json.loads(target.read_bytes()) if target.exists() else {}
        hashes = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files}
        cards[model] = {"files": hashes, "facts": {"languages": ["en"], **facts}}
        draft = target.with_suffix(".draft")
        draft.write_text(json.dumps(cards, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(target)
    finally:
        os.close(lock)
    return version(model, folder)
