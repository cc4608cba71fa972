"""
JSON in and out: reading bodies that are nearly JSON, and errors in the two shapes we answer in.

Google's shape goes to Google's paths; everything else gets `application/problem+json` (RFC 9457).
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import orjson
import pyjson5
from starlette.requests import Request
from starlette.responses import Response

MAX_BODY: Final = 4 * 2**20
MAX_TEXT: Final = 20_480
"""Bytes of a comment in UTF-8, wherever it comes in: our reading of Google's "20 KB"."""
_ERROR_TYPE: Final = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_VIOLATIONS: Final = "type.googleapis.com/google.rpc.BadRequest"
_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_STATUSES: Final = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class BodyError(Exception):
    """A body that is too large or no JSON; `status` is the HTTP status that says so."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        """Take the HTTP status and what is wrong."""
        super().__init__(message)
        self.status = status


class GoogleError(Exception):
    """A refusal in Google's shape."""

    def __init__(
        self,
        message: str,
        error_type: str = "INVALID_REQUEST",
        *,
        code: int = 400,
        details: tuple[Mapping[str, object], ...] = (),
        allowed: Mapping[str, str] | None = None,
    ) -> None:
        """
        Take the message and type, on which clients match; `details` replace the type.

        `allowed` says of fields what they may hold, where Google's words do not.
        """
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or ({"@type": _ERROR_TYPE, "errorType": error_type},)
        if allowed:
            fields = [{"field": name, "description": words} for name, words in allowed.items()]
            self.details += ({"@type": _VIOLATIONS, "fieldViolations": fields},)

    def response(self) -> Response:
        """Return the answer; a client that tries again too early is told when to."""
        error = {
            "code": self.code,
            "message": self.message,
            "status": _STATUSES[self.code],
            "details": self.details,
        }
        headers = {429: {"Retry-After": "1"}, 405: {"Allow": "POST"}}.get(self.code)
        return answer({"error": error}, self.code, headers=headers)


def answer(
    content: object,
    status: int = 200,
    media_type: str = "application/json; charset=UTF-8",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a JSON response, also for texts with lone surrogates."""
    return Response(dumps(content), status, headers, media_type)


def dumps(content: object) -> bytes:
    """Return compact JSON; the slower writer escapes the lone surrogates that orjson refuses."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, separators=(",", ":")).encode("ascii")


def problem(status: HTTPStatus, code: str, detail: str) -> Response:
    """Return an error of our own API: `code` is stable, `detail` is for people."""
    content = {"type": "about:blank", "title": status.phrase, "status": status, "code": code}
    return answer({**content, "detail": detail}, status, "application/problem+json")


def size(text: str) -> int:
    """Return the bytes of a text in UTF-8; a lone surrogate counts as the three it would take."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def readable(text: str) -> str:
    """
    Return a text that can be encoded: each lone surrogate becomes the replacement character.

    The length stays the same, so places in one are places in the other.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


async def read_object(request: Request) -> dict[str, object]:
    """
    Return the JSON object in a request's body, whatever its content type says.

    Raises BodyError if there is none or it is too large.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            message = f"Request payload size exceeds the limit: {MAX_BODY} bytes."
            raise BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    content = _loads(bytes(body))
    if not isinstance(content, dict):
        raise BodyError(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
    return content


def _loads(body: bytes) -> object:
    """
    Read JSON, then JSON with lone surrogates, then JSON as people type it.

    Google's own samples leave the quotes of keys out.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        written = body.decode(json.detect_encoding(body), "surrogatepass")
        # Some writers send both halves of a character: left apart, they would count as two.
        joined = written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return json.loads(joined)
    except (ValueError, RecursionError):
        pass
    try:
        return pyjson5.decode_utf8(body)
    except (pyjson5.Json5Exception, ValueError) as error:
        message = "Invalid JSON payload received."
        raise BodyError(HTTPStatus.BAD_REQUEST, message) from error
