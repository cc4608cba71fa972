"""
Whether a text disputes what was published.

A comment is read together with the sentences of its article that it speaks of; a letter to the
newsroom by itself.
Both are read by three layers of their own, on top of the first layers of the encoder.
Trained by `training/dispute.py`; measured by `benchmarks/mail_quality.py`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import encoder
from ombud.assertions.evidence import evidence
from ombud.newsroom import Article
from ombud.text import readable
from ombud.weights import FOLDER, read, version

if TYPE_CHECKING:
    from pathlib import Path

    from ombud.case import Case

MODEL: Final = "dispute"
LETTER, COMMENT = 0, 1
"""The heads."""
NEVER: Final = 0.02
"""A chance of a correction below which a comment is not read: that of most comments."""
_NEAREST: Final = 2
"""Sentences of an article that a comment is read with."""


class Disputes:
    """What reads texts for disputes; read-only, and may be shared by threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights; raises SignalError if they are not what the card says."""
        self._encoder = encoder.shared(folder)
        self._upper = encoder.session(read(MODEL, "dispute.onnx", folder))
        self.version = version(MODEL, folder)

    def letter(self, text: str) -> float:
        """Return from 0 to 1 how surely a folded letter says that what was published is wrong."""
        return self._read(text, "", LETTER)

    def comment(self, case: Case, about: Article) -> float:
        """Return from 0 to 1 how surely a comment disputes what its article says."""
        return self._read(case.meant.text, spoken_of(case.text, about), COMMENT)

    def _read(self, text: str, beside: str, head: int) -> float:
        """Return the highest score of all windows of a text."""
        margins = [
            self._upper.run(["margins"], {"states": states})[0][0, head]
            for states in self._encoder.lower(text, beside)
        ]
        return float(1 / (1 + np.exp(-np.float64(max(margins)))))


def spoken_of(text: str, about: Article) -> str:
    """Return the headline of an article and the sentences that a comment speaks of, in order."""
    read = Article(readable(about.title), readable(about.text), readable(about.byline))
    nearest = evidence(readable(text), read, _NEAREST)
    in_order = sorted(nearest, key=lambda one: (one.part, one.begin))
    return " ".join([read.title, *(one.text for one in in_order if one.part != "title")])


@cache
def shared(folder: Path = FOLDER) -> Disputes:
    """Return one reader for all that use it."""
    return Disputes(folder)
