"""Telling readers that a report arrived and what was found, where an address is known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.corrections.opening import Imprint
from ombud.errata import Assertion, Report
from ombud.mail import letters
from ombud.mail.composing import new_id
from ombud.mail.letters import Answered
from ombud.mail.reading import plain_address
from ombud.store import inquiries, outbox, outlets, reports

_DAY: Final = timedelta(days=1)


def acknowledge_comments(
    tx: Connection,
    numbers: Iterable[int],
    senders: Mapping[str, tuple[str, str]],
    per_day: int,
    at: datetime,
) -> None:
    """
    Write to the authors of comments that reports were opened for, once for each report.

    `senders`: name and address of the desk of each outlet that sends mails.
    `per_day`: acknowledgements that go to one address within a day.
    """
    for number in numbers:
        opened = reports.of_comment(tx, number)
        report = reports.one(tx, opened) if opened is not None else None
        if report is None or report.outlet not in senders or reports.thread(tx, report.id):
            continue
        known = report.email is not None and plain_address(report.email) == report.email
        outlet = outlets.one(tx, report.outlet)
        if not known or report.email is None or outlet is None:
            continue
        if outbox.written_since(tx, report.email, "acknowledgement", at - _DAY) >= per_day:
            continue
        found = inquiries.asserted(tx, [report.id])[report.id]
        quotes = [(report.text or "")[one.begin : one.end] for one in found]
        outbox.write(
            tx,
            at,
            outlet=outlet.id,
            report=report.id,
            kind="acknowledgement",
            message_id=new_id(senders[outlet.id][1]),
            answers=[],
            recipient=report.email,
            subject=f"Your comment at {outlet.name}",
            body=letters.acknowledgement(
                outlet.name, report.id, quotes, report.due_at, comment=True
            ),
        )


def answer(
    tx: Connection, report: Report, found: Sequence[Assertion], imprint: Imprint, at: datetime
) -> None:
    """
    Write what was found about each assertion, for the reasons that were given.

    A reader who was told just that is not told again: a slip that was mended is none of theirs.
    """
    outlet = outlets.one(tx, report.outlet)
    if outlet is None or report.email is None:
        return
    reasons = {
        step.assertion: step.reason or ""
        for step in inquiries.effective(inquiries.steps_of(tx, report.id))
        if step.deed == "status"
    }
    answered = [
        Answered(
            (report.text or "")[one.begin : one.end],
            one.status.replace("_", " "),  # type: ignore[arg-type]  # all of them are closed
            reasons.get(one.id, ""),
        )
        for one in found
    ]
    published = any(one.correction for one in found)
    place = f"{imprint.site}/corrections/articles/{report.article}" if published else ""
    body = letters.answer(outlet.name, report.id, answered, place)
    if outbox.last_answer(tx, report.id) == body:
        return
    outbox.write(
        tx,
        at,
        outlet=outlet.id,
        report=report.id,
        kind="answer",
        message_id=new_id(imprint.address),
        answers=reports.thread(tx, report.id),
        recipient=report.email,
        subject=f"Your report to {outlet.name}",
        body=body,
    )
