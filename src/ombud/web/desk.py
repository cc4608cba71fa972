"""
The moderators' desk: one page for every address under `/desk`, and the modules that fill it.

Everything that the desk shows comes from the JSON API; this page carries only the clauses.
"""

import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ombud.policy import Policy, Rule

_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PLACES: Final = (
    "",
    "/comments/{id:int}",
    "/comments/{id:int}/excerpt",
    "/articles/{id:int}",
    "/readers/{id:int}",
    "/campaigns",
    "/campaigns/{id:int}",
    "/reports",
    "/reports/{id:int}",
    "/post",
    "/stories",
    "/stories/{id:int}",
    "/dashboard",
    "/reviews",
    "/picks",
    "/policy",
    "/outlets",
)
# The clauses that are cited most come first: the keys 1 to 9 must not move from day to day.
_FIRST: Final = (
    "personal_attack",
    "hate",
    "threat",
    "profanity",
    "vulgarity",
    "obscenity",
    "off_topic",
    "promotion",
    "incoherence",
)


class _Modules(StaticFiles):
    """Scripts and styles, at an address that changes whenever one of them does."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file that may be kept for good."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class Desk:
    """The desk of one application; `policy` returns the policy in force."""

    def __init__(self, policy: Callable[[], Policy]) -> None:
        """Take the way to ask for the policy, and read what the page is made of."""
        self._policy = policy
        self._folder = Path(str(files("ombud.web") / "static" / "desk"))
        self._modules = f"/desk/modules/{_digest(self._folder)}"
        self._templates = Environment(
            loader=PackageLoader("ombud.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def routes(self) -> list[Route | Mount]:
        """Return where everything is."""
        return [
            *(Route(f"/desk{place}", self.page) for place in _PLACES),
            Mount(self._modules, _Modules(directory=self._folder), name="desk"),
        ]

    async def page(self, _: Request) -> Response:
        """Show the desk; its modules read from the address what to open."""
        policy = self._policy()
        rules = sorted((rule for rule in policy.rules if rule.mode != "off"), key=_place)
        written = self._templates.get_template("desk.html").render(
            policy=policy, rules=rules, modules=self._modules
        )
        return HTMLResponse(written, headers=_HEADERS)


def _place(rule: Rule) -> int:
    """Return where a clause stands in the list of keys; the others keep their order."""
    return _FIRST.index(rule.id) if rule.id in _FIRST else len(_FIRST)


def _digest(folder: Path) -> str:
    """Return a name for all files of a folder as they are now."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
