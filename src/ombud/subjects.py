"""
What an article or a comment is about, and how near the two are.

Compared are the words of a comment with those of its article and of its parent: the same words,
rare ones above all, the same names, and words of near meaning (static word vectors).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import re2

from ombud.text import fold, readable, stem
from ombud.vectors import UNKNOWN, Words, WordVectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from ombud.case import Case
    from ombud.newsroom import Article

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
    words: all its words; telling: the stems of those that are not everyday words.
    gist: the title, and the first words of the text without everyday ones.
    """

    ids: Ints
    title: NDArray[np.bool_]
    mean: NDArray[np.float32]
    passages: NDArray[np.float32]
    words: frozenset[str]
    telling: frozenset[str]
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
    told = ~known | rare
    in_text = np.flatnonzero(told & (words.owners > 0))[:_GIST]
    gist = f"{folded[0]}. {' '.join(spelt[place] for place in in_text)}"
    flags = np.isin(ids, heading)
    telling = _stems(spelt[place] for place in np.flatnonzero(told))
    return Subject(
        ids, flags, mean, vectors.means(words), frozenset(spelt), telling=telling, gist=gist
    )


def names_something(case: Case, vectors: WordVectors) -> bool:
    """Whether a comment has a telling word, in any form, of its article or of its parent."""
    words = vectors.words([case.folded.text])
    own = _stems(case.folded.text[begin:end] for begin, end in _told(words, vectors))
    assert case.article is not None  # noqa: S101  # has_article
    about = subject(vectors, case.article.title, case.article.text).telling
    return bool(own & about) or bool(
        case.parent and own & subject(vectors, "", case.parent).telling
    )


def _told(words: Words, vectors: WordVectors) -> Iterator[tuple[int, int]]:
    """Yield where the words of one text are that say what it is about."""
    told = (words.ids == UNKNOWN) | (vectors.weight[words.ids] > _CONTENT)
    return zip(words.begins[told].tolist(), words.ends[told].tolist(), strict=True)


def _stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that have letters."""
    return frozenset(stem(word) for word in words if word.isalpha())


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
        found[rows, 13] = dot(means[rows], about.mean[None])[:, 0]
        found[rows, 14] = dot(means[rows], about.passages).max(axis=1)
        for row in rows:
            found[row, 18:21] = _names(cases[row].text, about.words)
        _compare(words, vectors, about, np.array(rows), found)
    for row, case in enumerate(cases):
        if case.parent and case.parent.strip():
            about = subject(vectors, "", case.parent)
            found[row, 15] = 1
            found[row, 16] = dot(means[row : row + 1], about.mean[None])[0, 0]
            own = words.ids[words.rows[row] : words.rows[row + 1]]
            found[row, 17] = np.isin(own, about.ids).sum() / max(len(own), 1)
    return found


def dot(left: Floats, right: NDArray[np.float32] | Floats) -> Floats:
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
