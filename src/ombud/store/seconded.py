"""
What waits for a second editor: corrections, and where one editor has said that assertions stand.

Such an assertion waits no more once anybody else says where it stands, the step is taken back, or
the correction that it was to rest on is refused, withdrawn, or about another article by now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from ombud.store.corrected import assertions, reports, steps
from ombud.store.proposed import proposals

_later, _undoing, _of = steps.alias("later"), steps.alias("undoing"), reports.alias("of")
_holds = ~exists().where(_undoing.c.undoes == steps.c.id)
_answered = exists().where(
    _later.c.assertion == steps.c.assertion,
    _later.c.id > steps.c.id,
    _later.c.deed.in_(("proposed", "status")),
    ~exists().where(_undoing.c.undoes == _later.c.id),
)
_WAITS = (
    steps.c.deed == "proposed",
    _holds,
    ~_answered,
    ~exists().where(
        proposals.c.id == steps.c.proposal,
        _of.c.id == steps.c.report,
        or_(
            proposals.c.outcome.in_(("refused", "withdrawn")),
            proposals.c.article.is_distinct_from(_of.c.article),
        ),
    ),
    exists().where(assertions.c.id == steps.c.assertion, assertions.c.gone.is_(False)),
)


@dataclass(frozen=True, slots=True)
class Seconded:
    """
    How many corrections wait, and how many assertions besides, and since when the first of all.

    An assertion that rests on a correction that waits is not counted: one editor settles both.
    """

    corrections: int
    assertions: int
    oldest: datetime | None


def awaited() -> ColumnElement[bool]:
    """Whether a second editor has to say where an assertion of a report stands."""
    return exists().where(steps.c.report == reports.c.id, *_WAITS)


def of_reports(tx: Connection, numbers: Sequence[int]) -> set[int]:
    """Return which of some reports wait for a second editor."""
    asked = select(reports.c.id).where(reports.c.id.in_(numbers), awaited())
    return set(tx.execute(asked).scalars())


def counted(tx: Connection, outlets: Sequence[str] | None) -> Seconded:
    """Return what waits for a second editor at some outlets (None: at all)."""
    published = select(func.count(), func.min(proposals.c.at)).where(proposals.c.outcome.is_(None))
    named = exists().where(proposals.c.id == steps.c.proposal, proposals.c.outcome.is_(None))
    said = select(func.count(), func.min(steps.c.at)).where(*_WAITS, ~named)
    if outlets is not None:
        published = published.where(proposals.c.outlet.in_(outlets))
        said = said.where(steps.c.report == reports.c.id, reports.c.outlet.in_(outlets))
    found = [tx.execute(asked).one() for asked in (published, said)]
    times = [row[1] for row in found if row[1] is not None]
    return Seconded(found[0][0], found[1][0], min(times, default=None))
