"""A newsroom full of comments, written straight into the store: what a benchmark begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, update

from ombud.newsroom import Account, Article
from ombud.store import articles, decisions, outlets, readers, schema, staff
from ombud.store.comments import digest
from ombud.store.decisions import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ombud.store import Store

KEY: Final = "ombk_benchmark"
URL: Final = "https://paper.example/bridge"
_AT_ONCE: Final = 2_000
_ANSWERS: Final = 3
"""One comment in so many is an answer to an earlier one."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made: the number of the article, and the numbers of its comments."""

    article: int
    comments: range


def filled(
    store: Store, texts: Sequence[str], count: int, state: str, *, judged: bool = True
) -> Filled:
    """
    Make an outlet with an article and `count` comments in one state, by a thousand readers.

    Each has a decision unless they are not `judged`.
    """
    at = datetime(2026, 10, 14, 9, tzinfo=UTC)
    with store.writing() as tx:
        staff.add_key(tx, "benchmark", KEY, "admin", at)
        outlets.opened(tx, "post", "The Post", at)
        story = Article("Council closes the bridge", texts[0], "Marta Lindqvist")
        article, _ = articles.put(tx, "post", URL, story, at, at)
        decisions.keep_policy(tx, Version("benchmark", "", "", {}, "ombud", "", at))
        accounts = [readers.joined(tx, _account(n, at)).id for n in range(1_000)]
        rows = [
            _row(n, text, accounts[n % len(accounts)], article.id, state, at)
            for n, text in enumerate(islice(cycle(texts), count), 1)
        ]
        for begin in range(0, count, _AT_ONCE):
            tx.execute(insert(schema.comments), rows[begin : begin + _AT_ONCE])
        for begin in range(0, count if judged else 0, _AT_ONCE):
            part = rows[begin : begin + _AT_ONCE]
            tx.execute(insert(schema.decisions), [_decision(row) for row in part])
            tx.execute(insert(schema.findings), [_finding(row) for row in part])
        if state == "approved":
            values = {"approved": count}
            tx.execute(update(schema.articles).values(values))
        if not store.sqlite:
            for name in ("comments", "decisions"):
                tx.exec_driver_sql(f"SELECT setval('{name}_id_seq', {count})")
    return Filled(article.id, range(1, count + 1))


def _account(number: int, at: datetime) -> Account:
    """Return one reader, still to be entered."""
    return Account(
        id=0,
        outlet="post",
        name=f"Reader {number}",
        email=None,
        sso_id=None,
        staff=False,
        terms_version=None,
        joined_at=at,
    )


def _row(
    number: int, text: str, reader: int, article: int, state: str, at: datetime
) -> dict[str, object]:
    """Return one comment; every third answers the one before."""
    moment = at + timedelta(seconds=number)
    parent = number - 1 if number % _ANSWERS == 0 else None
    return {
        "id": number,
        "outlet": "post",
        "article": article,
        "edition": 1,
        "reader": reader,
        "name": f"Reader {reader}",
        "staff": False,
        "parent": parent,
        "root": parent or number,
        "depth": 1 if parent else 0,
        "text": text,
        "salt": "s",
        "digest": digest("s", text),
        "terms_version": "1",
        "created_at": moment,
        "state": state,
        "state_at": moment,
        "certainty": (number * 37 % 100) / 100,
        "disagreement": (number * 53 % 50) / 100,
        "answers": 1 if (number + 1) % _ANSWERS == 0 else 0,
    }


def _decision(row: dict[str, object]) -> dict[str, object]:
    """Return the decision about one comment."""
    return {
        "id": row["id"],
        "comment": row["id"],
        "action": "HOLD",
        "policy": "benchmark",
        "model": "benchmark",
        "scores": {"TOXICITY": row["certainty"]},
        "at": row["created_at"],
    }


def _finding(row: dict[str, object]) -> dict[str, object]:
    """Return what was found in one comment."""
    return {
        "decision": row["id"],
        "number": 0,
        "comment": row["id"],
        "rule": "personal_attack",
        "certainty": row["certainty"],
        "begin": 0,
        "end": 1,
        "action": "HOLD",
        "trial": False,
        "why": "This attacks a person.",
    }
