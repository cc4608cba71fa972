"""What other outlets publish: feeds that are followed, and stories with their dossiers."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import InvalidInputError, NotFoundError
from ombud.fetching.places import Places
from ombud.following.keeping import compared, document
from ombud.newsroom import Staff
from ombud.store import feeds, log, stories
from ombud.store.feeds import Feed
from ombud.store.log import Deed
from ombud.store.stories import Kept, Told
from ombud.stories.schema import as_json
from ombud.web.api.asking import (
    After,
    Editor,
    Given,
    InOffice,
    Limit,
    Moderator,
    Word,
    cursor,
    opened,
)
from ombud.web.api.shapes import when
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["stories"])
Number = Annotated[int, Path(ge=1, lt=2**63)]
_ARTICLES = 40
"""Articles of a story that a dossier lays side by side, at most."""


class GivenFeed(Given):
    """A feed that is to be followed; `outlet` is another's name."""

    outlet: Word = Field(min_length=1, max_length=200)
    url: Word = Field(max_length=2_000)


@router.get("/feeds")
async def followed(office: InOffice, _who: Moderator) -> Response:
    """Return the feeds that are followed, and the hosts that may be."""
    found = await office.read(feeds.every)
    hosts = list(office.settings.follow_hosts)
    return answer({"feeds": [_feed(one) for one in found], "hosts": hosts})


@router.post("/feeds", status_code=201)
async def follow(office: InOffice, who: Editor, given: GivenFeed) -> Response:
    """Follow a feed; its host has to be one that the settings name."""
    url = Places(office.settings.follow_hosts).place(given.url).url
    outlet = given.outlet.strip()
    if not outlet:
        message = "'outlet' is blank; it must be the name of the outlet whose feed it is"
        raise InvalidInputError(message)

    def change(tx: Connection) -> int:
        at = now()
        number = feeds.add(tx, outlet, url, who.by, at)
        _enter(tx, who, "feed_added", {"feed": number, "outlet": outlet, "url": url})
        return number

    return answer({"id": await office.write(change)}, 201)


@router.delete("/feeds/{number}")
async def unfollow(office: InOffice, who: Editor, number: Number) -> Response:
    """Follow a feed no more; what was read stays."""

    def change(tx: Connection) -> None:
        gone = feeds.remove(tx, number)
        _enter(tx, who, "feed_removed", {"feed": number, "outlet": gone.outlet, "url": gone.url})

    await office.write(change)
    return answer({})


@router.get("/stories")
async def listed(
    office: InOffice,
    _who: Moderator,
    outlets: Annotated[int, Query(ge=1, le=20)] = 2,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """Return stories that at least so many outlets have, the newest first."""
    place = opened(after, "stories", outlets)
    found = await office.read(stories.listed, place, limit + 1, outlets)
    shown = found[:limit]
    following = shown[-1].id if len(found) > limit else None
    return answer(
        {
            "stories": [_told(one) for one in shown],
            "next": cursor(following, "stories", outlets),
        }
    )


@router.get("/stories/{number}")
async def one(office: InOffice, _who: Moderator, number: Number) -> Response:
    """Return the dossier of a story, with where each of its articles stands."""
    found = await office.read(stories.of_story, number, _ARTICLES)
    if not found:
        message = f"there is no story {number}"
        raise NotFoundError(message)
    dossier = await run_sync(lambda: as_json(compared(found)))
    pages = {document(page).id: _page(page) for page in found}
    return answer({"id": number, "pages": pages, **dossier})


@router.get("/stories/pages/{number}")
async def changes(office: InOffice, _who: Moderator, number: Number) -> Response:
    """Return all that a page of another outlet said, the oldest first."""
    found = await office.read(stories.editions, number)
    if not found:
        message = f"there is no page {number}"
        raise NotFoundError(message)
    return answer(
        {
            "editions": [
                {"read_at": when(at), "title": said.title, "byline": said.byline, "text": said.text}
                for at, said in found
            ]
        }
    )


def _enter(tx: Connection, who: Staff, deed: str, facts: dict[str, object]) -> None:
    """Enter in the log what somebody did about a feed."""
    log.append(tx, Deed(now(), who.by, deed, facts=facts))


def _feed(one: Feed) -> dict[str, object]:
    """Return a feed as JSON."""
    return {
        "id": one.id,
        "outlet": one.outlet,
        "url": one.url,
        "added_by": one.added_by,
        "checked_at": one.checked_at and when(one.checked_at),
        "failures": one.failures,
        "failure": one.failure,
    }


def _told(one: Told) -> dict[str, object]:
    """Return a story of a list as JSON."""
    return {
        "id": one.id,
        "opened_at": when(one.opened_at),
        "changed_at": when(one.changed_at),
        "articles": [{"outlet": outlet, "title": title} for outlet, title in one.articles],
    }


def _page(page: Kept) -> dict[str, object]:
    """Return where an article stands, which edition this is, and when it was read."""
    return {
        "id": page.page,
        "url": page.url,
        "edition": page.number,
        "read_at": when(page.recorded_at),
    }
