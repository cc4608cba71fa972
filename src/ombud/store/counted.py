"""
The figures of whole days, which are counted once and kept.

What a day's figures say changes only with what happens to its comments, and that stands in the log:
a kept row names the last entry that was known when it was counted, and is counted anew once a later
one is about a comment of its day.
Nothing is lost with a row; it is counted again.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Final

from sqlalchemy import Column, Connection, Integer, Table, Text, delete, func, insert, select

from ombud.store import figures, outlets
from ombud.store import log as entries
from ombud.store.columns import ID, metadata
from ombud.store.figures import Decided, Tally
from ombud.store.periods import DAY, Period, day_of, part
from ombud.store.schema import comments, log

counted: Final = Table(
    "counted",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("seq", ID, nullable=False),
    Column("figures", Text, nullable=False),
)
_FAR: Final = 20_000
"""Entries of the log after which rows that hold are kept as of now: all since are looked at."""
_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What is counted of the comments that were sent in some time.

    tallies: by clause and day.
    arrivals: how many were sent in each hour, without those hours in which none was.
    waits: how many waited so many tenths of a minute for their first ruling.
    """

    tallies: Sequence[Tally]
    arrivals: Sequence[tuple[datetime, int]]
    decided: Decided
    waits: Sequence[tuple[int, int]]

    @property
    def first_ruling(self) -> float | None:
        """The minutes after which half of those that were ruled on were."""
        every = [wait for wait, many in sorted(self.waits) for _ in range(many)]
        return median(every) / 10 if every else None


@dataclass(frozen=True, slots=True)
class Kept:
    """The figures of one outlet on one day, and the last entry of the log that they know."""

    outlet: str
    day: int
    seq: int
    figures: Figures


def figures_of(tx: Connection, period: Period) -> tuple[Figures, list[Kept]]:
    """
    Return the figures of some whole days and of what there is of the last, and what to keep.

    Only days that are not kept, or whose comments something happened to, are counted, and the last.
    """
    last = entries.last(tx)
    *days, today = period.days
    names = period.outlets
    if names is None:
        names = [outlet.id for outlet in outlets.every(tx)]
    known = _holding(tx, names, [_number(day) for day in days])
    fresh = []
    for outlet in names:
        for day in days:
            if (outlet, _number(day)) not in known:
                through = Period(_midnight(day), _midnight(day + _DAY), [outlet])
                fresh.append(Kept(outlet, _number(day), last, _count(tx, through)))
    rest = _count(tx, Period(_midnight(today), period.until, period.outlets))
    whole = [*known.values(), *fresh]
    if any(last - kept.seq > _FAR for kept in known.values()):
        fresh = [Kept(one.outlet, one.day, last, one.figures) for one in whole]
    return _together([*(one.figures for one in whole), rest]), fresh


def keep(tx: Connection, rows: Sequence[Kept]) -> None:
    """Keep figures that were counted."""
    entries.take_turn(tx)
    for row in rows:
        tx.execute(delete(counted).where(counted.c.outlet == row.outlet, counted.c.day == row.day))
    values = [
        {"outlet": row.outlet, "day": row.day, "seq": row.seq, "figures": _written(row.figures)}
        for row in rows
    ]
    tx.execute(insert(counted), values)


def _holding(
    tx: Connection, names: Sequence[str], days: Sequence[int]
) -> dict[tuple[str, int], Kept]:
    """Return the kept rows, of some outlets and days, that are still right."""
    asked = select(counted).where(counted.c.outlet.in_(names), counted.c.day.in_(days))
    rows = tx.execute(asked).all()
    day = part(comments.c.created_at, DAY).label("day")
    later = (
        select(comments.c.outlet, day, func.max(log.c.seq))
        .join(comments, comments.c.id == log.c.comment)
        .where(log.c.seq > min((row.seq for row in rows), default=0))
        .group_by(comments.c.outlet, day)
    )
    touched = {(outlet, day): seq for outlet, day, seq in tx.execute(later)} if rows else {}
    return {
        (row.outlet, row.day): Kept(row.outlet, row.day, row.seq, _read(row.day, row.figures))
        for row in rows
        if touched.get((row.outlet, row.day), 0) <= row.seq
    }


def _count(tx: Connection, period: Period) -> Figures:
    """Count a period in the database."""
    return Figures(
        figures.clauses(tx, period),
        figures.arrivals(tx, period),
        figures.decided(tx, period),
        figures.waits(tx, period),
    )


def _together(parts: Iterable[Figures]) -> Figures:
    """Add figures up; one clause on one day, and one hour, may be in several outlets."""
    tallies: dict[tuple[str, date], Tally] = {}
    arrivals: Counter[datetime] = Counter()
    waits: Counter[int] = Counter()
    decided = Decided(0, 0)
    for one in parts:
        for tally in one.tallies:
            before = tallies.get((tally.rule, tally.day))
            tallies[tally.rule, tally.day] = before + tally if before else tally
        arrivals.update(dict(one.arrivals))
        waits.update(dict(one.waits))
        decided = Decided(decided.decided + one.decided.decided, decided.alone + one.decided.alone)
    in_order = [tallies[which] for which in sorted(tallies)]
    return Figures(in_order, sorted(arrivals.items()), decided, sorted(waits.items()))


def _written(given: Figures) -> str:
    """Return figures of one day as they are kept; the day itself is known."""
    parts = (
        [[one.rule, *astuple(one)[2:]] for one in given.tallies],
        [[hour.hour, many] for hour, many in given.arrivals],
        astuple(given.decided),
        given.waits,
    )
    return json.dumps(parts, separators=(",", ":"))


def _read(number: int, written: str) -> Figures:
    """Return figures of a day as they were kept."""
    tallies, arrivals, decided, waits = json.loads(written)
    day = day_of(number)
    return Figures(
        [Tally(rule, day, *counts) for rule, *counts in tallies],
        [(_midnight(day) + timedelta(hours=hour), many) for hour, many in arrivals],
        Decided(*decided),
        [(wait, many) for wait, many in waits],
    )


def _number(day: date) -> int:
    """Return the number that a day is kept by."""
    return (day - day_of(0)).days


def _midnight(day: date) -> datetime:
    """Return when a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)
