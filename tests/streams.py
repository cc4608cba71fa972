"""Streams of events, read as a browser reads them, from applications in the loop of a test."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx2 as httpx
from fastapi import FastAPI
from newsroom import BRIDGE, OPEN, key

PATIENCE: Final = 30
"""Seconds after which a test gives up."""


@dataclass(frozen=True)
class Told:
    """One event as it came over the wire."""

    name: str
    content: Any
    place: str | None


def names(told: list[Told]) -> list[str]:
    """Return the names of events."""
    return [one.name for one in told]


class Stream:
    """One open stream."""

    def __init__(self, app: FastAPI, path: str, headers: Mapping[str, str]) -> None:
        """Ask for a stream."""
        self._came: asyncio.Queue[str | None] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._may_read = asyncio.Event()
        self._may_read.set()
        place, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": place,
            "raw_path": place.encode(),
            "query_string": query.encode(),
            "headers": [(n.lower().encode(), v.encode()) for n, v in headers.items()],
            "scheme": "http",
            "server": ("test", 80),
            "client": ("203.0.113.7", 5000),
            "http_version": "1.1",
            "app": app,
        }
        self._task = asyncio.create_task(self._ask(app, scope))
        self.seen: list[Told] = []

    async def _ask(self, app: FastAPI, scope: dict[str, Any]) -> None:
        """Make the request, and keep what comes."""
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:
                await self._gone.wait()
                return {"type": "http.disconnect"}
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Mapping[str, Any]) -> None:
            await self._may_read.wait()
            if message["type"] == "http.response.body":
                for block in message["body"].decode().replace("\r\n", "\n").split("\n\n"):
                    if block.strip():
                        self._came.put_nowait(block)

        await app(scope, receive, send)
        self._came.put_nowait(None)

    def stop_reading(self) -> None:
        """Read no more, as a browser that sleeps."""
        self._may_read.clear()

    def go_on(self) -> None:
        """Read again."""
        self._may_read.set()

    async def next(self) -> Told | None:
        """Return the next event, waiting so long at most; None at the end of the stream."""
        return await asyncio.wait_for(self._event(), PATIENCE)

    async def _event(self) -> Told | None:
        """Return the next event; what keeps a quiet stream open is none."""
        while (block := await self._came.get()) is not None:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if line[0] != ":")
            if fields:
                told = Told(fields["event"], json.loads(fields["data"]), fields.get("id"))
                self.seen.append(told)
                return told
        return None

    async def written(self) -> str | None:
        """Return the next block as it was written, if only to keep a quiet stream open."""
        return await asyncio.wait_for(self._came.get(), PATIENCE)

    async def until(self, name: str) -> Told:
        """Return the next event of a name."""
        while told := await self.next():
            if told.name == name:
                return told
        message = f"the stream ended before '{name}'"
        raise AssertionError(message)

    async def rest(self) -> list[Told]:
        """Return all that comes until the stream ends."""
        found = []
        while told := await self.next():
            found.append(told)
        return found

    async def leave(self) -> None:
        """Close the stream from this side."""
        self._gone.set()
        self._may_read.set()
        await asyncio.wait_for(self._task, PATIENCE)


class Open:
    """An application that runs in the loop of a test."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        """Take the application and a client of it."""
        self.app = app
        self.client = client

    async def follow(
        self, path: str = "/api/events?article=1", headers: Mapping[str, str] | None = None
    ) -> Stream:
        """Open a stream, and return it once the place to begin with has come."""
        stream = Stream(self.app, path, headers or {})
        await stream.until("hello")
        return stream

    async def send(self, text: str = OPEN, article: str = BRIDGE) -> int:
        """Send a comment, and return its number."""
        given = {"article": article, "text": text, "author": {"name": "Ada"}, "accept_terms": True}
        answer = await self.client.post("/api/comments", json=given)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    async def rule(self, comment: int, action: str = "approve", who: str = "cms") -> int:
        """Rule on a comment, and return the number of the ruling."""
        given = {"action": action, "clause": "shouting" if action == "delete" else None}
        place = f"/api/comments/{comment}/rulings"
        answer = await self.client.post(place, json=given, headers=key(who))
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[Open]:
    """Run an application in this loop."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        yield Open(app, client)
