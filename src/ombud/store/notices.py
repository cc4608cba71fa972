"""
Notices to the outlets' own systems of what was published: none is lost, some may come twice.

A notice waits while it has a next time.
Who takes it moves that time on and counts the attempt, so that after a crash it is sent again.
It is never given up: whoever is away for a week is told after a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Select, Update, insert, select, update

from ombud.store.corrected import notices
from ombud.store.rows import made
from ombud.store.schema import outlets

_TURN: Final = timedelta(seconds=60)
"""Time that one attempt has before somebody else tries."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What an outlet's own system is told; `event` is its name, the same at each attempt."""

    id: int
    event: str
    outlet: str
    correction: int
    body: str
    at: datetime
    attempts: int
    next_at: datetime | None
    failure: str | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """A notice with where it goes by now, and what signs it."""

    notice: Notice
    url: str
    secret: str


def add(tx: Connection, event: str, outlet: str, correction: int, body: str, at: datetime) -> None:
    """Write a notice, which is then sent from here."""
    values = {"event": event, "outlet": outlet, "correction": correction, "body": body}
    tx.execute(insert(notices).values(**values, at=at, next_at=at))


def due(tx: Connection, at: datetime) -> bool:
    """Whether a notice waits to be sent."""
    return tx.execute(_due(at, 1)).first() is not None


def take(tx: Connection, at: datetime, most: int) -> list[Addressed]:
    """Return the notices that have waited longest, for nobody else."""
    numbers = tx.execute(_due(at, most).with_for_update(skip_locked=True, of=notices)).scalars()
    chosen = notices.c.id.in_(numbers.all())
    moved = {"next_at": at + _TURN, "attempts": notices.c.attempts + 1}
    tx.execute(update(notices).where(chosen).values(moved))
    asked = (
        select(notices, outlets.c.webhook_url, outlets.c.webhook_secret)
        .join(outlets, outlets.c.id == notices.c.outlet)
        .where(chosen)
        .order_by(notices.c.id)
    )
    return [
        Addressed(made(Notice, row), row.webhook_url, row.webhook_secret or "")
        for row in tx.execute(asked)
    ]


def delivered(tx: Connection, notice: Notice, at: datetime) -> None:
    """Note that the outlet's system took a notice, whoever sent it meanwhile."""
    open_ = update(notices).where(notices.c.id == notice.id, notices.c.delivered_at.is_(None))
    tx.execute(open_.values(delivered_at=at, next_at=None, failure=None))


def later(tx: Connection, notice: Notice, next_at: datetime, failure: str) -> None:
    """Note that the outlet's system did not take a notice, and when to try again."""
    tx.execute(_of(notice).values(next_at=next_at, failure=failure))


def at_once(tx: Connection, outlet: str, number: int, at: datetime) -> bool:
    """Try to send a notice again now; return whether there is one that waits."""
    one = (notices.c.id == number, notices.c.outlet == outlet, notices.c.delivered_at.is_(None))
    return tx.execute(update(notices).where(*one).values(next_at=at)).rowcount == 1


def latest(tx: Connection, outlet: str, most: int) -> Sequence[Notice]:
    """Return the notices of an outlet: those that wait first, the oldest of them first."""
    asked = (
        select(notices)
        .where(notices.c.outlet == outlet)
        .order_by(notices.c.delivered_at.is_not(None), notices.c.delivered_at.desc(), notices.c.id)
        .limit(most)
    )
    return [made(Notice, row) for row in tx.execute(asked)]


def _due(at: datetime, most: int) -> Select[tuple[int]]:
    """Return the question for the notices that have waited longest and have an address."""
    return (
        select(notices.c.id)
        .join(outlets, outlets.c.id == notices.c.outlet)
        .where(notices.c.next_at <= at, outlets.c.webhook_url != "")
        .order_by(notices.c.next_at, notices.c.id)
        .limit(most)
    )


def _of(notice: Notice) -> Update:
    """Return what changes a notice as long as it is the turn of who took it."""
    mine = (notices.c.id == notice.id, notices.c.attempts == notice.attempts)
    return update(notices).where(*mine, notices.c.delivered_at.is_(None))
