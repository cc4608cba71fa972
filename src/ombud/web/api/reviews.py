"""Second opinions: comments that somebody else has ruled on, without what was ruled."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.moderation import rulings
from ombud.newsroom import Staff
from ombud.store import articles, comments, reviews
from ombud.store.reviews import Unruled
from ombud.web.api.asking import InOffice, Moderator
from ombud.web.api.rulings import GivenRuling
from ombud.web.api.shapes import ruling_of, when
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["rulings"])


@router.get("/reviews")
async def waiting(
    office: InOffice, who: Moderator, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> Response:
    """Return comments of which a second opinion is asked; nothing tells what was ruled."""
    return answer({"items": await office.read(_waiting, who, limit)})


@router.post("/reviews/{comment}", status_code=201)
async def review(office: InOffice, who: Moderator, comment: int, given: GivenRuling) -> Response:
    """Keep a second opinion, which changes nothing for the reader."""
    made = await office.write(rulings.second, who, comment, given.verdict(), office.clauses, now())
    return answer(ruling_of(made), 201)


def _waiting(tx: Connection, who: Staff, limit: int) -> list[dict[str, object]]:
    """Return what waits for a second opinion."""
    return [_blind(tx, one) for one in reviews.waiting(tx, who, limit=limit)]


def _blind(tx: Connection, one: Unruled) -> dict[str, object]:
    """Return a comment as a second moderator sees it."""
    published = articles.one(tx, one.article)
    then = articles.edition(tx, one.article, one.edition)
    parent = comments.one(tx, one.parent) if one.parent else None
    return {
        "id": one.id,
        "text": one.text,
        "created_at": when(one.created_at),
        "author": {"name": one.name, "staff": one.staff},
        "article": published
        and {
            "id": published.id,
            "title": published.article.title,
            "url": published.url,
            "outlet": published.outlet,
        },
        "article_text": then.text if then else "",
        "parent": parent and {"id": parent.id, "name": parent.name, "text": parent.text},
    }
