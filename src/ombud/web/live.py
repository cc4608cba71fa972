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
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, Final

import psycopg
import structlog
from sqlalchemy import Connection, text

from ombud.errors import OmbudError
from ombud.newsroom import Staff
from ombud.store import log
from ombud.store.log import Entry
from ombud.web.following import Crowd, Follower
from ombud.web.news import ALL, Event, Place, events_of
from ombud.web.office import Office
from ombud.web.public import Public

_MISSED: Final = 1_000
"""Entries of the log that are read at once for somebody who comes back."""
_TOO_OLD: Final = 20_000
"""Entries after which somebody who comes back is told to ask anew; more than a day's."""
_LOOK: Final = 5.0
"""Seconds after which the log is looked at even if nobody said that it changed."""
_QUIET: Final = 15
"""Seconds after which a quiet stream is written to: else proxies take it for dead."""
_PING: Final = b": still here\n\n"
_ROUTINE: Final = frozenset({"sent", "report_opened"})
"""What is entered with every comment, or many: it changes nothing that the office remembers."""
_PATIENCE: Final = 5.0
"""Seconds that the end waits for who reads the log."""
_AT_ONCE: Final = 100
"""Followers who are told before other requests get their turn."""

_log = structlog.get_logger()


class Live:
    """All who follow one application."""

    def __init__(self, office: Office, pages: Public) -> None:
        """Take where changes come from, and what has to forget what changed."""
        self._office = office
        self._pages = pages
        self._followers = Crowd(office.settings)
        self._changed = asyncio.Event()
        self._seen = 0
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []
        self._listener: _Listener | None = None

    async def start(self) -> None:
        """Begin to follow the log."""
        self._seen = await self._office.read(log.last)
        self._office.changed = self._stored
        self._tasks = [asyncio.create_task(work()) for work in (self._follow, self._keep_open)]
        if not self._office.store.sqlite:
            loop = asyncio.get_running_loop()
            url = self._office.store.url.set(drivername="postgresql")
            self._listener = _Listener(
                url.render_as_string(hide_password=False),
                lambda payload: loop.call_soon_threadsafe(self._heard, payload),
            )
            self._listener.start()

    def end(self) -> None:
        """End every stream; a server that stops would wait for them."""
        for follower in self._followers:
            follower.end()

    async def close(self) -> None:
        """Stop, and end every stream."""
        if self._listener:
            self._listener.stop()
        self.end()
        self._closing = True
        self._changed.set()
        if self._tasks:
            # Who is cancelled while a thread reads leaves that thread a database that is closed.
            await asyncio.wait(self._tasks[:1], timeout=_PATIENCE)
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def tell(self, event: Event) -> None:
        """Tell something that is not in the log, on every replica."""
        if self._office.store.sqlite:
            self._pass_on([event], list(self._followers))
            return
        payload = json.dumps([event.name, event.content, event.outlet])
        await self._office.write(_notify, payload)

    def let_in(self, follower: Follower) -> None:
        """Refuse one whose stream would be one too many; raises BusyError or StoreError."""
        self._followers.let_in(follower)

    async def follow(self, follower: Follower, after: Place | None) -> AsyncGenerator[bytes]:
        """Yield what happens, as it is sent, and first what was missed since a place in the log."""
        self._followers.add(follower)
        try:
            newest: Place = (self._seen, ALL)
            last = await self._office.read(log.last)
            if after is not None and last - _TOO_OLD <= after[0] <= last:
                newest = (max(last, newest[0]), ALL)
                async for event in self._missed(follower, after, newest):
                    yield event.written
            elif after is not None:
                yield Event("reload", {}).written
            # The place to come back with, even if nothing happens meanwhile.
            yield Event("hello", {}, newest).written
            while told := await follower.told():
                # What came in while the missed entries were read may be among both.
                fresh = [part for place, part in told if place is None or place > newest]
                if fresh:
                    yield b"".join(fresh)
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
        while not self._closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            self._changed.clear()
            try:
                while entries := await self._office.read(log.since, self._seen, _MISSED):
                    await self._learn(entries)
                    events = await self._told(entries)
                    self._seen = entries[-1].seq
                    followers = list(self._followers)
                    for begin in range(0, len(followers), _AT_ONCE):
                        self._pass_on(events, followers[begin : begin + _AT_ONCE])
                        await asyncio.sleep(0)
                    if len(entries) < _MISSED:
                        break
            except OmbudError as error:
                _log.warning("log_not_read", error=str(error))
                await asyncio.sleep(1)

    async def _learn(self, entries: list[Entry]) -> None:
        """Let go of what entries of the log, maybe of another replica, have made old."""
        for entry in entries:
            if log.changes_pages(entry.deed, entry.facts):
                self._pages.forget(entry.article)
            if entry.deed not in _ROUTINE:
                self._office.known.forget()
            if entry.deed == "policy_changed":
                await self._office.follow_policy(str(entry.facts.get("policy")))

    async def _told(self, entries: list[Entry]) -> list[Event]:
        """Return what entries tell, if anybody listens, and send away who is no staff any more."""
        if not self._followers:
            return []
        watched = [follower for follower in self._followers if follower.again]
        events, still = await self._office.read(_news, entries, watched)
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

    def _pass_on(self, events: Sequence[Event], followers: Sequence[Follower]) -> None:
        """Give events to those who want them; who is too far behind has to come back."""
        for event in events:
            wanting = [follower for follower in followers if follower.wants(event)]
            if wanting:
                self._give(event.place, event.written, wanting)

    def _give(self, place: Place | None, written: bytes, followers: Sequence[Follower]) -> None:
        """Give something, as it is sent, to followers."""
        for follower in followers:
            try:
                follower.tell(place, written)
            except asyncio.QueueFull:
                self._drop(follower)

    async def _keep_open(self) -> None:
        """Write to every stream now and then, each second to some of them."""
        for second in count():
            await asyncio.sleep(1)
            turn = [one for one in self._followers if (one.number - second) % _QUIET == 0]
            self._give(None, _PING, turn)

    def _heard(self, payload: str) -> None:
        """Hear what a replica says: that the log grew, or something to tell."""
        if payload.isdigit():
            self._changed.set()
            return
        name, content, outlet = json.loads(payload)
        self._pass_on([Event(name, content, outlet=outlet)], list(self._followers))


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


def _news(
    tx: Connection, entries: list[Entry], watched: Sequence[Follower]
) -> tuple[list[Event], list[Staff | None]]:
    """Return what entries tell, and who of the staff who follow still are."""
    return events_of(tx, entries), [one.again(tx) for one in watched if one.again]


def _notify(tx: Connection, payload: str) -> None:
    """Say something to every replica."""
    tx.execute(text("SELECT pg_notify('ombud', :payload)"), {"payload": payload})
