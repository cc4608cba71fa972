"""Picks: comments that together cover different views, proposed with their reasons."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import NotFoundError
from ombud.moderation import picks
from ombud.moderation.known import found
from ombud.newsroom import Staff
from ombud.web.api.asking import Editor, InOffice
from ombud.web.items import items
from ombud.web.wire import answer

router = APIRouter(tags=["rulings"])


@router.get("/picks")
async def proposed(
    office: InOffice,
    who: Editor,
    article: Annotated[str, Query(max_length=2_000)],
    most: Annotated[int, Query(ge=1, le=20)] = 6,
) -> Response:
    """Return what is picked under an article, and what is worth picking, each with why."""
    return answer({"picks": await office.read(_proposed, who, article, most)})


def _proposed(tx: Connection, who: Staff, article: str, most: int) -> list[dict[str, object]]:
    """Return proposals as the desk shows them."""
    published = found(tx, article)
    if not who.sees(published.outlet):
        message = f"there is no article {article}"
        raise NotFoundError(message)
    proposals = picks.proposed(tx, published.id, most)
    shown = items(tx, [proposal.comment for proposal in proposals])
    return [
        {**item, "reasons": proposal.reasons}
        for item, proposal in zip(shown, proposals, strict=True)
    ]
