"""Feeds are followed: each article is read once, kept with its changes, and put into a story."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from anyio.to_thread import run_sync
from elsewhere import Answer, Elsewhere, serving
from newsstand import ARTICLE, TITLE

from ombud.errors import ConflictError, NotFoundError
from ombud.fetching.fetcher import Fetcher
from ombud.fetching.places import Places
from ombud.following import keeping
from ombud.following.polling import Poller
from ombud.following.rounds import Rounds
from ombud.settings import Settings
from ombud.store import Store, feeds, stories

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OTHER = (
    "Farmers of the valley picked more apples than ever this autumn, their union said on Friday.",
    "The harvest came to 40,000 tonnes, a fifth more than last year, after a summer of warm rain.",
)


def page(lines: tuple[str, ...] = ARTICLE, title: str = TITLE) -> bytes:
    """Return a page with an article."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<title>{title}</title>"
    return f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>".encode()


def rss(gull: Elsewhere, *paths: str, key: str = "") -> Answer:
    """Return a feed that names pages of a server, the first first."""
    items = "".join(
        f"<item><guid>{key or path}</guid><link>{gull.url(path)}</link><title>{path}</title></item>"
        for path in paths
    )
    content = f'<rss version="2.0"><channel><title>Gull</title>{items}</channel></rss>'
    return Answer(content.encode(), "application/rss+xml", headers={"ETag": f'"{paths}{key}"'})


@dataclass
class Following:
    """A newsroom that follows the feed of one outlet."""

    store: Store
    gull: Elsewhere
    at: datetime
    feed: int = field(init=False)

    def __post_init__(self) -> None:
        """Follow it."""
        with self.store.writing() as tx:
            self.feed = feeds.add(tx, "Gull Post", self.gull.url("/feed"), "edith", self.at)

    def round(self, later: timedelta = timedelta()) -> Counter[str]:
        """Go a round, some time later."""
        self.at += later

        async def go() -> Counter[str]:
            places = Places([self.gull.host], ["127.0.0.0/8"])
            async with Fetcher(places, pause=0) as fetcher:
                return await Poller(self.store, fetcher, lambda: self.at).round()

        return asyncio.run(go())

    def kept(self) -> list[stories.Kept]:
        """Return what was read."""
        with self.store.reading() as tx:
            return stories.recent(tx, self.at - timedelta(days=30), 100)

    def the_feed(self) -> feeds.Feed:
        """Return the feed as it stands."""
        with self.store.reading() as tx:
            return feeds.every(tx)[0]


@pytest.fixture(name="following")
def _following(store: Store, at: datetime) -> Iterator[Following]:
    """Return a newsroom that follows the feed of one outlet, on each kind of database."""
    with serving() as gull:
        gull.has("/feed", rss(gull, "/hall"))
        gull.has("/hall", Answer(page()))
        yield Following(store, gull, at)


def test_an_article_of_a_feed_is_read_once_and_kept(following: Following) -> None:
    """What the page said can be compared later, under the name that the editor gave the outlet."""
    assert following.round() == Counter(feeds=1, tried=1, pages=1)
    assert following.round(16 * MINUTE) == Counter(feeds=1)
    (kept,) = following.kept()
    found = keeping.document(kept)
    assert (found.outlet, found.title) == ("Gull Post", TITLE)
    assert found.sentences[0].quote(found.text) == ARTICLE[0]
    assert following.gull.paths() == ["/feed", "/hall", "/feed"]


def test_a_date_in_the_future_stays_one(following: Following) -> None:
    """What a page says of its date is kept, and not believed once that day has come."""
    day = str((following.at + timedelta(days=3)).date())
    dated = page().replace(b"</head>", f'<meta name="date" content="{day}"></head>'.encode())
    following.gull.has("/hall", Answer(dated))
    assert following.round() == Counter(feeds=1, tried=1, pages=1)
    following.at += timedelta(days=9)
    found = keeping.document(following.kept()[0])
    assert (found.published_at, found.future_date) == (None, day)
    assert keeping.edition(found).published_at == day


