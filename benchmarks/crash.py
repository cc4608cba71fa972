"""
Whether every acknowledged comment survives `kill -9` of a server under load.

A server is started, sixteen writers post comments, the server is killed at a time of chance, and
started again on the same database, some rounds over.
What was not acknowledged is sent again under its key, as a reader's browser does.
After each kill every acknowledged comment must be there once, under its number, with its decision
and its entry; nothing may be there twice; the log must be whole.

    python -m benchmarks.crash [--rounds 20] [--writers 16] [--seconds 3] [--database URL]
"""

import argparse
import http.client
import json
import os
import queue
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import text

from ombud.newsroom import Article
from ombud.store import Store, articles, outlets, verification

URL = "https://harbour.example/bridge"
PATIENCE = 180
"""Seconds in which a server must be ready; a busy machine takes its time."""
WORDS = "the council said that bridge would stay open for walkers until spring and we agree".split()


@dataclass
class Load:
    """What was sent, and what of it was acknowledged."""

    again: "queue.SimpleQueue[tuple[str, str]]" = field(default_factory=queue.SimpleQueue)
    acknowledged: dict[str, int] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    turn: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> tuple[str, str]:
        """Return a key and a text: one that was not acknowledged, or a new one."""
        try:
            return self.again.get_nowait()
        except queue.Empty:
            with self.turn:
                number = next(self.numbers)
            chosen = random.Random(number)  # noqa: S311  # the same comments in every run
            words = " ".join(chosen.choices(WORDS, k=12))
            return f"key-{number}", f"Comment {number}: {words}."


def write(load: Load, port: int, stop: threading.Event) -> None:
    """Send comments one after the other until the server is gone."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not stop.is_set():
        key, written = load.next()
        load.sent.add(written)
        body = {
            "article": URL,
            "text": written,
            "author": {"name": f"Reader {key}"},
            "accept_terms": True,
        }
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            connection.request("POST", "/api/comments", json.dumps(body), headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            load.again.put((key, written))
            return
        if response.status == http.client.CREATED:
            load.acknowledged[written] = answer["id"]
        else:
            load.refused.append(f"{response.status} {answer}")
            load.again.put((key, written))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, database: str) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Run a server until it is killed; give it once it is ready."""
    port = free_port()
    environ = os.environ | {
        "OMBUD_ADDRESS_PER_MINUTE": "1000000",
        "OMBUD_READER_PER_MINUTE": "1000000",
        "OMBUD_LOG_LEVEL": "error",
    }
    if database:
        environ["OMBUD_DATABASE_URL"] = database
    command = [sys.executable, "-m", "ombud", "serve", "--port", str(port), "--data", str(folder)]
    with (folder / "server.txt").open("ab") as said:
        server = subprocess.Popen(
            command, env=environ, stdout=said, stderr=said, start_new_session=True
        )
        try:
            wait_for(server, port)
            yield server, port
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server takes comments."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            message = "the server ended by itself; see server.txt"
            raise SystemExit(message)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        time.sleep(0.1)
    message = "the server was not ready in time"
    raise SystemExit(message)


def round_of(load: Load, folder: Path, arguments: argparse.Namespace) -> None:
    """Load a server, and kill it at a time of chance after its first answer."""
    stop = threading.Event()
    with served(folder, arguments.database) as (server, port):
        writers = [
            threading.Thread(target=write, args=(load, port, stop))
            for _ in range(arguments.writers)
        ]
        for writer in writers:
            writer.start()
        before = len(load.acknowledged) + len(load.refused)
        end = time.monotonic() + PATIENCE
        while len(load.acknowledged) + len(load.refused) == before and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(random.uniform(0.1, 1) * arguments.seconds)  # noqa: S311  # any time will do
        os.killpg(server.pid, signal.SIGKILL)
        for writer in writers:
            writer.join()
        stop.set()


def faults(store: Store, load: Load) -> list[str]:
    """Return what is not as it must be after a kill."""
    asked = (
        "SELECT c.text, c.id, count(d.id) FROM comments c"
        " LEFT JOIN decisions d ON d.comment = c.id GROUP BY c.text, c.id"
    )
    with store.reading() as tx:
        rows = tx.execute(text(asked)).all()
        found = [f"{one.seq}: {one.what}" for one in verification.faults(tx, lambda _: None)]
    kept = {written: number for written, number, _ in rows}
    if len(kept) != len(rows):
        found.append(f"{len(rows) - len(kept)} comments are there twice")
    found += [f"comment {number} has {n} decisions" for _, number, n in rows if n != 1]
    for written, number in load.acknowledged.items():
        if kept.get(written) != number:
            found.append(f"comment {number} was acknowledged and is not there")
    found += [f"comment {kept[one]} was never sent" for one in kept.keys() - load.sent]
    return found


def main() -> None:
    """Kill and look, some rounds over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    arguments = parser.parse_args()
    load = Load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(arguments.database) if arguments.database else Store.in_folder(folder)
        with store.writing() as tx:
            at = datetime.now(UTC)
            outlets.opened(tx, "harbour", "The Harbour Post", at)
            bridge = Article("Council closes the bridge", "It is closed for two winters.", "Marta")
            articles.put(tx, "harbour", URL, bridge, None, at)
        broken = 0
        for number in range(1, arguments.rounds + 1):
            round_of(load, folder, arguments)
            wrong = faults(store, load)
            broken += len(wrong)
            print(
                f"kill {number}: {len(load.acknowledged)} acknowledged,"
                f" {load.again.qsize()} to send again, {len(load.refused)} refused,"
                f" {len(wrong)} faults",
                *wrong[:5],
                sep="\n  ",
                flush=True,
            )
        store.close()
        if load.refused:
            print("first refusal:", load.refused[0])
    print(f"{len(load.acknowledged)} comments acknowledged, {broken} faults")
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
