"""
How toxic a comment is, and in which way.

A cascade: linear models over hashed n-grams of the folded text, one for each attribute, answer what
is clearly harmless; the encoder reads the rest, and both are heard.
A score is the probability that most raters would call the comment so, at the share of such
comments that the card states; the attribute names are Perspective's.
Trained by `training/toxicity.py` and `training/cascade.py`; measured by
`benchmarks/toxicity_quality.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import encoder, marks
from ombud.features import LinearHeads, hashed, located
from ombud.weights import FOLDER, joined, load, version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

    Floats = NDArray[np.float64]

ATTRIBUTES: Final = encoder.TOXICITY
_COLUMNS: Final = [encoder.HEADS.index(attribute) for attribute in ATTRIBUTES]
_DIGITS: Final = 4
_LEAST: Final = 1e-6
_AT_ONCE: Final = 2048
"""Comments whose n-grams are held in memory at the same time."""
_NEGLIGIBLE: Final = 0.15
"""Words that carry less than this share of what the heaviest words carry are not marked."""


class Toxicity:
    """The toxicity signal; build it once, it is read-only and may be shared by threads."""

    name = "toxicity"
    attributes: tuple[str, ...] = ATTRIBUTES

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        linear = load(self.name, "toxicity.npz", folder)
        cascade = load("cascade", "cascade.npz", folder)
        self._heads = LinearHeads.from_arrays(linear)
        self._clear = float(cascade["clear"])
        self._quiet: Floats = cascade["quiet"]
        self._blend: Floats = cascade["blend"]
        self._knots: Floats = cascade["knots"]
        self._values: Floats = cascade["values"]
        self._mark = float(cascade["mark"])
        self.priors: Mapping[str, float] = dict(
            zip(ATTRIBUTES, cascade["priors"].tolist(), strict=True)
        )
        if not all(0 < prior < 1 for prior in self.priors.values()):
            message = f"priors must lie between 0 and 1, and are {self.priors}"
            raise ValueError(message)
        self._encoder = encoder.shared(folder)
        own = (version(self.name, folder), version("cascade", folder))
        self.version = joined(*own, self._encoder.version)

    def score(self, cases: Sequence[Case]) -> Floats:
        """Return (cases, attributes) scores from 0 to 1; NaN where a comment has no characters."""
        return self.score_texts([case.meant.text for case in cases])

    def score_texts(self, folded: Sequence[str]) -> Floats:
        """Score texts that are folded already."""
        parts = [
            self._scores(folded[begin : begin + _AT_ONCE])
            for begin in range(0, len(folded), _AT_ONCE)
        ]
        return np.concatenate([np.zeros((0, len(self.attributes))), *parts])

    def _scores(self, texts: Sequence[str]) -> Floats:
        features = hashed(texts, spec=self._heads.spec)
        margins = self._heads.margins(features)
        doubtful = np.flatnonzero(margins[:, ATTRIBUTES.index("TOXICITY")] >= self._clear)
        # What is clear counts as if the encoder had read it and seen as little as it mostly does.
        read = np.broadcast_to(self._quiet, margins.shape).copy()
        read[doubtful] = self._read([texts[row] for row in doubtful.tolist()])
        summed = self._blend * margins + read
        scores = np.empty_like(summed)
        for head, (knots, values) in enumerate(zip(self._knots, self._values, strict=True)):
            scores[:, head] = np.interp(summed[:, head], knots, values)
        scores = np.round(scores, _DIGITS)
        scores[np.diff(features.rows) == 0] = np.nan
        return scores

    def _read(self, folded: Sequence[str]) -> Floats:
        """Return (texts, attributes) log-odds by the encoder."""
        probabilities = np.clip(self._encoder.read(folded)[:, _COLUMNS], _LEAST, 1 - _LEAST)
        return np.asarray(np.log(probabilities / (1 - probabilities)))

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """
        Return the runs of whole words that most raters would mark, the heaviest first.

        The encoder says which; the linear model, how much each weighs for the attribute.
        """
        folded = case.meant
        runs = marks.runs(self._encoder, folded.text, self._mark)
        weights = self._weights(folded.text, self.attributes.index(attribute), runs)
        # What raters mark, they mark as toxic; only some of it speaks for a special attribute.
        least = (
            -np.inf if attribute == "TOXICITY" else max(0.0, _NEGLIGIBLE * max(weights, default=0))
        )
        heaviest = sorted(zip(weights, runs, strict=True), key=lambda pair: -pair[0])
        spans = [folded.span(*run) for weight, run in heaviest if weight >= least]
        return [marks.visible(case.text, span) for span in spans]

    def _weights(self, text: str, head: int, runs: Sequence[tuple[int, int]]) -> list[float]:
        """Share what each n-gram adds evenly among its characters, and sum that up by run."""
        ngrams = located(text, spec=self._heads.spec)
        added = self._heads.contributions(ngrams, head) / (ngrams.ends - ngrams.begins)
        slopes = np.bincount(ngrams.begins, added, minlength=len(text) + 1)
        slopes -= np.bincount(ngrams.ends, added, minlength=len(text) + 1)
        total = np.concatenate([[0.0], np.cumsum(np.cumsum(slopes))])
        return [float(total[end] - total[begin]) for begin, end in runs]
