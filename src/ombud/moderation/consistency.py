"""
What was decided before on comments that are nearly the same.

Decisions are to be consistent: whoever rules sees how others ruled on the like, and is told before
ruling the other way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.moderation.rulings import STATES
from ombud.newsroom import Comment, Repeat, Ruling, State
from ombud.store import comments, rulings

_WEEK: Final = 7
_SAME: Final = 0.995
"""Likeness from which there is nothing to tell two texts apart by."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A comment that is nearly the same; `ruling` is the one that stands, if anybody ruled."""

    comment: Comment
    likeness: float
    ruling: Ruling | None

    @property
    def state(self) -> State:
        """What became of it."""
        return self.comment.state

    @property
    def by(self) -> str | None:
        """The name of who decided; None where the policy did, or nobody has yet."""
        return self.ruling.by.partition(":")[2] if self.ruling else None

    @property
    def at(self) -> datetime:
        """When that was."""
        return self.ruling.at if self.ruling else self.comment.state_at

    @property
    def clause(self) -> str | None:
        """The clause that was cited."""
        return self.ruling.clause if self.ruling else None


def alike(
    tx: Connection,
    repeats: Iterable[Repeat],
    besides: int | None = None,
    outlets: Sequence[str] | None = None,
) -> tuple[Earlier, ...]:
    """
    Return the comments that others are nearly the same as, the closest first, then the latest.

    `besides`: the comment that is looked at itself.
    `outlets`: where whoever asks may look (None: everywhere).
    """
    likeness: dict[int, float] = {}
    for repeat in repeats:
        if repeat.comment is not None and repeat.comment != besides:
            known = likeness.get(repeat.comment, 0.0)
            likeness[repeat.comment] = max(known, repeat.likeness)
    if not likeness:
        return ()
    found = comments.some(tx, likeness)
    ruled = rulings.standing(tx, list(found))
    earlier = [
        Earlier(one, likeness[one.id], ruled.get(one.id))
        for one in found.values()
        if outlets is None or one.outlet in outlets
    ]
    return tuple(sorted(earlier, key=lambda one: (-one.likeness, -one.comment.id)))


def contrary(earlier: Iterable[Earlier], action: str) -> tuple[Earlier, ...]:
    """
    Return those that were decided the other way than `action`, approve or delete, would.

    What a moderator decided comes before what the policy decided alone, the latest first; what is
    still held was not decided.
    """
    other = {*STATES.values()} - {STATES[action]}
    found = [one for one in earlier if one.state in other]
    return tuple(sorted(found, key=lambda one: (one.ruling is not None, one.at), reverse=True))


def warning(against: Earlier, at: datetime) -> str:
    """
    Say in a sentence that the like was decided the other way: when, and by whom.

    `at`: the time that it is, in the zone in which days are to be told.
    """
    same = "the same comment" if against.likeness >= _SAME else "a near-identical comment"
    by = against.by or "the policy alone"
    return f"Decided the other way on {same} {_when(against.at, at)}, by {by}."


def _when(past: datetime, now: datetime) -> str:
    """Name a day as one would in the office."""
    there = past.astimezone(now.tzinfo)
    days = (now.date() - there.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < _WEEK:
        return f"on {there:%A}"
    year = "" if there.year == now.year else f" {there.year}"
    return f"on {there.day} {there:%B}{year}"
