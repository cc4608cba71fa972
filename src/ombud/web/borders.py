"""What is settled at the border of our own API: how much may come in, and which pages may ask."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ombud.web.wire import MAX_BODY, BodyError, problem

_ALLOWED: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}
_TOO_LARGE: Final = f"Request payload size exceeds the limit: {MAX_BODY} bytes."
_SCRIPTS: Final = ("/embed.js", "/corrections.js", "/static/embed/")
"""What any page may load: a module is asked for as its page's own data is."""


class Bounds:
    """Refuse bodies that are too large, before they are read."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and count what comes in."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > MAX_BODY:
            await _too_large()(scope, receive, send)
            return
        come_in = 0

        async def counted() -> Message:
            nonlocal come_in
            message = await receive()
            come_in += len(message.get("body", b""))
            if come_in > MAX_BODY:
                status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                raise BodyError(status, _TOO_LARGE)
            return message

        await self._app(scope, counted, send)


class Origins:
    """Let the pages of our outlets ask from a browser; nobody's cookies come along."""

    def __init__(self, app: ASGIApp, may_ask: Callable[[str], Awaitable[bool]]) -> None:
        """Take the application and what knows the origins of all outlets."""
        self._app = app
        self._may_ask = may_ask

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, and say in the answer who may read it."""
        path = scope.get("path", "")
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        script = path.startswith(_SCRIPTS)
        if origin is None or not (script or path.startswith("/api/")):
            await self._app(scope, receive, send)
            return
        allowed = script or await self._may_ask(origin)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if allowed:
                    headers["Access-Control-Allow-Origin"] = "*" if script else origin
                    headers["Access-Control-Expose-Headers"] = "Retry-After"
            await send(message)

        if scope["method"] == "OPTIONS":
            status = HTTPStatus.NO_CONTENT if allowed else HTTPStatus.FORBIDDEN
            await Response(status_code=status, headers=_ALLOWED)(scope, receive, named)
            return
        await self._app(scope, receive, named)


def _too_large() -> Response:
    """Return the refusal of a body that is too large."""
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", _TOO_LARGE)
