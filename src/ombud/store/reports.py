"""Reports of errors: what each asserts, and every step of looking into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert

from ombud.newsroom import Outlet
from ombud.store.corrected import assertions, reports


@dataclass(frozen=True, slots=True)
class Asserted:
    """One thing that a report asserts: its kind, and the characters of the report that say so."""

    kind: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Opening:
    """
    A report as it comes in.

    `comment`: whose words are the report's; without one, `text` is what somebody wrote.
    `article`, `edition`: what it is about, where that is known.
    """

    outlet: Outlet
    source: str
    at: datetime
    asserted: Sequence[Asserted]
    article: int | None = None
    edition: int | None = None
    comment: int | None = None
    text: str | None = None
    salt: str | None = None
    digest: str | None = None
    name: str | None = None
    email: str | None = None
    key: str | None = None


def add(tx: Connection, opening: Opening) -> int:
    """Keep a report with what it asserts, and return its number."""
    columns = "source at article edition comment text salt digest name email key".split()
    values = {name: getattr(opening, name) for name in columns}
    outlet = opening.outlet
    added = tx.execute(
        insert(reports).values(
            **values,
            outlet=outlet.id,
            state="open",
            acknowledge_by=opening.at + timedelta(days=outlet.acknowledge_days),
            due_at=opening.at + timedelta(days=outlet.answer_days),
        )
    )
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    number = int(added.inserted_primary_key[0])
    tx.execute(
        insert(assertions),
        [
            {
                "report": number,
                "number": place,
                "by": "ombud",
                "at": opening.at,
                "begin": one.begin,
                "end": one.end,
                "kind": one.kind,
                "status": "open",
            }
            for place, one in enumerate(opening.asserted, 1)
        ],
    )
    return number
