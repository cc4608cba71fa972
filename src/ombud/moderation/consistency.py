"""
What was decided before on comments that are nearly the same.

Decisions are to be consistent: whoever rules sees how others ruled on the like.
The desk words the warning before a ruling the other way, because days are told in the moderator's
own time there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ombud.newsroom import Comment, Repeat, Ruling, State
from ombud.store import comments, rulings


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
