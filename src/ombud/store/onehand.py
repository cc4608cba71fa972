"""
What may tell that one hand wrote several comments: traces of where they came from, and a sample.

A trace is a keyed hash, with a time after which it is forgotten; an address is never kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from ombud.newsroom import Trace
from ombud.store.repeated import copies, traces
from ombud.store.rows import made
from ombud.store.schema import comments, readers

_INSERT: Final = insert(traces)


@dataclass(frozen=True, slots=True)
class Copy:
    """
    One comment of a campaign.

    `account`: whether the outlet vouches for its reader; others join with their first comment.
    `address` and `block` are keyed hashes; None where there is no trace, or none any more.
    """

    comment: int
    article: int
    text: str
    reader: int
    at: datetime
    joined_at: datetime
    account: bool
    address: str | None
    block: str | None


def keep(tx: Connection, found: Sequence[tuple[int, Trace]], at: datetime) -> None:
    """Keep where comments came from, by their numbers."""
    rows = [
        {
            "comment": comment,
            "address": trace.address,
            "block": trace.block,
            "at": at,
            "expires_at": trace.expires_at,
        }
        for comment, trace in found
    ]
    if rows:
        tx.execute(_INSERT, rows)


def sample(tx: Connection, campaign: int, most: int) -> list[Copy]:
    """Return the latest comments of a campaign that still have a text, newest first."""
    asked = (
        select(
            comments.c.id.label("comment"),
            comments.c.article,
            comments.c.text,
            comments.c.reader,
            comments.c.created_at.label("at"),
            readers.c.joined_at,
            readers.c.sso_id.is_not(None).label("account"),
            traces.c.address,
            traces.c.block,
        )
        .join(copies, copies.c.comment == comments.c.id)
        .join(readers, readers.c.id == comments.c.reader)
        .join(traces, traces.c.comment == comments.c.id, isouter=True)
        .where(copies.c.campaign == campaign, comments.c.text.is_not(None))
        .order_by(copies.c.comment.desc())
        .limit(most)
    )
    return [made(Copy, row) for row in tx.execute(asked)]
