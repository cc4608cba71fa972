"""
Micro-batching: requests that wait at the same time share one run of what they wait for.

Nobody waits for a batch to fill: whatever has arrived while the last one ran is the next one.

A run cannot be stopped, so how long the next one waits is how much this one was given: a batch
is bounded by its weight as well as by its number.
Light and heavy questions wait in lanes of their own, each in order of arrival, and where both wait
the lanes take turns.
So a light question waits for one heavy run at most, however many heavy ones came before it, and a
heavy one is never put off for more than one run of light ones.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Generic, TypeVar

from ombud.errors import BusyError

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_Lane = deque[tuple[Asked, asyncio.Future[Answer]]]

_LIGHT: Final = 0.1
"""The share of what a batch may weigh up to which a single question is light."""


class Batches(Generic[Asked, Answer]):
    """
    A queue in front of a function that answers many questions at once, in threads of its own.

    `run` gets from 1 to `limit` questions and returns as many answers, or errors in their places.
    Together they weigh at most `load`, unless one alone weighs more.
    At most `bound` may wait; heavy ones take up half of the places at most, so light ones still get
    in while heavy ones pile up.
    Where it raises, each question of that batch is run alone, so only the culprit fails.
    """

    def __init__(  # noqa: PLR0913  # one parameter a bound
        self,
        run: Callable[[Sequence[Asked]], Sequence[Answer | Exception]],
        *,
        limit: int = 64,
        bound: int = 512,
        weigh: Callable[[Asked], int] = lambda _: 0,
        load: int = 1,
        threads: int = 1,
        observe: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Take the function, the bounds, what weighs a question, and who counts the sizes."""
        self._run = run
        self._limit = limit
        self._bound = bound
        self._weigh = weigh
        self._load = load
        self._observe = observe
        self._light: _Lane[Asked, Answer] = deque()
        self._heavy: _Lane[Asked, Answer] = deque()
        self._turns = [self._light, self._heavy]
        self._arrived = asyncio.Event()
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "batches")
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def depth(self) -> int:
        """How many questions wait for a run to begin."""
        return len(self._light) + len(self._heavy)

    def start(self) -> None:
        """Begin to answer; call it inside the event loop that will ask."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._work()) for _ in range(self._threads)]

    async def close(self) -> None:
        """Stop: what runs is finished first, what still waits is cancelled."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for lane in self._turns:
            while lane:
                lane.popleft()[1].cancel()
        self._pool.shutdown()

    async def ask(self, question: Asked) -> Answer:
        """
        Return the answer to one question.

        Raises BusyError where too many wait already, and whatever `run` raises for this question.
        """
        heavy = self._weigh(question) > self._load * _LIGHT
        lane = self._heavy if heavy else self._light
        if self.depth >= self._bound or (heavy and 2 * len(lane) >= self._bound):
            message = f"{self.depth} comments are waiting already; try again in a second"
            raise BusyError(message)
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        lane.append((question, future))
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
            answers = await loop.run_in_executor(self._pool, self._answers, questions)
            for (_, future), answer in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    def _next(self) -> list[tuple[Asked, asyncio.Future[Answer]]]:
        """Take the next batch from the lane whose turn it is, or else from the other."""
        for lane in self._turns:
            batch = self._take(lane)
            if batch:
                self._turns = [one for one in self._turns if one is not lane] + [lane]
                return batch
        return []

    def _take(self, lane: _Lane[Asked, Answer]) -> list[tuple[Asked, asyncio.Future[Answer]]]:
        """Take a batch off a lane, without those who no longer wait."""
        batch: list[tuple[Asked, asyncio.Future[Answer]]] = []
        weight = 0
        while lane and len(batch) < self._limit:
            question, future = lane[0]
            if not future.done():
                weight += self._weigh(question)
                if batch and weight > self._load:
                    break
                batch.append((question, future))
            lane.popleft()
        return batch

    def _answers(self, questions: Sequence[Asked]) -> list[Answer | Exception]:
        """Run one batch; after a crash run each question alone."""
        try:
            answers = list(self._run(questions))
            if len(answers) == len(questions):
                return answers
            crash: BaseException = RuntimeError(f"{len(questions)} asked, {len(answers)} answered")
        except BaseException as error:  # noqa: BLE001 - it is handed to who asked
            crash = error
        if len(questions) > 1:
            return [self._answers([question])[0] for question in questions]
        if isinstance(crash, Exception) and not isinstance(crash, StopIteration):
            return [crash]
        # What gives up in Rust is no exception, and no future takes a StopIteration: either would
        # end the task that hands out answers.
        failed = RuntimeError(repr(crash))
        failed.__cause__ = crash
        return [failed]
