"""Texts of other outlets that editors lay beside a report."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from ombud.corrections import finding, gathering
from ombud.errata import Gathered
from ombud.web.api.asking import Given, InOffice, Moderator, Word
from ombud.web.api.reported import whole
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])
Number = Annotated[int, Path(ge=1, lt=2**63)]


class GivenDocument(Given):
    """
    A text of another outlet; `name` is its address, or what its file is called.

    `page`: in place of both, the number of a page of an outlet that is followed.
    """

    page: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    name: Annotated[Word, Field(max_length=2_000)] = ""
    content: Annotated[Word, Field(max_length=gathering.LONGEST)] = ""
    outlet: Annotated[Word, Field(max_length=200)] = ""


@router.get("/reports/{number}/candidates")
async def candidates(office: InOffice, who: Moderator, number: Number) -> Response:
    """Return pages of the outlets that are followed which may be on the story of a report."""
    found = await office.read(finding.candidates, who, number, now())
    shown = [
        {"page": one.page, "outlet": one.outlet, "title": one.edition.title, "url": one.url}
        for one in found
    ]
    return answer({"candidates": shown})


@router.post("/reports/{number}/documents", status_code=201)
async def add(office: InOffice, who: Moderator, number: Number, given: GivenDocument) -> Response:
    """Lay a text beside a report; it answers with the report as it then stands."""
    name, outlet = given.name.strip(), given.outlet.strip()
    new = Gathered(0, number, name, outlet, given.content, who.by, now())
    if given.page is not None:
        new = await office.read(finding.gathered, number, given.page, who.by, now())
    # To read a page takes a while, in which nobody else should wait for the database.
    await run_sync(gathering.check, new.name, new.outlet_name, new.content)
    await office.write(gathering.gather, who, number, new)
    # Comparing many texts takes a while too.
    return answer(await office.read(whole, who, number, now()), 201)


@router.delete("/reports/{number}/documents/{document}")
async def leave_out(office: InOffice, who: Moderator, number: Number, document: Number) -> Response:
    """Leave a text out again; it answers with the report as it then stands."""
    await office.write(gathering.leave_out, who, number, document, now())
    return answer(await office.read(whole, who, number, now()))
