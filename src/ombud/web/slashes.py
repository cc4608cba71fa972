"""Pages are found as well at their address with a slash at the end, as people write it."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ombud.web.pages import HEADERS


def slashed(routes: Iterable[BaseRoute]) -> list[Route]:
    """Return what leads from such an address to each page among some routes; files have none."""
    return [
        Route(f"{route.path}/", _without)
        for route in routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
        if route.path != "/" and "." not in route.path
    ]


async def _without(request: Request) -> Response:
    """Lead to the address without its last slash, on whatever host that was."""
    query = f"?{request.url.query}" if request.url.query else ""
    place = f"{request.url.path.removesuffix('/')}{query}"
    return RedirectResponse(place, HTTPStatus.PERMANENT_REDIRECT, headers=HEADERS)
