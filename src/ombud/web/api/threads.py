"""The page that everybody reads: an article's approved comments, from a cache that is never old."""

from typing import TYPE_CHECKING, Annotated, Final, cast

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import InvalidInputError, NotFoundError
from ombud.moderation.known import found
from ombud.store import comments, threads
from ombud.store.threads import Sort
from ombud.web.api.articles import described
from ombud.web.api.asking import Given, Word, cursor, opened
from ombud.web.api.shapes import public, thread_of
from ombud.web.wire import dumps

if TYPE_CHECKING:
    from ombud.web.public import Public

router = APIRouter(tags=["comments"])
_REPLIES_AT_ONCE: Final = 50


class Asked(Given):
    """Which page: of an article, or of the answers under one root."""

    model_config = ConfigDict(strict=False)

    article: Word | None = Field(None, max_length=2_000)
    root: int | None = None
    sort: Sort = "newest"
    after: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


@router.get("/comments")
async def page(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Return approved comments of an article in threads, or more answers under one root."""
    pages = cast("Public", request.app.state.pages)
    if asked.root is not None:
        after = opened(asked.after, "root", asked.root)
        return await pages.answer(request, ("root", asked.root, after), _replies, asked.root, after)
    if asked.article is None:
        message = "'article' is missing; it must be the address or the number of one"
        raise InvalidInputError(message)
    after = opened(asked.after, "page", asked.article, asked.sort)
    question = (asked.article, asked.sort, after, asked.limit)
    return await pages.answer(
        request, question, _page, asked.article, asked.sort, after, asked.limit
    )


def _page(
    tx: Connection, article: str, sort: Sort, after: int | None, limit: int
) -> tuple[int, bytes]:
    """Return a page of threads, and the article that it depends on."""
    number = found(tx, article).id
    roots, more = threads.page(tx, number, sort, after, limit)
    about = described(tx, number)
    content = {
        "article": about,
        "count": about["count"],
        "comments": [
            thread_of(thread, cursor(thread.more_after, "root", thread.root.id)) for thread in roots
        ],
        "next": cursor(more, "page", article, sort),
    }
    return number, dumps(content)


def _replies(tx: Connection, root: int, after: int | None) -> tuple[int, bytes]:
    """Return more answers under a root."""
    top = comments.one(tx, root)
    if top is None or top.parent is not None or not (top.state == "approved" or top.answers):
        message = f"there is no thread {root}"
        raise NotFoundError(message)
    answers, more = threads.replies(tx, root, after or root, _REPLIES_AT_ONCE)
    content = {
        "comments": [public(answer) for answer in answers],
        "next": cursor(more, "root", root),
    }
    return top.article, dumps(content)
