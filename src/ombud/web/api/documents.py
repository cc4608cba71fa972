"""Texts of other outlets that editors lay beside a report."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.corrections import gathering
from ombud.errata import Gathered
from ombud.web.api.asking import Given, InOffice, Moderator, Word
from ombud.web.api.reported import whole
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
Number = Annotated[int, Path(ge=1, lt=2**63)]


class GivenDocument(Given):
    """A text or a page of another outlet; `name` is its address, or what its file is called."""

    name: Annotated[Word, Field(min_length=1, max_length=2_000)]
    content: Annotated[Word, Field(min_length=1, max_length=gathering.LONGEST)]
    outlet: Annotated[Word, Field(max_length=200)] = ""


@router.post("/reports/{number}/documents", status_code=201)
async def add(office: InOffice, who: Moderator, number: Number, given: GivenDocument) -> Response:
    """Lay a text beside a report; it answers with the report as it then stands."""
    name, outlet = given.name.strip(), given.outlet.strip()
    # To read a page takes a while, in which nobody else should wait for the database.
    await run_sync(gathering.check, name, outlet, given.content)

    def added(tx: Connection) -> dict[str, object]:
        at = now()
        new = Gathered(0, number, name, outlet, given.content, who.by, at)
        gathering.gather(tx, who, number, new)
        return whole(tx, who, number, at)

    return answer(await office.write(added), 201)


@router.delete("/reports/{number}/documents/{document}")
async def leave_out(office: InOffice, who: Moderator, number: Number, document: Number) -> Response:
    """Leave a text out again; it answers with the report as it then stands."""

    def left(tx: Connection) -> dict[str, object]:
        at = now()
        gathering.leave_out(tx, who, number, document, at)
        return whole(tx, who, number, at)

    return answer(await office.write(left))
