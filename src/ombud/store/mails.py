"""
Mails that came to the corrections desk: each is kept once, on whatever way it came.

The post is what an editor has to look at: mails that are no report, what readers wrote about a
report that was answered before, and what came about one whose reader cannot be written to, since
nobody would get an answer otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, null, or_, select, update

from ombud.store.corrected import letters, mails, reports, steps
from ombud.store.rows import made
from ombud.store.schema import comments, readers


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as it is kept; `thread` is the identifier of the mail that began the conversation."""

    outlet: str
    message_id: str
    thread: str
    kind: str
    report: int | None
    sender: str
    subject: str
    headers: dict[str, Any]
    text: str
    attachments: Sequence[dict[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A mail that is kept; without sender, subject and text it was erased.

    `settled`: "read" or "not_ours", None while nobody has looked at it.
    """

    id: int
    outlet: str
    kind: str
    report: int | None
    sender: str | None
    subject: str | None
    headers: dict[str, Any] | None
    text: str | None
    attachments: Sequence[dict[str, Any]] | None
    at: datetime
    erased_at: datetime | None
    settled: str | None
    settled_why: str | None
    settled_by: str | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which of the post: of which outlets (None: of all), with which words, settled or not."""

    outlets: Sequence[str] | None = None
    words: str = ""
    settled: bool = False


def kept(tx: Connection, message_ids: Sequence[str]) -> bool:
    """Whether a mail with one of these identifiers is kept."""
    asked = select(mails.c.id).where(mails.c.message_id.in_(message_ids)).limit(1)
    return tx.execute(asked).first() is not None


def said(tx: Connection, message_id: str) -> tuple[str | None, str | None] | None:
    """Return who sent the mail with an identifier and what it says, None if there is none."""
    row = tx.execute(select(mails).where(mails.c.message_id == message_id)).first()
    return (row.sender, row.text) if row else None


def conversation(tx: Connection, message_ids: Sequence[str]) -> tuple[str, int] | None:
    """Return thread and report of the first of some messages, ours or a reader's, that has one."""
    theirs = select(mails.c.message_id, mails.c.thread, mails.c.report).where(
        mails.c.message_id.in_(message_ids), mails.c.report.is_not(None)
    )
    ours = select(letters.c.message_id, letters.c.answers, letters.c.report).where(
        letters.c.message_id.in_(message_ids)
    )
    found = {row.message_id: (row.thread, row.report) for row in tx.execute(theirs)}
    for row in tx.execute(ours):
        found[row.message_id] = ((row.answers or [row.message_id])[0], row.report)
    return next((found[one] for one in message_ids if one in found), None)


def add(tx: Connection, mail: Incoming) -> None:
    """Keep a mail."""
    columns = "outlet message_id thread kind report sender subject headers text at".split()
    values = {name: getattr(mail, name) for name in columns}
    tx.execute(insert(mails).values(**values, attachments=list(mail.attachments)))


_ANSWERED = select(reports.c.id).where(
    reports.c.id == mails.c.report, reports.c.answered_at <= mails.c.at
)
_LATE = (mails.c.kind == "reply") & _ANSWERED.exists()
_UNREACHABLE = (
    select(reports.c.id)
    .outerjoin(comments, comments.c.id == reports.c.comment)
    .outerjoin(readers, readers.c.id == comments.c.reader)
    .where(reports.c.id == mails.c.report, reports.c.email.is_(None), readers.c.email.is_(None))
)
_APART = (mails.c.kind == "reply") & _UNREACHABLE.exists()
_POST = or_(mails.c.kind == "other", _LATE, _APART)
_WAITS = mails.c.settled.is_(None) & mails.c.erased_at.is_(None)


def post(tx: Connection, sought: Sought, after: int | None, most: int) -> list[Kept]:
    """Return the post, newest first; `after` is the number of the last one seen."""
    asked = select(mails).where(*_seen(sought.outlets))
    asked = asked.where(mails.c.settled.is_not(None)) if sought.settled else asked.where(_WAITS)
    for word in sought.words.split():
        asked = asked.where(
            or_(
                mails.c.sender.icontains(word, autoescape=True),
                mails.c.subject.icontains(word, autoescape=True),
            )
        )
    if after is not None:
        asked = asked.where(mails.c.id < after)
    return [made(Kept, row) for row in tx.execute(asked.order_by(mails.c.id.desc()).limit(most))]


def waiting(tx: Connection, outlets: Sequence[str] | None) -> int:
    """Return how many mails of the post nobody has looked at."""
    asked = select(func.count()).select_from(mails).where(*_seen(outlets), _WAITS)
    return int(tx.execute(asked).scalar_one())


def one(tx: Connection, number: int) -> Kept | None:
    """Return a mail, which nobody else changes until this transaction ends."""
    row = tx.execute(select(mails).where(mails.c.id == number).with_for_update()).first()
    return made(Kept, row) if row else None


def reportable(tx: Connection, numbers: Sequence[int]) -> set[int]:
    """
    Return of which mails of the post a report may be made.

    They belong to none, or to one whose reader is unknown: where an address was forgotten nothing
    is kept to know its owner by, so whoever writes about their report may be somebody else, and is
    answered as the reader of a report of their own.
    """
    apart = or_(mails.c.kind == "other", _UNREACHABLE.exists())
    return set(tx.execute(select(mails.c.id).where(mails.c.id.in_(numbers), apart)).scalars())


def of_report(tx: Connection, report: int) -> list[Kept]:
    """Return the mails about a report, oldest first."""
    asked = select(mails).where(mails.c.report == report).order_by(mails.c.at, mails.c.id)
    return [made(Kept, row) for row in tx.execute(asked)]


def unheard(tx: Connection, numbers: Sequence[int]) -> set[int]:
    """Return which of some reports got a reply after their answer that nobody has looked at."""
    asked = select(mails.c.report).where(mails.c.report.in_(numbers), _LATE, _WAITS)
    return set(tx.execute(asked).scalars())


def replied(tx: Connection, numbers: Sequence[int]) -> set[int]:
    """
    Return which of some reports, not answered yet, their readers wrote about since the last step.

    Who takes a step has the report before them, with all that came about it.
    """
    seen = select(steps.c.id).where(steps.c.report == mails.c.report, steps.c.at >= mails.c.at)
    asked = (
        select(mails.c.report)
        .join(reports, reports.c.id == mails.c.report)
        .where(reports.c.id.in_(numbers), reports.c.state != "answered", _WAITS, ~seen.exists())
    )
    return set(tx.execute(asked.where(mails.c.kind == "reply")).scalars())


def newest(tx: Connection, report: int) -> int:
    """Return the number of the last mail that a reader wrote about their report, 0 for none."""
    asked = select(func.max(mails.c.id)).where(mails.c.report == report, mails.c.kind == "reply")
    return int(tx.execute(asked).scalar() or 0)


def thread_of(tx: Connection, number: int) -> list[str]:
    """Return the identifiers that an answer to a mail names, the oldest first."""
    row = tx.execute(select(mails.c.thread, mails.c.message_id).where(mails.c.id == number)).one()
    return list(dict.fromkeys((row.thread, row.message_id)))


def change(tx: Connection, number: int, **values: object) -> None:
    """Keep what one of the staff said of a mail."""
    tx.execute(update(mails).where(mails.c.id == number).values(values))


def forget(tx: Connection, before: datetime, at: datetime) -> int:
    """Erase mails that belong to no report and came before a time; return how many."""
    return erase(tx, at, mails.c.report.is_(None), mails.c.at < before)


def erase_of(tx: Connection, address: str, at: datetime) -> int:
    """Erase all mails from an address, and return how many."""
    return erase(tx, at, func.lower(mails.c.sender) == address.lower())


def erase(tx: Connection, at: datetime, *which: ColumnElement[bool]) -> int:
    """Remove what somebody wrote; that a mail came, and when, stays."""
    gone: dict[str, Any] = dict.fromkeys(("sender", "subject", "text", "settled_why"))
    gone |= dict.fromkeys(("headers", "attachments"), null())
    chosen = update(mails).where(mails.c.erased_at.is_(None), *which)
    return tx.execute(chosen.values(**gone, erased_at=at)).rowcount


def _seen(outlets: Sequence[str] | None) -> list[ColumnElement[bool]]:
    """Return which mails are the post of some outlets."""
    return [_POST] if outlets is None else [_POST, mails.c.outlet.in_(outlets)]
