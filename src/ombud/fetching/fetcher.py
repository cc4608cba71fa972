"""
Pages and feeds over HTTP: asked for politely, and within bounds of time and size.

Each request, also that after a redirect, goes to an address that `places` has checked; sites say in
robots.txt (RFC 9309) what they do not want to be asked for.
However much is fetched at the same time, a host has one connection.
"""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import monotonic
from typing import TYPE_CHECKING, Final, Self
from weakref import WeakValueDictionary

import httpx2
from protego import Protego

from ombud import __version__
from ombud.errors import FetchError
from ombud.fetching.places import Place, Places
from ombud.fetching.unpacking import Body

if TYPE_CHECKING:
    from ombud.settings import Settings

NAME: Final = "Ombud"
"""What robots.txt calls us."""
PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEEDS: Final = PAGES | frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/xml text/xml"
    " application/feed+json application/json".split()
)
"""Feeds come under many names."""
_SILENT: Final = 10.0
"""Seconds in which something has to come."""
_REDIRECTS: Final = 5
_ROBOTS_PATH: Final = "/robots.txt"
_ROBOTS: Final = 500 << 10
"""Bytes of a robots.txt that are read."""
_ROBOTS_HOLD: Final = 3600.0
_SITES: Final = 500
"""Sites whose robots.txt is remembered."""
_FOLLOWED: Final = (301, 302, 303, 307, 308)
_UNCHANGED: Final = 304
_OK: Final = 200
_FAULT: Final = 500
_PASSING: Final = (304, 408, 425, 429)


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    What came: `url` is where it came from in the end, `charset` what its header says, or "".

    `content` is None if nothing has changed since the marks that were given.
    """

    url: str
    content: bytes | None
    charset: str
    etag: str = ""
    modified: str = ""


class Fetcher:
    """What fetches pages; use it within one event loop, as `async with`."""

    def __init__(
        self, places: Places, contact: str = "", pause: float = 1.0, within: float = 30.0
    ) -> None:
        """
        Take what may be asked, and an address that says who we are.

        pause: seconds for which a site rests between two requests.
        within: seconds that one page has in all, with its redirects.
        """
        self._places = places
        self._pause = pause
        self._within = within
        said = f" (+{contact})" if contact else ""
        self._client = httpx2.AsyncClient(
            headers={
                "User-Agent": f"{NAME}/{__version__}{said}",
                "Accept-Encoding": "gzip",
                "Accept": "text/html, application/atom+xml, application/rss+xml, */*;q=0.5",
            },
            # At one address there may be many sites; none is told what another one said.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=_SILENT,
            # Proxies and netrc of the environment would go around the check of addresses.
            trust_env=False,
            # A connection that is kept belongs to an address, not to a name.
            limits=httpx2.Limits(max_keepalive_connections=0),
        )
        self._robots: OrderedDict[str, tuple[float, Protego | None]] = OrderedDict()
        self._asked: dict[str, float] = {}
        # A lock is kept as long as somebody holds it or waits for it.
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._sites: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def of(cls, settings: "Settings") -> "Fetcher":
        """Return what the settings allow."""
        return cls(Places(settings.follow_hosts, settings.follow_networks), settings.public_url)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        await self._client.aclose()

    async def fetch(
        self, url: str, kinds: Collection[str] = PAGES, *, etag: str = "", modified: str = ""
    ) -> Fetched:
        """
        Return a page or feed of one of some content types.

        etag, modified: marks of what is here already, as `Fetched` has them.
        Raises FetchError if it may not be fetched, is too large, takes too long or does not come.
        """
        marks = {"If-None-Match": etag, "If-Modified-Since": modified}
        given = {name: mark for name, mark in marks.items() if mark}
        try:
            async with asyncio.timeout(self._within) as limit:
                return await self._following(url, _Wanted(limit, kinds, given))
        except TimeoutError as error:
            message = f"'{url}' took more than {self._within:g} seconds"
            raise FetchError(message, passing=True) from error

    async def _following(self, url: str, wanted: "_Wanted") -> Fetched:
        """Return what an address leads to."""
        first = place = self._places.place(url)
        for _ in range(_REDIRECTS + 1):
            await self._permitted(place, wanted)
            found = await self._ask(place, wanted)
            if isinstance(found, Fetched):
                return found
            place = self._places.place(place.joined(found))
            if first.scheme == "https" and place.scheme == "http":
                message = f"'{url}' leads from https to '{place.url}'"
                raise FetchError(message)
        message = f"'{url}' leads on more than {_REDIRECTS} times"
        raise FetchError(message)

    async def _ask(self, place: Place, wanted: "_Wanted") -> Fetched | str:
        """Return what a place answers: a page, or where else it is; one at a time of a host."""
        async with wanted.turn(self._hosts.setdefault(place.host, asyncio.Lock())):
            return await self._ask_alone(place, wanted)

    async def _ask_alone(self, place: Place, wanted: "_Wanted") -> Fetched | str:
        """Return what a place answers at one of its addresses."""
        last: Exception | None = None
        for address in await self._places.addresses(place):
            try:
                return await self._ask_at(address, place, wanted)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                last = error
            except (httpx2.HTTPError, httpx2.StreamError, ssl.SSLError, OSError) as error:
                message = f"'{place.url}' broke off: {type(error).__name__}"
                raise FetchError(message, passing=True) from error
        message = f"'{place.url}' cannot be reached"
        raise FetchError(message, passing=True) from last

    async def _ask_at(self, address: str, place: Place, wanted: "_Wanted") -> Fetched | str:
        """Ask one address, which was checked, for what a place has."""
        async with wanted.waiting():
            await self._rest(place)
        host = f"[{address}]" if ":" in address else address
        request = self._client.build_request(
            "GET",
            f"{place.scheme}://{host}:{place.port}{place.path}",
            headers={"Host": place.site.partition("://")[2], **wanted.marks},
            # The certificate has to be the name's, not the address's.
            extensions={"sni_hostname": place.host},
        )
        answer = await self._client.send(request, stream=True)
        try:
            return await _read(answer, place, wanted)
        finally:
            await answer.aclose()

    async def _rest(self, place: Place) -> None:
        """Let a site rest between two pages; what it asks for in robots.txt is none."""
        if place.path == _ROBOTS_PATH:
            return
        turn = max(monotonic(), self._asked.get(place.site, 0.0))
        self._asked[place.site] = turn + self._pause
        await asyncio.sleep(turn - monotonic())

    async def _permitted(self, place: Place, wanted: "_Wanted") -> None:
        """Raise FetchError if a site's robots.txt asks not to fetch a page."""
        async with wanted.turn(self._sites.setdefault(place.site, asyncio.Lock())):
            since, rules = self._robots.get(place.site, (-_ROBOTS_HOLD, None))
            if monotonic() - since >= _ROBOTS_HOLD:
                rules = await self._rules(place, replace(wanted, kinds=(), marks={}))
                self._robots[place.site] = (monotonic(), rules)
                if len(self._robots) > _SITES:
                    self._robots.popitem(last=False)
        if rules is not None and not rules.can_fetch(place.url, NAME):
            message = f"'{place.site}/robots.txt' asks not to fetch '{place.url}'"
            raise FetchError(message, "robots_forbid")

    async def _rules(self, place: Place, wanted: "_Wanted") -> Protego | None:
        """Return what a site asks for; raises FetchError if it cannot say so now."""
        robots = Place(place.scheme, place.host, place.port, _ROBOTS_PATH)
        try:
            for _ in range(_REDIRECTS + 1):
                found = await self._ask(robots, wanted)
                if isinstance(found, Fetched):
                    said = (found.content or b"")[:_ROBOTS].decode("utf-8", "replace")
                    return Protego.parse(said)
                robots = self._places.place(robots.joined(found))
        except FetchError as error:
            if error.passing or error.code == "internal_address":
                raise
        return None  # There is none, so everything may be fetched.


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is fetched, of which content types, with which marks, and until when."""

    limit: asyncio.Timeout
    kinds: Collection[str]
    marks: Mapping[str, str]

    @asynccontextmanager
    async def turn(self, lock: asyncio.Lock) -> AsyncIterator[None]:
        """Wait until nobody else holds a lock, and hold it."""
        async with self.waiting():
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """Wait for our own sake: the time that it takes is none of the page's."""
        clock = asyncio.get_running_loop().time
        left = (self.limit.when() or clock()) - clock()
        self.limit.reschedule(None)
        yield
        self.limit.reschedule(clock() + left)


async def _read(answer: httpx2.Response, place: Place, wanted: _Wanted) -> Fetched | str:
    """Return what an answer holds, or where it leads; raises FetchError for all others."""
    headers = answer.headers
    if answer.status_code in _FOLLOWED and "location" in headers:
        return str(headers["location"])
    said = Message()
    said["Content-Type"] = headers.get("content-type", "")
    charset = said.get_content_charset("")
    marks = headers.get("etag", ""), headers.get("last-modified", "")
    # Where nothing is here yet, nothing can be unchanged.
    if answer.status_code == _UNCHANGED and wanted.marks:
        return Fetched(place.url, None, charset, *marks)
    if answer.status_code != _OK:
        passing = answer.status_code >= _FAULT or answer.status_code in _PASSING
        message = f"'{place.url}' was answered with {answer.status_code}"
        raise FetchError(message, passing=passing)
    if wanted.kinds and said.get_content_type() not in wanted.kinds:
        message = f"'{place.url}' is of the type '{headers.get('content-type', '')}', no page"
        raise FetchError(message, "wrong_type")
    body = Body(place.url, headers.get("content-encoding", ""))
    async for piece in answer.aiter_raw():
        body.add(piece)
    return Fetched(place.url, body.whole(), charset, *marks)
