"""Texts of other outlets that lie beside a report."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from ombud.errata import Gathered, Report
from ombud.store import log
from ombud.store.corrected import documents
from ombud.store.log import Deed
from ombud.store.rows import made


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
    standing = (documents.c.report == report, documents.c.gone.is_(False))
    asked = select(documents).where(*standing).order_by(documents.c.id)
    return [made(Gathered, row) for row in tx.execute(asked)]


def leave_out(tx: Connection, report: Report, number: int, by: str, at: datetime) -> bool:
    """Leave a text out again, and enter it; return whether it lay there."""
    one = (documents.c.report == report.id, documents.c.id == number, documents.c.gone.is_(False))
    if tx.execute(update(documents).where(*one).values(gone=True)).rowcount == 0:
        return False
    facts = {"report": report.id, "document": number}
    log.append(tx, Deed(at, by, "document_left_out", report.outlet, report.article, facts=facts))
    return True


def digest(content: str) -> str:
    """Return what is entered in the log about a text."""
    return hashlib.sha256(content.encode()).hexdigest()
