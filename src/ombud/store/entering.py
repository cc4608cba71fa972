"""
Entering comments among the copies of their texts, and taking them out.

Whoever enters or leaves has the turn at the log, so that no two wait for each other in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import BigInteger, Connection, Insert, bindparam, delete, insert, select, update

from ombud.case import Case
from ombud.newsroom import Comment
from ombud.repeats import sketch, sketch_of
from ombud.store.given import given, numbers
from ombud.store.repeated import bands, copies, texts
from ombud.store.repeats import very_same

_INSERT_TEXTS: Final = insert(texts)
_INSERT_COPIES: Final = insert(copies)


@dataclass(frozen=True, slots=True)
class Entered:
    """Where a comment was entered; `new` if its text was not known before."""

    text: int
    campaign: int | None
    new: bool


def enter_all(tx: Connection, entered: Sequence[tuple[Comment, Case]]) -> list[Entered | None]:
    """
    Enter comments among the copies of their texts; None for one too short to repeat anything.

    Each comes with its case, whose words need not be found again.
    """
    if not entered:
        return []
    drawn = [sketch(case) for _, case in entered]
    # Whoever removes a text waits until this copy of it is kept.
    known = {
        rows[0].folded: Entered(rows[0].id, rows[0].campaign, new=False)
        for rows in very_same(tx, drawn, lock=True)
        if rows
    }
    found: list[Entered | None] = []
    fresh = []
    for one, (comment, _) in zip(drawn, entered, strict=True):
        if one and one.folded not in known:
            known[one.folded] = Entered(comment.id, None, new=False)
            fresh.append((comment.id, one))
            found.append(Entered(comment.id, None, new=True))
        else:
            found.append(known[one.folded] if one else None)
    if fresh:
        rows = [{"id": number, "hash": one.digest, "folded": one.folded} for number, one in fresh]
        tx.execute(_INSERT_TEXTS, rows)
        keys = [{"asked": given(tx, one.kept), "of": number} for number, one in fresh]
        tx.execute(_entering(tx.dialect.name), keys)
    tx.execute(
        _INSERT_COPIES,
        [_copy(comment, one) for (comment, _), one in zip(entered, found, strict=True)],
    )
    return found


def leave(tx: Connection, comment: int) -> None:
    """Take an erased comment out of the copies of its text, and the text with its last copy."""
    number = tx.execute(select(copies.c.text).where(copies.c.comment == comment)).scalar()
    if number is None:
        return
    asked = select(texts.c.folded).where(texts.c.id == number).with_for_update()
    folded = tx.execute(asked).scalar_one()
    tx.execute(update(copies).where(copies.c.comment == comment).values(text=None))
    if tx.execute(select(copies.c.comment).where(copies.c.text == number).limit(1)).first() is None:
        kept = sketch_of(folded).kept
        tx.execute(delete(bands).where(bands.c.key.in_(kept), bands.c.text == number))
        tx.execute(delete(texts).where(texts.c.id == number))


def _copy(comment: Comment, entered: Entered | None) -> dict[str, object]:
    """Return a copy of a text as it is kept."""
    return {
        "comment": comment.id,
        "text": entered.text if entered else None,
        "reader": comment.reader,
        "article": comment.article,
        "outlet": comment.outlet,
        "at": comment.created_at,
    }


@cache
def _entering(dialect: str) -> Insert:
    """Enter a text under each of the keys given."""
    asked = numbers(dialect)
    row = select(asked.c.value, bindparam("of", type_=BigInteger)).select_from(asked)
    return insert(bands).from_select(["key", "text"], row)
