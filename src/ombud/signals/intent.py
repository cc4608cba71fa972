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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

ATTRIBUTES: Final = tuple(head for head in reader.HEADS if head != "OFF_TOPIC")
_COLUMNS: Final = [reader.HEADS.index(attribute) for attribute in ATTRIBUTES]
_DIGITS: Final = 4


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
        """Return the sentence that speaks most for the attribute; None where there is no text."""
        spans = case.sentences
        if len(spans) <= 1:
            return spans[0] if spans else None
        shares: list[list[float]] = [[] for _ in spans]
        sentence = 0
        for begin, end, share in self._reader.shares(case.folded.text, attribute):
            place = case.folded.span(begin, end).begin
            while place >= spans[sentence].end and sentence + 1 < len(spans):
                sentence += 1
            shares[sentence].append(share)
        means = [sum(found) / len(found) if found else -np.inf for found in shares]
        return spans[int(np.argmax(means))]
