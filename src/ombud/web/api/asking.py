"""What every call has: the office, who asks, and cursors that belong to one question."""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import orjson
import re2
from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request

from ombud.errors import InvalidInputError
from ombud.newsroom import Staff
from ombud.web.callers import Caller, caller
from ombud.web.office import Office

_INTEGERS: Final = 2**63
"""What a number of the database is less than."""
_YEARS: Final = range(1000, 3000)
_PORTS: Final = {"http": 80, "https": 443}
_UNSEEN: Final = re2.compile(r"[\p{Z}\p{C}\\]")
"""What no address holds, and what browsers read as something else."""


class Given(BaseModel):
    """A body: wrong kinds are errors, unknown names are ignored."""

    model_config = ConfigDict(strict=True)


async def the_office(request: Request) -> Office:
    """Return what the application shares."""
    # A plain function would be called in a thread of its own, for every request.
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


def _address(written: str) -> str:
    """Refuse what is no address of a page on the web."""
    origin_of(written)
    return written


def _in_our_time(moment: datetime) -> datetime:
    """Refuse years at the ends of the calendar, which no zone's hour can be added to."""
    if moment.year not in _YEARS:
        message = f"it must be between the years {_YEARS[0]} and {_YEARS[-1]}"
        raise ValueError(message)
    return moment


def _said(written: str) -> str:
    """Take the blanks around a text away, and refuse one of nothing else."""
    said = written.strip()
    if not said:
        message = "it must hold something"
        raise ValueError(message)
    return said


Reason = Annotated[Word, Field(min_length=1, max_length=1_000), AfterValidator(_said)]
Address = Annotated[Word, AfterValidator(_address)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[str | None, Query(max_length=400)]


def origin_of(address: str) -> str:
    """Return the origin of an address, as browsers send it; raise ValueError if it is none."""
    try:
        parts = urlsplit(address)
        named, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        parts, named, port = urlsplit(""), "", None
    if parts.scheme not in _PORTS or not named or parts.username or _UNSEEN.search(address):
        message = "it must be an address such as https://paper.example/news/bridge"
        raise ValueError(message)
    host = f"[{named}]" if ":" in named else named
    shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def cursor(place: Any, *question: object) -> str | None:  # noqa: ANN401  # any JSON
    """Return where a list goes on, for the same question only; None at its end."""
    if place is None:
        return None
    written = orjson.dumps([_mark(question), place])
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def opened(written: str | None, *question: object, pair: bool = False) -> Any:  # noqa: ANN401  # what `cursor` was given
    """
    Return the place in a cursor; raise InvalidInputError if it is from another question.

    Anybody can write a cursor, so the place is a number of the database, or a `pair` of a value and
    one.
    """
    if written is None:
        return None
    try:
        padded = written + "=" * (-len(written) % 4)
        mark, place = orjson.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, TypeError, binascii.Error):
        mark, place = "", None
    usable = _value_and_number(place) if pair else _number(place)
    if mark != _mark(question) or not usable:
        message = "'after' is not a cursor of this question; take it from the answer before"
        raise InvalidInputError(message)
    return place


def _number(place: object) -> bool:
    """Whether this can be a number of the database."""
    return type(place) is int and abs(place) < _INTEGERS


def _value_and_number(place: object) -> bool:
    """Whether this can be what a list is ordered by, with a number."""
    if not isinstance(place, list) or len(place) != 2:  # noqa: PLR2004  # a pair
        return False
    return type(place[0]) in (int, float) and _number(place[1])


def _mark(question: tuple[object, ...]) -> str:
    """Return what tells one question from another."""
    return hashlib.sha256(repr(question).encode()).hexdigest()[:12]
