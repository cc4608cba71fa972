"""How mails to the corrections desk are written as JSON: their words, and never their HTML."""

from sqlalchemy import Connection

from ombud.errata import Report
from ombud.store import mails
from ombud.store.mails import Kept
from ombud.web.api.shapes import name_of, when


def mail_of(mail: Kept) -> dict[str, object]:
    """Return a mail as the staff sees it: words and what is said of its files, never HTML."""
    headers = mail.headers or {}
    return {
        "id": mail.id,
        "outlet": mail.outlet,
        "kind": mail.kind,
        "report": mail.report,
        "name": headers.get("name") or None,
        "sender": mail.sender,
        "origin": headers.get("origin"),
        "subject": mail.subject,
        "text": mail.text,
        "attachments": mail.attachments or [],
        "at": when(mail.at),
        "settled": mail.settled,
        "why": mail.settled_why,
        "by": name_of(mail.settled_by) if mail.settled_by else None,
        "settled_at": when(mail.settled_at),
    }


def mails_of(tx: Connection, report: Report) -> list[dict[str, object]]:
    """
    Return the mails about a report that readers wrote, oldest first.

    `unheard`: it came after the answer, and nobody has looked at it.
    """
    found = mails.of_report(tx, report.id)
    return [
        {**mail_of(one), "unheard": _unheard(one, report)}
        for one in found
        if one.kind in ("report", "reply")
    ]


def _unheard(mail: Kept, report: Report) -> bool:
    """Whether a mail came after the answer and waits for somebody who reads it."""
    late = report.answered_at is not None and mail.at >= report.answered_at
    return late and mail.kind == "reply" and mail.settled is None and mail.erased_at is None
