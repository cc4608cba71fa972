"""How the corrections desk fares: reports by kind, how soon they are answered, what is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from ombud.store.corrected import assertions, reports
from ombud.store.periods import Period
from ombud.store.reports import overdue

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Answered:
    """
    Reports that came in a period, and what waits now, whenever it came.

    `kinds`: how many things were asserted of each kind.
    `days`: the median of days until an answer, None where there was none.
    """

    reports: int
    answered: int
    kinds: Mapping[str, int]
    days: float | None
    waiting: int
    overdue: int


def answered(tx: Connection, period: Period, at: datetime) -> Answered:
    """Return how the desk fares in a period."""
    seen: list[ColumnElement[bool]] = []
    if period.outlets is not None:
        seen = [reports.c.outlet.in_(period.outlets)]
    came = [*seen, reports.c.at >= period.since, reports.c.at < period.until]
    kinds = (
        select(assertions.c.kind, func.count())
        .join(reports, reports.c.id == assertions.c.report)
        .where(*came, assertions.c.gone.is_(False))
        .group_by(assertions.c.kind)
        .order_by(func.count().desc(), assertions.c.kind)
    )
    times = select(reports.c.at, reports.c.answered_at).where(*came)
    known = tx.execute(times).all()
    waited = [(row.answered_at - row.at).total_seconds() for row in known if row.answered_at]

    waits, late = waiting(tx, period.outlets, at)
    return Answered(
        reports=len(known),
        answered=len(waited),
        kinds={row[0]: row[1] for row in tx.execute(kinds)},
        days=round(median(waited) / _DAY, 1) if waited else None,
        waiting=waits,
        overdue=late,
    )


def waiting(tx: Connection, outlets: Sequence[str] | None, at: datetime) -> tuple[int, int]:
    """Return how many reports of some outlets (None: of all) wait, and how many are overdue."""
    asked = select(func.count(), func.count().filter(overdue(at)))
    asked = asked.select_from(reports).where(reports.c.state != "answered")
    if outlets is not None:
        asked = asked.where(reports.c.outlet.in_(outlets))
    row = tx.execute(asked).one()
    return int(row[0]), int(row[1])