def test_a_page_that_no_database_can_keep_ends_no_round(following: Following) -> None:
    """What cannot be kept of its text is replaced, as browsers do."""
    following.gull.has(
        "/hall", Answer("\n\n".join(ARTICLE).replace(" ", "\0 ", 1).encode(), "text/plain")
    )
    assert following.round() == Counter(feeds=1, tried=1, pages=1)
    (kept,) = following.kept()
    assert "\ufffd" in kept.edition.text


def test_a_feed_that_has_not_changed_does_not_come_again(following: Following) -> None:
    """The mark of the site is sent along, and nothing is due before its time."""
    following.round()
    assert following.round(MINUTE) == Counter()
    following.round(16 * MINUTE)
    assert following.gull.asked[-1][1]["If-None-Match"] == following.the_feed().etag


@pytest.mark.parametrize("again", ["another address", "another name"])
def test_an_entry_is_seen_once_by_its_name_and_by_its_address(
    following: Following, again: str
) -> None:
    """A feed that calls an article otherwise, or moves it, has nothing new."""
    following.round()
    gull = following.gull
    gull.has("/moved", Answer(page()))
    moved = rss(gull, "/moved", key="/hall") if again == "another address" else None
    gull.has("/feed", moved or rss(gull, "/hall", key="urn:hall"))
    assert following.round(16 * MINUTE) == Counter(feeds=1)
    assert len(following.kept()) == 1


def test_articles_of_one_event_are_one_story_as_they_come(following: Following) -> None:
    """An article that comes later joins the story that is there; another event opens its own."""
    following.round()
    gull = following.gull
    gull.has("/apples", Answer(page(OTHER, "More apples than ever")))
    gull.has(
        "/again", Answer(page((*ARTICLE[1:5], "Stalls are to be let by lot."), "Hall: a vote"))
    )
    gull.has("/feed", rss(gull, "/again", "/apples", "/hall"))
    following.round(16 * MINUTE)
    story = {one.url.rpartition("/")[2]: one.story for one in following.kept()}
    assert story["hall"] == story["again"]
    assert story["apples"] not in (None, story["hall"])
    with following.store.reading() as tx:
        assert len(stories.of_story(tx, story["hall"] or 0, 10)) == 2


def test_a_page_that_is_changed_is_kept_in_both_editions(following: Following) -> None:
    """A page is looked at again after hours; one that says the same is no new edition."""
    following.round()
    following.round(3 * HOUR)
    assert following.kept()[0].number == 1
    following.gull.has("/hall", Answer(page((*ARTICLE, "A correction was made on Wednesday."))))
    following.round(24 * HOUR)
    assert following.kept()[0].number == 2
    with following.store.reading() as tx:
        (_, first), (_, second) = stories.editions(tx, following.kept()[0].page)
    assert "A correction" in second.text
    assert "A correction" not in first.text
    following.round(48 * HOUR)
    assert following.gull.paths().count("/hall") == 3


def test_a_feed_that_fails_is_asked_ever_more_seldom(following: Following) -> None:
    """Pauses double up to a day, the fault is told, and one that comes again is as before."""
    following.gull.has("/feed", Answer(status=503))
    for pause in (30, 60, 120):
        following.round()
        assert following.the_feed().next_at - following.at == pause * MINUTE
        following.at = following.the_feed().next_at
    assert "was answered with 503" in (following.the_feed().failure or "")
    for _ in range(6):
        following.round()
        following.at = following.the_feed().next_at
    following.round()
    assert following.the_feed().next_at - following.at == timedelta(days=1)
    following.gull.has("/feed", rss(following.gull, "/hall"))
    following.round(timedelta(days=1))
    assert (following.the_feed().failures, following.the_feed().failure) == (0, None)


def test_what_is_no_feed_is_a_failure(following: Following) -> None:
    """A page in the place of the feed is told as that; so is a way on that leads nowhere."""
    nowhere = Answer(status=302, headers={"Location": "http://[::1"})
    for answer, why in ((Answer(page()), "is no feed"), (nowhere, "which is no address")):
        following.gull.has("/feed", answer)
        assert following.round(timedelta(days=1))["failed"] == 1
        assert why in (following.the_feed().failure or "")


