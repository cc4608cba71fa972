"""Excerpts: a comment quoted in an article, in which spelling and punctuation may be mended."""

from anyio.to_thread import run_sync
from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import ConflictError
from ombud.moderation.excerpts import Change, compared
from ombud.moderation.mends import mended
from ombud.moderation.rulings import seen
from ombud.newsroom import Staff
from ombud.text import Span
from ombud.web.api.asking import Given, InOffice, Moderator, Word
from ombud.web.wire import answer

router = APIRouter(tags=["desk"])


class GivenExcerpt(Given):
    """A comment as it is to be quoted."""

    excerpt: Word = Field(max_length=20_480)


@router.get("/comments/{comment}/excerpt")
async def proposed(office: InOffice, who: Moderator, comment: int) -> Response:
    """Return a comment as it would read with all that can surely be mended."""
    original = await office.read(_text, who, comment)
    proposal = await run_sync(mended, original)
    mends = [
        {"kind": mend.kind, "before": mend.before, "after": mend.after, "why": mend.why}
        for mend in proposal.mends
    ]
    return answer({"original": original, "text": proposal.text, "mends": mends})


@router.post("/comments/{comment}/excerpt")
async def checked(office: InOffice, who: Moderator, comment: int, given: GivenExcerpt) -> Response:
    """Say word by word what an excerpt changes, and whether it may."""
    original = await office.read(_text, who, comment)
    comparison = await run_sync(compared, original, given.excerpt)
    changes = [_change(change) for change in comparison.changes]
    return answer({"allowed": not comparison.refused, "changes": changes})


def _text(tx: Connection, who: Staff, number: int) -> str:
    """Return the text of a comment that was published."""
    comment = seen(tx, who, number)
    if comment.text is None or comment.state != "approved":
        message = f"comment {number} is not published; only published comments are quoted"
        raise ConflictError(message)
    return comment.text


def _change(change: Change) -> dict[str, object]:
    """Return one change with its place in both texts."""
    return {
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "original": _place(change.original),
        "excerpt": _place(change.excerpt),
        "why": change.why,
    }


def _place(span: Span) -> dict[str, int]:
    """Return a place."""
    return {"begin": span.begin, "end": span.end}
