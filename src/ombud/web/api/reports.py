"""Reports of errors: readers send them, the staff looks into them, and publishes corrections."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Header, Path, Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.corrections.agreeing import Looked
from ombud.corrections.investigating import Inquiry, Verdict, known
from ombud.corrections.opening import LONGEST, Imprint, Sent, named, submit
from ombud.corrections.publishing import Written, publish
from ombud.errata import Correction, Proposal
from ombud.errors import InvalidInputError, NotFoundError
from ombud.mail.post import senders
from ombud.moderation.known import found
from ombud.moderation.sent import check_text
from ombud.settings import Settings
from ombud.store import corrections, outlets
from ombud.store.reports import Asserted
from ombud.web.api.asking import (
    Editor,
    Given,
    InOffice,
    Moderator,
    Moment,
    Word,
)
from ombud.web.api.reported import correction_of, proposal_of, whole
from ombud.web.office import Office, now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
Number = Annotated[int, Path(ge=1, lt=2**63)]
Place = Annotated[int, Field(ge=0, lt=2**31)]
Id = Annotated[int, Field(ge=1, lt=2**63)]
Last = Annotated[int, Field(ge=0, lt=2**63)]


class GivenReport(Given):
    """A report as a reader sends it; the outlet follows from an article that is known here."""

    text: Word = Field(min_length=1, max_length=LONGEST)
    article: Annotated[Word, Field(max_length=2_000)] = ""
    outlet: Annotated[Word, Field(max_length=64)] = ""
    name: Annotated[Word, Field(max_length=100)] = ""
    email: Annotated[Word, Field(max_length=320)] = ""
    passage: Annotated[Word, Field(max_length=2_000)] = ""


class GivenStep(Given):
    """
    What one of the staff does about a report, and why; what a deed does not need is ignored.

    `seen`: the last step that who asks has seen, and `heard` the last mail of the reader; with
    another one since, nothing is done.
    `newest` and `edition`: as for `POST /api/proposals/ID`, where a `proposal` becomes public.
    """

    deed: Literal[
        "take", "assign", "due", "status", "kind", "split", "merge", "add", "article", "undo"
    ]
    reason: Annotated[Word, Field(max_length=2_000)] = ""
    assertion: Place = 0
    status: Annotated[Word, Field(max_length=64)] = ""
    kind: Annotated[Word, Field(max_length=64)] = ""
    correction: Id | None = None
    proposal: Id | None = None
    newest: Last | None = None
    edition: Place | None = None
    at: Place = 0
    begin: Place = 0
    end: Place = 0
    article: Id | Annotated[Word, Field(max_length=2_000)] = ""
    to: Annotated[Word, Field(max_length=200)] = ""
    due: Annotated[Moment, Field(strict=False)] | None = None
    other: Place = 0
    step: Place = 0
    seen: Place | None = None
    heard: Last | None = None


class GivenCorrection(Given):
    """
    A correction or a clarification of an article.

    `report`: the one that led to it; with a mail of its reader since `heard`, nothing is done.
    `heard` without `report` is refused.
    """

    article: Id
    kind: Annotated[Word, Field(max_length=64)]
    text: Word = Field(max_length=5_000)
    before: Id | None = None
    after: Id | None = None
    replaces: Id | None = None
    seen: Place | None = None
    report: Id | None = None
    heard: Last | None = None


@router.post("/reports", status_code=201)
async def send(
    request: Request,
    office: InOffice,
    given: GivenReport,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Take a report of an error from a reader; anybody may send one."""
    sent = Sent(
        given.outlet,
        given.text,
        given.article,
        given.name,
        given.email,
        idempotency_key,
        given.passage,
    )
    number, fresh = await taken(request, office, sent)
    return answer({"id": number}, 201 if fresh else 200)


@router.get("/reports/{number}")
async def one(office: InOffice, who: Moderator, number: Number) -> Response:
    """
    Return a report with its assertions, the evidence beside each, and every step.

    `drafts`: whether a language model may be asked for the draft of a correction; `staff`: to whom
    the report may be given.
    """
    drafts = bool(office.settings.language_model_url)
    return answer({**await office.read(whole, who, number, now()), "drafts": drafts})


@router.post("/reports/{number}/steps", status_code=201)
async def step(
    request: Request, office: InOffice, who: Moderator, number: Number, given: GivenStep
) -> Response:
    """Do something about a report; it answers with the report as it then stands."""
    site = site_of(request, office.settings)

    def done(tx: Connection) -> None:
        inquiry = Inquiry(tx, who, number, now(), given.seen, given.heard)
        sender = imprint(tx, office.settings, known(tx, who, number).outlet, site)
        _DEEDS[given.deed](inquiry, given, sender)

    check_text("reason", given.reason)
    check_text("article", str(given.article))
    await office.write(done)
    # What stands beside an assertion takes a while, in which others may write.
    return answer(await office.read(whole, who, number, now()), 201)


