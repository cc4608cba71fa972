"""Pages are fetched from hosts that are followed, from nowhere inside, and within bounds."""

import asyncio
import gzip
import tracemalloc
from collections.abc import Iterator
from ipaddress import ip_address
from socket import AF_INET, SOCK_STREAM
from threading import Event
from typing import Any

import pytest
from elsewhere import Answer, Elsewhere, Writes, serving

from ombud import __version__
from ombud.errors import FetchError
from ombud.fetching.fetcher import FEEDS, Fetched, Fetcher
from ombud.fetching.places import Place, Places, is_public
from ombud.fetching.unpacking import LARGEST, Body

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture(name="gull")
def _gull() -> Iterator[Elsewhere]:
    """Return the server of an outlet."""
    with serving() as gull:
        yield gull


def fetched(url: str, places: Places, **given: object) -> Fetched:
    """Fetch one page."""

    async def ask() -> Fetched:
        async with Fetcher(places, "https://desk.example", pause=0) as fetcher:
            return await fetcher.fetch(url, **given)  # type: ignore[arg-type]

    return asyncio.run(ask())


def refused(url: str, places: Places, **given: object) -> FetchError:
    """Return why a page is not fetched."""
    with pytest.raises(FetchError) as caught:
        fetched(url, places, **given)
    return caught.value


def followed(gull: Elsewhere) -> Places:
    """Return places of which the server is one."""
    return Places([gull.host], LOOPBACK)


def test_a_page_comes_and_the_site_is_told_who_asks(gull: Elsewhere) -> None:
    """The request names us and how to reach us, and what came says where it is from."""
    url = gull.has("/pier?x=1", Answer(b"<p>Pier", headers={"ETag": '"1"', "Last-Modified": "Mon"}))
    found = fetched(url, followed(gull))
    assert (found.url, found.content, found.charset) == (url, b"<p>Pier", "utf-8")
    assert (found.etag, found.modified) == ('"1"', "Mon")
    assert gull.asked[-1][1]["User-Agent"] == f"Ombud/{__version__} (+https://desk.example)"
    assert gull.asked[-1][1]["Host"] == gull.host


@pytest.mark.parametrize(
    "url",
    [
        "https://bay.example/pier",
        "https://gull.example.bay.example/",
        "https://agull.example/",
        "https://gull.example:8443/",
        "http://127.0.0.1/",
    ],
)
def test_hosts_that_are_not_followed_are_not_asked(url: str) -> None:
    """The error lists the hosts that are."""
    error = refused(url, Places(["gull.example"], LOOPBACK))
    assert error.code == "host_not_followed"
    assert "gull.example" in str(error)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("gull.example", "https://gull.example/pier"),
        ("gull.example", "http://WWW.Gull.example./pier"),
        ("gull.example:8080", "http://news.gull.example:8080/"),
        ("xn--mwe-sna.example", "https://möwe.example/"),
    ],
)
def test_hosts_below_one_that_is_followed_are_followed(host: str, url: str) -> None:
    """Names are compared as the net knows them, with the port where one is given."""
    assert Places([host]).place(url).host.endswith(host.partition(":")[0])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://gull.example/",
        "file:///etc/passwd",
        "gull.example/pier",
        "https://user:secret@gull.example/",
        "https://gull.example\\@bay.example/",
        "https://gull.example/a b",
        "https://gull.example:0x50/",
        "https://gull.example/\r\nX: y",
        "https:///pier",
        "https://gull.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    """Other schemes, passwords and what two readers would read differently are errors."""
    with pytest.raises(FetchError) as caught:
        Places(["gull.example"]).place(url)
    assert caught.value.code == "no_address"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
    ],
)
def test_addresses_inside_are_told_from_public_ones(address: str, public: bool) -> None:  # noqa: FBT001
    """Loopback, private, link-local, shared, reserved and embedded addresses are inside."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]"])
def test_names_of_addresses_inside_are_refused_before_a_request(gull: Elsewhere, host: str) -> None:
    """Even where the host is followed, however it is written."""
    places = Places([host if "[" in host else f"{host}:{gull.port}"])
    url = f"http://{host}/" if "[" in host else f"http://{host}:{gull.port}/"
    error = refused(url, _Named(places, host.strip("[]")))
    assert error.code == "internal_address"
    assert gull.asked == []


