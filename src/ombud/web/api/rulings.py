"""What moderators do: rule on one or many, take back, escalate, claim, pick."""

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import OmbudError
from ombud.moderation import rulings
from ombud.moderation.rulings import Verdict
from ombud.newsroom import Staff, State
from ombud.web.api.asking import Editor, Given, InOffice, Moderator, Word
from ombud.web.api.shapes import ruling_of, when
from ombud.web.news import Event
from ombud.web.office import Office, now
from ombud.web.wire import answer

if TYPE_CHECKING:
    from ombud.web.live import Live

router = APIRouter(tags=["rulings"])


class GivenRuling(Given):
    """What a moderator says of a comment."""

    action: Word = Field(max_length=64)
    clause: Word | None = Field(None, max_length=64)
    note: Word | None = None
    expected: State | None = None

    def verdict(self) -> Verdict:
        """Return it for the moderation."""
        return Verdict(self.action, self.clause, self.note, self.expected)


class GivenRulings(GivenRuling):
    """The same, of many comments."""

    comments: Annotated[list[int], Field(min_length=1, max_length=500)]


class GivenNote(Given):
    """A word to an editor."""

    note: Word


@router.post("/comments/{comment}/rulings", status_code=201)
async def rule(office: InOffice, who: Moderator, comment: int, given: GivenRuling) -> Response:
    """Rule on a comment."""
    return answer(await _ruled(office, who, comment, given.verdict()), 201)


@router.post("/rulings")
async def rule_many(office: InOffice, who: Moderator, given: GivenRulings) -> Response:
    """Rule on many comments; each stands or fails by itself."""
    answers: list[dict[str, object]] = []
    for comment in dict.fromkeys(given.comments):
        try:
            answers.append(await _ruled(office, who, comment, given.verdict()))
        except OmbudError as error:
            answers.append({"comment": comment, "code": error.code, "detail": str(error)})
    return answer({"rulings": answers})


@router.delete("/rulings/{ruling}")
async def undo(office: InOffice, who: Moderator, ruling: int) -> Response:
    """Take a ruling back: a new ruling restores what was before."""
    made = await office.write(rulings.undo, who, ruling, now())
    return answer(ruling_of(made))


@router.post("/comments/{comment}/escalation", status_code=201)
async def escalate(office: InOffice, who: Moderator, comment: int, given: GivenNote) -> Response:
    """Leave a comment to an editor."""
    made = await office.write(rulings.escalate, who, comment, given.note, now())
    return answer(ruling_of(made), 201)


@router.put("/comments/{comment}/claim")
async def claim(request: Request, office: InOffice, who: Moderator, comment: int) -> Response:
    """Claim a comment for five minutes, so that nobody else rules on it."""
    outlet, until = await office.write(rulings.claim, who, comment, now())
    content = {"by": who.name, "until": when(until)}
    live = cast("Live", request.app.state.live)
    await live.tell(Event("claimed", {"id": comment, **content}, outlet=outlet))
    return answer(content)


@router.delete("/comments/{comment}/claim")
async def release(request: Request, office: InOffice, who: Moderator, comment: int) -> Response:
    """Let go of a comment."""
    outlet = await office.write(rulings.release, who, comment)
    if outlet is not None:
        live = cast("Live", request.app.state.live)
        await live.tell(Event("released", {"id": comment}, outlet=outlet))
    return answer({})


@router.put("/comments/{comment}/pick")
async def pick(office: InOffice, who: Editor, comment: int) -> Response:
    """Make an approved comment one of the paper's picks."""
    await office.write(rulings.pick, who, comment, now(), picked=True)
    return answer({"picked": True})


@router.delete("/comments/{comment}/pick")
async def unpick(office: InOffice, who: Editor, comment: int) -> Response:
    """Take a comment out of the picks."""
    await office.write(rulings.pick, who, comment, now(), picked=False)
    return answer({"picked": False})


async def _ruled(office: Office, who: Staff, comment: int, verdict: Verdict) -> dict[str, object]:
    """Rule on one comment."""
    made = await office.write(rulings.rule, who, comment, verdict, office.clauses, now())
    return ruling_of(made)
