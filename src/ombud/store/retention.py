"""Forgetting what nothing needs any more."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from sqlalchemy import Connection, delete, select, text, update

from ombud.settings import Settings
from ombud.store import documents, erasure, flags, log, mails, reports, stories
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
    documents: int
    pages: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    Times before which nothing is kept that nothing needs; None where all of it is.

    mails_before: for mails that belong to no report.
    others_before: for pages of other outlets, and texts beside reports.
    """

    before: datetime
    mails_before: datetime | None = None
    others_before: datetime | None = None

    @classmethod
    def of(cls, settings: Settings, at: datetime, days: int | None = None) -> Self:
        """Return what the settings say at a time; `days` in place of their `keep_days`."""
        kept = (days or settings.keep_days, settings.mail_keep_days, settings.follow_keep_days)
        return cls(*(at - timedelta(days=number) for number in kept))


def forget(
    tx: Connection, bounds: Bounds, at: datetime, by: str, *, texts: bool = False
) -> Forgotten:
    """
    Forget what was last needed before a time.

    The keys under which requests were sent, sign-ins that ended, and the e-mail addresses of
    guests who have written nothing since; traces whose own time is over; with `texts` also what was
    deleted before then, which is erased as a reader's wish would have it.
    What other outlets said is kept as long as an open report or what was published rests on it.
    The log says so each time, also where there was nothing to forget.
    """
    before = bounds.before
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
        mails=mails.forget(tx, bounds.mails_before, at) if bounds.mails_before else 0,
        documents=documents.forget(tx, bounds.others_before, at, by) if bounds.others_before else 0,
        # After the texts, for what none of them rests on any more goes too.
        pages=stories.forget(tx, bounds.others_before) if bounds.others_before else 0,
    )
    since = {name: one.isoformat() for name, one in asdict(bounds).items() if one}
    facts = {**since, **asdict(forgotten)}
    log.append(tx, Deed(at, by, "forgot", facts=facts))
    return forgotten


def forget_once(tx: Connection, since: datetime, bounds: Bounds, at: datetime) -> Forgotten | None:
    """
    Forget what was last needed before a time, unless somebody did `since` another; None if so.

    Of replicas that ask at the same time one does it, and the others find it done.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
    done = select(entries.c.seq).where(entries.c.deed == "forgot", entries.c.at >= since)
    if tx.execute(done.limit(1)).first():
        return None
    return forget(tx, bounds, at, "ombud")


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
