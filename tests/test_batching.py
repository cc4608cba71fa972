"""Requests that wait at the same time share one run, and a crash fails only its culprit."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from starlette.testclient import TestClient

from ombud import Case, Engine
from ombud.case import NO_PRIORS
from ombud.errors import BusyError
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.batching import Batches


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


def test_runs_go_on_side_by_side() -> None:
    """With two threads a second run begins while the first is under way."""
    both = threading.Barrier(2, timeout=10)

    def meet(numbers: Sequence[int]) -> list[int]:
        both.wait()
        return list(numbers)

    async def ask() -> list[int]:
        batches: Batches[int, int] = Batches(meet, limit=1, threads=2)
        batches.start()
        answers = await asyncio.gather(batches.ask(1), batches.ask(2))
        await batches.close()
        return answers

    assert asyncio.run(ask()) == [1, 2]


async def ask_while_running(
    run: Doubling, batches: Batches[int, int], first: int, others: Sequence[int]
) -> list[int]:
    """Ask the others while the first is run, and return all answers."""
    batches.start()
    run.gate.clear()
    begun = asyncio.create_task(batches.ask(first))
    await asyncio.to_thread(run.entered.wait, 10)
    tasks = [asyncio.create_task(batches.ask(number)) for number in others]
    await asyncio.sleep(0)
    run.gate.set()
    answers = [await task for task in (begun, *tasks)]
    await batches.close()
    return answers


def weight(number: int) -> int:
    """Return what a number weighs: itself."""
    return number


@pytest.mark.parametrize(
    ("first", "expected"),
    [(99, [[99], [1, 2], [90], [91], [92]]), (4, [[4], [90], [1, 2], [91], [92]])],
)
def test_a_light_question_waits_for_one_heavy_run_at_most(
    first: int, expected: list[list[int]]
) -> None:
    """However many heavy questions came before, the light ones are next after one of them."""
    run = Doubling()
    batches = Batches(run, weigh=weight, load=100)

    answers = asyncio.run(ask_while_running(run, batches, first, [90, 91, 92, 1, 2]))

    assert answers == [2 * first, 180, 182, 184, 2, 4]
    assert expected == run.batches


def test_a_batch_is_bounded_by_its_weight() -> None:
    """Light ones share a run as far as they weigh no more than one heavy one, which gets a turn."""
    run = Doubling()
    batches = Batches(run, weigh=weight, load=100)

    asyncio.run(ask_while_running(run, batches, 99, [90, 50, 50, 50, 200, *[10] * 15]))

    tens = [10] * 10
    assert run.batches == [[99], tens, [90], [10] * 5, [50, 50], [50], [200]]


def test_heavy_questions_leave_room_for_light_ones() -> None:
    """They may take half of the places, so that light ones are not refused for their sake."""
    run = Doubling()

    async def ask() -> list[int | BaseException]:
        batches = Batches(run, bound=4, weigh=weight, load=100)
        numbers = (90, 91, 92, 1, 2, 3)
        tasks = [asyncio.create_task(batches.ask(number)) for number in numbers]
        await asyncio.sleep(0)
        batches.start()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        await batches.close()
        return answers

    answers = asyncio.run(ask())
    assert [isinstance(one, BusyError) for one in answers] == [False, False, True] * 2


class _Lengths:
    """A signal that notes how long the texts of each batch are, and can be held up."""

    name = "toxicity"
    version = "0"
    attributes = ("TOXICITY",)
    priors = NO_PRIORS

    def __init__(self) -> None:
        """Start with the gate open."""
        self.batches: list[list[int]] = []
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Note the lengths, wait at the gate, give everything the same score."""
        self.batches.append([len(case.text) for case in cases])
        self.entered.set()
        assert self.gate.wait(10)
        return np.full((len(cases), 1), 0.25)

    def locate(self, *_: object) -> tuple[()]:
        """Find nothing."""
        return ()


def test_a_short_comment_overtakes_long_ones(engine: Engine, settings: Settings) -> None:
    """Comments of 20 KB that came before it hold a short one up for one run, not for all."""
    lengths = _Lengths()
    one = replace(settings, threads=1)
    app = create_app(Engine(type(engine.policy)(()), [lengths]), one)
    with TestClient(app) as client, ThreadPoolExecutor(5) as pool:
        lengths.batches.clear()
        lengths.entered.clear()
        lengths.gate.clear()

        def ask(length: int) -> int:
            text = {"text": "x" * length}
            asked = {"comment": text, "requestedAttributes": {"TOXICITY": {}}}
            return client.post("/v1alpha1/comments:analyze", json=asked).status_code

        statuses = [pool.submit(ask, 20_480)]
        assert lengths.entered.wait(10)
        statuses += [pool.submit(ask, length) for length in (20_480, 20_480, 20_480)]
        wait_for_queue(client, 3)
        statuses.append(pool.submit(ask, 7))
        wait_for_queue(client, 4)
        lengths.gate.set()

    assert [status.result() for status in statuses] == [200] * 5
    assert lengths.batches == [[20_480], [7], [20_480], [20_480], [20_480]]


def wait_for_queue(client: TestClient, depth: int) -> None:
    """Return as soon as so many comments wait."""
    for _ in range(10_000):
        if f"ombud_queue_depth {depth}.0" in client.get("/metrics").text:
            return
    raise TimeoutError


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
