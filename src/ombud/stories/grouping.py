"""
Articles of several outlets, put together into stories: one event each.

Likeness by words in a window of days; stories grow by complete linkage (Defays 1977), so that every
two articles of a story are alike and no chain of resemblances runs from one event to another.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.stories.document import Document
from ombud.stories.likeness import Likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE: Final = 0.16
"""Likeness of any two articles of a story, at least; fixed on the training part of AllSides."""
_DAYS: Final = 4
"""Days that may lie between two articles of a story."""
_OPENING: Final = 1200
"""Characters of an article that are read: what is new stands first."""
_APART: Final = -1.0


def group(documents: Sequence[Document], alike: float = ALIKE) -> list[list[int]]:
    """
    Return the stories as lists of places in `documents`, in order of their first article.

    Articles further apart than a few days are never in one story; where a date is missing, words
    alone decide.
    """
    alikeness = Likeness([_opening(document) for document in documents]).matrix.astype(np.float64)
    days = np.array([_day(document.published_at) for document in documents], dtype=np.float64)
    alikeness[np.abs(days[:, None] - days[None, :]) > _DAYS] = _APART
    return linked(alikeness, alike)


def linked(alikeness: "NDArray[np.float64]", least: float) -> list[list[int]]:
    """Return groups in which every two members are at least so alike; the most alike join first."""
    groups = {number: [number] for number in range(len(alikeness))}
    table = alikeness.copy()
    np.fill_diagonal(table, _APART)
    best = table.argmax(axis=1) if len(table) else np.zeros(0, dtype=np.int64)
    while len(groups) > 1:
        rows = np.arange(len(table))
        one = int(table[rows, best].argmax())
        other = int(best[one])
        if table[one, other] < least:
            break
        groups[one] += groups.pop(other)
        table[one] = np.minimum(table[one], table[other])
        table[one, one] = _APART
        table[:, one] = table[one]
        table[other] = table[:, other] = _APART
        for row in np.flatnonzero((best == one) | (best == other) | (rows == one)):
            best[row] = table[row].argmax()
    return sorted(sorted(members) for members in groups.values())


def _opening(document: Document) -> str:
    """Return what an article begins with; the words of its title, which sum it up, count twice."""
    opening = document.body.quote(document.text)[:_OPENING]
    return f"{document.title}\n{document.title}\n{opening}"


def _day(stamp: str | None) -> float:
    """Return the number of a day, or NaN, which is apart from none."""
    return float(date.fromisoformat(stamp[:10]).toordinal()) if stamp else np.nan
