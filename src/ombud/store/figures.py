"""
The figures of the desk: what was found and overturned, how long comments wait, who decides.

Each is one question to the database.
Days and hours are in UTC.
"""

from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    Select,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from ombud.newsroom import Staff
from ombud.store.periods import (
    DAY,
    HOUR,
    TENTH,
    VERDICTS,
    Period,
    day_of,
    in_outlets,
    latest_decision,
    part,
    sent_in,
    standing_ruling,
)
from ombud.store.schema import comments, decisions, findings, rulings

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tally:
    """
    One clause on one day, counted over the comments that were sent on it.

    found: the policy found the clause broken, live.
    ruled: of the comments where it was found or cited, those that a moderator has ruled on.
    cited: deleted by a moderator who cited it.
    cleared: found, and approved by a moderator all the same.
    missed: approved by the policy, and deleted by a moderator who cited it.
    """

    rule: str
    day: date
    found: int
    ruled: int
    cited: int
    cleared: int
    missed: int

    @property
    def overturned(self) -> int:
        """Comments on which a moderator decided the other way than the policy."""
        return self.cleared + self.missed

    def __add__(self, other: "Tally") -> "Tally":
        """Return the same clause and day, counted over more comments."""
        counts = zip(astuple(self)[2:], astuple(other)[2:], strict=True)
        return Tally(self.rule, self.day, *map(sum, counts))


