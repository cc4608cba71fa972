"""Requests that wait at the same time share one run, and a crash fails only its culprit."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from ombud.web.batching import Batches, BusyError


class Doubling:
    """A function that doubles numbers, crashes on negative ones, and can be held up."""

    def __init__(self) -> None:
        """Start with the gate open."""
        self.batches: list[list[int]] = []
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        """Note the batch, wait at the gate, double."""
        self.batches.append(list(numbers))
        self.entered.set()
        assert self.gate.wait(10)
        if any(number < 0 for number in numbers):
            message = f"{min(numbers)}"
            raise ValueError(message)
        return [2 * number for number in numbers]


def test_a_lone_question_is_run_at_once() -> None:
    """Nobody waits for a batch to fill."""
    run = Doubling()

    async def ask() -> int:
        batches = Batches(run)
        batches.start()
        answer = await batches.ask(21)
        await batches.close()
        return answer

    assert asyncio.run(ask()) == 42
    assert run.batches == [[21]]


def test_what_waits_shares_a_run() -> None:
    """While one run is under way the others gather, up to the limit, and keep their order."""
    run = Doubling()
    sizes: list[int] = []

    async def ask() -> list[int]:
        batches = Batches(run, limit=4, observe=sizes.append)
        batches.start()
        run.gate.clear()
        first = asyncio.create_task(batches.ask(0))
        await asyncio.to_thread(run.entered.wait, 10)
        others = [asyncio.create_task(batches.ask(number)) for number in range(1, 8)]
        await asyncio.sleep(0)
        assert batches.depth == 7
        run.gate.set()
        answers = [await task for task in (first, *others)]
        await batches.close()
        return answers

    assert asyncio.run(ask()) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert run.batches == [[0], [1, 2, 3, 4], [5, 6, 7]]
    assert sizes == [1, 4, 3]


def test_a_crash_fails_only_its_culprit() -> None:
    """After a crash each question of the batch is run alone."""
    run = Doubling()

    async def ask() -> list[int | BaseException]:
        batches = Batches(run)
        run.gate.clear()
        tasks = [asyncio.create_task(batches.ask(number)) for number in (1, -5, 3)]
        await asyncio.sleep(0)
        run.gate.set()
        batches.start()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert await batches.ask(4) == 8
        await batches.close()
        return answers

    first, second, third = asyncio.run(ask())
    assert (first, third) == (2, 6)
    assert isinstance(second, ValueError)
    assert run.batches == [[1, -5, 3], [1], [-5], [3], [4]]


def test_too_many_questions_are_refused() -> None:
    """Beyond the bound a question is refused at once, and those that wait are still answered."""
    run = Doubling()

    async def ask() -> list[int | BaseException]:
        batches = Batches(run, bound=2)
        tasks = [asyncio.create_task(batches.ask(number)) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        batches.start()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        await batches.close()
        return answers

    first, second, third = asyncio.run(ask())
    assert (first, second) == (2, 4)
    assert isinstance(third, BusyError)
    assert "2 comments are waiting" in str(third)


def test_who_no_longer_waits_is_not_run() -> None:
    """A question whose asker has gone does not cost a run."""
    run = Doubling()

    async def ask() -> int:
        batches = Batches(run)
        gone = asyncio.create_task(batches.ask(1))
        stays = asyncio.create_task(batches.ask(2))
        await asyncio.sleep(0)
        gone.cancel()
        batches.start()
        answer = await stays
        await batches.close()
        return answer

    assert asyncio.run(ask()) == 4
    assert run.batches == [[2]]


def test_closing_cancels_what_still_waits() -> None:
    """Nobody is left waiting for ever."""

    async def ask() -> None:
        batches = Batches(Doubling())
        waits = asyncio.create_task(batches.ask(1))
        await asyncio.sleep(0)
        await batches.close()
        with pytest.raises(asyncio.CancelledError):
            await waits

    asyncio.run(ask())
