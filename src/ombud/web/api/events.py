"""What happens, as it happens: server-sent events for readers of an article and for the staff."""

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import APIRouter, Header, Query
from starlette.requests import Request

from ombud.errors import InvalidInputError
from ombud.moderation.known import found
from ombud.web.api.asking import Asking, InOffice
from ombud.web.callers import again
from ombud.web.following import EventStream, Follower
from ombud.web.news import place_of

if TYPE_CHECKING:
    from ombud.web.live import Live

router = APIRouter(tags=["events"])


@router.get("/events")
async def events(
    request: Request,
    office: InOffice,
    asking: Asking,
    article: Annotated[str | None, Query(max_length=2_000)] = None,
    queue: bool = False,  # noqa: FBT001, FBT002  # a query parameter
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventStream:
    """Tell what happens to the comments of an article, or to the queue."""
    if queue:
        follower = Follower(staff=asking.must_be("moderator"), again=again(request))
    elif article is not None:
        number = (await office.read(found, article)).id
        follower = Follower(article=number, address=request.app.state.address(request))
    else:
        message = "'article' or 'queue=1' must say what to follow"
        raise InvalidInputError(message)
    live = cast("Live", request.app.state.live)
    live.let_in(follower)
    return EventStream(live.follow(follower, place_of(last_event_id)))
