"""
A mail becomes a report: once, with the letter that says so, in one transaction.

What a program wrote is kept and answered by nothing; what belongs to a conversation goes to its
report; what asserts no error is kept beside the reports, where an editor may look.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.assertions.parting import parted
from ombud.errors import NotFoundError
from ombud.mail import letters
from ombud.mail.asserting import Asserting
from ombud.mail.composing import NO_ID, new_id
from ombud.mail.finding import named, spellings
from ombud.mail.reading import MOST, Mail, read
from ombud.newsroom import Outlet, Published
from ombud.store import Store, articles, comments, log, mails, outbox, outlets, reports
from ombud.store.log import Deed
from ombud.store.mails import Incoming
from ombud.store.reports import Asserted, Opening

LEAST: Final = 0.2
"""Score from which on a mail is taken to assert an error: one that is missed costs more."""
_LATEST: Final = 1000
"""Articles whose titles are looked for."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail, and the report that it belongs to; `again` if it was kept before."""

    kind: str
    report: int | None = None
    again: bool = False


class Intake:
    """What takes mails for the corrections desks of some outlets; threads may share it."""

    def __init__(
        self,
        store: Store,
        asserting: Asserting,
        desks: Mapping[str, str],
        per_day: int,
        clock: Callable[[], datetime],
    ) -> None:
        """
        Take the parts.

        `desks`: the outlet of each address, in lower case.
        `per_day`: acknowledgements that go to one address within a day.
        """
        self._store = store
        self._asserting = asserting
        self._desks = desks
        self._per_day = per_day
        self._clock = clock

    def take(self, content: bytes, sender: str | None, recipients: Sequence[str]) -> Taken:
        """
        Keep a mail; once this returns it survives whatever happens.

        `sender` and `recipients` are the envelope's; without recipients the first desk takes it.
        Raises StoreError if it could not be kept, and NotFoundError for an outlet that is not open.
        """
        mail = read(content, sender, MOST)
        desk = next((one.lower() for one in recipients if one.lower() in self._desks), "")
        desk = desk or next(iter(self._desks))
        asserts = self._asserting.asserts_error(mail.subject, mail.text) >= LEAST
        with self._store.writing() as tx:
            return self._kept(tx, mail, desk, asserts=asserts)

    def _kept(self, tx: Connection, mail: Mail, desk: str, *, asserts: bool) -> Taken:
        """Keep a mail in a transaction."""
        number = _number(tx, mail)
        if number is None:
            return Taken("again", again=True)
        outlet = outlets.one(tx, self._desks[desk])
        if outlet is None:
            message = f"mails for {desk} are the outlet '{self._desks[desk]}''s, which is not open"
            raise NotFoundError(message)
        before = _conversation(tx, mail)
        arrived = _Arrived(mail, number, outlet, desk, self._clock())
        kind, report = _kind(mail, asserts=asserts, known=before is not None), None
        if kind == "bounce":
            outbox.bounced(tx, mail.answers, "it came back: it could not be delivered")
        elif kind == "reply" and before:
            # Whoever knows its identifiers can write into a conversation: nobody becomes the reader
            # of a report by that, also where the reader's own address was forgotten.
            report = before[1]
        elif kind == "report":
            report = self._opened(tx, arrived)
            if self._may_acknowledge(tx, arrived):
                self._acknowledge(tx, arrived, report)
        thread = before[0] if before else (mail.answers[-1] if mail.answers else number)
        mails.add(tx, _incoming(arrived, thread, kind, report))
        if kind in ("reply", "other"):
            facts = {"kind": kind, "report": report}
            log.append(tx, Deed(arrived.at, "ombud", "mail_kept", outlet.id, facts=facts))
        return Taken(kind, report)

    def _opened(self, tx: Connection, arrived: "_Arrived") -> int:
        """Open the report that a mail is."""
        mail, about = arrived.mail, _article(tx, arrived.mail, arrived.outlet)
        salt = secrets.token_hex(16)
        opening = Opening(
            arrived.outlet,
            "email",
            arrived.at,
            arrived.asserted,
            article=about.id if about else None,
            edition=about.edition if about else None,
            text=arrived.words,
            salt=salt,
            digest=comments.digest(salt, arrived.words),
            name=mail.name or None,
            email=mail.address or None,
            key=f"mail:{mail.key}",
        )
        return reports.add(tx, opening)

    def _may_acknowledge(self, tx: Connection, arrived: "_Arrived") -> bool:
        """Whether somebody reads an acknowledgement, and did not get too many of late."""
        mail = arrived.mail
        if mail.origin != "person" or mail.address.lower() in self._desks:
            return False
        since = arrived.at - _DAY
        return outbox.written_since(tx, mail.address, "acknowledgement", since) < self._per_day

    def _acknowledge(self, tx: Connection, arrived: "_Arrived", report: int) -> None:
        """Write the letter that says that a report has arrived."""
        mail, outlet = arrived.mail, arrived.outlet
        quotes = [arrived.words[one.begin : one.end] for one in arrived.asserted]
        due = arrived.at + timedelta(days=outlet.answer_days)
        outbox.write(
            tx,
            arrived.at,
            outlet=outlet.id,
            report=report,
            kind="acknowledgement",
            message_id=new_id(arrived.desk),
            answers=[*reversed(mail.answers), *([mail.id] if mail.id else [])],
            recipient=mail.address,
            subject=letters.reply_subject(mail.subject),
            body=letters.acknowledgement(outlet.name, report, quotes, due),
        )


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A mail that is new: the identifier it is kept under, whose it is, where and when it came."""

    mail: Mail
    number: str
    outlet: Outlet
    desk: str
    at: datetime

    @property
    def words(self) -> str:
        """What the report says; a picture may come with nothing but a subject."""
        return self.mail.text or self.mail.subject

    @property
    def asserted(self) -> list[Asserted]:
        """What the report asserts, each on its own."""
        return [Asserted(kind, span.begin, span.end) for kind, span in parted(self.words)]


def _number(tx: Connection, mail: Mail) -> str | None:
    """Return the identifier under which a mail is kept, None if it is kept already."""
    own = f"<{mail.key[:40]}{NO_ID}"
    if mails.kept(tx, [own]):
        return None
    if not mail.id:
        return own
    before = mails.said(tx, mail.id)
    if before is None:
        return mail.id
    # Another mail under the same identifier is another mail: nobody can keep one out that way.
    return None if before == (mail.address, mail.text) else own


def _conversation(tx: Connection, mail: Mail) -> tuple[str, int] | None:
    """Return thread and report that a mail belongs to, which nobody else changes now."""
    found = mails.conversation(tx, mail.answers)
    if found:
        # Who does something about the report just now cannot have read it: it comes after that.
        reports.locked(tx, found[1])
    return found


def _kind(mail: Mail, *, asserts: bool, known: bool) -> str:
    """Return what a mail is to the desk."""
    if mail.origin in ("bounce", "auto-reply"):
        return {"bounce": "bounce", "auto-reply": "automatic"}[mail.origin]
    if known:
        return "reply"
    return "report" if asserts else "other"


def _article(tx: Connection, mail: Mail, outlet: Outlet) -> Published | None:
    """Return the article that a mail speaks of, None where that is not clear."""
    places = f"{mail.subject}\n{mail.whole}"
    found = {
        about.id: about
        for address in spellings(places)
        if (about := articles.by_url(tx, address)) and about.outlet == outlet.id
    }
    if found:
        return next(iter(found.values())) if len(found) == 1 else None
    latest = {one.id: one for one in articles.latest(tx, [outlet.id], None, _LATEST)}
    titles = [(one.id, one.url, one.article.title) for one in latest.values()]
    number = named(mail.subject, mail.whole, titles)
    return latest[number] if number is not None else None


def _incoming(arrived: _Arrived, thread: str, kind: str, report: int | None) -> Incoming:
    """Return a mail as it is kept."""
    mail = arrived.mail
    headers = {
        "name": mail.name,
        "date": mail.date.isoformat() if mail.date else None,
        "answers": list(mail.answers),
        "origin": mail.origin,
        "cut": mail.cut,
    }
    files = [{**asdict(file), "lies": file.lies} for file in mail.attachments]
    return Incoming(
        outlet=arrived.outlet.id,
        message_id=arrived.number,
        thread=thread,
        kind=kind,
        report=report,
        sender=mail.address,
        subject=mail.subject,
        headers=headers,
        text=mail.text,
        attachments=files,
        at=arrived.at,
    )
