"""Corrections that wait for a second editor: who of the staff agrees, refuses, or takes back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.corrections import agreeing
from ombud.corrections.agreeing import Looked
from ombud.moderation.sent import check_text
from ombud.store import articles, corrections, proposals
from ombud.web.api.asking import Editor, Given, InOffice, Moderator, Word
from ombud.web.api.reported import proposal_of, proposed_of
from ombud.web.api.reports import site_of
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])


class GivenEnd(Given):
    """
    What becomes of a proposal, and why.

    `newest` and `edition`: the newest correction of the article (0: none) and its edition, as who
    agrees has seen them; as they were when it was proposed, where they are not said.
    """

    deed: Literal["agree", "refuse", "withdraw"]
    reason: Annotated[Word, Field(max_length=2_000)] = ""
    newest: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    edition: Annotated[int, Field(ge=0, lt=2**31)] | None = None


@router.get("/proposals")
async def waiting(office: InOffice, who: Moderator) -> Response:
    """Return what waits for a second editor, oldest first, with how the article stands by now."""

    def ask(tx: Connection) -> list[dict[str, object]]:
        found = proposals.waiting(tx, who.outlets)
        numbers = {one.article for one in found}
        about, newest = articles.some(tx, numbers), corrections.newest(tx, numbers)
        return [
            {
                **proposed_of(tx, one),
                "title": about[one.article].article.title,
                "now": {
                    "newest": newest.get(one.article, 0),
                    "edition": about[one.article].edition,
                },
            }
            for one in found
        ]

    return answer({"proposals": await office.read(ask)})


@router.post("/proposals/{number}")
async def end(
    request: Request,
    office: InOffice,
    who: Editor,
    number: Annotated[int, Path(ge=1, lt=2**63)],
    given: GivenEnd,
) -> Response:
    """Agree to what another editor proposed, which is public then; refuse it; or take it back."""
    check_text("reason", given.reason)
    site = site_of(request, office.settings)

    def done(tx: Connection) -> dict[str, object]:
        if given.deed == "agree":
            looked = Looked(given.newest, given.edition)
            agreeing.agree(tx, who, number, now(), site, looked)
        elif given.deed == "refuse":
            agreeing.refuse(tx, who, number, given.reason, now())
        else:
            agreeing.withdraw(tx, who, number, given.reason, now())
        return proposal_of(agreeing.known(tx, who, number))

    return answer(await office.write(done))
