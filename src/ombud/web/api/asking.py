"""What every call has: the office, who asks, and cursors that belong to one question."""

import base64
import binascii
import hashlib
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict
from starlette.requests import Request

from ombud.errors import InvalidInputError
from ombud.newsroom import Staff
from ombud.web.callers import Caller, caller
from ombud.web.office import Office


class Given(BaseModel):
    """A body: wrong kinds are errors, unknown names are ignored."""

    model_config = ConfigDict(strict=True)


def the_office(request: Request) -> Office:
    """Return what the application shares."""
    office: Office = request.app.state.office
    return office


InOffice = Annotated[Office, Depends(the_office)]


async def who_asks(request: Request, office: InOffice) -> Caller:
    """Return who asks."""
    return await caller(office, request)


Asking = Annotated[Caller, Depends(who_asks)]


async def _moderator(asking: Asking) -> Staff:
    """Return the member of the staff who asks."""
    return asking.must_be("moderator")


async def _editor(asking: Asking) -> Staff:
    """Return the editor who asks."""
    return asking.must_be("editor")


Moderator = Annotated[Staff, Depends(_moderator)]
Editor = Annotated[Staff, Depends(_editor)]


def _encodable(text: str) -> str:
    """Refuse halves of characters and U+0000, which no database keeps."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        message = "it must be text without U+0000 and without halves of characters"
        raise ValueError(message)
    return text


Word = Annotated[str, AfterValidator(_encodable)]
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[str | None, Query(max_length=400)]


def cursor(place: Any, *question: object) -> str | None:  # noqa: ANN401  # any JSON
    """Return where a list goes on, for the same question only; None at its end."""
    if place is None:
        return None
    written = orjson.dumps([_mark(question), place])
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def opened(written: str | None, *question: object) -> Any:  # noqa: ANN401  # what `cursor` was given
    """Return the place in a cursor; raise InvalidInputError if it is from another question."""
    if written is None:
        return None
    try:
        padded = written + "=" * (-len(written) % 4)
        mark, place = orjson.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, TypeError, binascii.Error):
        mark, place = "", None
    if mark != _mark(question):
        message = "'after' is not a cursor of this question; take it from the answer before"
        raise InvalidInputError(message)
    return place


def _mark(question: tuple[object, ...]) -> str:
    """Return what tells one question from another."""
    return hashlib.sha256(repr(question).encode()).hexdigest()[:12]
