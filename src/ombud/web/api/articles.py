"""Articles: what the newsroom enters, what everybody may know of them, and how many comments."""

from typing import Annotated, Final
from urllib.parse import urlsplit

import re2
from fastapi import APIRouter, Query
from pydantic import AwareDatetime, ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import ForbiddenError, InvalidInputError
from ombud.moderation.submission import found
from ombud.newsroom import Article, Mode, Outlet, Published, Staff
from ombud.store import articles, log, outlets, threads
from ombud.store.log import Deed
from ombud.web.api.asking import Asking, Given, InOffice, Moderator, Word
from ombud.web.api.shapes import article_of
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["articles"])
_SLUG: Final = re2.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_LONGEST_URL: Final = 2_000
_MOST_COUNTS: Final = 200


class GivenArticle(Given):
    """An article as the newsroom's system knows it."""

    model_config = ConfigDict(strict=False)

    url: Word = Field(max_length=_LONGEST_URL)
    title: Word = Field(min_length=1, max_length=1_000)
    byline: Word = Field("", max_length=1_000)
    text: Word = Field("", max_length=200_000)
    published_at: AwareDatetime | None = None
    outlet: Word | None = Field(None, max_length=64)
    mode: Mode | None = None


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
async def one(office: InOffice, article: int) -> Response:
    """Return what everybody may know of an article."""
    return answer(await office.read(described, article))


@router.patch("/articles/{article}")
async def moderate(office: InOffice, who: Moderator, article: int, given: GivenMode) -> Response:
    """Set how the comments of an article are moderated."""
    return answer(await office.write(_moderate, who, article, given.mode))


@router.get("/articles")
async def latest(
    office: InOffice,
    who: Moderator,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """Return the articles that somebody may see, newest first."""
    known = await office.read(articles.latest, who.outlets, before, limit)
    shown = [article_of(one, mode=one.mode or "") for one in known]
    return answer({"articles": shown, "next": known[-1].id if len(known) == limit else None})


@router.get("/counts")
async def counts(
    office: InOffice, article: Annotated[list[str], Query(max_length=_MOST_COUNTS)]
) -> Response:
    """Return how many approved comments articles have, by address or number; 0 if unknown."""
    numbers = [int(one) for one in article if one.isascii() and one.isdigit() and len(one) < 19]  # noqa: PLR2004
    known = await office.read(threads.counts, article, numbers)
    found = {
        one: known.get(one, known.get(int(one), 0) if one.isdecimal() else 0) for one in article
    }
    return answer({"counts": found})


def described(tx: Connection, article: str | int) -> dict[str, object]:
    """Return an article as everybody sees it."""
    published = found(tx, article)
    outlet = outlets.one(tx, published.outlet)
    return article_of(published, mode=published.mode or (outlet.mode if outlet else "closed"))


def _put(tx: Connection, who: Staff, given: GivenArticle) -> tuple[Published, bool]:
    """Keep an article."""
    parts = urlsplit(given.url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        message = "'url' must be an address such as https://paper.example/news/bridge"
        raise InvalidInputError(message)
    known = articles.by_url(tx, given.url)
    outlet = _outlet(tx, who, given.outlet or (known.outlet if known else None))
    if known and known.outlet != outlet.id:
        message = f"this address belongs to the outlet '{known.outlet}', not '{outlet.id}'"
        raise ForbiddenError(message)
    outlets.with_origin(tx, outlet, f"{parts.scheme}://{parts.netloc}")
    article = Article(given.title, given.text, given.byline)
    published, new = articles.put(tx, outlet.id, given.url, article, given.published_at, now())
    if "mode" in given.model_fields_set and given.mode != published.mode:
        articles.moderate(tx, published.id, given.mode)
    if new or known != published:
        deed = Deed(now(), who.by, "article", outlet.id, published.id)
        log.append(tx, deed)
    return published, new


def _outlet(tx: Connection, who: Staff, outlet: str | None) -> Outlet:
    """Return the outlet that is named, or the only one; open one that nobody named before."""
    every = {one.id: one for one in outlets.every(tx) if who.sees(one.id)}
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
    opened = outlets.opened(tx, name, name.replace("-", " ").title(), now())
    log.append(tx, Deed(now(), who.by, "outlet_opened", name))
    return opened


def _moderate(tx: Connection, who: Staff, article: int, mode: Mode | None) -> dict[str, object]:
    """Set the mode of an article."""
    published = found(tx, article)
    if not who.sees(published.outlet):
        found(tx, 0)
    articles.moderate(tx, article, mode)
    facts = {"mode": mode}
    log.append(tx, Deed(now(), who.by, "article_mode", published.outlet, article, facts=facts))
    return described(tx, article)
