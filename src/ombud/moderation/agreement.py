"""
How well moderators agree, by clause and over all: Krippendorff's alpha with its interval.

Alpha is 1 where two people always say the same of a comment, and 0 where they agree no more often
than chance would have it.
The interval is a percentile bootstrap over comments, with a fixed seed.
Sources: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011; A. Zapf and others,
"Measuring inter-rater reliability for nominal data", 2016.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ombud.store.reviews import Opinion, Pair

Floats = NDArray[np.float64]
FEWEST: Final = 20
"""Comments that two people must have judged before their agreement says anything."""
_FEWEST_CITED: Final = 5
"""Comments for which somebody cited a clause before agreement about it says anything."""
_DRAWS: Final = 1000
_SEED: Final = 2011
_TAILS: Final = (2.5, 97.5)
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    Agreement about one clause, or over all (`rule` is None), of so many comments.

    `cited`: comments where somebody said that the clause is broken, or that it be deleted.
    Where `alpha` and its interval are None, `reason` says why.
    """

    rule: str | None
    comments: int
    cited: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def agreements(pairs: Sequence[Pair]) -> tuple[Agreement, ...]:
    """
    Return the agreement over all, then about each clause that anybody cited, by its name.

    Over all it is approving or deleting that one can agree on; about a clause, whether a comment
    is deleted by it.
    """
    said = [(pair.ruling, *pair.blind) for pair in pairs]
    deleted = [[one.action == "delete" for one in opinions] for opinions in said]
    cited = sorted({rule for opinions in said for one in opinions if (rule := _clause(one))})
    by_clause = (
        _agreement(rule, [[_clause(one) == rule for one in opinions] for opinions in said])
        for rule in cited
    )
    return (_agreement(None, deleted), *by_clause)


def counted(units: Iterable[Sequence[object]]) -> Floats:
    """Return (units, values): how many said each of the values about each unit."""
    known = [list(unit) for unit in units]
    place = {value: None for unit in known for value in unit}
    columns = {value: number for number, value in enumerate(place)}
    counts = np.zeros((len(known), len(columns)))
    for row, unit in enumerate(known):
        for value in unit:
            counts[row, columns[value]] += 1
    return counts


def alpha(counts: Floats, weights: Floats | None = None) -> Floats:
    """
    Return (draws,) Krippendorff's alpha of nominal values; not a number where nobody differs.

    counts: (units, values), how many said each value about each unit.
    weights: (draws, units), how often each unit is taken; once where it is left out.
    """
    said = counts.sum(axis=1)
    paired = said >= _TWO
    counts, said = counts[paired], said[paired]
    taken = np.ones((1, len(counts))) if weights is None else weights[:, paired]
    # Pairs of different values within a unit, against those among all values.
    differing = (said**2 - (counts**2).sum(axis=1)) / np.maximum(said - 1, 1)
    observed = taken @ differing
    totals = taken @ counts
    whole = totals.sum(axis=1)
    expected = (whole**2 - (totals**2).sum(axis=1)) / np.maximum(whole - 1, 1)
    found: Floats = np.full(len(taken), np.nan)
    some = expected > 0
    found[some] = 1 - observed[some] / expected[some]
    return found


def _agreement(rule: str | None, units: Sequence[Sequence[bool]]) -> Agreement:
    """Return the agreement of opinions that are yes or no, or why there is none to tell."""
    cited = sum(any(unit) for unit in units)
    if reason := _too_few(rule, len(units), cited):
        return Agreement(rule, len(units), cited, reason=reason)
    counts = counted(units)
    if counts.shape[1] < _TWO:
        reason = "everybody said the same of every comment, so chance would agree as well"
        return Agreement(rule, len(units), cited, reason=reason)
    # Comments of which the same was said are drawn together: it is the same draw, and quick.
    patterns, often = np.unique(counts, axis=0, return_counts=True)
    whole = alpha(patterns, often[None].astype(np.float64))
    chance = np.random.default_rng(_SEED)
    drawn = chance.multinomial(len(units), often / len(units), size=_DRAWS).astype(np.float64)
    # A draw in which nobody differs at all says nothing, and does not count.
    low, high = np.nanpercentile(alpha(patterns, drawn), _TAILS)
    return Agreement(rule, len(units), cited, float(whole[0]), float(low), float(high))


def _too_few(rule: str | None, comments: int, cited: int) -> str:
    """Say why agreement cannot be told yet, if it cannot."""
    if comments < FEWEST:
        return f"too few comments were reviewed: {comments}; it takes {FEWEST}"
    if rule is not None and cited < _FEWEST_CITED:
        return f"cited for too few comments: {cited}; it takes {_FEWEST_CITED}"
    return ""


def _clause(opinion: Opinion) -> str | None:
    """Return the clause that an opinion says is broken."""
    return opinion.clause if opinion.action == "delete" else None
