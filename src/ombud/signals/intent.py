"""
What a comment wants: preach, talk of moderation, correct, pretend, sell, attack, threaten, shock.

The reader reads every comment, all of it; a score is the probability that the comment breaks the
clause, or for INCOHERENT that nobody can follow it.
Trained by `training/reader.py`; measured by `benchmarks/quality.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import reader
from ombud.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

ATTRIBUTES: Final = tuple(head for head in reader.HEADS if head != "OFF_TOPIC")
_COLUMNS: Final = [reader.HEADS.index(attribute) for attribute in ATTRIBUTES]
_DIGITS: Final = 4
_MOST_SENTENCES: Final = 12
"""Sentences of a comment that are compared to find the one that carries a score."""


class Intent:
    """The intent signal; build it once, it is read-only and may be shared by threads."""

    name = "intent"
    attributes: tuple[str, ...] = ATTRIBUTES

    def __init__(self) -> None:
        """Load and check the weights."""
        self._reader = reader.shared()
        self.version = self._reader.version

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return (cases, attributes) scores from 0 to 1; NaN where a comment has no words."""
        scores = self._reader.read([case.folded.text for case in cases])[:, _COLUMNS]
        scores[[not case.words for case in cases]] = np.nan
        return np.round(scores, _DIGITS)

    def locate(self, case: Case, attribute: str) -> Span | None:
        """Return the sentence that speaks most for the attribute; None where it cannot be told."""
        spans = case.sentences
        if not 1 < len(spans) <= _MOST_SENTENCES:
            return spans[0] if len(spans) == 1 else None
        texts = [fold(span.quote(case.text)).text for span in spans]
        scores = self._reader.read(texts)[:, reader.HEADS.index(attribute)]
        return spans[int(np.argmax(scores))]
