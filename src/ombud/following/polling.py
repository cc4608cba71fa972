"""
A round over the feeds that are due, the pages they name, and the stories that these belong to.

What comes is kept at once, so that a round that is cut off goes on where it stood.
Several sites are asked at the same time, each for one thing after another.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from sqlalchemy import Connection

from ombud.errors import FetchError, OmbudError, StoreError
from ombud.fetching.feeds import parse
from ombud.fetching.fetcher import FEEDS, Fetched, Fetcher
from ombud.following import keeping
from ombud.store import Store, feeds, stories
from ombud.store.feeds import Feed, Page
from ombud.stories.reading import read

Given = ParamSpec("Given")
Found = TypeVar("Found")
_LONGEST: Final = timedelta(days=1)
"""Time between two looks at a feed, at most, however often it failed."""
_NEW: Final = 50
"""New pages that one look at a feed takes, at most; the others wait for the next."""
_WAITING: Final = 500
"""Pages of one feed that may wait before no more of it are taken."""
_PAGES: Final = 200
"""Pages that one round reads, at most."""
_AGAIN: Final = (timedelta(hours=3), timedelta(days=1))
"""When a page is read again after it was read: what it corrects is corrected by then, mostly."""
_TRIES: Final = 5
_PAUSE: Final = timedelta(minutes=15)
_WINDOW: Final = timedelta(days=6)
"""Age of a page up to which others may be of one story with it."""
_TOGETHER: Final = 800
"""Pages that are put into stories together: it takes seconds."""
_AT_ONCE: Final = 8
"""Feeds, and then pages, that are fetched at the same time."""
_FAULTS: Final = 3
"""
Pages of a feed that do not come for passing reasons, with none that came between, before a round
leaves the others of it.
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """
    What became of a feed, or of a page of one.

    new: how many pages of a feed were not known before.
    failure: why it did not come, None if it did.
    """

    outlet: str
    url: str
    page: bool
    new: int = 0
    failure: str | None = None


