"""Readers' flags, and what they sent before under a key of their own."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from ombud.newsroom import Flag
from ombud.store.rows import made
from ombud.store.schema import comments, flags, reports, sent


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


def report(tx: Connection, article: int, comment: int, at: datetime) -> int:
    """Open a report of an error, from a comment."""
    key = tx.execute(
        insert(reports).values(article=article, comment=comment, state="open", at=at)
    ).inserted_primary_key
    assert key is not None  # noqa: S101  # a row was inserted
    return int(key[0])


def take_turn(tx: Connection, sender: str, key: str) -> None:
    """Wait for whoever is keeping something under the same key, until this transaction ends."""
    if tx.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{sender} {key}", 0))))


def sent_before(tx: Connection, sender: str, key: str) -> tuple[str, int] | None:
    """Return the digest of what somebody sent under a key before, and the comment it became."""
    asked = select(sent.c.digest, sent.c.comment).where(sent.c.sender == sender, sent.c.key == key)
    row = tx.execute(asked).first()
    return (row.digest, row.comment) if row else None


def remember(
    tx: Connection, sender: str, key: str, digest: str, comment: int, at: datetime
) -> None:
    """Remember what somebody sent under a key."""
    tx.execute(insert(sent).values(sender=sender, key=key, digest=digest, comment=comment, at=at))


def forget(tx: Connection, before: datetime) -> int:
    """Forget keys from before a time, and return how many."""
    return tx.execute(delete(sent).where(sent.c.at < before)).rowcount
