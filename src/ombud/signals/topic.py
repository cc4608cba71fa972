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

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import re2

from ombud import encoder
from ombud.case import NO_PRIORS
from ombud.text import fold, readable
from ombud.vectors import UNKNOWN, Words, WordVectors, shared
from ombud.weights import FOLDER, joined, load, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.newsroom import Article
    from ombud.text import Span

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NAMES: Final = (
    "richness",
    "richest word",
    "words",
    "same words",
    "same words weight",
    "title words",
    "nearness",
    "nearness of title",
    "near share",
    "far share",
    "farthest",
    "nearest",
    "second nearest",
    "mean nearness",
    "passage nearness",
    "parent",
    "parent nearness",
    "parent same words",
    "names",
    "names shared",
    "names foreign",
    "everyday",
    "unknown",
    "question",
    "points back",
    "first person",
)
_NAMES: Final = re2.compile(r"[a-z,;]((?: [A-Z][a-z]+)+)")
_BACK: Final = re2.compile(
    r"\b(?:this|that|these|those|they|them|he|she|him|her|it|article|story|piece|report|headline)\b"
)
_FIRST: Final = re2.compile(r"\b(?:i|my|me|mine)\b")
_DIGITS: Final = 4
_NEAR: Final = 0.5
_FAR: Final = 0.3
_CONTENT: Final = 0.75
"""SIF weight from which a word says what a comment is about."""
FEW: Final = 6
"""Words below which a comment fits anywhere, and is not read again."""
_WEIGHT: Final = 2.0
"""How much the encoder's opinion counts beside the static one."""
SHIFT: Final = 1.0
"""Log-odds by which both expect more comments to be off the topic than there are."""
_SUREST: Final = 6.9
"""Log-odds beyond which no opinion counts more."""
_GIST: Final = 48
"""Words of an article that are read with a comment, after its title."""
_LONGEST: Final = 6_000
"""Characters of an article that are read."""
_KEPT: Final = 256
"""Articles that are kept in memory."""


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What an article or a parent comment is about.

    ids: (words,) its content words, each once; title: (words,) flags of those in the title.
    mean: (width,) direction of the whole; passages: (passages, width) of title and paragraphs.
    gist: the title, and the first words of the text without everyday ones.
    """

    ids: Ints
    title: NDArray[np.bool_]
    mean: NDArray[np.float32]
    passages: NDArray[np.float32]
    words: frozenset[str]
    gist: str


@lru_cache(maxsize=_KEPT)
def subject(vectors: WordVectors, title: str, text: str) -> Subject:
    """Read an article; `title` may be empty."""
    text = text[:_LONGEST]
    passages = [title, *(line for line in text.splitlines() if line.strip())]
    folded = [fold(passage).text for passage in passages]
    words = vectors.words(folded)
    whole = np.array([0, len(words.ids)], dtype=np.int64)
    mean = vectors.means(Words(words.ids, whole, words.begins, words.ends))[0]
    heading = words.ids[: words.rows[1]]
    known, rare = words.ids != UNKNOWN, vectors.weight[words.ids] > _CONTENT
    ids = np.unique(words.ids[known & rare])
    places = zip(words.owners.tolist(), words.begins.tolist(), words.ends.tolist(), strict=True)
    spelt = [folded[owner][begin:end] for owner, begin, end in places]
    telling = np.flatnonzero((~known | rare) & (words.owners > 0))[:_GIST]
    gist = f"{folded[0]}. {' '.join(spelt[place] for place in telling)}"
    flags = np.isin(ids, heading)
    return Subject(ids, flags, mean, vectors.means(words), frozenset(spelt), gist)


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

    def score(self, cases: Sequence[Case]) -> Floats:
        """Return (cases, 1) scores from 0 to 1; NaN without an article or without words."""
        scores = np.full((len(cases), 1), np.nan)
        judged = [row for row, case in enumerate(cases) if has_article(case) and case.words]
        static = self.static([cases[row] for row in judged]) if judged else np.zeros(0)
        for row, odds in zip(judged, static.tolist(), strict=True):
            scores[row, 0] = 1 / (1 + np.exp(SHIFT - self._read(cases[row], odds)))
        return np.round(scores, _DIGITS)

    def static(self, cases: Sequence[Case]) -> Floats:
        """Return (cases,) log-odds without the encoder; every case has an article."""
        found = evidence(cases, self._vectors)
        inputs = np.clip(2 * (found - self._low) / (self._high - self._low) - 1, -1, 1)
        inner = np.maximum(_dot(inputs, self._weights[0].T) + self._biases[0], 0)
        margin = (_dot(inner, self._weights[1].T) + self._biases[1])[:, 0]
        return np.asarray(np.clip(self._slope * margin + self._shift, -_SUREST, _SUREST))

    def _read(self, case: Case, static: float) -> float:
        """Return the log-odds, with the encoder's opinion where a finding may come of it."""
        doubt, further = self.bounds
        if static < doubt or len(case.words) < FEW:
            return static
        assert case.article is not None  # noqa: S101  # has_article
        about = subject(self._vectors, case.article.title, case.article.text)
        enough = ((1 + _WEIGHT) * further - static) / _WEIGHT
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


