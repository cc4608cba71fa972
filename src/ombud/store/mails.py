"""Mails that came to the corrections desk: each is kept once, on whatever way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from ombud.store.corrected import letters, mails


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
