"""Reports of errors as they come in, which wait, and what is forgotten of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    insert,
    null,
    or_,
    select,
    union_all,
    update,
)

from ombud.errata import Report
from ombud.newsroom import Outlet
from ombud.store import log
from ombud.store import mails as kept_mails
from ombud.store.corrected import assertions, letters, mails, reports, steps
from ombud.store.log import Deed
from ombud.store.rows import made
from ombud.store.schema import comments, readers
from ombud.store.seconded import awaited


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
    """Keep a report with what it asserts, enter it, and return its number."""
    number = keep(tx, opening)
    log.append(tx, opened(opening, number))
    return number


def opened(opening: Opening, number: int) -> Deed:
    """Return what is entered in the log about a new report."""
    facts = {
        "report": number,
        "source": opening.source,
        "comment": opening.comment,
        "assertions": len(opening.asserted),
        "digest": opening.digest,
    }
    return Deed(
        opening.at,
        "ombud",
        "report_opened",
        opening.outlet.id,
        opening.article,
        facts=facts,
    )


def keep(tx: Connection, opening: Opening) -> int:
    """Keep a report with what it asserts, and return its number; enter it yourself."""
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


_WORDS = func.coalesce(reports.c.text, comments.c.text)
_READ: Select[Any] = (
    select(
        *(column for column in reports.c if column.name not in ("text", "name", "email")),
        _WORDS.label("text"),
        func.coalesce(reports.c.name, comments.c.name).label("name"),
        func.coalesce(reports.c.email, readers.c.email).label("email"),
    )
    .outerjoin(comments, comments.c.id == reports.c.comment)
    .outerjoin(readers, readers.c.id == comments.c.reader)
)
_OPEN = reports.c.state != "answered"


def one(tx: Connection, number: int) -> Report | None:
    """Return a report."""
    row = tx.execute(_READ.where(reports.c.id == number)).first()
    return made(Report, row) if row else None


def locked(tx: Connection, number: int) -> Report | None:
    """Return a report that nobody else changes until this transaction ends."""
    tx.execute(select(reports.c.id).where(reports.c.id == number).with_for_update(key_share=True))
    return one(tx, number)


def by_key(tx: Connection, key: str) -> int | None:
    """Return the report that was sent under a key."""
    found: int | None = tx.execute(select(reports.c.id).where(reports.c.key == key)).scalar()
    return found


def of_comment(tx: Connection, comment: int) -> int | None:
    """Return the report that a comment opened."""
    asked = select(reports.c.id).where(reports.c.comment == comment)
    found: int | None = tx.execute(asked).scalar()
    return found


def outcomes(tx: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return what was found about the reports that comments opened and that are answered."""
    asked = (
        select(reports.c.comment, assertions.c.status)
        .join(assertions, assertions.c.report == reports.c.id)
        .where(reports.c.comment.in_(numbers), ~_OPEN, assertions.c.gone.is_(False))
        .order_by(assertions.c.number)
    )
    found: dict[int, list[str]] = {}
    for row in tx.execute(asked):
        known = found.setdefault(row.comment, [])
        if row.status not in known:
            known.append(row.status)
    return found


def of_address(tx: Connection, address: str) -> list[int]:
    """Return the reports that were left with an e-mail address and are not erased."""
    theirs = (func.lower(reports.c.email) == address.lower(), reports.c.erased_at.is_(None))
    return list(tx.execute(select(reports.c.id).where(*theirs).order_by(reports.c.id)).scalars())


def overdue(at: datetime) -> ColumnElement[bool]:
    """Whether a report should have been answered, or at least taken up, by a time."""
    unseen = reports.c.acknowledged_at.is_(None) & (reports.c.acknowledge_by < at)
    return _OPEN & or_(reports.c.due_at < at, unseen)


