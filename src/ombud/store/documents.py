"""Texts of other outlets that lie beside a report."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from ombud.errata import Gathered, Report
from ombud.store import log
from ombud.store.corrected import documents, reports, steps
from ombud.store.log import Deed
from ombud.store.reports import unheard
from ombud.store.rows import made

_MOST: Final = 10_000
"""Texts that are forgotten at once; the others wait for the next time."""


@dataclass(frozen=True, slots=True)
class Former:
    """A text that lay beside a report, and whose words were forgotten."""

    id: int
    name: str
    outlet_name: str
    by: str
    at: datetime
    erased_at: datetime


def add(tx: Connection, report: Report, new: Gathered) -> int:
    """Lay a text beside a report, enter it, and return its number."""
    values = {"report": report.id, "name": new.name, "outlet_name": new.outlet_name}
    given = {"content": new.content, "by": new.by, "at": new.at}
    added = tx.execute(insert(documents).values(**values, **given))
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    number = int(added.inserted_primary_key[0])
    facts = {"report": report.id, "document": number, "digest": digest(new.content)}
    log.append(
        tx, Deed(new.at, new.by, "document_added", report.outlet, report.article, facts=facts)
    )
    return number


def of_report(tx: Connection, report: int) -> list[Gathered]:
    """Return the texts that lie beside a report, in the order in which they came."""
    asked = select(documents).where(documents.c.report == report, standing())
    return [made(Gathered, row) for row in tx.execute(asked.order_by(documents.c.id))]


def former(tx: Connection, report: int) -> list[Former]:
    """Return the texts whose words were forgotten, where nobody had left them out before."""
    forgotten = (documents.c.erased_at.is_not(None), documents.c.gone.is_(False))
    asked = select(documents).where(documents.c.report == report, *forgotten)
    return [made(Former, row) for row in tx.execute(asked.order_by(documents.c.id))]


def standing() -> ColumnElement[bool]:
    """Whether a text lies beside its report: nobody has left it out, and it is not forgotten."""
    return documents.c.gone.is_(False) & documents.c.erased_at.is_(None)


def leave_out(tx: Connection, report: Report, number: int, by: str, at: datetime) -> bool:
    """Leave a text out again, and enter it; return whether it lay there."""
    one = (documents.c.report == report.id, documents.c.id == number, standing())
    if tx.execute(update(documents).where(*one).values(gone=True)).rowcount == 0:
        return False
    facts = {"report": report.id, "document": number}
    log.append(tx, Deed(at, by, "document_left_out", report.outlet, report.article, facts=facts))
    return True


def forget(tx: Connection, before: datetime, at: datetime, by: str) -> int:
    """
    Forget the words of texts that came before a time and that nothing rests on; return how many.

    Of an open report, of one in which somebody has to look at a reply, and of one that says that
    something was published, all texts stay that were not left out; of the others they stay until
    the answer is as old.
    What a text was called, and who laid it there, stays, and the log says of each why it went.
    """
    # Whatever was found later: what was published about it is still read.
    published = select(steps.c.id).where(
        steps.c.report == documents.c.report, steps.c.correction.is_not(None)
    )
    closed = (reports.c.state == "answered") & (reports.c.answered_at < before)
    over = closed & ~published.exists() & ~unheard()
    asked = (
        select(documents.c.id, documents.c.report, documents.c.gone, reports.c.outlet)
        .join(reports, reports.c.id == documents.c.report)
        .where(documents.c.erased_at.is_(None), documents.c.at < before)
        .where(or_(documents.c.gone, over))
    )
    found = tx.execute(asked.order_by(documents.c.id).limit(_MOST)).all()
    emptied = update(documents).where(documents.c.id.in_([row.id for row in found]))
    tx.execute(emptied.values(content=None, erased_at=at))
    deeds = []
    for row in found:
        why = "left out" if row.gone else "kept long enough after the answer"
        facts = {"report": row.report, "document": row.id, "reason": why}
        deeds.append(Deed(at, by, "document_forgotten", row.outlet, facts=facts))
    if deeds:
        log.append(tx, *deeds)
    return len(deeds)


def digest(content: str) -> str:
    """Return what is entered in the log about a text."""
    return hashlib.sha256(content.encode()).hexdigest()