def evidence(cases: Sequence[Case], vectors: WordVectors) -> Floats:
    """Return (cases, NAMES) evidence; every case has an article."""
    texts = [case.folded.text for case in cases]
    words = vectors.words(texts)
    found = np.zeros((len(cases), len(NAMES)))
    _lexis(words, vectors, found)
    _phrasing(cases, found)
    means = vectors.means(words).astype(np.float64)
    members: dict[Article, list[int]] = {}
    for row, case in enumerate(cases):
        assert case.article is not None  # noqa: S101  # has_article
        members.setdefault(case.article, []).append(row)
    for article, rows in members.items():
        about = subject(vectors, article.title, article.text)
        found[rows, 13] = _dot(means[rows], about.mean[None])[:, 0]
        found[rows, 14] = _dot(means[rows], about.passages).max(axis=1)
        for row in rows:
            found[row, 18:21] = _names(cases[row].text, about.words)
        _compare(words, vectors, about, np.array(rows), found)
    for row, case in enumerate(cases):
        if case.parent and case.parent.strip():
            about = subject(vectors, "", case.parent)
            found[row, 15] = 1
            found[row, 16] = _dot(means[row : row + 1], about.mean[None])[0, 0]
            own = words.ids[words.rows[row] : words.rows[row + 1]]
            found[row, 17] = np.isin(own, about.ids).sum() / max(len(own), 1)
    return found


def _dot(left: Floats, right: NDArray[np.float32] | Floats) -> Floats:
    """Multiply without a library whose rounding depends on the size of the batch."""
    return np.asarray(np.einsum("iw,jw->ij", left, right.astype(np.float64)))


def _lexis(words: Words, vectors: WordVectors, found: Floats) -> None:
    """Fill in how much a comment says of its own."""
    known = words.ids != UNKNOWN
    weight = np.where(known, vectors.weight[words.ids], 0.9).astype(np.float64)
    content = np.where(weight > _CONTENT, weight, 0)
    count = np.maximum(np.diff(words.rows), 1)
    size = len(words)
    found[:, 0] = np.log1p(np.bincount(words.owners, content, minlength=size))
    filled = np.flatnonzero(np.diff(words.rows))
    if len(filled):
        found[filled, 1] = np.maximum.reduceat(weight, words.rows[filled])
    found[:, 2] = np.log1p(np.diff(words.rows))
    found[:, 21] = np.bincount(words.owners, content == 0, minlength=size) / count
    found[:, 22] = np.bincount(words.owners, ~known, minlength=size) / count


def _phrasing(cases: Sequence[Case], found: Floats) -> None:
    """Fill in whether the comment asks, points back at something, or speaks of the writer."""
    for row, case in enumerate(cases):
        text = case.folded.text
        found[row, 23] = "?" in text
        found[row, 24] = min(len(_BACK.findall(text)), 3)
        found[row, 25] = min(len(_FIRST.findall(text)), 3)


def _names(text: str, known: frozenset[str]) -> tuple[float, float, float]:
    """Count the names in a comment, those that the article has, and those it has not."""
    names = {name.lower() for run in _NAMES.findall(readable(text)) for name in run.split()}
    shared_names = len(names & known)
    return min(len(names), 4), min(shared_names, 3), min(len(names) - shared_names, 3)


def _compare(words: Words, vectors: WordVectors, about: Subject, rows: Ints, found: Floats) -> None:
    """Fill in how near each content word of the comments is to the nearest of the article's."""
    pieces = [np.arange(words.rows[row], words.rows[row + 1]) for row in rows]
    owner = np.repeat(np.arange(len(rows)), [len(piece) for piece in pieces])
    ids = words.ids[np.concatenate(pieces)] if pieces else np.zeros(0, dtype=np.int64)
    content = (ids != UNKNOWN) & (vectors.weight[ids] > _CONTENT)
    ids, owner = ids[content], owner[content]
    weight = vectors.weight[ids].astype(np.float64)
    if not len(ids) or not len(about.ids):
        return
    # Whole numbers below 2 ** 24: exact in single precision, whatever the batch.
    dots = vectors.table[ids].astype(np.float32) @ vectors.table[about.ids].astype(np.float32).T
    near = dots / vectors.norms[ids, None] / vectors.norms[about.ids]
    nearest = near.max(axis=1).astype(np.float64)
    titled = near[:, about.title].max(axis=1) if about.title.any() else np.zeros(len(ids))
    place = np.minimum(np.searchsorted(about.ids, ids), len(about.ids) - 1)
    same = about.ids[place] == ids
    in_title = np.bincount(owner, same & about.title[place], minlength=len(rows))

    mass = np.maximum(np.bincount(owner, weight, minlength=len(rows)), 1e-6)

    def share(values: NDArray[np.generic]) -> Floats:
        return np.bincount(owner, values * weight, minlength=len(rows)) / mass

    found[rows, 3] = np.minimum(np.bincount(owner, same, minlength=len(rows)), 4)
    found[rows, 4] = share(same)
    found[rows, 5] = np.minimum(in_title, 3)
    found[rows, 6] = share(nearest)
    found[rows, 7] = share(titled)
    found[rows, 8] = share(nearest > _NEAR)
    found[rows, 9] = share(nearest < _FAR)
    order = np.lexsort((nearest, owner))
    first, last = np.searchsorted(owner[order], np.arange(len(rows)) + np.array([[0], [1]]))
    some = last > first
    found[rows[some], 10] = nearest[order][first[some]]
    found[rows[some], 11] = nearest[order][last[some] - 1]
    found[rows[some], 12] = nearest[order][np.maximum(last[some] - 2, first[some])]
