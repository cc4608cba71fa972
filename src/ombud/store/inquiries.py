"""What reports assert, and every step of looking into it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from ombud.errata import Assertion, Step
from ombud.store.corrected import assertions, steps
from ombud.store.reports import Asserted
from ombud.store.rows import made


def asserted(tx: Connection, numbers: Collection[int]) -> dict[int, list[Assertion]]:
    """Return what some reports assert, by report, in their order; what is gone is left out."""
    standing = (assertions.c.report.in_(numbers), assertions.c.gone.is_(False))
    asked = select(assertions).where(*standing)
    found: dict[int, list[Assertion]] = {number: [] for number in numbers}
    for row in tx.execute(asked.order_by(assertions.c.report, assertions.c.number)):
        found[row.report].append(made(Assertion, row))
    return found


def add_assertion(
    tx: Connection, report: int, number: int, one: Asserted, by: str, at: datetime
) -> int:
    """Keep one more thing that a report asserts, and return its id."""
    values = {"kind": one.kind, "begin": one.begin, "end": one.end, "status": "open"}
    added = tx.execute(
        insert(assertions).values(report=report, number=number, by=by, at=at, **values)
    )
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    return int(added.inserted_primary_key[0])


def change_assertion(tx: Connection, number: int, **values: object) -> None:
    """Keep what follows for an assertion from a step."""
    tx.execute(update(assertions).where(assertions.c.id == number).values(values))


def numbers(tx: Connection, report: int) -> dict[int, int]:
    """Return the numbers of all that a report asserts or asserted, by their ids."""
    asked = select(assertions.c.id, assertions.c.number).where(assertions.c.report == report)
    return {row.id: row.number for row in tx.execute(asked)}


def highest(tx: Connection, report: int) -> int:
    """Return the number of the last thing that a report asserts, also of one that is gone."""
    asked = select(func.max(assertions.c.number)).where(assertions.c.report == report)
    return int(tx.execute(asked).scalar_one())


def change_numbered(tx: Connection, report: int, number: int, **values: object) -> None:
    """Keep what follows for one thing that a report asserts, by its number there."""
    one = (assertions.c.report == report, assertions.c.number == number)
    tx.execute(update(assertions).where(*one).values(values))


def add_step(tx: Connection, step: Step) -> int:
    """Keep what somebody did, and return its number."""
    values = asdict(step)
    del values["id"]
    added = tx.execute(insert(steps).values(values))
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    return int(added.inserted_primary_key[0])


def steps_of(tx: Connection, report: int) -> list[Step]:
    """Return what was done about a report, oldest first."""
    asked = select(steps).where(steps.c.report == report).order_by(steps.c.id)
    return [made(Step, row) for row in tx.execute(asked)]


def effective(steps_: Collection[Step]) -> list[Step]:
    """Return the steps that hold: none that was taken back, and none that takes one back."""
    undone = {step.undoes for step in steps_}
    return [step for step in steps_ if step.undoes is None and step.id not in undone]
