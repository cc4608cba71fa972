"""Pages are fetched politely, and within bounds of time and size."""

import asyncio
import gzip
import tracemalloc
from threading import Event

import pytest
from asking import LOOPBACK, fetched, followed, gull, refused
from elsewhere import Answer, Elsewhere, Writes

from ombud import __version__
from ombud.errors import FetchError
from ombud.fetching.fetcher import FEEDS, Fetcher
from ombud.fetching.places import Places
from ombud.fetching.unpacking import LARGEST, Body

__all__ = ["gull"]


def test_a_page_comes_and_the_site_is_told_who_asks(gull: Elsewhere) -> None:
    """The request names us and how to reach us, and what came says where it is from."""
    url = gull.has("/pier?x=1", Answer(b"<p>Pier", headers={"ETag": '"1"', "Last-Modified": "Mon"}))
    found = fetched(url, followed(gull))
    assert (found.url, found.content, found.charset) == (url, b"<p>Pier", "utf-8")
    assert (found.etag, found.modified) == ('"1"', "Mon")
    assert gull.asked[-1][1]["User-Agent"] == f"Ombud/{__version__} (+https://desk.example)"
    assert gull.asked[-1][1]["Host"] == gull.host


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


def test_what_is_not_here_yet_cannot_be_unchanged(gull: Elsewhere) -> None:
    """A site that says so to whoever has no mark of it is asked again later."""
    error = refused(gull.has("/", Answer(status=304)), followed(gull))
    assert "was answered with 304" in str(error)
    assert error.passing


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


def test_cookies_are_not_kept(gull: Elsewhere) -> None:
    """What one site wants remembered is told to none."""
    url = gull.has("/pier", Answer(b"<p>Pier", headers={"Set-Cookie": "reader=7; Path=/"}))

    async def twice() -> None:
        async with Fetcher(followed(gull), pause=0) as fetcher:
            await fetcher.fetch(url)
            await fetcher.fetch(url)

    asyncio.run(twice())
    assert not any("Cookie" in headers for _, headers in gull.asked)
