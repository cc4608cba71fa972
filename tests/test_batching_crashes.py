"""Whatever becomes of a run, all who wait for it and after it are told something."""

import asyncio
from collections.abc import Sequence

import pytest

from ombud.web.batching import Batches


class Panic(BaseException):
    """What a library written in Rust raises when it gives up: no `Exception`."""


@pytest.mark.parametrize("raised", [Panic, StopIteration])
def test_whatever_is_raised_the_next_are_answered(raised: type[BaseException]) -> None:
    """Also what is no exception, or none that a future takes, fails its culprit and nobody else."""

    def run(numbers: Sequence[int]) -> list[int]:
        if -1 in numbers:
            raise raised
        return list(numbers)

    async def ask() -> list[int | BaseException]:
        batches = Batches(run)
        tasks = [asyncio.create_task(batches.ask(number)) for number in (1, -1, 3)]
        await asyncio.sleep(0)
        batches.start()
        together = asyncio.gather(*tasks, batches.ask(4), return_exceptions=True)
        answers = await asyncio.wait_for(together, 10)
        await batches.close()
        return answers

    first, second, *others = asyncio.run(ask())
    assert (first, others) == (1, [3, 4])
    assert isinstance(second, RuntimeError)
    assert raised.__name__ in str(second)


def test_answers_that_are_too_few_are_an_error() -> None:
    """Nobody is left waiting for an answer that a run has left out."""

    async def ask() -> None:
        batches: Batches[int, int] = Batches(lambda _: [])
        batches.start()
        for _ in range(2):
            with pytest.raises(RuntimeError, match="1 asked, 0 answered"):
                await asyncio.wait_for(batches.ask(1), 10)
        await batches.close()

    asyncio.run(ask())
