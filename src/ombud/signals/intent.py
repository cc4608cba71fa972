"""
What a comment wants: preach, talk of moderation, correct, pretend, sell, attack, threaten, shock.

The encoder reads every comment, all of it; a score is the probability that the comment breaks the
clause, for INCOHERENT that nobody can follow it, or what it is to the discussion.
A comment that may ask for a correction is read once more, with what its article says (DISPUTE).
Trained by `training/encoder.py`; measured by `benchmarks/quality.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import disputes, encoder
from ombud.case import NO_PRIORS
from ombud.lexicon import phrases
from ombud.weights import FOLDER, joined, models

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

ATTRIBUTES: Final = (*encoder.CLAUSES, "INCOHERENT", *encoder.DISCUSSION)
_COLUMNS: Final = [encoder.HEADS.index(attribute) for attribute in ATTRIBUTES]
_DIGITS: Final = 4
_DISPUTE: Final = "DISPUTE"
_CORRECTS: Final = ATTRIBUTES.index("CORRECTION_REQUEST")
_CUES: Final = phrases("correction_request_phrases")


class Intent:
    """The intent signal; build it once, it is read-only and may be shared by threads."""

    name = "intent"
    attributes: tuple[str, ...] = (*ATTRIBUTES, _DISPUTE)
    priors = NO_PRIORS

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        self._encoder = encoder.shared(folder)
        self.version = self._encoder.version
        # Versions before that do not read comments again go on to score as they did.
        self._disputes = disputes.shared(folder) if disputes.MODEL in models(folder) else None
        if self._disputes:
            self.version = joined(self.version, self._disputes.version)

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """
        Return (cases, attributes) scores from 0 to 1; NaN where a comment has no words.

        DISPUTE is not a number where there is no article either.
        """
        read = self._encoder.read([case.meant.text for case in cases])[:, _COLUMNS]
        again = np.array([self._again(case) for case in cases])
        scores = np.column_stack([read, again.reshape(-1, 1)])
        scores[[not case.words for case in cases]] = np.nan
        return np.round(scores, _DIGITS)

    def _again(self, case: Case) -> float:
        """Return how surely a comment disputes its article, if its words have a chance to."""
        about = case.article
        if self._disputes is None or about is None or not (about.title or about.text):
            return float("nan")
        if self._disputes.worth_reading(case) or _CUES.search(case.folded):
            return self._disputes.comment(case, about)
        return 0.0

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """Return the sentence that speaks most for the attribute; of a dispute, for correction."""
        if attribute == _DISPUTE:
            attribute = ATTRIBUTES[_CORRECTS]
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
