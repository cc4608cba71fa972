"""How errors are answered: each of our own has a status, everything in the same shape."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import re2
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import (
    BusyError,
    ConflictError,
    FetchError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OmbudError,
    PolicyError,
    SettingsError,
    SignalError,
    SignInError,
    StoreError,
)
from ombud.web.wire import BodyError, problem

STATUS: dict[type[OmbudError], HTTPStatus] = {
    BusyError: HTTPStatus.TOO_MANY_REQUESTS,
    ConflictError: HTTPStatus.CONFLICT,
    FetchError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    PolicyError: HTTPStatus.UNPROCESSABLE_ENTITY,
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SignalError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SignInError: HTTPStatus.UNAUTHORIZED,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The HTTP status of each error; the errors themselves know no HTTP."""


def answer_failures(app: FastAPI) -> None:
    """Let every error be answered in our shape."""
    app.add_exception_handler(OmbudError, _refused)
    app.add_exception_handler(BodyError, _unreadable)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _no_such_thing)


async def _refused(_: Request, error: Exception) -> Response:
    """Answer an error of our own tree."""
    if not isinstance(error, OmbudError):  # pragma: no cover - registered for OmbudError only
        raise error
    response = problem(STATUS[type(error)], error.code, str(error))
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = str(error.seconds)
    if isinstance(error, SignInError):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def _unreadable(_: Request, error: Exception) -> Response:
    """Answer a body that cannot be read."""
    if not isinstance(error, BodyError):  # pragma: no cover - registered for BodyError only
        raise error
    too_large = error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return problem(error.status, "too_large" if too_large else "invalid_json", str(error))


_NAME: Final = re2.compile(r"[a-z_][a-z0-9_\-]*")
_KINDS: Final = frozenset({"int", "str"})
_NO_OBJECT: Final = "The body must be a JSON object, with the Content-Type 'application/json'."


async def _not_valid(_: Request, error: Exception) -> Response:
    """Answer a request whose fields cannot be used, naming the first; never what it held."""
    if not isinstance(error, RequestValidationError):  # pragma: no cover - registered for it only
        raise error
    first = error.errors()[0]
    if first["type"] == "json_invalid" or first["loc"] == ("body",):
        return problem(HTTPStatus.BAD_REQUEST, "invalid_json", _NO_OBJECT)
    place = ".".join(_fields(first["loc"][1:])) or "the body"
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] == "too_long":
        # Of a checked text it would speak of items.
        said = "it must have at most {max_length}, not {actual_length}".format(**first["ctx"])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_input", f"'{place}': {said}")


def _fields(place: Sequence[str | int]) -> list[str]:
    """Return the names and numbers on the way to a field, without the kinds that it may have."""
    named = (str(part) for part in place if part not in _KINDS)
    return [part for part in named if part.isdecimal() or _NAME.fullmatch(part)]


async def _no_such_thing(request: Request, error: Exception) -> Response:
    """Answer a path or a method that does not exist, or a body that could not be read."""
    if not isinstance(error, HTTPException):  # pragma: no cover - registered for it only
        raise error
    if isinstance(error.__cause__, BodyError):
        return await _unreadable(request, error.__cause__)
    status = HTTPStatus(error.status_code)
    if "parsing the body" in error.detail:
        return problem(status, "invalid_json", "The body must be JSON in UTF-8.")
    response = problem(status, status.name.lower(), status.description or status.phrase)
    response.headers.update(error.headers or {})
    return response
