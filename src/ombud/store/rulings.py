"""Rulings: each is a new row, and taking one back is a ruling too."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, select

from ombud.newsroom import Ruling
from ombud.store.comments import digest
from ombud.store.rows import made
from ombud.store.schema import comments, rulings


def add(tx: Connection, ruling: Ruling) -> Ruling:
    """Keep a ruling, whose number is given now."""
    values = {name: value for name, value in asdict(ruling).items() if name != "id"}
    key = tx.execute(insert(rulings).values(values)).inserted_primary_key
    assert key is not None  # noqa: S101  # a row was inserted
    return replace(ruling, id=int(key[0]))


def note_digest(tx: Connection, ruling: Ruling) -> str | None:
    """
    Return what proves the note of a ruling, None if it has none.

    The salt is the comment's: both go when it is erased.
    """
    if ruling.note is None:
        return None
    salt = tx.execute(select(comments.c.salt).where(comments.c.id == ruling.comment)).scalar()
    return digest(salt or "", ruling.note)


def one(tx: Connection, ruling: int) -> Ruling | None:
    """Return a ruling."""
    row = tx.execute(select(rulings).where(rulings.c.id == ruling)).first()
    return made(Ruling, row) if row else None


def about(tx: Connection, comment: int) -> list[Ruling]:
    """Return all rulings about a comment, oldest first."""
    asked = select(rulings).where(rulings.c.comment == comment).order_by(rulings.c.id)
    return [made(Ruling, row) for row in tx.execute(asked)]


def standing(tx: Connection, numbers: Sequence[int]) -> dict[int, Ruling]:
    """Return the ruling that holds for each comment: the last one that was not taken back."""
    asked = (
        select(rulings)
        .where(rulings.c.comment.in_(numbers), rulings.c.kind == "ruling")
        .order_by(rulings.c.id)
    )
    found: dict[int, list[Ruling]] = {}
    for row in tx.execute(asked):
        ruling = made(Ruling, row)
        rest = found.setdefault(ruling.comment, [])
        if ruling.undoes is None:
            rest.append(ruling)
        else:
            rest[:] = [one for one in rest if one.id != ruling.undoes]
    return {comment: rest[-1] for comment, rest in found.items() if rest}