def test_a_feed_without_an_end_is_read_in_portions(following: Following) -> None:
    """The newest articles come first, the others the next times, and none is lost."""
    gull = following.gull
    paths = [f"/{number}" for number in range(70)]
    for path in paths:
        gull.has(path, Answer(page((f"Number {path} is closed on Tuesday.", *ARTICLE))))
    gull.has("/feed", rss(gull, *paths))
    assert following.round()["pages"] == 50
    assert following.round(16 * MINUTE)["pages"] == 20
    assert {one.url for one in following.kept()} == {gull.url(path) for path in paths}


def test_a_page_that_does_not_come_is_tried_again_and_one_that_may_not_is_not(
    following: Following,
) -> None:
    """What may pass is tried again later; a page elsewhere, or without an article, is left."""
    gull = following.gull
    gull.has("/later", Answer(status=503))
    gull.has("/empty", Answer(b"<html><body>Nothing</body></html>"))
    feed = rss(gull, "/later", "/empty")
    feed.body = feed.body.replace(gull.url("/empty").encode(), b"http://169.254.169.254/x", 1)
    gull.has("/feed", feed)
    assert following.round()["failed"] == 2
    gull.has("/later", Answer(page()))
    assert following.round(15 * MINUTE)["pages"] == 1
    assert following.round(timedelta(days=2))["failed"] == 0


def test_no_page_ends_the_round(following: Following) -> None:
    """A text that no database keeps is a failure of its page; the others are read."""
    gull = following.gull
    gull.has("/odd", Answer(f"{TITLE}\n\n\0{ARTICLE[0]}\n{ARTICLE[1]}".encode(), "text/plain"))
    gull.has("/feed", rss(gull, "/hall", "/odd"))
    done = following.round()
    assert gull.url("/hall") in {one.url for one in following.kept()}
    assert done["pages"] + done["failed"] == 2
    assert following.round(timedelta(days=9))["failed"] == 0


def test_what_a_server_died_over_is_taken_again(following: Following) -> None:
    """A feed and a page that somebody took and never finished come in their turn."""
    with following.store.writing() as tx:
        assert feeds.take_feed(tx, following.at) is not None
        assert feeds.take_feed(tx, following.at) is None
    assert following.round(MINUTE) == Counter()
    assert following.round(10 * MINUTE)["pages"] == 1


def test_a_feed_that_is_removed_leaves_what_was_read(following: Following) -> None:
    """Pages that were read stay with their story; none of its pages is fetched any more."""
    following.round()
    with following.store.writing() as tx:
        assert feeds.remove(tx, following.feed).outlet == "Gull Post"
    assert following.round(timedelta(days=2)) == Counter()
    assert len(following.kept()) == 1
    with following.store.writing() as tx, pytest.raises(NotFoundError):
        feeds.remove(tx, following.feed)


@pytest.mark.parametrize("hosts", [(), ("127.0.0.1",)])
def test_a_server_goes_the_rounds_where_hosts_are_followed(
    following: Following, hosts: tuple[str, ...]
) -> None:
    """What is due is read without anybody asking, and nothing where nobody is followed."""
    named = tuple(f"{host}:{following.gull.port}" for host in hosts)
    settings = Settings(follow_hosts=named, follow_networks=("127.0.0.0/8",))
    following.at = datetime.now(UTC)
    with following.store.writing() as tx:
        feeds.hurry(tx, following.at)

    async def serve() -> None:
        rounds = Rounds(following.store, settings, pause=0.01)
        rounds.start()
        while named and not await run_sync(following.kept):
            pass
        await rounds.close()

    asyncio.run(asyncio.wait_for(serve(), 30))
    assert len(following.kept()) == len(hosts)


def test_a_feed_is_followed_once(following: Following) -> None:
    """The same address again is a conflict."""
    with following.store.writing() as tx, pytest.raises(ConflictError, match="followed already"):
        feeds.add(tx, "Gull", following.gull.url("/feed"), "edith", following.at)
