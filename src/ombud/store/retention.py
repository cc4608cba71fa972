"""Forgetting what nothing needs any more."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, select, text, update

from ombud.store import erasure, flags, log, mails, reports
from ombud.store.corrected import reports as opened
from ombud.store.log import Deed
from ombud.store.repeated import traces
from ombud.store.schema import comments, readers
from ombud.store.schema import log as entries
from ombud.store.signins import sessions

_TURN: Final = 7_270_197
"""The number of PostgreSQL's advisory lock under which replicas forget."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much of each kind was forgotten."""

    request_keys: int
    sign_ins: int
    email_addresses: int
    traces: int
    deleted_texts: int
    reporters: int
    mails: int


def forget(
    tx: Connection,
    before: datetime,
    at: datetime,
    by: str,
    *,
    texts: bool = False,
    mails_before: datetime | None = None,
) -> Forgotten:
    """
    Forget what was last needed before a time.

    The keys under which requests were sent, sign-ins that ended, and the e-mail addresses of
    guests who have written nothing since; traces whose own time is over; with `texts` also what was
    deleted before then, which is erased as a reader's wish would have it.
    `mails_before`: mails that belong to no report and came before then are erased, None for none.
    The log says so each time, also where there was nothing to forget.
    """
    wrote = select(comments.c.id).where(
        comments.c.reader == readers.c.id, comments.c.created_at >= before
    )
    addresses = tx.execute(
        update(readers)
        .where(
            readers.c.email.is_not(None),
            readers.c.sso_id.is_(None),
            readers.c.joined_at < before,
            ~wrote.exists(),
        )
        .values(email=None)
    ).rowcount
    forgotten = Forgotten(
        request_keys=flags.forget(tx, before),
        sign_ins=tx.execute(delete(sessions).where(sessions.c.ends_at < before)).rowcount,
        email_addresses=addresses,
        traces=tx.execute(delete(traces).where(traces.c.expires_at < at)).rowcount,
        deleted_texts=_erase(tx, before, at, by) if texts else 0,
        reporters=reports.forget(tx, before, at),
        mails=mails.forget(tx, mails_before, at) if mails_before else 0,
    )
    facts = {"before": before.isoformat(), **asdict(forgotten)}
    log.append(tx, Deed(at, by, "forgot", facts=facts))
    return forgotten


def forget_once(
    tx: Connection, since: datetime, before: datetime, at: datetime, mails_before: datetime
) -> Forgotten | None:
    """
    Forget what was last needed before a time, unless somebody did `since` another; None if so.

    Of replicas that ask at the same time one does it, and the others find it done.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
    done = select(entries.c.seq).where(entries.c.deed == "forgot", entries.c.at >= since)
    if tx.execute(done.limit(1)).first():
        return None
    return forget(tx, before, at, "ombud", mails_before=mails_before)


def _erase(tx: Connection, before: datetime, at: datetime, by: str) -> int:
    """Erase comments that were deleted before a time, and return how many."""
    # What reports an error is kept until that is answered.
    waits = select(opened.c.id).where(
        opened.c.comment == comments.c.id, opened.c.state != "answered"
    )
    chosen = (comments.c.state == "deleted", comments.c.state_at < before, ~waits.exists())
    asked = select(comments.c.id).where(*chosen, comments.c.text.is_not(None))
    numbers = tx.execute(asked.order_by(comments.c.article, comments.c.id)).scalars().all()
    for number in numbers:
        erasure.comment(tx, number, "kept long enough", by, at)
    return len(numbers)
