"""
Letters on their way: each is sent at most once, and none is forgotten.

A letter waits while it has a next time.
Who takes it moves that time on, so that nobody else takes it meanwhile, and counts the attempt: the
number says whose turn it is, however late somebody comes.
Right before a letter is handed to the mail server its next time goes.
If nothing is heard after that (a crash, a broken line) it may have arrived, so it is not sent
again by itself: it stands among those that an editor has to look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Select, Update, func, insert, or_, select, update

from ombud.errors import ConflictError
from ombud.store.corrected import letters, reports
from ombud.store.rows import made

UNCERTAIN: Final = "it was handed to the mail server, which did not say whether it took it"
_TURN: Final = timedelta(minutes=10)
"""Time that one attempt has until the letter is handed over."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a reader; `answers` are the identifiers of the thread, the oldest first."""

    id: int
    outlet: str
    report: int
    kind: str
    message_id: str
    answers: Sequence[str]
    recipient: str | None
    subject: str | None
    body: str | None
    at: datetime
    attempts: int
    next_at: datetime | None
    failure: str | None
    sent_at: datetime | None


def write(  # noqa: PLR0913  # a letter has that much to it
    tx: Connection,
    at: datetime,
    *,
    outlet: str,
    report: int,
    kind: str,
    message_id: str,
    answers: Sequence[str],
    recipient: str,
    subject: str,
    body: str,
) -> None:
    """Write a letter, which is then sent from here; `answers` has the oldest message first."""
    tx.execute(
        insert(letters).values(
            outlet=outlet,
            report=report,
            kind=kind,
            message_id=message_id,
            answers=list(answers),
            recipient=recipient,
            subject=subject,
            body=body,
            at=at,
            next_at=at,
        )
    )


def due(tx: Connection, at: datetime) -> bool:
    """Whether a letter waits to be sent."""
    return tx.execute(_due(at)).scalar() is not None


def take(tx: Connection, at: datetime) -> Letter | None:
    """Return the letter that has waited longest, for nobody else, None if none is due."""
    number = tx.execute(_due(at).with_for_update(skip_locked=True)).scalar()
    if number is None:
        return None
    moved = {"next_at": at + _TURN, "attempts": letters.c.attempts + 1}
    tx.execute(update(letters).where(letters.c.id == number).values(moved))
    return made(Letter, tx.execute(select(letters).where(letters.c.id == number)).one())


def hand_over(tx: Connection, letter: Letter) -> bool:
    """Note that a letter is being handed to the mail server; False if the turn is over."""
    waits = _of(letter).where(letters.c.next_at.is_not(None), letters.c.erased_at.is_(None))
    return tx.execute(waits.values(next_at=None, failure=UNCERTAIN)).rowcount == 1


def sent(tx: Connection, letter: Letter, at: datetime) -> None:
    """Note that the mail server took a letter; the first that does acknowledges the report."""
    tx.execute(_of(letter).values(sent_at=at, next_at=None, failure=None))
    first = update(reports).where(
        reports.c.id == letter.report, reports.c.acknowledged_at.is_(None)
    )
    tx.execute(first.values(acknowledged_at=at))


def later(tx: Connection, letter: Letter, next_at: datetime, failure: str) -> None:
    """Note that the mail server did not take a letter, and when to try again."""
    tx.execute(_of(letter).values(next_at=next_at, failure=failure))


def failed(tx: Connection, letter: Letter, failure: str) -> None:
    """Note that a letter cannot be sent."""
    tx.execute(_of(letter).values(next_at=None, failure=failure))


def withdraw(tx: Connection, report: int, at: datetime) -> None:
    """Take back the answers to a report that were not handed over: what they say holds no more."""
    refused = letters.c.sent_at.is_(None) & (letters.c.failure != UNCERTAIN)
    waits = (
        letters.c.report == report,
        letters.c.kind == "answer",
        or_(letters.c.next_at.is_not(None), refused),
    )
    emptied = dict.fromkeys(("recipient", "subject", "body", "next_at"))
    tx.execute(update(letters).where(*waits).values(**emptied, erased_at=at))


def last_answer(tx: Connection, report: int) -> str | None:
    """Return the words of the last answer to a report that was sent or is to be."""
    answers = (letters.c.report == report, letters.c.kind == "answer")
    asked = select(letters.c.body).where(*answers, letters.c.erased_at.is_(None))
    found: str | None = tx.execute(asked.order_by(letters.c.id.desc()).limit(1)).scalar()
    return found


def stuck(tx: Connection, outlets: Sequence[str] | None, most: int) -> list[Letter]:
    """Return letters of some outlets (None: of all) that need an editor, oldest first."""
    asked = (
        select(letters)
        .where(
            or_(letters.c.sent_at.is_(None), letters.c.failure.is_not(None)),
            letters.c.next_at.is_(None),
            letters.c.erased_at.is_(None),
        )
        .order_by(letters.c.id)
        .limit(most)
    )
    if outlets is not None:
        asked = asked.where(letters.c.outlet.in_(outlets))
    return [made(Letter, row) for row in tx.execute(asked)]


def settle(tx: Connection, letter: int, at: datetime, *, arrived: bool) -> None:
    """
    Note what an editor found out about a letter that nobody tries to send: it arrived, or not.

    One that did not is sent again.
    Raises ConflictError if it is not such a letter.
    """
    one = update(letters).where(
        letters.c.id == letter,
        letters.c.sent_at.is_(None),
        letters.c.next_at.is_(None),
        letters.c.erased_at.is_(None),
    )
    known = {"sent_at": at, "failure": None} if arrived else {"next_at": at}
    if tx.execute(one.values(known)).rowcount == 0:
        message = f"letter {letter} was sent, waits to be sent, or is not there"
        raise ConflictError(message)


def bounced(tx: Connection, message_ids: Sequence[str], failure: str) -> list[int]:
    """Note that letters came back, and return the reports that they were about."""
    ours = letters.c.message_id.in_(message_ids)
    found = [row.report for row in tx.execute(select(letters.c.report).where(ours))]
    tx.execute(update(letters).where(ours).values(next_at=None, failure=failure))
    return found


def erase_to(tx: Connection, recipient: str, at: datetime) -> int:
    """Erase the letters to an address, also those that wait, and return how many."""
    gone = dict.fromkeys(("recipient", "subject", "body", "next_at"))
    theirs = update(letters).where(
        func.lower(letters.c.recipient) == recipient.lower(), letters.c.erased_at.is_(None)
    )
    return tx.execute(theirs.values(**gone, erased_at=at)).rowcount


def written_since(tx: Connection, recipient: str, kind: str, since: datetime) -> int:
    """Return how many letters of a kind were written to an address since a time."""
    asked = select(func.count()).where(
        func.lower(letters.c.recipient) == recipient.lower(),
        letters.c.kind == kind,
        letters.c.at >= since,
    )
    return int(tx.execute(asked).scalar_one())


def _due(at: datetime) -> Select[tuple[int]]:
    """Return the question for the letter that has waited longest."""
    return (
        select(letters.c.id)
        .where(letters.c.next_at <= at, letters.c.erased_at.is_(None))
        .order_by(letters.c.next_at, letters.c.id)
        .limit(1)
    )


def _of(letter: Letter) -> Update:
    """Return what changes a letter as long as it is the turn of who took it."""
    return update(letters).where(
        letters.c.id == letter.id,
        letters.c.attempts == letter.attempts,
        letters.c.sent_at.is_(None),
    )
