"""
How fast the server answers `comments:analyze`, loaded from a second process.

Open loop: requests arrive at a fixed rate whether or not earlier ones were answered, and the time
of each counts from when it was due.
Closed loop: each of several connections asks again as soon as it is answered.

    python -m benchmarks.serve [--rate 100] [--seconds 20] [--connections 32] [--traffic natural]

Natural traffic is a natural sample of talk pages, of which one in a hundred is toxic; toxic traffic
is news comments that were picked for being toxic, which the encoder has to read one and all.
No comment comes twice: what has been read lately is remembered, and would make it look faster.
"""

import argparse
import asyncio
import json
import multiprocessing
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import numpy as np

import ombud
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.serve import listen, serve

TRAFFIC = {
    "varied": ("toxicity_train.parquet", "wikipedia_context_gn"),
    "natural": ("toxicity_dev.parquet", "wikipedia_context_gn"),
    "toxic": ("news_comments_dev.parquet", "civil_comments"),
}
DISTINCT = 6000
ATTRIBUTES: dict[str, dict[str, str]] = {"TOXICITY": {}, "SEVERE_TOXICITY": {}, "PROFANITY": {}}


def texts(folder: Path, traffic: str) -> list[str]:
    """Return real comments where there are some, otherwise the rules' own examples."""
    name, source = TRAFFIC[traffic]
    if (folder / name).exists():
        import pyarrow.parquet  # noqa: PLC0415 - only where there is a file to read

        rows = pyarrow.parquet.read_table(folder / name, columns=["text", "source"]).to_pylist()
        found = [row["text"] for row in rows if source in row["source"]]
    else:
        examples = [one for rule in house_rules() for one in (*rule.lets_pass, *rule.catches)]
        found = [one if isinstance(one, str) else one.text for one in examples]
    return [f"{text} {number}" for number, text in enumerate(islice(cycle(found), DISTINCT))]


def request(text: str, query: str) -> bytes:
    """Return one request as it goes over the wire."""
    body = json.dumps(
        {"comment": {"text": text}, "requestedAttributes": ATTRIBUTES, "languages": ["en"]}
    ).encode()
    head = f"POST /v1alpha1/comments:analyze{query} HTTP/1.1\r\nHost: bench\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Connection:
    """One connection that is kept alive."""

    async def open(self, port: int) -> "Connection":
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        return self

    async def ask(self, written: bytes) -> bool:
        """Send one request, read its answer, return whether it was 200."""
        self._writer.write(written)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await self._reader.readexactly(length)
        return head.startswith(b"HTTP/1.1 200")


async def open_loop(
    port: int, requests: list[bytes], rate: float, seconds: float
) -> tuple[list[float], int]:
    """Ask at a fixed rate; return the seconds each took since it was due, and the failures."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(64):
        free.put_nowait(await Connection().open(port))
    took: list[float] = []
    failed = 0

    async def one(written: bytes, due: float) -> None:
        nonlocal failed
        connection = await free.get()
        failed += not await connection.ask(written)
        free.put_nowait(connection)
        took.append(time.perf_counter() - due)

    begun = time.perf_counter()
    tasks = []
    for number, written in enumerate(islice(cycle(requests), int(rate * seconds))):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(written, due)))
    await asyncio.gather(*tasks)
    return took, failed


async def closed_loop(
    port: int, requests: list[bytes], connections: int, seconds: float
) -> tuple[list[float], int, float]:
    """Ask from many connections without a pause; return the times, the failures, the duration."""
    supply = cycle(requests)
    took: list[float] = []
    failed = 0
    begun = time.perf_counter()

    async def one() -> None:
        nonlocal failed
        connection = await Connection().open(port)
        while time.perf_counter() - begun < seconds:
            asked = time.perf_counter()
            failed += not await connection.ask(next(supply))
            took.append(time.perf_counter() - asked)

    await asyncio.gather(*(one() for _ in range(connections)))
    return took, failed, time.perf_counter() - begun


def run_server(settings: Settings) -> None:
    """Serve the house policy."""
    serve(create_app(ombud.house_policy(), settings), settings)


async def measure(port: int, arguments: argparse.Namespace) -> None:
    """Run both loops, without and with the policy's decision, and print a row for each."""
    print(f"{'what':<34}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'failed':>8}")
    comments = texts(arguments.data, arguments.traffic)
    for name, query in (("analyze", ""), ("analyze with decision", "?ombud=1")):
        warm, paced, eager = (
            [request(f"{text} {query} {loop}", query) for text in comments] for loop in range(3)
        )
        await closed_loop(port, warm, 4, 2)
        took, failed = await open_loop(port, paced, arguments.rate, arguments.seconds)
        row(f"{name}, {arguments.rate:g}/s open", len(took) / arguments.seconds, took, failed)
        took, failed, seconds = await closed_loop(
            port, eager, arguments.connections, arguments.seconds / 2
        )
        row(f"{name}, {arguments.connections} closed", len(took) / seconds, took, failed)


def row(name: str, rate: float, took: list[float], failed: int) -> None:
    """Print one line of the table."""
    p50, p99, worst = np.percentile(np.array(took) * 1000, [50, 99, 100])
    print(f"{name:<34}{rate:>8.1f}{p50:>9.2f}{p99:>9.2f}{worst:>9.1f}{failed:>8}")


def main() -> None:
    """Start the server in a process of its own, load it from this one, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rate", type=float, default=100, help="requests a second, open loop")
    parser.add_argument("--seconds", type=float, default=20, help="length of the open loop")
    parser.add_argument("--connections", type=int, default=32, help="connections, closed loop")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data")
    parser.add_argument("--traffic", choices=tuple(TRAFFIC), default="natural")
    arguments = parser.parse_args()
    with listen(Settings(port=0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(port=port, data=Path(folder), log_level="warning")
        server = multiprocessing.get_context("spawn").Process(target=run_server, args=(settings,))
        server.start()
        try:
            asyncio.run(wait_for(port))
            asyncio.run(measure(port, arguments))
        finally:
            server.terminate()
            server.join()


async def wait_for(port: int) -> None:
    """Return as soon as the server accepts a connection."""
    for _ in range(300):
        try:
            await Connection().open(port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise TimeoutError


if __name__ == "__main__":
    main()
