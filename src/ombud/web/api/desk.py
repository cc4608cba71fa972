"""What the desk shows: the queue and any other list of comments."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.newsroom import Comment, Staff
from ombud.store import queue
from ombud.store.queue import Order, Place, Wanted
from ombud.web.api.asking import After, Given, InOffice, Limit, Moderator, Word, cursor, opened
from ombud.web.items import items
from ombud.web.wire import answer

router = APIRouter(tags=["desk"])
Page = Callable[[Connection, Wanted, Place | None, int], tuple[list[Comment], Place | None]]


class Filters(Given):
    """Which comments are listed."""

    model_config = ConfigDict(strict=False)

    state: Literal["held", "approved", "deleted", "all"] = "held"
    order: Order = "oldest"
    clause: Word | None = Field(None, max_length=64)
    article: int | None = None
    outlet: Word | None = Field(None, max_length=64)
    reader: int | None = None
    escalated: bool | None = None
    flagged: bool = False
    q: Word = Field("", max_length=400)
    folded: bool = False
    after: After = None
    limit: Limit = 50

    def wanted(self, who: Staff) -> Wanted:
        """Return the question to the store, within what somebody may see."""
        outlets = who.outlets
        if self.outlet is not None:
            outlets = (self.outlet,) if who.sees(self.outlet) else ()
        return Wanted(
            state=None if self.state == "all" else self.state,
            order=self.order,
            outlets=outlets,
            clause=self.clause,
            article=self.article,
            reader=self.reader,
            escalated=self.escalated,
            flagged=self.flagged,
            text=self.q,
        )


@router.get("/queue")
async def listed(office: InOffice, who: Moderator, asked: Annotated[Filters, Query()]) -> Response:
    """Return comments that wait, or any others, in the order asked for."""
    wanted = asked.wanted(who)
    place = opened(asked.after, "queue", wanted, pair=True)
    page = queue.folded if asked.folded else queue.page
    return answer(await office.read(_listed, page, wanted, place, asked.limit))


def _listed(
    tx: Connection, page: Page, wanted: Wanted, after: Place | None, limit: int
) -> dict[str, object]:
    """Return a page of the queue."""
    found, more = page(tx, wanted, after, limit)
    return {
        "items": items(tx, found),
        "count": queue.count(tx, wanted),
        "next": cursor(more, "queue", wanted),
    }
