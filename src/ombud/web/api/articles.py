"""Articles: what the newsroom enters, what everybody may know of them, and how many comments."""

from typing import Annotated, Final

import re2
from fastapi import APIRouter, Path, Query
from pydantic import ConfigDict, Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.corrections.changes import Pieces, changed, check_editions
from ombud.errors import ForbiddenError, InvalidInputError
from ombud.moderation.known import found
from ombud.newsroom import Article, Mode, Outlet, Published, Staff
from ombud.store import articles, log, outlets, threads
from ombud.store.log import Deed
from ombud.web.api.asking import (
    Address,
    Asking,
    Given,
    InOffice,
    Moderator,
    Moment,
    Word,
    origin_of,
)
from ombud.web.api.shapes import article_of, pieces_of
from ombud.web.office import now
from ombud.web.public import tagged
from ombud.web.wire import answer, dumps

router = APIRouter(tags=["articles"])
Number = Annotated[int, Path(ge=1, lt=2**63)]
_SLUG: Final = re2.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_LONGEST_URL: Final = 2_000
_MOST_COUNTS: Final = 200


class GivenArticle(Given):
    """An article as the newsroom's system knows it."""

    model_config = ConfigDict(strict=False)

    url: Address = Field(max_length=_LONGEST_URL)
    title: Word = Field(min_length=1, max_length=1_000)
    byline: Word = Field("", max_length=1_000)
    text: Word = Field("", max_length=200_000)
    published_at: Moment | None = None
    outlet: Word | None = Field(None, max_length=64)
    mode: Mode | None = None
    open_outlet: bool = False


class GivenMode(Given):
    """How the comments of an article are moderated; null means as its outlet's."""

    mode: Mode | None


@router.put("/articles")
async def put(office: InOffice, asking: Asking, given: GivenArticle) -> Response:
    """Enter an article, or its next edition; the same address is the same article."""
    who = asking.must_be("moderator")
    published, new = await office.write(_put, who, given)
    content = {"id": published.id, "url": published.url, "outlet": published.outlet}
    return answer(content, 201 if new else 200)


@router.get("/articles/{article}")
async def one(request: Request, office: InOffice, article: int) -> Response:
    """Return what everybody may know of an article."""
    return tagged(request, dumps(await office.read(described, article)))


@router.patch("/articles/{article}")
async def moderate(office: InOffice, who: Moderator, article: int, given: GivenMode) -> Response:
    """Set how the comments of an article are moderated."""
    return answer(await office.write(_moderate, who, article, given.mode))


@router.get("/articles/{article}/changes")
async def changes(
    office: InOffice, who: Moderator, article: Number, before: int, after: int
) -> Response:
    """Return how two editions of an article differ, as readers of a correction are shown it."""

    def ask(tx: Connection) -> Pieces:
        about = found(tx, article)
        if not who.sees(about.outlet):
            found(tx, 0)
        check_editions(about, before, after)
        return changed(tx, article, before, after)

    return answer({"pieces": pieces_of(await office.read(ask))})


