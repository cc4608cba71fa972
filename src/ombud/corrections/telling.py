"""Telling a reader what was found, where an address of theirs is known."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from ombud.corrections.opening import Imprint
from ombud.errata import Assertion, Report
from ombud.mail import letters
from ombud.mail.composing import new_id
from ombud.mail.letters import Answered
from ombud.store import inquiries, outbox, outlets, reports


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
