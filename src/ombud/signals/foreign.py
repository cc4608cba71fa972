"""
How sure it is that a comment is not written in English.

The language detector (CLD2) is asked where few words are common English ones; what is short, names,
dialect and quotes stay uncertain.
There are no weights: the version is that of the word list.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.case import NO_PRIORS
from ombud.language import UNDETERMINED, detect
from ombud.lexicon import words
from ombud.weights import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

_COMMON: Final = words("everyday")
_ENGLISH: Final = 0.5
"""From this share of common words on, a comment is English without a check."""
_ENOUGH: Final = 4
"""Fewer words than these are never surely foreign in the Latin script."""
_LATIN_ENDS: Final = 0x24F
_SURE: Final = 0.95


class Foreign:
    """The signal for other languages and scripts."""

    name = "foreign"
    attributes: tuple[str, ...] = ("FOREIGN",)
    priors = NO_PRIORS
    version = hashlib.sha256(" ".join(_COMMON).encode()).hexdigest()[:12]

    def __init__(self, folder: Path = FOLDER) -> None:
        """Take the folder as every signal does; this one has no weights."""

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return (cases, 1) scores from 0 to 1; NaN where a comment has no letters."""
        return np.array([[_foreign(case)] for case in cases]).reshape(len(cases), 1)

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:  # noqa: ARG002
        """Return nothing: it is the whole comment that is in another language."""
        return ()


def _foreign(case: Case) -> float:
    """Judge one comment."""
    letters = [char for char in case.plain.text if char.isalpha()]
    if not letters:
        return float("nan")
    elsewhere = sum(ord(char) > _LATIN_ENDS for char in letters)
    if 2 * elsewhere > len(letters):
        return _SURE
    spoken = [word for word, _, _ in case.words if word.isalpha()]
    known = sum(word in _COMMON for word in spoken) / max(1, len(spoken))
    if len(spoken) < _ENOUGH or known >= _ENGLISH:
        return 0.0
    if detect(case.plain.text) in ("en", "sco", UNDETERMINED):
        return 0.0
    return round((1 - known) * min(1.0, len(spoken) / 6), 4)