class _Named(Places):
    """Places whose one host is followed, whatever the form of its name."""

    def __init__(self, places: Places, host: str) -> None:
        super().__init__(["unused.example"])
        self._given, self._host = places, host

    def place(self, url: str) -> Place:
        return Place("http", self._host, int(url.rpartition(":")[2].rstrip("/]") or 80), "/")


def test_a_name_with_one_address_inside_is_refused(gull: Elsewhere) -> None:
    """All addresses of a name have to be public: the connection could go to any."""

    class Names(asyncio.SelectorEventLoop):
        async def getaddrinfo(self, *_: object, **__: object) -> list[Any]:
            public = (AF_INET, SOCK_STREAM, 6, "", ("93.184.215.14", gull.port))
            return [public, (AF_INET, SOCK_STREAM, 6, "", ("127.0.0.1", gull.port))]

    place = Places([f"gull.example:{gull.port}"]).place(f"http://gull.example:{gull.port}/")
    with asyncio.Runner(loop_factory=Names) as runner, pytest.raises(FetchError) as caught:
        runner.run(Places([]).addresses(place))
    assert caught.value.code == "internal_address"


def test_the_connection_goes_to_the_address_that_was_checked(gull: Elsewhere) -> None:
    """A name is never looked up again: one that no name server knows is reached all the same."""

    class Once(Places):
        async def addresses(self, place: Place) -> list[str]:
            assert place.host == "gull.invalid"
            return ["127.0.0.1"]

    gull.has("/pier", Answer(b"<p>Pier"))
    places = Once([f"gull.invalid:{gull.port}"])
    assert fetched(f"http://gull.invalid:{gull.port}/pier", places).content == b"<p>Pier"
    assert gull.asked[-1][1]["Host"] == f"gull.invalid:{gull.port}"


@pytest.mark.parametrize(
    ("leads", "code"),
    [
        ("http://bay.example/", "host_not_followed"),
        ("http://127.0.0.1:9/", "host_not_followed"),
        ("file:///etc/passwd", "no_address"),
        ("http://localhost.gull.invalid/", "not_fetched"),
        ("/again", "not_fetched"),
    ],
)
def test_each_redirect_is_checked_anew(gull: Elsewhere, leads: str, code: str) -> None:
    """Where a page leads has to be allowed as well, and it may not lead on for ever."""
    gull.has("/again", Answer(status=302, headers={"Location": "/again"}))
    url = gull.has("/pier", Answer(status=301, headers={"Location": leads}))
    assert refused(url, Places([gull.host, "gull.invalid"], LOOPBACK)).code == code


def test_a_redirect_within_the_site_is_followed(gull: Elsewhere) -> None:
    """The page says where it was in the end."""
    gull.has("/new", Answer(b"<p>Pier"))
    url = gull.has("/old", Answer(status=308, headers={"Location": "new"}))
    assert fetched(url, followed(gull)).url == gull.url("/new")


def test_a_page_without_an_end_is_left(gull: Elsewhere) -> None:
    """No more is read than a page may have."""

    def for_ever(write: Writes) -> None:
        while True:
            write(b"<p>more" * 10_000)

    assert refused(gull.has("/", Answer(writes=for_ever)), followed(gull)).code == "too_large"


def test_a_small_answer_that_unpacks_to_a_large_one_is_left(gull: Elsewhere) -> None:
    """What is packed counts as what it holds."""
    bomb = gzip.compress(bytes(LARGEST + 1))
    assert len(bomb) < LARGEST / 500
    url = gull.has("/", Answer(bomb, headers={"Content-Encoding": "gzip"}))
    assert refused(url, followed(gull)).code == "too_large"


