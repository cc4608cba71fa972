"""
Articles of several outlets, put together into stories: one event each.

Two articles are as alike as their words, and a little as what the encoder makes of how they begin;
more if both name the same day of the week and less if they name others.
That is measured against how alike each is to those nearest to it (local scaling: Zelnik-Manor and
Perona 2004): what stands among many articles on a running theme has to be more alike to be of one
event with one of them.
Stories grow by average linkage (UPGMA: Sokal and Michener 1958), within a window of days; what is
left alone then joins the story nearest to it, if that is nearly near enough.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import re2

from ombud.encoder import shared
from ombud.stories.document import Document
from ombud.stories.likeness import Likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

ALIKE: Final = 1.25
"""
Likeness of the articles of a story on the mean, at least, as multiple of that to those nearest.

Like the numbers below it is fixed on the training part of AllSides.
"""
_NEAREST: Final = 10
_LEAST: Final = 0.08
"""Likeness that counts for the nearest at least: in a small pile nothing is near."""
_MOST: Final = 0.3
"""The same at most: an event that twenty outlets report is still one."""
_LONE: Final = 0.8
"""Share of `ALIKE` with which an article that is left alone joins a story of several."""
_MEANING: Final = 0.2
"""What meaning counts, and words the rest."""
_UNALIKE: Final = 0.7
"""Likeness of what two articles mean from which it counts; most of those on politics reach it."""
_RARITY: Final = 0.5
"""Power of how rare a word is in English: in whole articles it counts less than in sentences."""
_SAME_DAY: Final = 1.15
_OTHER_DAY: Final = 0.7
_DAYS: Final = 4
"""Days that may lie between two articles of a story."""
_OPENING: Final = 1200
"""Characters of an article that are read: what is new stands first."""
_READ: Final = 2 * _OPENING
"""Characters of a title and an opening together, at most: a title may be a page that has no end."""
_REMEMBERED: Final = 4096
"""Articles whose meaning is remembered, 4 KB each: each is compared with all that come after it."""
_APART: Final = -np.inf
_WEEKDAY: Final = re2.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEK: Final = "Mon Tues Wednes Thurs Fri Satur Sun".split()


def group(
    documents: Sequence[Document], alike: float = ALIKE, known: Sequence[Sequence[int]] = ()
) -> list[list[int]]:
    """
    Return the stories as lists of places in `documents`, in order of their first article.

    known: stories that are there already, as such lists; they may grow, and no two become one.
    Articles further apart than a few days are never in one story; where a date is missing, words
    alone decide.
    """
    openings = [_opening(document) for document in documents]
    words = Likeness(openings, rarity=_RARITY).matrix.astype(np.float64)
    alikeness = (1 - _MEANING) * words + _MEANING * _meanings(documents)
    alikeness = _scaled(alikeness * _weekdays(openings))
    days = np.array([_day(document.published_at) for document in documents], dtype=np.float64)
    alikeness[np.abs(days[:, None] - days[None, :]) > _DAYS] = _APART
    return attached(alikeness, linked(alikeness, alike, known), alike * _LONE, known)


def attached(
    alikeness: "Doubles",
    groups: list[list[int]],
    least: float,
    known: Sequence[Sequence[int]],
) -> list[list[int]]:
    """Return groups to which those alone are added that are on the mean so alike to one of them."""
    fixed = {one for members in known for one in members}
    stories = [members for members in groups if len(members) > 1]
    grown = [[*members] for members in stories]
    for members in groups:
        if len(members) > 1:
            continue
        one = members[0]
        near = [float(alikeness[one, story].mean()) for story in stories]
        if near and max(near) >= least and one not in fixed:
            grown[near.index(max(near))].append(one)
        else:
            grown.append(members)
    return sorted(sorted(members) for members in grown)


def linked(
    alikeness: "Doubles", least: float, known: Sequence[Sequence[int]] = ()
) -> list[list[int]]:
    """
    Return groups whose members are on the mean so alike; the most alike join first.

    alikeness: (all, all), minus infinity for two that are never in one group.
    """
    groups = {number: [number] for number in range(len(alikeness))}
    table = alikeness.copy()
    np.fill_diagonal(table, _APART)
    for one, *others in known:
        for other in others:
            _join(table, groups, one, other)
    heads = [one for one, *_ in known]
    table[np.ix_(heads, heads)] = _APART
    best = table.argmax(axis=1) if len(table) else np.zeros(0, dtype=np.int64)
    rows = np.arange(len(table))
    while len(groups) > 1:
        one = int(table[rows, best].argmax())
        other = int(best[one])
        if table[one, other] < least:
            break
        _join(table, groups, one, other)
        for row in np.flatnonzero((best == one) | (best == other) | (rows == one)):
            best[row] = table[row].argmax()
    return sorted(sorted(members) for members in groups.values())


def _join(table: "Doubles", groups: dict[int, list[int]], one: int, other: int) -> None:
    """Make two groups one, which stands where the first stood."""
    ours, theirs = len(groups[one]), len(groups[other])
    groups[one] += groups.pop(other)
    table[one] = (ours * table[one] + theirs * table[other]) / (ours + theirs)
    table[one, one] = _APART
    table[:, one] = table[one]
    table[other] = table[:, other] = _APART


def _scaled(alikeness: "Doubles") -> "Doubles":
    """Return likeness as multiple of what each of two is to those nearest to it."""
    others = alikeness.copy()
    np.fill_diagonal(others, 0.0)
    nearest = np.sort(others, axis=1)[:, -_NEAREST:].sum(axis=1) / _NEAREST
    usual = np.sqrt(np.clip(nearest, _LEAST, _MOST))
    return np.asarray(alikeness / np.outer(usual, usual))


def _meanings(documents: Sequence[Document]) -> "Doubles":
    """Return (all, all) how alike what articles begin with is in meaning, from 0 to 1."""
    beginnings = [f"{one.title}. {one.body.quote(one.text)[:_OPENING]}" for one in documents]
    vectors: Doubles = np.array([_meaning(beginning[:_READ]) for beginning in beginnings])
    return np.clip((vectors @ vectors.T - _UNALIKE) / (1 - _UNALIKE), 0, 1) ** 2


@lru_cache(_REMEMBERED)
def _meaning(beginning: str) -> "Doubles":
    """Return (width,) what the beginning of an article means."""
    return shared().meaning(beginning).astype(np.float64)


def _weekdays(texts: Sequence[str]) -> "Doubles":
    """Return (all, all) by how much more or less alike two are for the days that they name."""
    named = np.zeros((len(texts), len(_WEEK)))
    for row, text in enumerate(texts):
        named[row, [_WEEK.index(day) for day in _WEEKDAY.findall(text)]] = 1.0
    any_day = named.any(axis=1)
    both = np.outer(any_day, any_day)
    return np.where(both, np.where(named @ named.T > 0, _SAME_DAY, _OTHER_DAY), 1.0)


def _opening(document: Document) -> str:
    """Return what an article begins with; the words of its title, which sum it up, count twice."""
    opening = document.body.quote(document.text)[:_OPENING]
    return f"{document.title}\n{document.title}\n{opening}"


def _day(stamp: str | None) -> float:
    """Return the number of a day, or NaN, which is apart from none."""
    return float(date.fromisoformat(stamp[:10]).toordinal()) if stamp else np.nan
