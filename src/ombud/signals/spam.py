"""
How much a comment reads like spam: unasked advertising, tricks to draw clicks or money.

A linear model over hashed n-grams of the folded text.
Trained by `training/spam.py`; measured by `benchmarks/signals_quality.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.case import NO_PRIORS
from ombud.features import LinearHeads, hashed
from ombud.weights import FOLDER, load, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

    Floats = NDArray[np.float64]

_DIGITS: Final = 4
_AT_ONCE: Final = 2048


class Spam:
    """The spam signal; build it once, it is read-only and may be shared by threads."""

    name = "spam"
    attributes: tuple[str, ...] = ("SPAM",)
    priors = NO_PRIORS

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        arrays = load(self.name, "spam.npz", folder)
        self.version = version(self.name, folder)
        self._heads = LinearHeads.from_arrays(arrays)
        self._knots: Floats = arrays["knots"]
        self._values: Floats = arrays["values"]

    def score(self, cases: Sequence[Case]) -> Floats:
        """Return (cases, 1) scores from 0 to 1; NaN where a comment has no characters."""
        parts = [
            self._scores([case.folded.text for case in cases[begin : begin + _AT_ONCE]])
            for begin in range(0, len(cases), _AT_ONCE)
        ]
        return np.concatenate([np.zeros((0, 1)), *parts])

    def _scores(self, texts: Sequence[str]) -> Floats:
        features = hashed(texts, spec=self._heads.spec)
        scores = np.interp(self._heads.margins(features), self._knots, self._values)
        scores[np.diff(features.rows) == 0] = np.nan
        return np.round(scores, _DIGITS)

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:  # noqa: ARG002
        """Return the sentence that reads most like spam."""
        spans = case.sentences
        if len(spans) <= 1:
            return spans
        folded = [_within(case, span) for span in spans]
        margins = self._heads.margins(hashed(folded, spec=self._heads.spec))[:, 0]
        return (spans[int(np.argmax(margins))],)


def _within(case: Case, span: Span) -> str:
    """Return the folded text that came from a range of the original."""
    begin = int(np.searchsorted(case.folded.begins, span.begin))
    end = int(np.searchsorted(case.folded.begins, span.end))
    return case.folded.text[begin:end]
