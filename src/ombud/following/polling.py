"""
A round over the feeds that are due, the pages they name, and the stories that these belong to.

What comes is kept at once, so that a round that is cut off goes on where it stood.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from ombud.errors import FetchError, InvalidInputError, OmbudError, StoreError
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

_log = structlog.get_logger()


class Poller:
    """What goes the rounds on one database; several may at once."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        clock: Callable[[], datetime],
        every: timedelta = timedelta(minutes=15),
    ) -> None:
        """Take the database, what fetches, the clock, and the time between two looks at a feed."""
        self._store = store
        self._fetcher = fetcher
        self._clock = clock
        self._every = every

    async def round(self) -> Counter[str]:
        """Go one round; return how many `feeds` came, and of the `pages` how many were `failed`."""
        done: Counter[str] = Counter()
        while (feed := await self._write(feeds.take_feed, self._clock())) is not None:
            done["feeds" if await self._look(feed) else "failed"] += 1
        while done["tried"] < _PAGES:
            page = await self._write(feeds.take_page, self._clock())
            if page is None:
                break
            done["tried"] += 1
            done["pages" if await self._visit(page) else "failed"] += 1
        if await run_sync(self._alone):
            await run_sync(self._place)
        return done

    async def _look(self, feed: Feed) -> bool:
        """Look at a feed; return whether it came."""
        try:
            found = await self._fetcher.fetch(
                feed.url, FEEDS, etag=feed.etag, modified=feed.modified
            )
            named = await run_sync(_entries, found)
        except (FetchError, InvalidInputError) as error:
            pause = min(self._every * 2 ** min(feed.failures + 1, 10), _LONGEST)
            _log.warning("feed_failed", feed=feed.id, error=str(error))
            at = self._clock()
            await self._write(feeds.feed_failed, feed, str(error), at, at + pause)
            return False
        await self._write(self._keep, feed, found, named)
        return True

    def _keep(
        self, tx: Connection, feed: Feed, found: Fetched, entries: list[tuple[str, str, str]]
    ) -> None:
        """Keep what a feed names, and that it came."""
        at = self._clock()
        most = max(0, min(_NEW, _WAITING - feeds.waiting(tx, feed.id)))
        seen = feeds.see(tx, feed, entries, at, most)
        # Where some were left for the next time, the feed has to come whole once more.
        marks = (found.etag or feed.etag, found.modified or feed.modified)
        marks = marks if seen < most else ("", "")
        feeds.came(tx, feed, marks, at, at + self._every)

    async def _visit(self, page: Page) -> bool:
        """Read a page; return whether there was an article."""
        try:
            await self._read(page)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # no page, whatever it holds, may end the round
            ours = isinstance(error, OmbudError)
            failure = str(error) if ours else f"it cannot be read ({type(error).__name__})"
            passing = isinstance(error, FetchError) and error.passing and page.failures < _TRIES
            again = self._clock() + _PAUSE * 2**page.failures if passing else None
            await self._write(feeds.page_failed, page, failure, again)
            return False
        return True

    async def _read(self, page: Page) -> None:
        """Fetch a page, and keep what it says."""
        found = await self._fetcher.fetch(page.url)
        name = urlsplit(found.url).hostname or page.outlet
        content, charset = found.content or b"", found.charset
        reading = await run_sync(lambda: read(name, content, address=found.url, charset=charset))
        at = self._clock()
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


def _entries(found: Fetched) -> list[tuple[str, str, str]]:
    """Return key, address and title of what a feed names; nothing if it has not changed."""
    if found.content is None:
        return []
    named = parse(found.content, found.url).entries
    return [(entry.key, entry.url, entry.title) for entry in named]
