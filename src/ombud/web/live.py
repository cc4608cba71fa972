"""
Who follows the newsroom live: readers an article, the staff the queue.

Everything that happens stands in the log, in order; one task reads what is new there and tells all
who follow.
Whoever comes back with the place of the last event seen is told what was missed, unless that is so
much that asking anew is quicker.
On PostgreSQL each replica listens to the others; claims, which are not worth a log entry, are told
the same way.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from typing import Any, Final

import psycopg
import structlog
from sqlalchemy import Connection, text
from sse_starlette import ServerSentEvent

from ombud.errors import BusyError, OmbudError, StoreError
from ombud.store import log
from ombud.store.log import Entry
from ombud.web.news import ALL, Event, Follower, Place, events_of, news, written
from ombud.web.office import Office
from ombud.web.public import Public

_MISSED: Final = 1_000
"""Entries of the log that are read at once for somebody who comes back."""
_TOO_OLD: Final = 20_000
"""Entries after which somebody who comes back is told to ask anew; more than a day's."""
_LOOK: Final = 5.0
"""Seconds after which the log is looked at even if nobody said that it changed."""

_log = structlog.get_logger()


class Live:
    """All who follow one application."""

    def __init__(self, office: Office, pages: Public) -> None:
        """Take where changes come from, and what has to forget what changed."""
        self._office = office
        self._pages = pages
        self._followers: set[Follower] = set()
        self._changed = asyncio.Event()
        self._seen = 0
        self._task: asyncio.Task[None] | None = None
        self._listener: _Listener | None = None

    async def start(self) -> None:
        """Begin to follow the log."""
        self._seen = await self._office.read(log.last)
        self._office.changed = self._stored
        self._task = asyncio.create_task(self._follow())
        if not self._office.store.sqlite:
            loop = asyncio.get_running_loop()
            url = self._office.store.url.set(drivername="postgresql")
            self._listener = _Listener(
                url.render_as_string(hide_password=False),
                lambda payload: loop.call_soon_threadsafe(self._heard, payload),
            )
            self._listener.start()

    async def close(self) -> None:
        """Stop, and end every stream."""
        if self._listener:
            self._listener.stop()
        for follower in self._followers:
            follower.end()
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def tell(self, event: Event) -> None:
        """Tell something that is not in the log, on every replica."""
        if self._office.store.sqlite:
            self._pass_on(event)
            return
        payload = json.dumps([event.name, event.content, event.outlet])
        await self._office.write(_notify, payload)

    def let_in(self, follower: Follower) -> None:
        """
        Refuse a reader whose stream would be one too many; the staff is let in.

        Raises BusyError if it is of their address, StoreError if it is of the process.
        """
        if follower.staff is not None:
            return
        settings = self._office.settings
        readers = [one.address for one in self._followers if one.staff is None]
        if len(readers) >= settings.max_streams:
            message = "too many pages are open at this moment; this one is not told what happens"
            raise StoreError(message)
        if follower.address and readers.count(follower.address) >= settings.streams_per_address:
            message = (
                f"{settings.streams_per_address} pages from your address are told what happens"
                " already; close one"
            )
            raise BusyError(message, seconds=60)

    async def follow(
        self, follower: Follower, after: Place | None
    ) -> AsyncIterator[ServerSentEvent]:
        """Yield what happens, and first what was missed since a place in the log."""
        self._followers.add(follower)
        try:
            newest: Place = (self._seen, ALL)
            last = await self._office.read(log.last)
            if after is not None and last - _TOO_OLD <= after[0] <= last:
                newest = (max(last, newest[0]), ALL)
                async for event in self._missed(follower, after, newest):
                    yield event.sent()
            elif after is not None:
                yield ServerSentEvent("{}", event="reload")
            # The place to come back with, even if nothing happens meanwhile.
            yield ServerSentEvent("{}", event="hello", id=written(newest))
            while (told := await follower.waiting.get()) is not None:
                # What came in while the missed entries were read may be among both.
                if told.place is None or told.place > newest:
                    yield told.sent()
        finally:
            self._followers.discard(follower)

    async def _missed(self, follower: Follower, after: Place, until: Place) -> AsyncIterator[Event]:
        """Yield what happened between two places in the log."""
        while entries := await self._office.read(log.since, after[0] - 1, _MISSED):
            concerned = [entry for entry in entries if follower.concerned(entry)]
            for event in await self._office.read(events_of, concerned):
                if follower.wants(event) and event.place and after < event.place <= until:
                    yield event
            after = (entries[-1].seq, ALL)
            if after >= until:
                return

    async def _follow(self) -> None:
        """Read what is new in the log, whenever something was stored."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            self._changed.clear()
            try:
                while entries := await self._office.read(log.since, self._seen):
                    await self._learn(entries)
                    events = await self._told(entries)
                    self._seen = entries[-1].seq
                    for event in events:
                        self._pass_on(event)
            except OmbudError as error:
                _log.warning("log_not_read", error=str(error))
                await asyncio.sleep(1)

    async def _learn(self, entries: list[Entry]) -> None:
        """Let go of what entries of the log, maybe of another replica, have made old."""
        for entry in entries:
            if log.changes_pages(entry.deed, entry.facts):
                self._pages.forget(entry.article)
            if entry.deed != "sent":
                self._office.known.forget()
            if entry.deed == "policy_changed":
                await self._office.follow_policy(str(entry.facts.get("policy")))

    async def _told(self, entries: list[Entry]) -> list[Event]:
        """Return what entries tell, if anybody listens, and send away who is no staff any more."""
        if not self._followers:
            return []
        watched = [follower for follower in self._followers if follower.again]
        events, still = await self._office.read(news, entries, watched)
        for follower, staff in zip(watched, still, strict=True):
            follower.staff = staff
            if staff is None:
                self._drop(follower)
        return events

    def _drop(self, follower: Follower) -> None:
        """End a stream."""
        self._followers.discard(follower)
        follower.end()

    def _stored(self, articles: Collection[int | None]) -> None:
        """Forget the pages that a transaction changed, and look at the log."""
        for article in articles:
            self._pages.forget(article)
        self._changed.set()

    def _pass_on(self, event: Event) -> None:
        """Give an event to all who want it; who is too far behind has to come back."""
        for follower in list(self._followers):
            if follower.wants(event):
                try:
                    follower.waiting.put_nowait(event)
                except asyncio.QueueFull:
                    self._drop(follower)

    def _heard(self, payload: str) -> None:
        """Hear what a replica says: that the log grew, or something to tell."""
        if payload.isdigit():
            self._changed.set()
            return
        name, content, outlet = json.loads(payload)
        self._pass_on(Event(name, content, outlet=outlet))


class _Listener(threading.Thread):
    """A connection of its own to PostgreSQL that hears what replicas say."""

    def __init__(self, address: str, heard: Any) -> None:  # noqa: ANN401  # a callable of one text
        super().__init__(name="ombud-listener", daemon=True)
        self._address = address
        self._heard = heard
        self._ended = threading.Event()

    def run(self) -> None:
        """Listen until told to stop; a lost connection is made anew."""
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True) as connection:
                    connection.execute("LISTEN ombud")
                    # Whatever was said while nobody listened is in the log.
                    self._heard("0")
                    while not self._ended.is_set():
                        for heard in connection.notifies(timeout=1.0):
                            self._heard(heard.payload)
            except psycopg.Error:
                self._ended.wait(1.0)
            except RuntimeError:
                return  # the loop has ended

    def stop(self) -> None:
        """Stop listening."""
        self._ended.set()
        self.join(timeout=5)


def _notify(tx: Connection, payload: str) -> None:
    """Say something to every replica."""
    tx.execute(text("SELECT pg_notify('ombud', :payload)"), {"payload": payload})