def test_what_unpacks_is_unpacked_piece_by_piece() -> None:
    """However much a piece holds, no more of it is in memory than a page may have."""
    bomb = gzip.compress(bytes(10 * LARGEST))
    body = Body("https://gull.example/", "gzip")
    tracemalloc.start()
    with pytest.raises(FetchError):
        body.add(bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3 * LARGEST


def test_packed_pages_are_unpacked(gull: Elsewhere) -> None:
    """Gzip comes through; what breaks off, lies or is packed otherwise is an error."""
    whole = gzip.compress(b"<p>Pier" * 100)
    packed = {"Content-Encoding": "gzip"}
    assert fetched(gull.has("/1", Answer(whole, headers=packed)), followed(gull)).content == (
        b"<p>Pier" * 100
    )
    for body, said in ((whole[:-9], "gzip"), (b"<p>Pier", "gzip"), (b"<p>Pier", "br")):
        url = gull.has("/2", Answer(body, headers={"Content-Encoding": said}))
        assert refused(url, followed(gull)).code == "not_fetched"


def test_a_page_that_drips_is_left(gull: Elsewhere) -> None:
    """However little comes and often, a page has no more time than any other."""
    left = Event()

    def drip(write: Writes) -> None:
        while not left.wait(0.01):
            write(b".")

    url = gull.has("/", Answer(writes=drip))

    async def ask() -> None:
        async with Fetcher(followed(gull), pause=0, within=0.2) as fetcher:
            await fetcher.fetch(url)

    with pytest.raises(FetchError, match=r"took more than 0\.2 seconds") as caught:
        asyncio.run(ask())
    left.set()
    assert caught.value.passing


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream"])
def test_what_is_no_page_is_not_read(gull: Elsewhere, kind: str) -> None:
    """Only the types of pages are taken, and for feeds those of feeds."""
    assert refused(gull.has("/", Answer(b"x", kind)), followed(gull)).code == "wrong_type"


def test_feeds_come_under_their_own_types(gull: Elsewhere) -> None:
    """A feed is no page."""
    url = gull.has("/feed", Answer(b"<rss/>", "application/rss+xml"))
    assert refused(url, followed(gull)).code == "wrong_type"
    assert fetched(url, followed(gull), kinds=FEEDS).content == b"<rss/>"


@pytest.mark.parametrize(("status", "passing"), [(404, False), (410, False), (503, True)])
def test_faults_of_a_site_are_told_apart(gull: Elsewhere, status: int, passing: bool) -> None:  # noqa: FBT001
    """What is gone stays so; what is overloaded may be asked later."""
    assert refused(gull.has("/", Answer(status=status)), followed(gull)).passing is passing


def test_a_port_where_nobody_listens_may_be_asked_later() -> None:
    """A connection that is refused is a fault that may pass."""
    assert refused("http://127.0.0.1:1/", Places(["127.0.0.1:1"], LOOPBACK)).passing


def test_what_has_not_changed_does_not_come_again(gull: Elsewhere) -> None:
    """The marks of what is here are sent along."""
    url = gull.has("/", Answer(b"<p>Pier", headers={"ETag": '"7"'}))
    assert fetched(url, followed(gull), etag='"7"').content is None
    assert fetched(url, followed(gull), etag='"6"').content == b"<p>Pier"


def test_robots_txt_is_kept_to(gull: Elsewhere) -> None:
    """What a site asks of us is not fetched, with the wildcards that sites use."""
    gull.has(
        "/robots.txt",
        Answer(
            b"User-agent: ombud\nDisallow: /*/private$\nUser-agent: *\nDisallow: /", "text/plain"
        ),
    )
    gull.has("/pier", Answer(b"<p>Pier"))
    gull.has("/a/private", Answer(b"<p>Private"))
    assert fetched(gull.url("/pier"), followed(gull)).content == b"<p>Pier"
    assert refused(gull.url("/a/private"), followed(gull)).code == "robots_forbid"
    assert "/a/private" not in gull.paths()


def test_a_site_whose_robots_txt_is_broken_is_not_asked(gull: Elsewhere) -> None:
    """Who cannot say what is allowed is asked later (RFC 9309)."""
    gull.has("/robots.txt", Answer(status=500))
    url = gull.has("/pier", Answer(b"<p>Pier"))
    assert refused(url, followed(gull)).passing
    assert gull.paths() == []


def test_robots_txt_is_asked_for_once(gull: Elsewhere) -> None:
    """One look is enough for many pages of a site."""
    url = gull.has("/pier", Answer(b"<p>Pier"))

    async def twice() -> None:
        async with Fetcher(followed(gull), pause=0) as fetcher:
            await fetcher.fetch(url)
            await fetcher.fetch(url)

    asyncio.run(twice())
    assert [path for path, _ in gull.asked] == ["/robots.txt", "/pier", "/pier"]
