"""What waits for a moderator, and any other list of comments that the staff asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from ombud.newsroom import Comment, State
from ombud.store import campaigns
from ombud.store.rows import made
from ombud.store.schema import comments, findings

Order = Literal["oldest", "newest", "disagreement", "certainty"]
MOST_COUNTED: Final = 10_000
_AT_ONCE: Final = 500
_ROUNDS: Final = 20
"""How many times as many comments are read for one page, where most are copies."""
Place = tuple[float, int]
"""Where a list goes on: what it is ordered by, and the number of the comment."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments are asked for; `outlets` are those that who asks may see (None: all)."""

    state: State | None = "held"
    order: Order = "oldest"
    outlets: Sequence[str] | None = None
    clause: str | None = None
    article: int | None = None
    reader: int | None = None
    escalated: bool | None = None
    flagged: bool = False
    text: str = ""


def page(
    tx: Connection, wanted: Wanted, after: Place | None, limit: int
) -> tuple[list[Comment], Place | None]:
    """Return comments in the order wanted, and where the list goes on."""
    key = _key(wanted.order)
    asked = _chosen(select(comments), wanted)
    if after is not None:
        asked = asked.where(_beyond(wanted.order, after))
    if key is not None:
        asked = asked.order_by(key.desc())
    newest = wanted.order == "newest"
    asked = asked.order_by(comments.c.id.desc() if newest else comments.c.id)
    found = [made(Comment, row) for row in tx.execute(asked.limit(limit + 1))]
    if len(found) <= limit:
        return found, None
    return found[:limit], _place(wanted.order, found[limit - 1])


def folded(
    tx: Connection, wanted: Wanted, after: Place | None, limit: int
) -> tuple[list[Comment], Place | None]:
    """Return what `page` does, but of each campaign no more than its first comment in the order."""
    found: list[Comment] = []
    known: set[int] = set()
    size = limit
    for _ in range(_ROUNDS):
        some, after = page(tx, wanted, after, size)
        campaign = campaigns.numbers(tx, [comment.id for comment in some])
        for comment in some:
            number = campaign.get(comment.id)
            if number in known:
                continue
            found.append(comment)
            if number is not None:
                known.add(number)
            if len(found) == limit and comment is not some[-1]:
                return found, _place(wanted.order, comment)
        if after is None or len(found) == limit:
            break
        size = _AT_ONCE
    return found, after


def count(tx: Connection, wanted: Wanted) -> int:
    """Return how many comments there are, counted up to `MOST_COUNTED`."""
    some = _chosen(select(comments.c.id), wanted).limit(MOST_COUNTED).subquery()
    return int(tx.execute(select(func.count()).select_from(some)).scalar_one())


def claim(tx: Connection, comment: int, by: str, at: datetime, until: datetime) -> bool:
    """Claim a comment for somebody, unless somebody else holds it; return whether it is theirs."""
    free = or_(
        comments.c.claimed_by.is_(None),
        comments.c.claimed_by == by,
        comments.c.claimed_until <= at,
    )
    claimed = tx.execute(
        update(comments)
        .where(comments.c.id == comment, free)
        .values(claimed_by=by, claimed_until=until)
    )
    return claimed.rowcount > 0


def _key(order: Order) -> ColumnElement[float] | None:
    """Return the column that an order goes by, highest first, if it is not the number."""
    return {"disagreement": comments.c.disagreement, "certainty": comments.c.certainty}.get(order)


def _place(order: Order, comment: Comment) -> Place:
    """Return where a list goes on after a comment."""
    return (0.0 if _key(order) is None else float(getattr(comment, order)), comment.id)


def _beyond(order: Order, after: Place) -> ColumnElement[bool]:
    """Return what comes after a place."""
    value, number = after
    if order == "newest":
        return comments.c.id < number
    key = _key(order)
    if key is None:
        return comments.c.id > number
    return or_(key < value, and_(key == value, comments.c.id > number))


def _chosen(asked: Select[tuple[object, ...]], wanted: Wanted) -> Select[tuple[object, ...]]:
    """Narrow a question to the comments that are wanted."""
    same = {
        comments.c.state: wanted.state,
        comments.c.article: wanted.article,
        comments.c.reader: wanted.reader,
        comments.c.escalated: wanted.escalated,
    }
    asked = asked.where(*(column == value for column, value in same.items() if value is not None))
    if wanted.outlets is not None:
        asked = asked.where(comments.c.outlet.in_(wanted.outlets))
    if wanted.flagged:
        asked = asked.where(comments.c.flags > 0)
    if wanted.clause is not None:
        cited = select(findings.c.comment).where(
            findings.c.rule == wanted.clause,
            findings.c.trial.is_(False),
            findings.c.comment == comments.c.id,
        )
        asked = asked.where(cited.exists())
    if wanted.text:
        asked = asked.where(comments.c.text.icontains(wanted.text, autoescape=True))
    return asked
