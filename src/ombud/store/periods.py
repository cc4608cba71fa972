"""The days and outlets that figures are asked for, and what stands about a comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, func, select, type_coerce

from ombud.store.schema import comments, decisions, rulings

VERDICTS: Final = ("approve", "delete")
_EPOCH: Final = date(1970, 1, 1)
_SECOND: Final = 1_000_000
TENTH: Final = 6 * _SECOND
"""A tenth of a minute."""
HOUR: Final = 3600 * _SECOND
DAY: Final = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Period:
    """A time, from `since` until before `until`, in some outlets (None: in all)."""

    since: datetime
    until: datetime
    outlets: Sequence[str] | None = None

    @property
    def days(self) -> list[date]:
        """The days, in UTC, that the period touches."""
        first, last = self.since.date(), (self.until - timedelta(microseconds=1)).date()
        return [first + timedelta(number) for number in range((last - first).days + 1)]


def latest_days(days: int, at: datetime, outlets: Sequence[str] | None = None) -> Period:
    """Return the period of so many whole days, in UTC, the last of which is that of `at`."""
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    return Period(midnight - timedelta(days - 1), at + timedelta(microseconds=1), outlets)


def day_of(number: int) -> date:
    """Return the day with a number that `part` gave."""
    return _EPOCH + timedelta(number)


def part(moment: ColumnElement[Any], length: int) -> ColumnElement[int]:
    """Return the number of the part of all time, each so many microseconds long."""
    return type_coerce(moment, BigInteger) // length


def in_outlets(outlets: Sequence[str] | None) -> list[ColumnElement[bool]]:
    """Return the condition that comments are of some outlets."""
    return [] if outlets is None else [comments.c.outlet.in_(outlets)]


def sent_in(period: Period) -> list[ColumnElement[bool]]:
    """Return the conditions that comments were sent in a period."""
    within = [comments.c.created_at >= period.since, comments.c.created_at < period.until]
    return [*within, *in_outlets(period.outlets)]


def standing_ruling() -> ScalarSelect[int]:
    """
    Return the number of the ruling that stands about a comment: the last one not taken back.

    An escalation stands too, and hides what was ruled before it.
    """
    own, undone = rulings.alias("own"), rulings.alias("undone")
    taken_back = select(undone.c.id).where(undone.c.undoes == own.c.id).exists()
    return (
        select(func.max(own.c.id))
        .where(
            own.c.comment == comments.c.id,
            own.c.kind == "ruling",
            # SQLite would take `undoes IS NULL` for rare, and look through all rulings.
            own.c.action != "undo",
            ~taken_back,
        )
        .correlate(comments)
        .scalar_subquery()
    )


def latest_decision() -> ScalarSelect[int]:
    """Return the number of the latest decision about a comment."""
    own = decisions.alias("judged")
    return (
        select(func.max(own.c.id))
        .where(own.c.comment == comments.c.id)
        .correlate(comments)
        .scalar_subquery()
    )
