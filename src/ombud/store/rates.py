"""
How fast comments come: of a reader, of a block of addresses, under an article.

Counted where everything is stored, so that it holds for all replicas together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Integer, bindparam, func, insert, select, update

from ombud.store.repeated import floods, traces
from ombud.store.rows import made
from ombud.store.schema import articles, comments

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_AGAIN: Final = timedelta(minutes=10)
"""Quiet after which a flood of the same article is another one."""

_BEFORE: Final = bindparam("before", type_=Integer)
_OF_READER: Final = (
    select(comments.c.created_at)
    .where(comments.c.reader == bindparam("reader"))
    .order_by(comments.c.id.desc())
    .limit(1)
    .offset(_BEFORE)
)
_OF_BLOCK: Final = (
    select(traces.c.at)
    .where(traces.c.block == bindparam("block"))
    .order_by(traces.c.at.desc())
    .limit(1)
    .offset(_BEFORE)
)


@dataclass(frozen=True, slots=True)
class Flood:
    """An article under which far more is written than usual: comments a minute."""

    article: int
    began_at: datetime
    latest_at: datetime
    rate: int
    usual: float


def before_of_reader(tx: Connection, reader: int, many: int) -> datetime | None:
    """Return when a reader wrote the comment that lies so many back, if there are so many."""
    return tx.execute(_OF_READER, {"reader": reader, "before": many - 1}).scalar()


def before_of_block(tx: Connection, block: str, many: int) -> datetime | None:
    """Return when the comment that lies so many back came from a block, if there are so many."""
    return tx.execute(_OF_BLOCK, {"block": block, "before": many - 1}).scalar()


def lately(tx: Connection, at: datetime, least: int) -> dict[int, int]:
    """Return the articles with at least so many comments in the minute before, and how many."""
    asked = (
        select(comments.c.article, func.count())
        .where(comments.c.created_at > at - MINUTE, comments.c.created_at <= at)
        .group_by(comments.c.article)
        .having(func.count() >= least)
    )
    return dict(tx.execute(asked).all())


def usual(tx: Connection, article: int, at: datetime) -> float:
    """Return how many comments a minute an article had in the day before the last hour."""
    until, opened = at - HOUR, select(articles.c.opened_at).where(articles.c.id == article)
    begin = max(until - _DAY, tx.execute(opened).scalar_one())
    if begin >= until:
        return 0.0
    asked = select(func.count()).where(
        comments.c.article == article,
        comments.c.created_at > begin,
        comments.c.created_at <= until,
    )
    return float(tx.execute(asked).scalar_one() / ((until - begin) / MINUTE))


def flooded(tx: Connection, article: int, rate: int, usually: float, at: datetime) -> bool:
    """Keep that an article is flooded; return whether that is new."""
    known: datetime | None = tx.execute(
        select(floods.c.latest_at).where(floods.c.article == article).with_for_update()
    ).scalar()
    values = {"latest_at": at, "rate": rate, "usual": usually}
    if known is None:
        tx.execute(insert(floods).values(article=article, began_at=at, **values))
        return True
    fresh = known < at - _AGAIN
    if fresh:
        values["began_at"] = at
    tx.execute(update(floods).where(floods.c.article == article).values(values))
    return fresh


def flooding(tx: Connection, since: datetime, outlets: Sequence[str] | None) -> list[Flood]:
    """Return the articles that were flooded since a time, the latest first."""
    asked = (
        select(floods)
        .join(articles, articles.c.id == floods.c.article)
        .where(floods.c.latest_at >= since)
        .order_by(floods.c.latest_at.desc(), floods.c.article)
    )
    if outlets is not None:
        asked = asked.where(articles.c.outlet.in_(outlets))
    return [made(Flood, row) for row in tx.execute(asked)]
