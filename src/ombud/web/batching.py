"""
Micro-batching: requests that wait at the same time share one run of what they wait for.

Nobody waits for a batch to fill: whatever has arrived while the last one ran is the next one.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Generic, TypeVar

from ombud.errors import OmbudError

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class BusyError(OmbudError):
    """More is waiting than can be answered in time."""

    code = "busy"


class Batches(Generic[Asked, Answer]):
    """
    A queue in front of a function that answers many questions at once, in one thread of its own.

    `run` gets from 1 to `limit` questions and returns as many answers.
    Where it raises, each question of that batch is run alone, so only the culprit fails.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Asked]], Sequence[Answer]],
        *,
        limit: int = 64,
        bound: int = 512,
        observe: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Take the function, the size of a batch, how many may wait, and who counts the sizes."""
        self._run = run
        self._limit = limit
        self._bound = bound
        self._observe = observe
        self._waiting: deque[tuple[Asked, asyncio.Future[Answer]]] = deque()
        self._arrived = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "batches")
        self._task: asyncio.Task[None] | None = None

    @property
    def depth(self) -> int:
        """How many questions wait for a run to begin."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to answer; call it inside the event loop that will ask."""
        self._task = asyncio.get_running_loop().create_task(self._work())

    async def close(self) -> None:
        """Stop: what runs is finished first, what still waits is cancelled."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        while self._waiting:
            self._waiting.popleft()[1].cancel()
        self._thread.shutdown()

    async def ask(self, question: Asked) -> Answer:
        """
        Return the answer to one question.

        Raises BusyError where too many wait already, and whatever `run` raises for this question.
        """
        if len(self._waiting) >= self._bound:
            message = f"{len(self._waiting)} comments are waiting already; try again in a second"
            raise BusyError(message)
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        self._arrived.set()
        return await future

    async def _work(self) -> None:
        """Take what waits, run it, hand out the answers, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            await self._arrived.wait()
            batch = self._next()
            if not batch:
                self._arrived.clear()
                continue
            self._observe(len(batch))
            questions = [question for question, _ in batch]
            answers = await loop.run_in_executor(self._thread, self._answers, questions)
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    def _next(self) -> list[tuple[Asked, asyncio.Future[Answer]]]:
        """Take the next batch off the queue, without those who no longer wait."""
        batch: list[tuple[Asked, asyncio.Future[Answer]]] = []
        while self._waiting and len(batch) < self._limit:
            question, future = self._waiting.popleft()
            if not future.done():
                batch.append((question, future))
        return batch

    def _answers(self, questions: Sequence[Asked]) -> list[Answer | Exception]:
        """Run one batch; after a crash run each question alone."""
        try:
            return list(self._run(questions))
        except Exception as error:  # noqa: BLE001 - it is handed to who asked
            if len(questions) == 1:
                return [error]
        return [self._answers([question])[0] for question in questions]
