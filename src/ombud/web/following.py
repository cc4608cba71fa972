"""Who follows the newsroom: one open stream each, and how many of them there may be."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from itertools import count
from typing import Final

from sqlalchemy import Connection
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ombud.errors import BusyError, StoreError
from ombud.newsroom import Staff
from ombud.settings import Settings
from ombud.store.log import Entry
from ombud.web.news import Event, Place

_WAITING: Final = 512
"""Events that one follower may be behind; more, and the stream ends, to be taken up again."""
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_numbers = count()


class Follower:
    """Somebody who follows: an article as a reader, or the queue as staff."""

    def __init__(
        self,
        article: int | None = None,
        staff: Staff | None = None,
        again: Callable[[Connection], Staff | None] | None = None,
        address: str | None = None,
    ) -> None:
        """Take what is followed, from where, and of staff the way to ask whether they still are."""
        self.article = article
        self.staff = staff
        self.again = again
        self.number = next(_numbers)
        self.desk = staff is not None
        self.whose = staff.by if staff else address
        self._waiting: list[tuple[Place | None, bytes]] = []
        self._something = asyncio.Event()
        self._ended = False

    def wants(self, event: Event) -> bool:
        """Whether an event is for this follower."""
        if self.staff is not None:
            return event.article is None and self._sees(event.outlet)
        return event.article is not None and event.article == self.article

    def concerned(self, entry: Entry) -> bool:
        """Whether an entry of the log may hold something for this follower."""
        if self.staff is not None:
            return self._sees(entry.outlet)
        return entry.article == self.article

    def _sees(self, outlet: str | None) -> bool:
        """Whether what belongs to an outlet, or to all of them, is for this member of the staff."""
        return self.staff is not None and (outlet is None or self.staff.sees(outlet))

    def tell(self, place: Place | None, written: bytes) -> None:
        """Tell something, with its place in the log if any; raise QueueFull if too much waits."""
        if self._ended:
            return
        if len(self._waiting) >= _WAITING:
            raise asyncio.QueueFull
        self._waiting.append((place, written))
        self._something.set()

    async def told(self) -> list[tuple[Place | None, bytes]]:
        """Wait for something and return all of it, in order; nothing at the end of the stream."""
        await self._something.wait()
        self._something.clear()
        told, self._waiting = self._waiting, []
        return told

    def end(self) -> None:
        """End the stream, whatever still waits in it: who comes back is told."""
        self._ended = True
        self._waiting = []
        self._something.set()


class Crowd:
    """All who follow one process, of readers and of the desk only so many."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings, which hold the bounds."""
        self._settings = settings
        self._followers: set[Follower] = set()
        self._open: Counter[tuple[bool, str | None]] = Counter()
        self._all: Counter[bool] = Counter()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._followers)

    def __iter__(self) -> Iterator[Follower]:
        """Go through those that there are now, whoever comes or goes meanwhile."""
        return iter(list(self._followers))

    def add(self, follower: Follower) -> None:
        """Add one who may follow."""
        self._followers.add(follower)
        self._open[follower.desk, follower.whose] += 1
        self._all[follower.desk] += 1

    def discard(self, follower: Follower) -> None:
        """Forget one, if it is still there."""
        if follower not in self._followers:
            return
        self._followers.discard(follower)
        self._all[follower.desk] -= 1
        own = follower.desk, follower.whose
        self._open[own] -= 1
        if not self._open[own]:
            del self._open[own]

    def let_in(self, follower: Follower) -> None:
        """
        Refuse one whose stream would be one too many.

        Readers count by address and members of the staff by name, and each kind in all: however
        many readers there are, the desk is told.
        Raises BusyError if it is of their own, StoreError if it is of the process.
        """
        settings = self._settings
        if follower.desk:
            most, own = settings.max_desk_streams, settings.streams_per_member
        else:
            most, own = settings.max_streams, settings.streams_per_address
        if self._all[follower.desk] >= most:
            message = "too many pages are open at this moment; this one is not told what happens"
            raise StoreError(message)
        if follower.whose and self._open[follower.desk, follower.whose] >= own:
            whose = "of yours" if follower.desk else "from your address"
            message = f"{own} pages {whose} are told what happens already; close one"
            raise BusyError(message, seconds=60)


class EventStream(StreamingResponse):
    """Server-sent events as they were written once for everybody."""

    media_type = "text/event-stream"

    def __init__(self, written: AsyncGenerator[bytes]) -> None:
        """Take what is sent; its end is the end of the stream."""
        super().__init__(written, headers=_HEADERS)
        self._written = written

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the end, or until nobody reads any more."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Who has gone is not told, and not counted, from this moment on.
            await self._written.aclose()
