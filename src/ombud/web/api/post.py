"""The post of the corrections desk: mails that are no report, and replies after an answer."""

from datetime import timedelta
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.mail import letters, settling
from ombud.mail.composing import new_id
from ombud.store import mails, outbox
from ombud.store.mails import Kept, Sought
from ombud.store.reports import Opening
from ombud.web.api.asking import After, Given, InOffice, Limit, Moderator, Word, cursor, opened
from ombud.web.api.mailed import mail_of
from ombud.web.api.reports import imprint, site_of
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
Number = Annotated[int, Path(ge=1, lt=2**63)]
_DAY: Final = timedelta(days=1)


class GivenWord(Given):
    """What one of the staff says of a mail that needs no report, and why; or takes back."""

    settled: Literal["read", "not_ours"] | None
    why: Annotated[Word, Field(max_length=2_000)] = ""


@router.get("/post")
async def listed(  # what may be asked
    office: InOffice,
    who: Moderator,
    q: Annotated[Word, Query(max_length=200)] = "",
    settled: bool = False,  # noqa: FBT001, FBT002  # part of the question
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """Return mails that are no report, and what came after an answer, newest first."""
    question = ("post", who.outlets, q, settled)
    place = opened(after, *question)

    def ask(tx: Connection) -> dict[str, object]:
        found = mails.post(tx, Sought(who.outlets, q, settled), place, limit + 1)
        shown = found[:limit]
        apart = mails.reportable(tx, [one.id for one in shown])
        last = shown[-1].id if len(found) > limit else None
        return {
            "waiting": mails.waiting(tx, who.outlets),
            "mails": [{**mail_of(one), "reportable": one.id in apart} for one in shown],
            "next": cursor(last, *question),
        }

    return answer(await office.read(ask))


@router.post("/post/{number}/settled")
async def settle(office: InOffice, who: Moderator, number: Number, given: GivenWord) -> Response:
    """Say that a mail needs no report, or take that back; it answers with the mail."""

    def done(tx: Connection) -> Kept:
        if given.settled is None:
            return settling.undo(tx, who, number, now())
        return settling.settle(tx, who, number, given.settled, given.why, now())

    return answer(mail_of(await office.write(done)))


@router.post("/post/{number}/report", status_code=201)
async def make_report(
    request: Request, office: InOffice, who: Moderator, number: Number
) -> Response:
    """Make a report of a mail; its sender is written to as others are."""
    site = site_of(request, office.settings)

    def done(tx: Connection) -> int:
        def acknowledge(mail: Kept, report: int, opening: Opening) -> None:
            sender = imprint(tx, office.settings, mail.outlet, site)
            if (mail.headers or {}).get("origin") != "person" or not mail.sender:
                return
            since = opening.at - _DAY
            if outbox.written_since(tx, mail.sender, "acknowledgement", since) >= sender.per_day:
                return
            words, outlet = opening.text or "", opening.outlet
            quotes = [words[one.begin : one.end] for one in opening.asserted]
            due = opening.at + timedelta(days=outlet.answer_days)
            outbox.write(
                tx,
                opening.at,
                outlet=outlet.id,
                report=report,
                kind="acknowledgement",
                message_id=new_id(sender.address),
                answers=mails.thread_of(tx, mail.id),
                recipient=mail.sender,
                subject=letters.reply_subject(mail.subject or ""),
                body=letters.acknowledgement(outlet.name, report, quotes, due),
            )

        return settling.make_report(tx, who, number, now(), acknowledge)

    return answer({"report": await office.write(done)}, 201)