@router.post("/corrections", status_code=201)
async def correct(
    request: Request, office: InOffice, who: Editor, given: GivenCorrection
) -> Response:
    """Publish a correction or a clarification; 202 where it waits for a second editor."""
    if given.heard is not None and given.report is None:
        message = "'heard' is the last mail of a report's reader; say which as 'report'"
        raise InvalidInputError(message)
    written = Written(**given.model_dump(exclude={"report", "heard"}))
    site = site_of(request, office.settings)

    def done(tx: Connection) -> Correction | Proposal:
        if given.report is not None:
            Inquiry(tx, who, given.report, now(), heard=given.heard)
        return publish(tx, who, written, now(), site)

    new = await office.write(done)
    if isinstance(new, Proposal):
        return answer(proposal_of(new), 202)
    return answer(correction_of(new), 201)


@router.get("/corrections")
async def published(office: InOffice, article: Annotated[str, Query(max_length=2_000)]) -> Response:
    """Return what was published about an article, newest first; anybody may ask."""
    try:
        about = await office.read(found, article)
    except NotFoundError:
        # A page that is not known here has no note, and no fault.
        return answer({"corrections": []})
    every = await office.read(corrections.of_article, about.id)
    return answer({"corrections": [correction_of(one) for one in every]})


async def taken(request: Request, office: Office, sent: Sent) -> tuple[int, bool]:
    """Take a report by HTTP; raise BusyError if too many come from one address."""
    address = request.app.state.address(request)
    request.app.state.limits.take(None, address and f"{address}, reporting")
    for field in ("text", "article", "name", "email", "key", "passage"):
        check_text(field, getattr(sent, field) or "")
    site = site_of(request, office.settings)

    def keep(tx: Connection) -> tuple[int, bool]:
        outlet = _outlet(tx, sent)
        return submit(
            tx, replace(sent, outlet=outlet), imprint(tx, office.settings, outlet, site), now()
        )

    return await office.write(keep)


def site_of(request: Request, settings: Settings) -> str:
    """Return where our pages are."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def imprint(tx: Connection, settings: Settings, outlet: str, site: str) -> Imprint:
    """Return what letters of an outlet say of us; without a desk's address nobody can answer."""
    _, address = senders(tx, settings).get(outlet, ("", f"desk@{outlet}.invalid"))
    return Imprint(address, site, settings.mail_per_day)


def _outlet(tx: Connection, sent: Sent) -> str:
    """Return whose report it is: of the article's outlet, the one named, or the only one."""
    about = named(tx, sent.article)
    if about is not None and sent.outlet in ("", about.outlet):
        return about.outlet
    every = outlets.every(tx)
    if sent.outlet or len(every) == 1:
        return sent.outlet or every[0].id
    ids = ", ".join(one.id for one in every)
    message = f"'outlet' must say whose error it is, as the article is not known here: one of {ids}"
    raise InvalidInputError(message)


def _due(given: GivenStep) -> datetime:
    """Return until when the reader is to be answered."""
    if given.due is None:
        message = "'due' must say until when, such as 2026-11-30T12:00:00Z"
        raise InvalidInputError(message)
    return given.due.astimezone(UTC)


_DEEDS: Final[Mapping[str, Callable[[Inquiry, GivenStep, Imprint], object]]] = {
    "take": lambda inquiry, _, __: inquiry.take(),
    "assign": lambda inquiry, given, _: inquiry.assign(given.to, given.reason),
    "due": lambda inquiry, given, _: inquiry.postpone(_due(given), given.reason),
    "status": lambda inquiry, given, sender: inquiry.decide(
        given.assertion,
        Verdict(
            given.status,
            given.reason,
            given.correction,
            given.proposal,
            Looked(given.newest, given.edition),
        ),
        sender,
    ),
    "kind": lambda inquiry, given, _: inquiry.sort(given.assertion, given.kind, given.reason),
    "split": lambda inquiry, given, _: inquiry.split(given.assertion, given.at, given.reason),
    "merge": lambda inquiry, given, _: inquiry.merge(given.assertion, given.other, given.reason),
    "add": lambda inquiry, given, _: inquiry.add(
        Asserted(given.kind or "fact", given.begin, given.end), given.reason
    ),
    "article": lambda inquiry, given, _: inquiry.place(given.article, given.reason),
    "undo": lambda inquiry, given, sender: inquiry.undo(given.step, given.reason, sender),
}