@dataclass(frozen=True, slots=True)
class Waiting:
    """The comments that wait for a moderator; `ages` counts them by the bounds asked for."""

    held: int
    oldest: datetime | None
    median: datetime | None
    escalated: int
    flagged: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Comments that are approved or deleted, and those of them that nobody ruled on."""

    decided: int
    alone: int

    @property
    def share(self) -> float | None:
        """The share that was decided without a human, where anything was."""
        return self.alone / self.decided if self.decided else None


def clauses(tx: Connection, period: Period) -> list[Tally]:
    """Return what was found, ruled and overturned, by clause and then by day."""
    pairs = _pairs(period).subquery("pairs")
    # Once for each clause and comment, however often it was found or cited.
    once = (
        select(
            pairs.c.rule,
            *(func.max(column).label(column.name) for column in pairs.c if column.name != "rule"),
        )
        .group_by(pairs.c.comment, pairs.c.rule)
        .subquery("once")
    )
    cleared = (once.c.found == 1) & (once.c.ruled == "approve")
    missed = (once.c.cited == 1) & (once.c.found == 0) & (once.c.decided == "APPROVE")
    asked = (
        select(
            once.c.rule,
            once.c.day,
            func.sum(once.c.found),
            func.sum(case((once.c.ruled.in_(VERDICTS), 1), else_=0)),
            func.sum(once.c.cited),
            func.sum(case((cleared, 1), else_=0)),
            func.sum(case((missed, 1), else_=0)),
        )
        .group_by(once.c.rule, once.c.day)
        .order_by(once.c.rule, once.c.day)
    )
    return [
        Tally(rule, day_of(number), *(int(count) for count in counts))
        for rule, number, *counts in tx.execute(asked)
    ]


def waiting(
    tx: Connection, period: Period, bounds: tuple[timedelta, ...] = (timedelta(hours=1),)
) -> Waiting:
    """
    Return how many comments wait in the outlets, and since when, as it is at the period's end.

    `bounds`: ages, rising, by which comments are counted: up to each, and beyond the last.
    """
    at = period.until
    # Numbers rise with time, and an index has them in order.
    place = func.row_number().over(order_by=comments.c.id).label("place")
    held = (
        select(comments.c.created_at, comments.c.escalated, comments.c.flags, place)
        .where(comments.c.state == "held", *in_outlets(period.outlets))
        .subquery("held")
    )
    everything = select(func.count()).select_from(held).scalar_subquery()
    middle = case((held.c.place == (everything + 1) // 2, held.c.created_at))
    older = [func.sum(case((held.c.created_at < at - bound, 1), else_=0)) for bound in bounds]
    row = tx.execute(
        select(
            func.count(),
            func.min(held.c.created_at),
            func.max(middle),
            func.sum(case((held.c.escalated, 1), else_=0)),
            func.sum(case((held.c.flags > 0, 1), else_=0)),
            *older,
        )
    ).one()
    count, oldest, median, escalated, flagged, *beyond = row
    edges = [count, *(number or 0 for number in beyond), 0]
    ages = tuple(int(more) - int(less) for more, less in pairwise(edges))
    return Waiting(count, oldest, median, int(escalated or 0), int(flagged or 0), ages)


def arrivals(tx: Connection, period: Period) -> list[tuple[datetime, int]]:
    """Return how many comments were sent in each hour; hours without any are left out."""
    hour = part(comments.c.created_at, HOUR).label("hour")
    asked = select(hour, func.count()).where(*sent_in(period)).group_by(hour).order_by(hour)
    return [(_EPOCH + timedelta(hours=number), count) for number, count in tx.execute(asked)]


def decided(tx: Connection, period: Period) -> Decided:
    """Return how many comments sent in a period are decided, and how many without a human."""
    ruled = (
        select(rulings.c.id)
        .where(rulings.c.comment == comments.c.id, rulings.c.kind == "ruling")
        .exists()
    )
    asked = select(func.count(), func.sum(case((~ruled, 1), else_=0))).where(
        comments.c.state != "held", *sent_in(period)
    )
    whole, alone = tx.execute(asked).one()
    return Decided(whole, int(alone or 0))


def pace(tx: Connection, who: Staff, period: Period) -> list[tuple[date, int]]:
    """Return on how many comments somebody ruled on each day: a figure for nobody else."""
    day = part(rulings.c.at, DAY).label("day")
    asked = (
        select(day, func.count(rulings.c.comment.distinct()))
        .where(
            rulings.c.by == who.by,
            rulings.c.kind == "ruling",
            rulings.c.action.in_(VERDICTS),
            rulings.c.at >= period.since,
            rulings.c.at < period.until,
        )
        .group_by(day)
    )
    found = {day_of(number): count for number, count in tx.execute(asked)}
    return [(day, found.get(day, 0)) for day in period.days]


def waits(tx: Connection, period: Period) -> list[tuple[int, int]]:
    """
    Return after how many tenths of a minute comments sent in a period had their first ruling.

    Each with the number of comments that waited so long; those without a ruling are left out.
    """
    ruled = (
        select(func.min(type_coerce(rulings.c.at, BigInteger)))
        .where(
            rulings.c.comment == comments.c.id,
            rulings.c.kind == "ruling",
            rulings.c.action.in_(VERDICTS),
        )
        .correlate(comments)
        .scalar_subquery()
    )
    waited = ruled - type_coerce(comments.c.created_at, BigInteger)
    tenths = ((waited + TENTH // 2) // TENTH).label("tenths")
    every = select(tenths).where(*sent_in(period)).subquery("every")
    asked = (
        select(every.c.tenths, func.count())
        .where(every.c.tenths.is_not(None))
        .group_by(every.c.tenths)
        .order_by(every.c.tenths)
    )
    return [(int(wait), many) for wait, many in tx.execute(asked)]


def _pairs(period: Period) -> CompoundSelect[Any]:
    """Return comment and clause, once for what the policy found and once for what was cited."""
    sent = (
        select(
            comments.c.id.label("comment"),
            part(comments.c.created_at, DAY).label("day"),
            latest_decision().label("decision"),
            standing_ruling().label("ruling"),
        )
        .where(*sent_in(period))
        .cte("sent")
    )
    judged = (
        select(
            sent.c.comment,
            sent.c.day,
            sent.c.decision,
            decisions.c.action.label("decided"),
            rulings.c.action.label("ruled"),
            rulings.c.clause,
        )
        .join(decisions, decisions.c.id == sent.c.decision)
        .outerjoin(rulings, rulings.c.id == sent.c.ruling)
        .cte("judged")
    )
    shared = (judged.c.comment, judged.c.day, judged.c.decided, judged.c.ruled)
    found: Select[Any] = (
        select(*shared, findings.c.rule, literal(1).label("found"), literal(0).label("cited"))
        .select_from(judged)
        .join(findings, findings.c.decision == judged.c.decision)
        .where(findings.c.trial.is_(False))
    )
    cited: Select[Any] = select(*shared, judged.c.clause, literal(0), literal(1)).where(
        judged.c.ruled == "delete", judged.c.clause.is_not(None)
    )
    return union_all(found, cited)
