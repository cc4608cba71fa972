"""
What a campaign does to a newsroom: 5,000 copies of one text in a minute, under 40 articles.

    python -m benchmarks.campaign [--database sqlite|postgresql] [--data ../shared/data]
        [--copies 5000] [--seconds 60]

Each copy is by a reader of its own and differs a little: a word before or after, capitals, a typing
error.  Beside them other readers send comments of their own, ten a second; how long theirs take is
printed alone, beside as many comments that are no campaign, and beside the campaign.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from benchmarks.filling import filled
from benchmarks.loading import Connection, open_loop, told
from benchmarks.newsroom import database, serving
from benchmarks.serve import texts
from ombud.newsroom import Article
from ombud.store import Store, articles, repeated, schema

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SLOGAN: Final = (
    "Save the Millbrook line now: write to your councillor before Friday, and tell your neighbours"
    " that the line is as good as gone unless all of us speak up."
)
ARTICLES: Final = 40
OTHERS: Final = 10
"""Comments of other readers a second."""
_ADDED: Final = ("Yes!", "Please share.", "My whole street says so.", "So true.", "Hear, hear.")


def variant(number: int) -> str:
    """Return one copy of the text, always the same for a number."""
    drawn = random.Random(number)  # noqa: S311  # no secret
    letters = list(SLOGAN)
    for _ in range(drawn.randrange(4)):
        place = drawn.randrange(len(letters))
        letters[place] = drawn.choice("abcdefghijklmnopqrstuvwxyz ")
    text = "".join(letters)
    return drawn.choice(
        (text, f"{drawn.choice(_ADDED)} {text}", f"{text} {drawn.choice(_ADDED)}", text.upper())
    )


def url(number: int) -> str:
    """Return the address of one of the articles."""
    return f"https://paper.example/story-{number % ARTICLES}"


def sending(said: Callable[[int], str], name: str) -> Callable[..., Awaitable[bool]]:
    """Return what sends one comment."""

    async def work(connection: Connection, number: int) -> bool:
        body = {
            "article": url(number),
            "text": said(number),
            "author": {"name": f"{name} {number}"},
            "accept_terms": True,
        }
        status, answer = await connection.ask("POST", "/api/comments", body)
        HELD[name] = HELD.get(name, 0) + (json.loads(answer).get("state") == "held")
        return status == 201  # noqa: PLR2004

    return work


HELD: Final[dict[str, int]] = {}


async def beside(port: int, others: list[str], arguments: argparse.Namespace) -> None:
    """Send the comments of others alone, and then beside the campaign."""
    numbers = count()

    def different(_: int) -> str:
        number = next(numbers)
        return f"{others[number % len(others)]} {number}"

    own = sending(different, "Reader")
    await open_loop(own, port, OTHERS, 5)
    seconds = arguments.seconds
    told("others, alone", *await open_loop(own, port, OTHERS, seconds / 2), seconds / 2)
    for name, said in (("Different", different), ("Copy", variant)):
        many, theirs = await asyncio.gather(
            open_loop(sending(said, name), port, arguments.copies / seconds, seconds),
            open_loop(own, port, OTHERS, seconds),
        )
        told(f"others, beside {name.lower()}", *theirs, seconds)
        told(name, *many, seconds)


def found(store: Store) -> None:
    """Print how many campaigns the copies are, and which were not told from other comments."""
    copies, findings = repeated.copies, schema.findings
    sent = select(schema.comments.c.id).where(schema.comments.c.name.startswith("Copy "))
    with store.reading() as tx:
        numbers = list(tx.execute(sent.order_by(schema.comments.c.id)).scalars())
        known = dict(
            tx.execute(
                select(copies.c.comment, copies.c.campaign).where(copies.c.campaign.is_not(None))
            ).all()
        )
        cited = select(findings.c.comment).where(findings.c.rule == "repetition")
        repeats = set(tx.execute(cited).scalars())
    places = list(enumerate(numbers, 1))
    print(f"copies {len(numbers)}, campaigns {len({known.get(number) for number in numbers})}")
    print("the first told as a repeat", next((n for n, one in places if one in repeats), None))
    missed = [place for place, number in places if number not in repeats]
    outside = [place for place, number in places if number not in known]
    print(f"not told as repeats: {len(missed)}, no. {missed[:20]}")
    print(f"in no campaign: {len(outside)}, no. {outside[:20]}")


def main() -> None:
    """Open a newsroom with 40 articles, serve it, and send everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--copies", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    others = texts(arguments.data, "natural")
    with (
        tempfile.TemporaryDirectory() as name,
        database(arguments.database, Path(name)) as address,
    ):
        store = Store(address) if address else Store.in_folder(Path(name))
        filled(store, others, 1, "held")
        at = datetime.now(UTC)
        with store.writing() as tx:
            for number in range(ARTICLES):
                article = Article(f"Story {number}", others[number], "Marta Lindqvist")
                articles.put(tx, "post", url(number), article, at, at)
        with serving(Path(name), address) as port:
            begun = time.perf_counter()
            asyncio.run(beside(port, others, arguments))
            print(f"took {time.perf_counter() - begun:.0f} s; held {HELD}")
        found(store)
        store.close()


if __name__ == "__main__":
    main()
