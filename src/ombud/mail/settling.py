"""What one of the staff does about the post: makes a report of it, or says that it needs none."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.assertions.parting import parted
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import comments, log, mails, outlets, reports
from ombud.store.log import Deed
from ombud.store.mails import Kept
from ombud.store.reports import Asserted, Opening

SETTLED: Final = ("read", "not_ours")


def settle(  # who does what to which, why and when
    tx: Connection, who: Staff, number: int, settled: str, why: str, at: datetime
) -> Kept:
    """
    Say that a mail needs no report: it was read, or it is not for the desk, and why.

    Raises NotFoundError if there is no such mail, ConflictError if somebody settled it before, and
    InvalidInputError without a reason.
    """
    mail = _seen(tx, who, number)
    if settled not in SETTLED:
        message = f"'settled' is {settled!r}; it must be one of {', '.join(SETTLED)}"
        raise InvalidInputError(message)
    if settled == "not_ours" and not why.strip():
        message = "'why' must say why it is not for the desk"
        raise InvalidInputError(message)
    _check_waits(mail)
    mails.change(
        tx,
        number,
        settled=settled,
        settled_why=why.strip() or None,
        settled_by=who.by,
        settled_at=at,
    )
    return _entered(tx, who, mail, settled, at)


def undo(tx: Connection, who: Staff, number: int, at: datetime) -> Kept:
    """Take back that a mail needs no report; raises ConflictError if nobody said so."""
    mail = _seen(tx, who, number)
    if mail.settled is None:
        message = f"nobody has settled mail {number}"
        raise ConflictError(message)
    nothing = dict.fromkeys(("settled", "settled_why", "settled_by", "settled_at"))
    mails.change(tx, number, **nothing)
    return _entered(tx, who, mail, "undone", at)


def make_report(
    tx: Connection,
    who: Staff,
    number: int,
    at: datetime,
    acknowledge: Callable[[Kept, int, Opening], None],
) -> int:
    """
    Make a report of a mail, which is then looked into and answered; return its number.

    `acknowledge` writes to its sender.
    It is about the article of the report that the mail belonged to, if it did.
    Raises NotFoundError if there is no such mail, ConflictError for one that belongs to a report
    whose reader is known, that was erased or settled.
    """
    mail = _seen(tx, who, number)
    _check_waits(mail)
    if not mails.reportable(tx, [number]):
        message = f"mail {number} belongs to report {mail.report}; reopen what it speaks of there"
        raise ConflictError(message)
    outlet = outlets.one(tx, mail.outlet)
    assert outlet is not None  # noqa: S101  # a mail is an outlet's
    former = reports.one(tx, mail.report) if mail.report is not None else None
    words, salt = mail.text or mail.subject or "", secrets.token_hex(16)
    opening = Opening(
        outlet,
        "email",
        at,
        [Asserted(kind, span.begin, span.end) for kind, span in parted(words)],
        article=former.article if former else None,
        edition=former.edition if former else None,
        text=words,
        salt=salt,
        digest=comments.digest(salt, words),
        name=(mail.headers or {}).get("name") or None,
        email=mail.sender or None,
        key=f"post:{mail.id}",
    )
    report = reports.add(tx, opening)
    mails.change(tx, number, kind="report", report=report)
    _entered(tx, who, mail, "report", at)
    acknowledge(mail, report, opening)
    return report


def _seen(tx: Connection, who: Staff, number: int) -> Kept:
    """Return a mail of the post that somebody may see."""
    mail = mails.one(tx, number)
    if mail is None or mail.kind not in ("other", "reply") or not who.sees(mail.outlet):
        message = f"there is no mail {number} in the post"
        raise NotFoundError(message)
    return mail


def _check_waits(mail: Kept) -> None:
    """Refuse a mail that somebody has settled meanwhile, or that is gone."""
    if mail.erased_at is not None:
        message = f"mail {mail.id} was erased"
    elif mail.settled is not None:
        by = (mail.settled_by or "").partition(":")[2]
        message = f"mail {mail.id} was settled by {by} meanwhile; take that back first"
    else:
        return
    raise ConflictError(message)


def _entered(tx: Connection, who: Staff, mail: Kept, became: str, at: datetime) -> Kept:
    """Enter in the log what became of a mail, and return it as it then is; nobody is named."""
    facts = {"mail": mail.id, "report": mail.report, "became": became}
    log.append(tx, Deed(at, who.by, "mail_settled", mail.outlet, facts=facts))
    known = mails.one(tx, mail.id)
    assert known is not None  # noqa: S101  # mails are never removed
    return known
