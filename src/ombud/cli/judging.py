"""
Records in, decisions out, in the same order: in this process or, if there are many, in several.

What is decided does not depend on how many processes there are: repeats are looked up here in the
order of the input, and the comments are cut into the same chunks.
Workers get plain facts; what was worked out about a text takes as long to send as to work out.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, groupby, islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

import structlog

from ombud import Article, Case, Decision, Engine, Reader, Repeat, house_policy
from ombud.errors import OmbudError, SignalError
from ombud.records import Record
from ombud.repeats import Repeats

CHUNK = 256
_FEW_CHUNKS = 2
# Among so many earlier comments repeats are looked for; more would outgrow the memory.
_REMEMBERED = 100_000

_Chunk = tuple[int, list[Record]]
_Facts = tuple[str, Reader | None, Article | None, str | None, tuple[Repeat, ...]]
# The engine of this worker, or why it has none; set once by `_start`.
_engine: Engine | OmbudError | None = None


class UnjudgedError(Exception):
    """Comments were left without a decision; the message says which, and why."""


def judge(records: Iterable[Record], policy: str, jobs: int) -> Iterator[tuple[Record, Decision]]:
    """
    Yield each record with its decision, in order; `policy` is the text of a policy file.

    Raises SignalError if a model's weights cannot be used, and UnjudgedError, after everything that
    was judged, if a process was killed.
    """
    chunks = _chunks(_with_repeats(records))
    begun = list(islice(chunks, _FEW_CHUNKS + 1))
    if jobs == 1 or len(begun) <= _FEW_CHUNKS:
        engine = house_policy(policy)
        for chunk in chain(begun, chunks):
            decisions = engine.judge_all([record.case for record in chunk])
            yield from zip(chunk, decisions, strict=True)
    else:
        yield from _in_processes(chain(begun, chunks), policy, jobs)


def logs_to_stderr() -> None:
    """Write logs to standard error: standard output is for answers alone."""
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


def _with_repeats(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records, each with what is nearly the same among those before it."""
    known = Repeats(most=_REMEMBERED)
    for record in records:
        case = record.case
        repeats = known.seen(case, case.article.title if case.article else "")
        yield replace(record, case=replace(case, repeats=repeats)) if repeats else record


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records in lists of equal length; the last one may be shorter."""
    iterator = iter(records)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _in_processes(
    chunks: Iterable[list[Record]], policy: str, jobs: int
) -> Iterator[tuple[Record, Decision]]:
    """Judge in several processes; only so many chunks are under way that none is idle."""
    # Workers share the processors; with threads of their own they would wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=(policy,))
    under_way: deque[tuple[_Chunk, Future[list[Decision]]]] = deque()
    lost: list[_Chunk] = []
    rest = ""
    try:
        for numbered in enumerate(chunks):
            under_way.append((numbered, _submitted(pool, numbered[1])))
            if len(under_way) > 2 * jobs:
                yield from _done(*under_way.popleft(), lost)
            if lost:
                rest = f", and everything after {numbered[1][-1].where}"
                break
        while under_way:
            yield from _done(*under_way.popleft(), lost)
    finally:
        pool.shutdown(cancel_futures=True)
    if lost:
        message = (
            "a process that judges was killed, maybe for want of memory; try --jobs 1;"
            f" not judged: {_ranges(lost)}{rest}"
        )
        raise UnjudgedError(message)


def _context() -> BaseContext:
    """Fork workers from a process of its own that has loaded the models, where there is fork."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["ombud.cli.preload"])
    return context


def _submitted(pool: ProcessPoolExecutor, chunk: Sequence[Record]) -> Future[list[Decision]]:
    """Give a chunk to the workers; where there are none any more, the future says so."""
    try:
        return pool.submit(_judge, [_facts(record) for record in chunk])
    except BrokenProcessPool as error:
        broken: Future[list[Decision]] = Future()
        broken.set_exception(error)
        return broken


def _done(
    numbered: _Chunk, future: Future[list[Decision]], lost: list[_Chunk]
) -> Iterator[tuple[Record, Decision]]:
    """Wait for a chunk and yield its records with their decisions, or enter it as lost."""
    try:
        decisions = future.result()
    except BrokenProcessPool:
        lost.append(numbered)
    else:
        yield from zip(numbered[1], decisions, strict=True)


def _ranges(lost: Sequence[_Chunk]) -> str:
    """Say where chunks begin and end, those that follow one another as one."""
    ranges = []
    for _, run in groupby(enumerate(lost), key=lambda pair: pair[1][0] - pair[0]):
        chunks = [chunk for _, (_, chunk) in run]
        ranges.append(f"{chunks[0][0].where} to {chunks[-1][-1].where}")
    return ", ".join(ranges)


def _facts(record: Record) -> _Facts:
    """Return what a worker has to know of a case."""
    case = record.case
    return case.text, case.author, case.article, case.parent, case.repeats


def _start(policy: str) -> None:
    """Build the engine of a worker."""
    global _engine  # noqa: PLW0603  # a worker process has nowhere else to keep it
    # Ctrl+C reaches all processes; the parent decides what is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logs_to_stderr()
    try:
        _engine = house_policy(policy)
    except OmbudError as error:
        # Raised here it would break the pool and its message would be lost.
        _engine = error


def _judge(cases: Sequence[_Facts]) -> list[Decision]:
    """Judge a chunk in a worker."""
    if not isinstance(_engine, Engine):
        raise _engine or SignalError("this process has no engine")
    return _engine.judge_all([Case(*facts) for facts in cases])
