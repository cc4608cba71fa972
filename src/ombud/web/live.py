"""
Who follows the newsroom live: readers an article, the staff the queue.

Everything that happens stands in the log, in order; one task reads what is new there and tells all
who follow.
Whoever comes back with the number of the last entry seen is told what was missed.
On PostgreSQL each replica listens to the others; claims, which are not worth a log entry, are told
the same way.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import psycopg
import structlog
from sqlalchemy import Connection, text
from sse_starlette import ServerSentEvent

from ombud.errors import StoreError
from ombud.newsroom import Staff
from ombud.store import articles, comments, log
from ombud.store.log import Entry
from ombud.web.api.shapes import public
from ombud.web.items import items
from ombud.web.office import Office
from ombud.web.public import Public
from ombud.web.wire import dumps

_WAITING: Final = 512
"""Events that one follower may be behind; more, and the stream ends, to be taken up again."""
_MISSED: Final = 1_000
_LOOK: Final = 5.0
"""Seconds after which the log is looked at even if nobody said that it changed."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell: to readers of an article, or to the staff of an outlet."""

    name: str
    content: Mapping[str, object]
    seq: int | None = None
    article: int | None = None
    outlet: str | None = None

    def sent(self) -> ServerSentEvent:
        """Return it as it goes over the wire."""
        number = None if self.seq is None else str(self.seq)
        return ServerSentEvent(dumps(self.content).decode(), event=self.name, id=number)


class Follower:
    """Somebody who follows: an article as a reader, or the queue as staff."""

    def __init__(self, article: int | None = None, staff: Staff | None = None) -> None:
        """Take what is followed."""
        self.article = article
        self.staff = staff
        self.waiting: asyncio.Queue[Event | None] = asyncio.Queue(_WAITING)

    def wants(self, event: Event) -> bool:
        """Whether an event is for this follower."""
        if self.staff is not None:
            return event.outlet is not None and self.staff.sees(event.outlet)
        return event.article is not None and event.article == self.article


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
        for follower in list(self._followers):
            with suppress(asyncio.QueueFull):
                follower.waiting.put_nowait(None)
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

    async def follow(self, follower: Follower, after: int | None) -> AsyncIterator[ServerSentEvent]:
        """Yield what happens, and first what was missed since an entry of the log."""
        self._followers.add(follower)
        try:
            newest = self._seen
            if after is not None and after < newest:
                entries = await self._office.read(log.since, after, _MISSED)
                for event in await self._office.read(_events, entries):
                    newest = max(newest, event.seq or 0)
                    if follower.wants(event):
                        yield event.sent()
            else:
                # The number to come back with, even if nothing happens meanwhile.
                yield ServerSentEvent("{}", event="hello", id=str(newest))
            while (told := await follower.waiting.get()) is not None:
                # What came in while the missed entries were read may be among both.
                if after is None or told.seq is None or told.seq > newest:
                    yield told.sent()
        finally:
            self._followers.discard(follower)

    async def _follow(self) -> None:
        """Read what is new in the log, whenever something was stored."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            self._changed.clear()
            try:
                while entries := await self._office.read(log.since, self._seen):
                    events = await self._told(entries)
                    self._seen = entries[-1].seq
                    for entry in entries:
                        if log.changes_pages(entry.deed, entry.facts):
                            self._pages.forget(entry.article)
                    for event in events:
                        self._pass_on(event)
            except StoreError as error:
                _log.warning("log_not_read", error=str(error))
                await asyncio.sleep(1)

    async def _told(self, entries: list[Entry]) -> list[Event]:
        """Return what entries tell, if anybody listens."""
        return await self._office.read(_events, entries) if self._followers else []

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
                    self._followers.discard(follower)
                    follower.waiting = asyncio.Queue()
                    follower.waiting.put_nowait(None)

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


def _events(tx: Connection, entries: list[Entry]) -> list[Event]:
    """Return what some entries of the log tell readers and staff."""
    numbers = {entry.comment for entry in entries if entry.comment is not None}
    known = comments.some(tx, numbers)
    shown = {item["id"]: item for item in items(tx, list(known.values()))}
    places = articles.some(tx, {comment.article for comment in known.values()})
    found: list[Event] = []
    for entry in entries:
        comment = known.get(entry.comment or 0)
        if comment is None:
            continue
        before = entry.facts.get("before")
        after = entry.facts.get("after", entry.facts.get("state"))
        if after == "approved" != before and comment.state == "approved":
            found.append(Event("new", public(comment), entry.seq, comment.article))
        if (before == "approved" != after) or entry.deed == "erased":
            found.append(Event("withdrawn", {"id": comment.id}, entry.seq, comment.article))
        if "approved" in (before, after) and before != after:
            count = {"count": places[comment.article].approved}
            found.append(Event("count", count, entry.seq, comment.article))
        name = {"sent": "held" if after == "held" else "new", "flagged": "flagged"}.get(entry.deed)
        if entry.deed in ("ruled", "undone", "escalated"):
            name = "ruled"
        if name is not None:
            found.append(Event(name, shown[comment.id], entry.seq, outlet=comment.outlet))
    return found
