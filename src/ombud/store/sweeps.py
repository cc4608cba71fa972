"""
One ruling on a whole campaign: which comments it is about, what was ruled at once, and undoing it.

Such a ruling is many, one for each comment, by one name and of one moment: by those it is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from ombud.newsroom import Comment, Staff
from ombud.store.campaigns import Campaign
from ombud.store.repeated import copies
from ombud.store.rows import made
from ombud.store.schema import articles, comments, rulings


@dataclass(frozen=True, slots=True)
class Sweep:
    """
    What somebody ruled at once on comments of a campaign, and on how many it still holds.

    `id` is the number of the first of its rulings.
    """

    id: int
    by: str
    at: datetime
    action: str
    clause: str | None
    note: str | None
    comments: int


def waiting(
    tx: Connection, campaign: int, who: Staff, at: datetime, most: int, past: int = 0
) -> list[int]:
    """
    Return comments of a campaign, held since before a time, that somebody may rule on then.

    In the order of their numbers, those `past` one of them.
    """
    free = or_(
        comments.c.claimed_by.is_(None),
        comments.c.claimed_by == who.by,
        comments.c.claimed_until <= at,
    )
    asked = _of(campaign, who).where(
        comments.c.state == "held",
        comments.c.text.is_not(None),
        comments.c.created_at <= at,
        copies.c.comment > past,
        free,
    )
    if not who.may("editor"):
        asked = asked.where(comments.c.escalated.is_(False))
    return [row.id for row in tx.execute(asked.limit(most))]


def ruled(  # noqa: PLR0913, PLR0917  # what narrows it
    tx: Connection, campaign: int, who: Staff, by: str, at: datetime, most: int, past: int = 0
) -> list[tuple[int, int]]:
    """
    Return comments with the rulings that somebody made at a moment and that still hold.

    In the order of their numbers, those `past` one of them.
    """
    asked = _of(campaign, who).add_columns(rulings.c.id.label("ruling"))
    asked = asked.join(rulings, rulings.c.comment == comments.c.id)
    asked = asked.where(
        rulings.c.at == at,
        rulings.c.by == by,
        _holds(),
        comments.c.text.is_not(None),
        copies.c.comment > past,
    )
    return [(row.id, row.ruling) for row in tx.execute(asked.limit(most))]


def sweeps(tx: Connection, campaign: int, outlets: Sequence[str] | None, most: int) -> list[Sweep]:
    """Return what was ruled on comments of a campaign and still holds, the latest first."""
    what = (rulings.c.by, rulings.c.at, rulings.c.action, rulings.c.clause, rulings.c.note)
    first, many = func.min(rulings.c.id).label("id"), func.count().label("comments")
    asked = (
        select(first, *what, many)
        .join(copies, copies.c.comment == rulings.c.comment)
        .where(copies.c.campaign == campaign, _holds())
        .group_by(*what)
        .order_by(rulings.c.at.desc(), rulings.c.by)
        .limit(most)
    )
    if outlets is not None:
        asked = asked.where(copies.c.outlet.in_(outlets))
    return [made(Sweep, row) for row in tx.execute(asked)]


def lock(tx: Connection, numbers: Sequence[int]) -> None:
    """Let nobody else change some comments; their articles come first, as everywhere."""
    places = select(comments.c.article).where(comments.c.id.in_(numbers))
    whole = select(articles.c.id).where(articles.c.id.in_(places)).order_by(articles.c.id)
    tx.execute(whole.with_for_update(key_share=True)).all()
    chosen = select(comments.c.id).where(comments.c.id.in_(numbers)).order_by(comments.c.id)
    tx.execute(chosen.with_for_update(key_share=True)).all()


def copies_of(
    tx: Connection, campaign: int, outlets: Sequence[str] | None, after: int | None, most: int
) -> tuple[list[Comment], int | None]:
    """Return the comments of a campaign in the order in which they came, and where it goes on."""
    asked = (
        select(comments)
        .join(copies, copies.c.comment == comments.c.id)
        .where(copies.c.campaign == campaign, copies.c.comment > (after or 0))
        .order_by(copies.c.comment)
        .limit(most + 1)
    )
    if outlets is not None:
        asked = asked.where(copies.c.outlet.in_(outlets))
    found = [made(Comment, row) for row in tx.execute(asked)]
    return found[:most], found[most - 1].id if len(found) > most else None


def begun(
    tx: Connection, found: Iterable[Campaign], outlets: Sequence[str] | None
) -> dict[int, str]:
    """Return the text that each campaign began with, as far as some outlets have a part in it."""
    asked = select(copies.c.campaign, func.min(copies.c.comment).label("first")).where(
        copies.c.campaign.in_([one.id for one in found])
    )
    if outlets is not None:
        asked = asked.where(copies.c.outlet.in_(outlets))
    first = asked.group_by(copies.c.campaign).subquery()
    texts = select(first.c.campaign, comments.c.text).join(first, first.c.first == comments.c.id)
    return dict(tx.execute(texts).all())


def times(
    tx: Connection, campaign: int, outlets: Sequence[str] | None, begin: datetime, bin_: timedelta
) -> dict[int, int]:
    """Return how many came in each of the equally long times since the beginning, by its number."""
    asked = select(copies.c.at).where(copies.c.campaign == campaign)
    if outlets is not None:
        asked = asked.where(copies.c.outlet.in_(outlets))
    counted: dict[int, int] = {}
    for at in tx.execute(asked).scalars():
        place = max(0, (at - begin) // bin_)
        counted[place] = counted.get(place, 0) + 1
    return counted


def most_of(
    tx: Connection, campaign: int, outlets: Sequence[str] | None, *, of: str, most: int
) -> list[tuple[int, int]]:
    """Return the numbers of the "reader" or "article" with most copies, and how many."""
    column = copies.c[of]
    asked = select(column, func.count()).where(copies.c.campaign == campaign).group_by(column)
    if outlets is not None:
        asked = asked.where(copies.c.outlet.in_(outlets))
    rows = tx.execute(asked.order_by(func.count().desc(), column).limit(most))
    return [(number, many) for number, many in rows]


def _of(campaign: int, who: Staff) -> Select[tuple[int]]:
    """Return the question for the comments of a campaign that somebody may see."""
    asked = (
        select(comments.c.id)
        .join(copies, copies.c.comment == comments.c.id)
        .where(copies.c.campaign == campaign)
        .order_by(copies.c.comment)
    )
    return asked if who.outlets is None else asked.where(comments.c.outlet.in_(who.outlets))


def _holds() -> ColumnElement[bool]:
    """Whether a ruling is the last one about its comment, and no undoing."""
    later = rulings.alias()
    after = select(later.c.id).where(
        later.c.comment == rulings.c.comment, later.c.kind == "ruling", later.c.id > rulings.c.id
    )
    kinds = rulings.c.action.in_(("approve", "delete"))
    return (rulings.c.kind == "ruling") & kinds & ~after.exists()
