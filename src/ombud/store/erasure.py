"""
Erasing what somebody wrote, for good.

The text, the name and the salt go, and everything that may quote them; that there was a comment,
what was decided about it and the log stay, and the chain of the log stays whole.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from ombud.errors import ConflictError, NotFoundError
from ombud.newsroom import Comment
from ombud.store import (
    campaigns,
    decisions,
    entering,
    log,
    mails,
    outbox,
    reports,
    suggestions,
)
from ombud.store import comments as kept
from ombud.store.log import Deed
from ombud.store.repeated import traces
from ombud.store.schema import comments, findings, flags, readers, rulings, sent


def comment(tx: Connection, number: int, reason: str, by: str, at: datetime) -> None:
    """
    Erase one comment; raises NotFoundError if there is none, ConflictError if it was erased.

    `reason` is kept in the log, so it must name nobody.
    """
    known = kept.locked(tx, number)
    if known is None:
        message = f"there is no comment {number}"
        raise NotFoundError(message)
    if known.text is None:
        message = f"comment {number} was erased before"
        raise ConflictError(message)
    _erase(tx, known, reason, by, at)


def reader(tx: Connection, number: int, reason: str, by: str, at: datetime) -> int:
    """
    Erase a reader with all that they wrote, and return how many comments that were.

    Raises NotFoundError if there is none, ConflictError if they were erased before.
    """
    row = tx.execute(select(readers).where(readers.c.id == number)).first()
    if row is None:
        message = f"there is no reader {number}"
        raise NotFoundError(message)
    if row.erased_at is not None:
        message = f"reader {number} was erased before"
        raise ConflictError(message)
    emptied = {"name": None, "email": None, "sso_id": None, "looks": None, "erased_at": at}
    tx.execute(update(readers).where(readers.c.id == number).values(emptied))
    tx.execute(update(flags).where(flags.c.reader == number).values(note=None, clause=None))
    tx.execute(delete(sent).where(sent.c.sender == f"reader:{number}"))
    theirs = select(comments.c.id).where(comments.c.reader == number, comments.c.text.is_not(None))
    numbers = tx.execute(theirs.order_by(comments.c.article, comments.c.id)).scalars().all()
    for one in numbers:
        known = kept.locked(tx, one)
        assert known is not None  # noqa: S101  # no comment is ever removed
        _erase(tx, known, reason, by, at)
    facts = {"reader": number, "comments": len(numbers), "reason": reason}
    log.append(tx, Deed(at, by, "reader_erased", row.outlet, facts=facts))
    return len(numbers)


def report(tx: Connection, number: int, reason: str, by: str, at: datetime) -> None:
    """
    Erase a report with the letters about it, and the comment that it came by, if it did.

    `reason` is kept in the log, so it must name nobody.
    Raises NotFoundError if there is none, ConflictError if it was erased.
    """
    known = reports.locked(tx, number)
    if known is None:
        message = f"there is no report {number}"
        raise NotFoundError(message)
    if known.erased_at is not None:
        message = f"report {number} was erased before"
        raise ConflictError(message)
    if known.comment is not None:
        comment(tx, known.comment, reason, by, at)
    else:
        reports.erase(tx, number, at)
    facts = {"report": number, "reason": reason}
    log.append(tx, Deed(at, by, "report_erased", known.outlet, known.article, facts=facts))


@dataclass(frozen=True, slots=True)
class Gone:
    """How much of one address was erased."""

    mails: int
    reports: int


def address(tx: Connection, written: str, reason: str, by: str, at: datetime) -> Gone:
    """
    Erase all mails from an e-mail address, the reports that it left, and the letters to it.

    The log says how many, and not whose.
    Raises NotFoundError if nothing of it is kept.
    """
    numbers = reports.of_address(tx, written)
    for number in numbers:
        report(tx, number, reason, by, at)
    # Those about a report went with it.
    gone = Gone(mails.erase_of(tx, written, at), len(numbers))
    letters = outbox.erase_to(tx, written, at)
    if not (gone.mails or gone.reports or letters):
        message = f"nothing from or to '{written}' is kept"
        raise NotFoundError(message)
    facts = {"mails": gone.mails, "reports": gone.reports, "letters": letters, "reason": reason}
    log.append(tx, Deed(at, by, "address_erased", facts=facts))
    return gone


def _erase(tx: Connection, known: Comment, reason: str, by: str, at: datetime) -> None:
    """Erase a comment; it is shown to nobody and waits for nobody any more."""
    if known.state != "deleted":
        kept.stand(tx, known, "deleted", at)
    suggestions.erase(tx, known, at)
    if (report := reports.of_comment(tx, known.id)) is not None:
        reports.erase(tx, report, at)
    kept.erase(tx, comments.c.id == known.id, at)
    decisions.erase(tx, findings.c.comment == known.id)
    tx.execute(update(rulings).where(_about(rulings.c.comment, known)).values(note=None))
    tx.execute(update(flags).where(_about(flags.c.comment, known)).values(note=None, clause=None))
    # A digest without salt tells whoever guesses the text that it was this.
    tx.execute(delete(sent).where(_about(sent.c.comment, known)))
    tx.execute(delete(traces).where(_about(traces.c.comment, known)))
    facts = {"state": known.state, "reason": reason}
    log.append(tx, Deed(at, by, "erased", known.outlet, known.article, known.id, facts))
    campaigns.left(tx, known)
    entering.leave(tx, known.id)


def _about(column: ColumnElement[int], known: Comment) -> ColumnElement[bool]:
    """Whether a row is about a comment."""
    return column == known.id
