"""
One log line and one count for each request, and an answer where nothing else gave one.

A line holds the request's id, route, status and milliseconds: no text, no name, no query string.
"""

import secrets
import time
from http import HTTPStatus
from typing import Any

import re2
import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ombud.web.metrics import Metrics
from ombud.web.wire import GoogleError, problem

_REQUEST_ID = re2.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_GONE = 499
"""The client left before the answer, as nginx writes it."""

_log = structlog.get_logger()


class Journal:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Take the application and what counts its requests."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, count it and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        request_id = _request_id(scope)
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] += [
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        fault: dict[str, Any] = {}
        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            status = _GONE
        except Exception as error:  # noqa: BLE001 - nobody above would answer
            # The message and the traceback's lines may quote a comment; type and place do not.
            fault = {"error": type(error).__name__, "where": _place(error)}
            if not status:
                await _failed(scope)(scope, receive, noted)
        seconds = time.perf_counter() - begun
        route = _label(scope)
        self._metrics.request(route, status, seconds)
        write = _log.error if fault else _log.debug if route in _QUIET else _log.info
        milliseconds = round(seconds * 1000, 1)
        write("request", id=request_id, route=route, status=status, ms=milliseconds, **fault)


def _request_id(scope: Scope) -> str:
    """Return the id that the caller gave, if it is fit for a log, or a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _REQUEST_ID.fullmatch(given):
                return str(given)
    return secrets.token_hex(8)


def _label(scope: Scope) -> str:
    """Return the route's name: a path may hold anything, a route is one of a few."""
    if "label" in scope:
        return str(scope["label"])
    if "endpoint" not in scope:
        return "unknown"
    if route := getattr(scope.get("route"), "path", ""):
        return str(route)
    # A route without parameters is its path; of the folder of static files only the folder counts.
    if scope.get("path_params"):
        return "unknown"
    return str(scope.get("root_path") or scope["path"])


def _failed(scope: Scope) -> ASGIApp:
    """Return the answer to a request that nobody else could answer, in the shape of its path."""
    if "/v1alpha1/" in scope["path"]:
        return GoogleError("Internal error encountered.", code=500).response()
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, "internal", "Something went wrong here; the fault has been logged.")


def _place(error: BaseException) -> str:
    """Return the file and line in which an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
