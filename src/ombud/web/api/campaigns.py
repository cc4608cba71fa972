"""Campaigns: comments nearly the same as one thing, with one ruling on all that are held."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, cast

from fastapi import APIRouter, Path, Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import ConflictError
from ombud.moderation import campaigns as moderation
from ombud.moderation.campaigns import Swept, seen
from ombud.moderation.differences import differences
from ombud.moderation.rulings import Verdict
from ombud.newsroom import Comment, Published, Staff
from ombud.store import articles, campaigns, rates, readers, sweeps
from ombud.store.campaigns import Campaign, Place
from ombud.web.api.asking import After, Given, InOffice, Limit, Moderator, Word, cursor, opened
from ombud.web.api.shapes import name_of, pieces_of, when
from ombud.web.news import Event
from ombud.web.office import Office, now
from ombud.web.wire import answer

if TYPE_CHECKING:
    from ombud.web.live import Live

router = APIRouter(tags=["campaigns"])
_PATIENCE: Final = 3.0
"""Seconds for which one request rules; then the one who asks is told how far it got."""
_BARS: Final = 60
_WIDTHS: Final = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 1440, 10080, 43200))
_MOST: Final = 40
_SWEEPS: Final = 10
_SINCE: Final = timedelta(hours=1)
Number = Annotated[int, Path(ge=1, lt=2**63)]
Past = Annotated[int, Query(ge=0, lt=2**63)]


class GivenRuling(Given):
    """
    What a moderator says of all held comments of a campaign.

    `ruling` goes on with one, `past` the comments that it was about.
    """

    action: Word = Field(max_length=64)
    clause: Word | None = Field(None, max_length=64)
    note: Word | None = None
    expected: int | None = Field(None, ge=0, lt=2**63)
    ruling: int | None = Field(None, ge=1, lt=2**63)
    past: int = Field(0, ge=0, lt=2**63)


@router.get("/campaigns")
async def listed(
    office: InOffice, who: Moderator, after: After = None, limit: Limit = 50
) -> Response:
    """Return campaigns, those with held comments first, and articles that are flooded."""
    place = opened(after, "campaigns", who.outlets, pair=True)
    return answer(await office.read(_listed, who, place, limit))


@router.get("/campaigns/{campaign}")
async def one(office: InOffice, who: Moderator, campaign: Number) -> Response:
    """Return who wrote a campaign, where and when, and what speaks for one hand."""
    return answer(await office.read(_one, who, campaign))


@router.get("/campaigns/{campaign}/copies")
async def copies(
    office: InOffice, who: Moderator, campaign: Number, after: After = None, limit: Limit = 50
) -> Response:
    """Return the comments of a campaign as they came, each with its differences from the first."""
    place = opened(after, "copies", campaign)
    return answer(await office.read(_copies, who, campaign, place, limit))


@router.post("/campaigns/{campaign}/rulings")
async def rule(
    request: Request, office: InOffice, who: Moderator, campaign: Number, given: GivenRuling
) -> Response:
    """
    Rule on all held comments of a campaign, each by a ruling of its own.

    It takes a few seconds at most: as long as there is `more`, send it again with its `ruling` and
    `past`.
    """
    if given.expected is not None and not given.past:
        await office.read(_expected, who, campaign, given.expected)
    verdict, at = Verdict(given.action, given.clause, given.note), now()

    def step(tx: Connection, goes_on: int | None, past: int) -> Swept:
        rule, clauses = moderation.rule, office.clauses
        return rule(tx, who, campaign, verdict, clauses, at=at, goes_on=goes_on, past=past)

    swept = await _steps(office, step, given.ruling, given.past)
    return await _told(request, office, who, campaign, swept)


@router.delete("/campaigns/{campaign}/rulings/{ruling}")
async def undo(
    request: Request,
    office: InOffice,
    who: Moderator,
    campaign: Number,
    ruling: Number,
    past: Past = 0,
) -> Response:
    """
    Take back all rulings that were made at once with one.

    As long as there is `more`, send it again with its `past`.
    """

    def step(tx: Connection, goes_on: int | None, past: int) -> Swept:
        return moderation.undo(tx, who, campaign, goes_on or ruling, now(), past)

    swept = await _steps(office, step, ruling, past)
    return await _told(request, office, who, campaign, swept)


async def _steps(
    office: Office,
    step: Callable[[Connection, int | None, int], Swept],
    ruling: int | None,
    past: int,
) -> Swept:
    """Rule step by step, each in a transaction of its own, for as long as one request may take."""
    begun = time.monotonic()
    whole = Swept(ruling, (), {}, past)
    while whole.past is not None and time.monotonic() - begun < _PATIENCE:
        made = await office.write(step, whole.ruling, whole.past)
        skipped = {**whole.skipped, **made.skipped}
        whole = Swept(made.ruling, (*whole.ruled, *made.ruled), skipped, made.past)
    return whole


async def _told(
    request: Request, office: Office, who: Staff, number: int, swept: Swept
) -> Response:
    """Tell the desk of a ruling on a campaign, and return what it came to."""
    campaign = await office.read(seen, who, number)
    live = cast("Live", request.app.state.live)
    for outlet in campaign.outlets:
        await live.tell(Event("campaign", {"id": campaign.id}, outlet=outlet))
    return answer(
        {
            "ruling": swept.ruling,
            "ruled": len(swept.ruled),
            "more": swept.past is not None,
            "past": swept.past,
            "held": campaign.held,
            "skipped": [{"comment": one, "detail": why} for one, why in swept.skipped.items()],
        }
    )


def _expected(tx: Connection, who: Staff, number: int, expected: int) -> None:
    """Refuse where fewer are held than somebody saw: others have ruled meanwhile."""
    held = seen(tx, who, number).held
    if held < expected:
        message = f"{held} comments of campaign {number} are held by now, not {expected}"
        raise ConflictError(message)


def _listed(tx: Connection, who: Staff, after: Place | None, limit: int) -> dict[str, object]:
    """Return a page of campaigns, and the articles that are flooded."""
    found, more = campaigns.page(tx, who.outlets, after, limit)
    floods = rates.flooding(tx, now() - _SINCE, who.outlets)
    places = articles.some(tx, {flood.article for flood in floods})
    begun = sweeps.begun(tx, found, who.outlets)
    return {
        "campaigns": [_campaign(one, begun.get(one.id)) for one in found],
        "floods": [
            {
                "article": _article(places[flood.article]),
                "since": when(flood.began_at),
                "latest_at": when(flood.latest_at),
                "rate": flood.rate,
                "usual": round(flood.usual, 2),
            }
            for flood in floods
        ],
        "next": cursor(more, "campaigns", who.outlets),
    }


def _one(tx: Connection, who: Staff, number: int) -> dict[str, object]:
    """Return everything about a campaign but its comments."""
    campaign = seen(tx, who, number)
    width = _width(campaign)
    counted = sweeps.times(tx, campaign.id, who.outlets, campaign.opened_at, width)
    under = sweeps.most_of(tx, campaign.id, who.outlets, of="article", most=_MOST)
    by = sweeps.most_of(tx, campaign.id, who.outlets, of="reader", most=_MOST)
    places = articles.some(tx, {article for article, _ in under})
    known = readers.some(tx, {reader for reader, _ in by})
    return {
        **_campaign(campaign, sweeps.begun(tx, [campaign], who.outlets).get(campaign.id)),
        "reasons": campaign.reasons,
        "times": {
            "minutes": width // _WIDTHS[0],
            "counts": [counted.get(place, 0) for place in range(max(counted, default=0) + 1)],
        },
        "under": [{**_article(places[article]), "comments": many} for article, many in under],
        "by": [
            {"id": reader, "name": known[reader][0].name, "comments": many}
            for reader, many in by
            if reader in known
        ],
        "rulings": [
            {
                "id": sweep.id,
                "by": name_of(sweep.by),
                "at": when(sweep.at),
                "action": sweep.action,
                "clause": sweep.clause,
                "note": sweep.note,
                "comments": sweep.comments,
            }
            for sweep in sweeps.sweeps(tx, campaign.id, who.outlets, _SWEEPS)
        ],
    }


def _copies(
    tx: Connection, who: Staff, number: int, after: int | None, limit: int
) -> dict[str, object]:
    """Return a page of the comments of a campaign."""
    campaign = seen(tx, who, number)
    found, more = sweeps.copies_of(tx, campaign.id, who.outlets, after, limit)
    first = sweeps.begun(tx, [campaign], who.outlets).get(campaign.id)
    places = articles.some(tx, {comment.article for comment in found})
    return {
        "copies": [
            {
                "id": comment.id,
                "reader": comment.reader,
                "name": comment.name,
                "article": _article(places[comment.article]),
                "created_at": when(comment.created_at),
                "state": comment.state,
                "text": comment.text,
                "pieces": _pieces(comment, first),
            }
            for comment in found
        ],
        "next": cursor(more, "copies", number),
    }


def _campaign(campaign: Campaign, text: str | None) -> dict[str, object]:
    """Return a campaign as the staff sees it, with the text that it began with."""
    return {
        "id": campaign.id,
        "text": text,
        "comments": campaign.comments,
        "held": campaign.held,
        "readers": campaign.readers,
        "articles": campaign.articles,
        "outlets": campaign.outlets,
        "opened_at": when(campaign.opened_at),
        "latest_at": when(campaign.latest_at),
        "least_likeness": campaign.least_likeness,
        "quoted": campaign.quoted,
        "weight": campaign.weight,
        "why": [reason["why"] for reason in campaign.reasons],
    }


def _article(published: Published) -> dict[str, object]:
    """Return where something was written."""
    return {
        "id": published.id,
        "title": published.article.title,
        "url": published.url,
        "outlet": published.outlet,
    }


def _pieces(comment: Comment, first: str | None) -> list[dict[str, object]]:
    """Return what differs in a comment from the first."""
    if comment.text is None or first is None or comment.text == first:
        return []
    return pieces_of(differences(comment.text, first))


def _width(campaign: Campaign) -> timedelta:
    """Return the length of the times into which a campaign is cut: minutes, unless it is long."""
    lasted = campaign.latest_at - campaign.opened_at
    return next((one for one in _WIDTHS if lasted < one * _BARS), _WIDTHS[-1])
