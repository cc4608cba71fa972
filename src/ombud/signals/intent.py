"""
What a comment wants: preach, talk of moderation, correct, pretend, sell, attack, threaten, shock.

The encoder reads every comment, all of it; a score is the probability that the comment breaks the
clause, for INCOHERENT that nobody can follow it, or what it is to the discussion.
Trained by `training/encoder.py`; measured by `benchmarks/quality.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import encoder
from ombud.case import NO_PRIORS
from ombud.weights import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

ATTRIBUTES: Final = (*encoder.CLAUSES, "INCOHERENT", *encoder.DISCUSSION)
_COLUMNS: Final = [encoder.HEADS.index(attribute) for attribute in ATTRIBUTES]
_DIGITS: Final = 4


class Intent:
    """The intent signal; build it once, it is read-only and may be shared by threads."""

    name = "intent"
    attributes: tuple[str, ...] = ATTRIBUTES
    priors = NO_PRIORS

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        self._encoder = encoder.shared(folder)
        self.version = self._encoder.version

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return (cases, attributes) scores from 0 to 1; NaN where a comment has no words."""
        scores = self._encoder.read([case.meant.text for case in cases])[:, _COLUMNS]
        scores[[not case.words for case in cases]] = np.nan
        return np.round(scores, _DIGITS)

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """Return the sentence that speaks most for the attribute."""
        spans = case.sentences
        if len(spans) <= 1:
            return spans
        begins = [span.begin for span in spans]
        shares: list[list[float]] = [[] for _ in spans]
        read = case.meant
        for begin, end, share in self._encoder.shares(read.text, attribute):
            place = read.span(begin, end).begin
            shares[max(0, bisect_right(begins, place) - 1)].append(share)
        means = [sum(found) / len(found) if found else -np.inf for found in shares]
        return (spans[int(np.argmax(means))],)
