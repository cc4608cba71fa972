"""Several sites are asked at the same time, each for one thing after another; none is doubled."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from asking import LOOPBACK
from elsewhere import Answer, Elsewhere, Writes, serving
from newsstand import ARTICLE
from sqlalchemy import text
from test_following import Following, _following, page, rss

from ombud.errors import StoreError
from ombud.fetching.fetcher import Fetcher
from ombud.fetching.places import Places
from ombud.following import keeping
from ombud.following.polling import Looked, Poller
from ombud.store import Store, feeds, stories
from ombud.stories.reading import read

__all__ = ["_following"]


@pytest.fixture(name="two")
def _two() -> Iterator[tuple[Elsewhere, Elsewhere]]:
    """Return the servers of two outlets."""
    with serving() as gull, serving("127.0.0.2") as bay:
        yield gull, bay


def follow(store: Store, at: datetime, *places: Elsewhere) -> None:
    """Follow a feed of each."""
    with store.writing() as tx:
        for place in places:
            feeds.add(tx, place.host, place.url("/feed"), "edith", at)


def polled(store: Store, at: datetime, *places: Elsewhere) -> tuple[Counter[str], list[Looked]]:
    """Go a round, and return what came and what was told."""
    told: list[Looked] = []

    async def go() -> Counter[str]:
        async with Fetcher(Places([one.host for one in places], LOOPBACK), pause=0) as fetcher:
            return await Poller(store, fetcher, lambda: at, tell=told.append).round()

    return asyncio.run(go()), told


def test_two_sites_are_asked_at_the_same_time(
    store: Store, at: datetime, two: tuple[Elsewhere, Elsewhere]
) -> None:
    """Each answers only once the other is asked too, for its feed and for its page."""
    follow(store, at, *two)
    for path in ("/feed", "/hall"):
        both = Barrier(2, timeout=10)
        for place in two:
            answer = rss(place, "/hall") if path == "/feed" else Answer(page())

            def writes(write: Writes, body: bytes = answer.body, both: Barrier = both) -> None:
                both.wait()
                write(body)

            answer.writes = writes
            place.has(path, answer)
    done, told = polled(store, at, *two)
    assert done == Counter(feeds=2, tried=2, pages=2)
    assert {(one.outlet, one.page, one.new) for one in told} == {
        (place.host, is_page, not is_page) for place in two for is_page in (False, True)
    }


def test_a_site_has_one_connection(
    store: Store, at: datetime, two: tuple[Elsewhere, Elsewhere]
) -> None:
    """However many of its pages and feeds are due, and however long one takes."""
    gull, _ = two
    inside: list[str] = []
    most, another = [0], Event()
    with store.writing() as tx:
        for number in range(3):
            path = f"/feed/{number}"
            feeds.add(tx, "Gull", gull.url(path), "edith", at)
            answer = rss(gull, *(f"/{number}/{place}" for place in range(3)))
            gull.has(path, answer)

            def writes(write: Writes, body: bytes = answer.body) -> None:
                inside.append("")
                most[0] = max(most[0], len(inside))
                if len(inside) > 1:
                    another.set()
                another.wait(0.1)
                inside.pop()
                write(body)

            answer.writes = writes
    assert polled(store, at, gull)[0]["feeds"] == 3
    assert most == [1]
    assert len([path for path, _ in gull.asked if path == "/robots.txt"]) == 1


def test_waiting_for_ones_turn_is_none_of_a_pages_time(two: tuple[Elsewhere, Elsewhere]) -> None:
    """A page that has to wait longer than a page may take still comes."""
    gull, _ = two
    url = gull.has("/hall", Answer(page()))

    async def both() -> None:
        async with Fetcher(Places([gull.host], LOOPBACK), pause=2.2, within=2) as fetcher:
            await asyncio.gather(fetcher.fetch(url), fetcher.fetch(url))

    asyncio.run(both())
    assert gull.paths() == ["/hall", "/hall"]


def test_a_site_of_which_nothing_comes_is_left_for_the_round(
    store: Store, at: datetime, two: tuple[Elsewhere, Elsewhere]
) -> None:
    """After three pages in a row; the others are tried in the next, and other sites meanwhile."""
    gull, bay = two
    follow(store, at, gull, bay)
    gull.has("/feed", rss(gull, *(f"/{number}" for number in range(5))))
    for number in range(5):
        gull.has(f"/{number}", Answer(status=503))
        bay.has(f"/{number}", Answer(page((f"Number {number} is closed on Tuesday.", *ARTICLE))))
    bay.has("/feed", rss(bay, *(f"/{number}" for number in range(5))))
    assert polled(store, at, gull, bay)[0] == Counter(feeds=2, tried=8, pages=5, failed=3)
    assert polled(store, at, gull, bay)[0] == Counter(tried=2, failed=2)


def test_a_fault_of_the_database_ends_the_round_as_itself(store: Store) -> None:
    """Whoever goes the rounds is told what is wrong, once."""

    def broken() -> datetime:
        message = "the disk is full; nothing was stored"
        raise StoreError(message)

    async def go() -> None:
        async with Fetcher(Places([]), pause=0) as fetcher:
            await Poller(store, fetcher, broken).round()

    with pytest.raises(StoreError, match="the disk is full"):
        asyncio.run(go())


def test_an_address_that_two_feeds_name_at_once_waits_once(store: Store, at: datetime) -> None:
    """Whoever is slower finds that it is there, whatever the databases let happen at once."""
    with store.writing() as tx:
        feeds.add(tx, "Gull", "https://gull.example/1", "edith", at)
        feeds.add(tx, "Gull", "https://gull.example/2", "edith", at)
    one, other = _every(store)
    seen: list[int] = []
    entries = [("k", "https://gull.example/hall", "Hall")]

    def see() -> None:
        with store.writing() as tx:
            seen.append(feeds.see(tx, other, entries, at, 9))

    thread = Thread(target=see)
    with store.writing() as tx:
        assert feeds.see(tx, one, entries, at, 9) == 1
        thread.start()
        while not store.sqlite and thread.is_alive() and not _somebody_waits(store):
            pass
    thread.join(10)
    assert seen == [0]


def test_pages_follow_one_that_somebody_has_put_into_a_story(store: Store, at: datetime) -> None:
    """Two that put pages into stories at once make one story of one event."""
    entries = [(path, f"https://gull.example/{path}", path) for path in "abc"]
    with store.writing() as tx:
        feeds.add(tx, "Gull", "https://gull.example/feed", "edith", at)
    with store.writing() as tx:
        feeds.see(tx, feeds.every(tx)[0], entries, at, 9)
        stories.join(tx, None, [1, 2], at)
        stories.join(tx, None, [2, 3], at + timedelta(seconds=1))
        found = tx.execute(text("SELECT DISTINCT story FROM pages")).scalars().all()
    assert len(found) == 1


def _every(store: Store) -> list[feeds.Feed]:
    """Return the feeds."""
    with store.reading() as tx:
        return feeds.every(tx)


def _somebody_waits(store: Store) -> bool:
    """Whether a transaction of PostgreSQL waits for another one."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with store.reading() as tx:
        return bool(tx.execute(asked).scalar())