@router.get("/articles")
async def latest(
    office: InOffice,
    who: Moderator,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """Return the articles that somebody may see, newest first."""
    known = await office.read(articles.latest, who.outlets, before, limit)
    modes = {outlet.id: outlet.mode for outlet in await office.read(outlets.every)}
    shown = [article_of(one, mode=one.mode or modes[one.outlet]) for one in known]
    return answer({"articles": shown, "next": known[-1].id if len(known) == limit else None})


@router.get("/counts")
async def counts(
    request: Request,
    office: InOffice,
    article: Annotated[list[Word], Query(max_length=_MOST_COUNTS)],
) -> Response:
    """Return how many approved comments articles have, by address or number; 0 if unknown."""
    numbers = [number for one in article if (number := _number(one))]
    known = await office.read(threads.counts, article, numbers)
    asked = {one: known.get(one, known.get(_number(one) or 0, 0)) for one in article}
    return tagged(request, dumps({"counts": asked}))


def _number(article: str) -> int | None:
    """Return the number that an article is asked for by, if it is one of the database."""
    fits = article.isascii() and article.isdigit() and len(article) < 19  # noqa: PLR2004  # 64 bits
    return int(article) if fits else None


def described(tx: Connection, article: str | int) -> dict[str, object]:
    """Return an article as everybody sees it."""
    published = found(tx, article)
    outlet = outlets.one(tx, published.outlet)
    return article_of(published, mode=published.mode or (outlet.mode if outlet else "closed"))


def _put(tx: Connection, who: Staff, given: GivenArticle) -> tuple[Published, bool]:
    """Keep an article."""
    known = articles.by_url(tx, given.url)
    named = given.outlet or (known.outlet if known else None)
    outlet = _outlet(tx, who, named, new=given.open_outlet)
    if known and known.outlet != outlet.id:
        message = f"this address belongs to the outlet '{known.outlet}', not '{outlet.id}'"
        raise ForbiddenError(message)
    _let_ask(tx, who, outlet, origin_of(given.url))
    article = Article(given.title, given.text, given.byline)
    published, new = articles.put(tx, outlet.id, given.url, article, given.published_at, now())
    if new or known != published:
        log.append(tx, Deed(now(), who.by, "article", outlet.id, published.id))
    if "mode" in given.model_fields_set and given.mode != published.mode:
        _set_mode(tx, who, published, given.mode)
    return published, new


def _let_ask(tx: Connection, who: Staff, outlet: Outlet, origin: str) -> None:
    """Let the pages of an article's origin ask from a browser, and enter that they now may."""
    wider = outlets.with_origin(tx, outlet, origin)
    if wider != outlet:
        facts = {"origins": wider.origins, "reason": "an article with this address was entered"}
        log.append(tx, Deed(now(), who.by, "outlet_changed", outlet.id, facts=facts))


def _outlet(tx: Connection, who: Staff, outlet: str | None, *, new: bool) -> Outlet:
    """
    Return the outlet that is named, or the only one; the first of all is opened, and a `new` one.

    Any other name that nobody knows is a typing error, whose articles would have no moderators.
    """
    known = outlets.every(tx)
    every = {one.id: one for one in known if who.sees(one.id)}
    if outlet is None and len(every) > 1:
        message = f"'outlet' must say which: {', '.join(every)}"
        raise InvalidInputError(message)
    name = outlet or next(iter(every), who.outlets[0] if who.outlets else "main")
    if name in every:
        return every[name]
    if not who.sees(name):
        message = f"this key is for {', '.join(who.outlets or ())}, not for '{name}'"
        raise ForbiddenError(message)
    if not _SLUG.fullmatch(name):
        message = f"'outlet' is {name!r}; it must be small letters, digits, '.', '_' or '-'"
        raise InvalidInputError(message)
    if known and not new:
        message = (
            f"there is no outlet '{name}'; there are: {', '.join(every)};"
            " to open it, send 'open_outlet': true, or run 'ombud outlet add'"
        )
        raise InvalidInputError(message)
    opened = outlets.opened(tx, name, name.replace("-", " ").title(), now())
    log.append(tx, Deed(now(), who.by, "outlet_opened", name))
    return opened


def _moderate(tx: Connection, who: Staff, article: int, mode: Mode | None) -> dict[str, object]:
    """Set the mode of an article."""
    published = found(tx, article)
    if not who.sees(published.outlet):
        found(tx, 0)
    _set_mode(tx, who, published, mode)
    return described(tx, article)


def _set_mode(tx: Connection, who: Staff, published: Published, mode: Mode | None) -> None:
    """Keep the mode of an article, and enter it."""
    articles.moderate(tx, published.id, mode)
    facts = {"mode": mode}
    deed = Deed(now(), who.by, "article_mode", published.outlet, published.id, facts=facts)
    log.append(tx, deed)