def unheard() -> ColumnElement[bool]:
    """Whether a reader wrote again after the answer, and nobody has looked at it."""
    wrote = select(mails.c.id).where(
        mails.c.report == reports.c.id,
        mails.c.kind == "reply",
        mails.c.settled.is_(None),
        mails.c.erased_at.is_(None),
        mails.c.at >= reports.c.answered_at,
    )
    return wrote.exists()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reports; of None, all; `held_by` nobody if empty; `sought`: letters in what it says."""

    outlets: Sequence[str] | None = None
    # Where they stand, or "proposed": those that wait for a second editor.
    state: str | None = None
    article: int | None = None
    held_by: str | None = None
    sought: str = ""


def listed(
    tx: Connection, choice: Choice, after: tuple[int, int] | None, at: datetime, most: int
) -> list[tuple[Report, int]]:
    """
    Return reports with their rank: those overdue first (0), then those open, then those answered.

    Those whose reader wrote again after the answer are among the first.
    Within a rank they come as they came in.
    `after`: the rank and the number of the last one seen.
    """
    rank = case((overdue(at) | unheard(), 0), (_OPEN, 1), else_=2)
    asked: Select[Any] = _READ.add_columns(rank.label("rank"))
    if choice.outlets is not None:
        asked = asked.where(reports.c.outlet.in_(choice.outlets))
    if choice.state is not None:
        proposed = choice.state == "proposed"
        asked = asked.where(awaited() if proposed else reports.c.state == choice.state)
    if choice.article is not None:
        asked = asked.where(reports.c.article == choice.article)
    if choice.held_by is not None:
        asked = asked.where(func.coalesce(reports.c.assigned_to, "") == choice.held_by)
    if choice.sought:
        asked = asked.where(_WORDS.icontains(choice.sought, autoescape=True))
    if after is not None:
        asked = asked.where(or_(rank > after[0], (rank == after[0]) & (reports.c.id > after[1])))
    rows = tx.execute(asked.order_by(rank, reports.c.id).limit(most))
    return [(made(Report, row), row.rank) for row in rows]


def change(tx: Connection, number: int, **values: object) -> None:
    """Keep what follows for a report from a step."""
    tx.execute(update(reports).where(reports.c.id == number).values(values))


def thread(tx: Connection, report: int) -> list[str]:
    """Return the identifiers of the mails and letters about a report, the oldest first."""
    both = (
        select(table.c.message_id, table.c.at).where(table.c.report == report)
        for table in (mails, letters)
    )
    return list(tx.execute(union_all(*both).order_by("at")).scalars())


def erase(tx: Connection, number: int, at: datetime) -> None:
    """Remove what a reader wrote in a report and all that may quote it: words, name, letters."""
    tx.execute(
        update(reports)
        .where(reports.c.id == number, reports.c.erased_at.is_(None))
        .values(text=None, salt=None, name=None, email=None, erased_at=at)
    )
    tx.execute(update(steps).where(steps.c.report == number).values(reason=None))
    mailed = dict.fromkeys(("sender", "subject", "text"))
    nothing = dict.fromkeys(("headers", "attachments"), null())
    sent = dict.fromkeys(("recipient", "subject", "body", "next_at"))
    for table, values in ((mails, {**mailed, **nothing}), (letters, sent)):
        tx.execute(
            update(table)
            .where(table.c.report == number, table.c.erased_at.is_(None))
            .values(**values, erased_at=at)
        )


def forget(tx: Connection, before: datetime, at: datetime) -> int:
    """
    Forget names and addresses in reports that were answered before a time; return how many.

    The letters and mails about them go as well.
    While somebody has to look at a reply, all of it stays.
    """
    done = (reports.c.answered_at < before, reports.c.state == "answered", ~unheard())
    known = or_(reports.c.email.is_not(None), reports.c.name.is_not(None))
    numbers = tx.execute(select(reports.c.id).where(*done, known)).scalars().all()
    tx.execute(update(reports).where(reports.c.id.in_(numbers)).values(email=None, name=None))
    over = select(reports.c.id).where(*done)
    kept_mails.erase(tx, at, mails.c.report.in_(over), mails.c.at < before)
    # A letter that waits has not been forgotten by anybody yet.
    sent = (letters.c.report.in_(over), letters.c.sent_at < before)
    tx.execute(
        update(letters)
        .where(*sent, letters.c.erased_at.is_(None))
        .values(recipient=None, subject=None, body=None, next_at=None, erased_at=at)
    )
    return len(numbers)