def test_no_page_is_taken_whose_feed_is_followed_no_more(
    store: Store, at: datetime, two: tuple[Elsewhere, Elsewhere]
) -> None:
    """Also where it was noted again while the feed was removed; the pages of others are."""
    follow(store, at, two[0])
    with store.writing() as tx:
        (feed,) = feeds.every(tx)
        named = [(path, two[0].url(f"/{path}"), path) for path in ("hall", "pier")]
        feeds.see(tx, feed, named, at, 9)
        tx.execute(text("UPDATE pages SET feed = NULL WHERE title = 'hall'"))
        assert feeds.take_page(tx, at, {feed.id}) is None
        theirs = feeds.take_page(tx, at, {feed.id + 1})
        assert theirs is not None
        assert theirs.title == "pier"
        assert feeds.take_page(tx, at) is None


def test_two_that_go_the_round_at_once_read_nothing_twice(following: Following) -> None:
    """What one has taken the other does not take."""
    with following.store.writing() as tx:
        feeds.see(
            tx, following.the_feed(), [("k", following.gull.url("/hall"), "T")], following.at, 9
        )
        first = feeds.take_page(tx, following.at)
        assert feeds.take_page(tx, following.at) is None
    document = keeping.edition(read("hall", page()).document)
    with following.store.writing() as tx:
        assert first is not None
        assert stories.keep(tx, first, document, following.at, None)
        assert not stories.keep(tx, first, document, following.at, None)
