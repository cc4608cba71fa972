"""What the outlets' own systems are told of what was published, and whether they took it."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import ConflictError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import notices
from ombud.store.notices import Notice
from ombud.web.api.asking import Editor, InOffice
from ombud.web.api.shapes import when
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
_MOST: Final = 50


@router.get("/outlets/{outlet}/notices")
async def latest(office: InOffice, who: Editor, outlet: str) -> Response:
    """Return what an outlet's own system is told: what it has not taken yet first."""
    _check(who, outlet)
    found = await office.read(notices.latest, outlet, _MOST)
    return answer({"notices": [_notice(one) for one in found]})


@router.post("/outlets/{outlet}/notices/{number}/again")
async def again(
    office: InOffice,
    who: Editor,
    outlet: str,
    number: Annotated[int, Path(ge=1, lt=2**63)],
) -> Response:
    """Try at once to send a notice that was not taken yet."""
    _check(who, outlet)

    def sooner(tx: Connection) -> None:
        if not notices.at_once(tx, outlet, number, now()):
            message = f"no notice {number} of this outlet waits"
            raise ConflictError(message)

    await office.write(sooner)
    return answer({"id": number})


def _check(who: Staff, outlet: str) -> None:
    """Refuse whoever does not see an outlet."""
    if not who.sees(outlet):
        message = f"there is no outlet '{outlet}'"
        raise NotFoundError(message)


def _notice(one: Notice) -> dict[str, object]:
    """Return a notice, without its words."""
    return {
        "id": one.id,
        "event": one.event,
        "correction": one.correction,
        "at": when(one.at),
        "attempts": one.attempts,
        "next_at": when(one.next_at),
        "failure": one.failure,
        "delivered_at": when(one.delivered_at),
    }
