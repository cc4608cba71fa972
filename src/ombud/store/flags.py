"""Readers' flags, and what they sent before under a key of their own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, text, tuple_

from ombud.newsroom import Flag
from ombud.store.rows import made
from ombud.store.schema import comments, flags, sent

Key = tuple[str, str]
"""Who sent something, and the key that they gave it."""
_TURNS: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(key, 0))"
    " FROM unnest(CAST(:keys AS text[])) AS key"
)
_REMEMBER: Final = insert(sent)
_BEFORE: Final = select(sent).where(
    tuple_(sent.c.sender, sent.c.key).in_(bindparam("keys", expanding=True))
)


def add(
    tx: Connection, comment: int, reader: int, at: datetime, clause: str | None, note: str | None
) -> bool:
    """Keep a reader's flag, one for each comment; return whether it is new."""
    known = select(flags.c.id).where(flags.c.comment == comment, flags.c.reader == reader)
    if tx.execute(known).first():
        return False
    tx.execute(
        insert(flags).values(comment=comment, reader=reader, clause=clause, note=note, at=at)
    )
    tx.execute(comments.update().where(comments.c.id == comment).values(flags=comments.c.flags + 1))
    return True


def about(tx: Connection, comment: int) -> list[Flag]:
    """Return the flags of a comment, oldest first."""
    asked = select(flags).where(flags.c.comment == comment).order_by(flags.c.id)
    return [made(Flag, row) for row in tx.execute(asked)]


def take_turn(tx: Connection, keys: Collection[Key]) -> None:
    """Wait for whoever is keeping something under the same keys, until this transaction ends."""
    if tx.dialect.name == "postgresql":
        # All take theirs in one order, so that nobody waits in a circle.
        tx.execute(_TURNS, {"keys": sorted(f"{sender} {key}" for sender, key in keys)})


def sent_before(tx: Connection, keys: Collection[Key]) -> dict[Key, tuple[str, int]]:
    """Return the digest of what was sent under keys before, and the comment that it became."""
    return {
        (row.sender, row.key): (row.digest, row.comment)
        for row in tx.execute(_BEFORE, {"keys": list(keys)})
    }


def remember(tx: Connection, kept: Sequence[tuple[Key, str, int]], at: datetime) -> None:
    """Remember what was sent under keys: the digest of each, and the comment that it became."""
    tx.execute(
        _REMEMBER,
        [
            {"sender": sender, "key": key, "digest": digest, "comment": comment, "at": at}
            for (sender, key), digest, comment in kept
        ],
    )


def forget(tx: Connection, before: datetime) -> int:
    """Forget keys from before a time, and return how many."""
    return tx.execute(delete(sent).where(sent.c.at < before)).rowcount
