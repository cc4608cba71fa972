"""
Whether a comment has nothing to do with its article.

Compared are the words of the comment with those of the article and of the parent comment: the same
words, rare ones above all, the same names, and words of near meaning (static word vectors).
A comment that says little of its own ("About time") fits any article.
Where that leaves a doubt, the encoder reads the comment together with what tells most of the
article, and stops after its first layers where all of them would not make a finding of it.
A score is a probability at the same prior whether or not the encoder was asked.
Not a number where there is no article.
Trained by `training/topic.py`; measured by `benchmarks/signals_quality.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ombud import encoder
from ombud.case import NO_PRIORS
from ombud.subjects import dot, evidence, names_something, subject
from ombud.vectors import shared
from ombud.weights import FOLDER, joined, load, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.text import Span

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FEW: Final = 6
"""Words below which a comment fits anywhere, and is not read again."""
_WEIGHT: Final = 2.0
"""How much the encoder's opinion counts beside the static one."""
_BEFORE: Final = (1.0, 0.0)
"""What versions expect that do not say it."""
_DIGITS: Final = 4
_SUREST: Final = 6.9
"""Log-odds beyond which no opinion counts more."""


class Topic:
    """The topic signal; build it once, it is read-only and may be shared by threads."""

    name = "topic"
    attributes: tuple[str, ...] = ("OFF_TOPIC",)
    priors = NO_PRIORS

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load and check the weights."""
        arrays = load(self.name, "topic.npz", folder)
        self._vectors = shared(folder)
        self._encoder = encoder.shared(folder)
        parts = (version(self.name, folder), self._vectors.version, self._encoder.version)
        self.version = joined(*parts)
        self._low, self._high = arrays["low"], arrays["high"]
        self._weights: list[Floats] = [arrays[f"weights{n}"] for n in range(2)]
        self._biases: list[Floats] = [arrays[f"bias{n}"] for n in range(2)]
        self._slope, self._shift = (float(number) for number in arrays["platt"])
        self.bounds = tuple(arrays["bounds"].tolist())
        self._usual, self._named = (float(odds) for odds in arrays.get("expected", _BEFORE))

    def score(self, cases: Sequence[Case]) -> Floats:
        """Return (cases, 1) scores from 0 to 1; NaN without an article or without words."""
        scores = np.full((len(cases), 1), np.nan)
        judged = [row for row, case in enumerate(cases) if has_article(case) and case.words]
        static = self.static([cases[row] for row in judged]) if judged else np.zeros(0)
        for row, odds in zip(judged, static.tolist(), strict=True):
            expected = self.expected(cases[row])
            read = self._read(cases[row], odds, expected - self._usual)
            scores[row, 0] = 1 / (1 + np.exp(expected - read))
        return np.round(scores, _DIGITS)

    def expected(self, case: Case) -> float:
        """Return the log-odds from which a comment is rather off the topic than on it."""
        return self._usual + self._named * names_something(case, self._vectors)

    def static(self, cases: Sequence[Case]) -> Floats:
        """Return (cases,) log-odds without the encoder; every case has an article."""
        found = evidence(cases, self._vectors)
        inputs = np.clip(2 * (found - self._low) / (self._high - self._low) - 1, -1, 1)
        inner = np.maximum(dot(inputs, self._weights[0].T) + self._biases[0], 0)
        margin = (dot(inner, self._weights[1].T) + self._biases[1])[:, 0]
        return np.asarray(np.clip(self._slope * margin + self._shift, -_SUREST, _SUREST))

    def _read(self, case: Case, static: float, named: float) -> float:
        """Return the log-odds, with the encoder's opinion where a finding may come of it."""
        doubt, further = self.bounds
        if static < doubt or len(case.words) < FEW:
            return static
        assert case.article is not None  # noqa: S101  # has_article
        about = subject(self._vectors, case.article.title, case.article.text)
        enough = ((1 + _WEIGHT) * (further + named) - static) / _WEIGHT
        return weighed(static, self._encoder.read_under(case.folded.text, about.gist, enough))

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:  # noqa: ARG002
        """Return nothing: it is the whole comment that is off the topic."""
        return ()


def weighed(static: float, read: float) -> float:
    """Weigh the log-odds of the networks against those of the encoder."""
    return (static + _WEIGHT * min(max(read, -_SUREST), _SUREST)) / (1 + _WEIGHT)


def has_article(case: Case) -> bool:
    """Whether the case comes with a text to compare with."""
    return case.article is not None and bool((case.article.title + case.article.text).strip())
