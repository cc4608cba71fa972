"""Loading a server over kept-alive connections: without a pause, or at a fixed rate."""

from __future__ import annotations

import asyncio
import json
import time
from itertools import count
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import psutil
import re2

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HOST: Final = "127.0.0.1"
WRITERS: Final = 16
_NEW: Final = re2.compile(rb'event: new\ndata: {"id":(\d+),')


class Connection:
    """One connection that is kept alive."""

    def __init__(self, port: int) -> None:
        """Take the port."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send one request and return the status and the body of its answer."""
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        content = json.dumps(body).encode() if body is not None else b""
        named = {"Host": "bench", "Content-Type": "application/json", **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
        start = f"{method} {path} HTTP/1.1\r\n{head}Content-Length: {len(content)}\r\n\r\n"
        writer.write(start.encode() + content)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.split(b"content-length:")[1].split(b"\r\n")[0])
        content = await reader.readexactly(length)
        if answer.startswith(b"http/1.0") or b"connection: close" in answer:
            writer.close()
            self._streams = None
        return int(answer.split(b" ")[1]), content


Answer = tuple[int, bytes]


class Page(asyncio.Protocol):
    """An open page that hears of new comments, with little work: it is the server that counts."""

    def __init__(self, path: str, heard: Callable[[int], None]) -> None:
        """Take what to follow, and what is told the number of each comment."""
        self._path = path
        self._heard = heard
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        writing = cast("asyncio.Transport", transport)
        writing.write(f"GET {self._path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Take what came, event by event."""
        *whole, self._left = (self._left + data).split(b"\n\n")
        for event in whole:
            if found := _NEW.search(event):
                self._heard(int(found[1]))


def spent(port: int) -> tuple[float, float]:
    """Return the processor seconds of the server at a port so far, and of this process."""
    listening = next(
        one.pid
        for one in psutil.net_connections("tcp4")
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port
    )
    server, own = (psutil.Process(pid).cpu_times() for pid in (listening, None))
    return server.user + server.system, own.user + own.system


async def closed_loop(
    work: Callable[[Connection, int], Awaitable[bool]], port: int, seconds: float
) -> tuple[list[float], int]:
    """Let all writers work without a pause; return how long each took, and how many failed."""
    numbers, took, failed = count(), [], 0
    ends = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal failed
        connection = Connection(port)
        while (begun := time.perf_counter()) < ends:
            failed += not await work(connection, next(numbers))
            took.append(time.perf_counter() - begun)

    await asyncio.gather(*(one() for _ in range(WRITERS)))
    return took, failed


async def open_loop(
    work: Callable[[Connection, int], Awaitable[bool]], port: int, rate: float, seconds: float
) -> tuple[list[float], int]:
    """Ask at a fixed rate; the time of each counts from when it was due."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(64):
        free.put_nowait(Connection(port))
    took: list[float] = []
    failed = 0

    async def one(number: int, due: float) -> None:
        nonlocal failed
        connection = await free.get()
        failed += not await work(connection, number)
        free.put_nowait(connection)
        took.append(time.perf_counter() - due)

    begun = time.perf_counter()
    tasks = []
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*tasks)
    return took, failed


def told(name: str, took: list[float], failed: int, seconds: float) -> None:
    """Print one row."""
    p50, p99 = np.percentile(np.array(took) * 1000, (50, 99))
    print(
        f"{name:<36}{len(took) / seconds:8.0f}/s  p50 {p50:7.1f} ms  p99 {p99:7.1f} ms"
        f"  {failed} failed",
        flush=True,
    )
