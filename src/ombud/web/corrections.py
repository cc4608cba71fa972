"""
The public pages of the corrections desk: the form, what was published, its feed and its notes.

None of them needs a script.
"""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

import re2
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ombud.corrections.changes import Pieces, changed
from ombud.corrections.linking import linked, standing
from ombud.corrections.opening import LONGEST, Sent
from ombud.errata import Correction
from ombud.errors import InvalidInputError, NotFoundError, OmbudError
from ombud.newsroom import Published
from ombud.store import articles, corrections, outlets
from ombud.web.api.reports import site_of, taken
from ombud.web.api.shapes import when
from ombud.web.callers import same_origin
from ombud.web.failures import STATUS
from ombud.web.office import Office, now
from ombud.web.pages import HEADERS, Pages
from ombud.web.wire import BodyError

_MOST: Final = 50
_LARGEST: Final = 100_000
"""Bytes of a form that is sent."""
_LABELS: Final = {
    "'outlet'": "“Publication”",
    "'article'": "“Address of the article”",
    "'text'": "“What is wrong, and what is right?”",
    "'name'": "“Your name”",
    "'email'": "“Your e-mail address”",
}
"""What readers see of the fields that errors name."""
_NOT_XML: Final = re2.compile(r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]")
_VALID: Final = timedelta(days=1)
_FRAMED: Final = {
    **{name: value for name, value in HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A correction with its article, and the pieces in which the two editions differ.

    `outlet`: what its outlet is called; `replaced`: the one that took its place.
    """

    correction: Correction
    article: Published
    outlet: str
    pieces: Pieces = ()
    replaced: int | None = None

    @property
    def at(self) -> str:
        """When it was published, as RFC 3339."""
        return when(self.correction.published_at) or ""

    @property
    def day(self) -> str:
        """The day it was published, as it is read."""
        return f"{self.correction.published_at:%-d %B %Y}"


class Corrections:
    """The public pages about errors of one application."""

    def __init__(self, office: Office, pages: Pages) -> None:
        """Take what is shared, and what draws pages."""
        self._office = office
        self._pages = pages

    def routes(self) -> list[Route]:
        """Return where everything is."""
        return [
            Route("/corrections", self.every),
            Route("/corrections/report", self.form, methods=["GET"]),
            Route("/corrections/report", self.send, methods=["POST"]),
            Route("/corrections/feed.atom", self.feed),
            Route("/corrections/articles/{id:int}", self.article),
            Route("/corrections/articles/{id:int}/note", self.note),
        ]

    async def every(self, request: Request) -> Response:
        """Show what was published last, of all outlets or of one."""
        outlet = request.query_params.get("outlet")
        shown = await self._office.read(_latest, outlet)
        return await self._pages.page("corrections.html", shown=shown, outlet=outlet, about=None)

    async def article(self, request: Request) -> Response:
        """Show what was published about an article, with what changed in it."""
        about, shown = await self._office.read(_of_article, request.path_params["id"])
        holding, written = standing([one.correction for one in shown]), None
        if holding:
            site = site_of(request, self._office.settings)
            # Within a page no text of ours may end the script that it stands in.
            written = json.dumps(linked(about, holding, site, shown[0].outlet))
            written = written.replace("<", "\\u003c")
        return await self._pages.page(
            "corrections.html",
            shown=shown,
            outlet=about.outlet,
            about=about,
            linked=written,
        )

    async def note(self, request: Request) -> Response:
        """Show the notes about an article for a frame in its page; nothing where there is none."""
        about, shown = await self._office.read(_of_article, request.path_params["id"])
        site = site_of(request, self._office.settings)
        written = self._pages.templates.get_template("note.html").render(
            about=about, shown=shown, site=site
        )
        return Response(written, headers=_FRAMED, media_type="text/html")

    async def feed(self, request: Request) -> Response:
        """Return what was published last as an Atom feed."""
        outlet = request.query_params.get("outlet")
        shown = await self._office.read(_latest, outlet)
        updated = shown[0].at if shown else when(now())
        written = self._pages.templates.get_template("feed.atom").render(
            shown=shown,
            outlet=outlet,
            updated=updated,
            site=site_of(request, self._office.settings),
        )
        # One character that XML has not, and no reader shows any entry.
        return Response(_NOT_XML.sub("", written), media_type="application/atom+xml")

    async def form(self, request: Request) -> Response:
        """Show the form, or that a report has arrived."""
        asked = request.query_params
        given = {name: asked.get(name, "")[:2_000] for name in ("article", "outlet")}
        sent = asked.get("sent", "")
        return await self._form(given, sent=sent if sent.isascii() and sent.isdigit() else "")

    async def send(self, request: Request) -> Response:
        """Take a report, and say its number; what is wrong is said in the form, which keeps it."""
        same_origin(request, self._office)
        given = await _fields(request)
        try:
            if not self._is_ours(given.get("token", "")):
                message = "this form was open for too long; please send it once more"
                raise InvalidInputError(message)
            words = {name: given.get(name, "") for name in ("article", "name", "email")}
            text = given.get("text", "").replace("\r\n", "\n")
            sent = Sent(given.get("outlet", ""), text, **words, key=given["token"])
            number, _ = await taken(request, self._office, sent)
        except OmbudError as error:
            status = STATUS[type(error)]
            return await self._form(given, fault=_plain(str(error)), status=status)
        return RedirectResponse(
            f"/corrections/report?sent={number}", HTTPStatus.SEE_OTHER, headers=HEADERS
        )

    async def _form(
        self, given: dict[str, str], *, sent: str = "", fault: str = "", status: int = 200
    ) -> Response:
        """Return the form as it was filled in."""
        return await self._pages.page(
            "report.html",
            status,
            given=given,
            sent=sent,
            fault=fault,
            token=self._token(),
            longest=LONGEST,
        )

    def _token(self) -> str:
        """Return what only a form of ours has: the time, chance, and a proof."""
        written = f"{int(now().timestamp())}.{secrets.token_hex(8)}"
        return f"{written}.{self._proof(written)}"

    def _is_ours(self, token: str) -> bool:
        """Whether a form is ours, and not too old."""
        written, _, proof = token.rpartition(".")
        if not hmac.compare_digest(self._proof(written).encode(), proof.encode()):
            return False
        return now().timestamp() - int(written.partition(".")[0]) < _VALID.total_seconds()

    def _proof(self, written: str) -> str:
        """Return what only this installation can add to a text."""
        return hmac.new(self._office.secret, f"form:{written}".encode(), sha256).hexdigest()[:40]


def _plain(fault: str) -> str:
    """Return an error of a form with its fields called as readers see them, and no ids."""
    fault = fault.partition(": one of ")[0]
    for name, label in _LABELS.items():
        fault = fault.replace(name, label)
    return fault[:1].upper() + fault[1:]


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a form, the first of each name."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This form is too large.")
    try:
        read = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise BodyError(HTTPStatus.BAD_REQUEST, "This form has too many fields.") from error
    return {name: values[0] for name, values in read.items()}


def _latest(tx: Connection, outlet: str | None) -> list[Shown]:
    """Return what was published last; raise NotFoundError for an unknown outlet."""
    if outlet is not None and outlets.one(tx, outlet) is None:
        message = f"there is no outlet '{outlet}'"
        raise NotFoundError(message)
    found = corrections.latest(tx, None if outlet is None else [outlet], None, _MOST)
    about = articles.some(tx, {one.article for one in found})
    by = corrections.replaced(tx, [one.id for one in found])
    names = {one.id: one.name for one in outlets.every(tx)}
    return [
        Shown(one, about[one.article], names[one.outlet], replaced=by.get(one.id)) for one in found
    ]


def _of_article(tx: Connection, number: int) -> tuple[Published, list[Shown]]:
    """Return an article with what was published about it; raise NotFoundError if there is none."""
    about = articles.one(tx, number) if number < 2**63 else None
    if about is None:
        message = f"there is no article {number}"
        raise NotFoundError(message)
    found = corrections.of_article(tx, number)
    by = {one.replaces: one.id for one in found}
    outlet = outlets.one(tx, about.outlet)
    name = outlet.name if outlet else about.outlet
    return about, [
        Shown(one, about, name, changed(tx, number, one.before, one.after), by.get(one.id))
        for one in found
    ]