class Poller:
    """What goes the rounds on one database; several may at once."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        clock: Callable[[], datetime],
        every: timedelta = timedelta(minutes=15),
        tell: Callable[[Looked], object] = lambda _: None,
    ) -> None:
        """
        Take the database, what fetches, the clock, and the time between two looks at a feed.

        `tell` is told what became of each feed and page.
        """
        self._store = store
        self._fetcher = fetcher
        self._clock = clock
        self._every = every
        self._tell = tell
        # To read a page takes a processor, which others may want at the same time.
        self._reading = asyncio.Lock()

    async def round(self) -> Counter[str]:
        """Go one round; return how many `feeds` came, and of the `pages` how many were `failed`."""
        done: Counter[str] = Counter()
        await _together(lambda: self._feeds(done))
        sites, turns = _Sites(), iter(range(_PAGES))
        await _together(lambda: self._pages(done, sites, turns))
        if await run_sync(self._alone):
            await run_sync(self._place)
        return done

    async def _feeds(self, done: Counter[str]) -> None:
        """Look at one feed after another that is due."""
        while (feed := await self._write(feeds.take_feed, self._clock())) is not None:
            found = await self._look(feed)
            done["feeds" if found.failure is None else "failed"] += 1
            self._tell(found)

    async def _pages(self, done: Counter[str], sites: "_Sites", turns: Iterator[int]) -> None:
        """Read one page after another that is due, as long as there are turns."""
        for _ in turns:
            async with sites.taking:
                page = await self._write(feeds.take_page, self._clock(), sites.left_out)
                if page is None:
                    return
                sites.asked.add(page.feed)
            done["tried"] += 1
            found = await self._visit(page, sites.faults)
            sites.asked.discard(page.feed)
            done["pages" if found.failure is None else "failed"] += 1
            self._tell(found)

    async def _look(self, feed: Feed) -> Looked:
        """Look at a feed."""
        try:
            found = await self._fetcher.fetch(
                feed.url, FEEDS, etag=feed.etag, modified=feed.modified
            )
            named = await run_sync(_entries, found)
        except Exception as error:  # noqa: BLE001  # no feed, whatever it holds, may end the round
            failure = _why(error)
            pause = min(self._every * 2 ** min(feed.failures + 1, 10), _LONGEST)
            at = self._clock()
            await self._write(feeds.feed_failed, feed, failure, at, at + pause)
            return Looked(feed.outlet, feed.url, page=False, failure=failure)
        new = await self._write(self._keep, feed, found, named)
        return Looked(feed.outlet, feed.url, page=False, new=new)

    def _keep(
        self, tx: Connection, feed: Feed, found: Fetched, entries: list[tuple[str, str, str]]
    ) -> int:
        """Keep what a feed names, and that it came; return how many pages of it are new."""
        at = self._clock()
        most = max(0, min(_NEW, _WAITING - feeds.waiting(tx, feed.id)))
        seen = feeds.see(tx, feed, entries, at, most)
        # Where some were left for the next time, the feed has to come whole once more.
        marks = (found.etag or feed.etag, found.modified or feed.modified)
        marks = marks if seen < most else ("", "")
        feeds.came(tx, feed, marks, at, at + self._every)
        return seen

    async def _visit(self, page: Page, faults: Counter[int]) -> Looked:
        """Read a page; `faults`: by feed, how many pages did not come since one did."""
        try:
            await self._read(page)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # no page, whatever it holds, may end the round
            failure = _why(error)
            passing = isinstance(error, FetchError) and error.passing
            faults[page.feed] += passing
            tried = passing and page.failures < _TRIES
            again = self._clock() + _PAUSE * 2**page.failures if tried else None
            await self._write(feeds.page_failed, page, failure, again)
            return Looked(page.outlet, page.url, page=True, failure=failure)
        del faults[page.feed]
        return Looked(page.outlet, page.url, page=True)

    async def _read(self, page: Page) -> None:
        """Fetch a page, and keep what it says."""
        found = await self._fetcher.fetch(page.url)
        name = urlsplit(found.url).hostname or page.outlet
        content, charset = found.content or b"", found.charset
        at = self._clock()
        async with self._reading:
            reading = await run_sync(
                lambda: read(name, content, today=at.date(), address=found.url, charset=charset)
            )
        next_at = at + _AGAIN[page.visits] if page.visits < len(_AGAIN) else None
        await self._write(stories.keep, page, keeping.edition(reading.document), at, next_at)

    async def _write(
        self,
        change: Callable[Concatenate[Connection, Given], Found],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Found:
        """Do something in a transaction of its own, in a thread."""

        def done() -> Found:
            with self._store.writing() as tx:
                return change(tx, *given, **named)

        return await run_sync(done)

    def _alone(self) -> bool:
        """Whether a page is of no story yet."""
        with self._store.reading() as tx:
            return stories.alone(tx)

    def _place(self) -> None:
        """Put pages into stories: found out without holding the database, then written."""
        at = self._clock()
        with self._store.reading() as tx:
            pages = stories.recent(tx, at - _WINDOW, _TOGETHER)
        found = keeping.placed(pages)
        with self._store.writing() as tx:
            for story, members in found:
                stories.join(tx, story, members, at)


@dataclass(slots=True)
class _Sites:
    """
    Which feeds' pages a round does not take now.

    asked: feeds of which a page is being fetched.
    faults: by feed, how many pages did not come for passing reasons since one did.
    taking: is held by whoever takes a page, until it is among those that are asked.
    """

    asked: set[int] = field(default_factory=set)
    faults: Counter[int] = field(default_factory=Counter)
    taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def left_out(self) -> set[int]:
        """The numbers of the feeds."""
        return self.asked | {feed for feed, many in self.faults.items() if many >= _FAULTS}


async def _together(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Do something several times at once; of its errors the first is raised, and ends the rest."""
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(work())
    except ExceptionGroup as several:
        raise several.exceptions[0] from several


def _why(error: Exception) -> str:
    """Return why something did not come."""
    ours = isinstance(error, OmbudError)
    return str(error) if ours else f"it cannot be read ({type(error).__name__})"


def _entries(found: Fetched) -> list[tuple[str, str, str]]:
    """Return key, address and title of what a feed names; nothing if it has not changed."""
    if found.content is None:
        return []
    named = parse(found.content, found.url).entries
    return [(entry.key, entry.url, entry.title) for entry in named]
