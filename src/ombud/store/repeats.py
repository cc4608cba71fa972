"""
What was written before and is nearly the same as a comment, whoever wrote it and wherever.

Comments of the same folded text share a row of `texts`, which has the number of the comment that it
was entered with; a comment too short to repeat anything, or erased, has a copy without a text.
A look-up costs the same whatever is kept: of each key the latest texts, of each text the latest
copies.
Whoever enters or leaves has the turn at the log, so that no two wait for each other in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Insert,
    Select,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from ombud.case import Case
from ombud.newsroom import Comment, Repeat
from ombud.repeats import LATEST, LEAST, MOST, Sketch, likeness, meanings, sketch, sketch_of
from ombud.store.given import given, listed, numbers
from ombud.store.repeated import bands, copies, texts
from ombud.store.rows import made
from ombud.store.schema import comments

_COMPARED: Final = 40
_MEANT: Final = 0.65


_Found = tuple[float, Any]
"""The likeness of a text, and its number, campaign and folded words."""


@dataclass(frozen=True, slots=True)
class Alike:
    """
    A text that is nearly the same, and its latest copies, those of the reader asked for first.

    `text`: its number in `texts`; `campaign`: the one that it belongs to, if any.
    """

    text: int
    likeness: float
    campaign: int | None
    copies: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """Where a comment was entered; `new` if its text was not known before."""

    text: int
    campaign: int | None
    new: bool


def alike(
    tx: Connection,
    case: Case,
    *,
    reader: int | None = None,
    besides: int | None = None,
    least: float = LEAST,
    most: int = MOST,
) -> list[Alike]:
    """
    Return the texts nearly the same as a comment's, the closest first, each with some copies.

    `reader`: whose copies come first.
    `besides`: the comment that is looked at itself.
    `least`: the likeness from 0 to 1 below which texts are not alike.
    `most`: how many copies are returned of one text.
    """
    drawn = sketch(case)
    if drawn is None:
        return []
    same = [(1.0, row) for row in tx.execute(_same(drawn)).all()]
    found = _with_copies(tx, same, reader, most)
    if sum(len(one.copies) for one in found) < most:
        # Nothing is closer than the same text; only where there is not enough of it others count.
        found += _with_copies(tx, _near(tx, drawn, least, same), reader, most)
    return [one for each in found if (one := _narrowed(each, besides)).copies]


def reworded(
    tx: Connection, case: Case, *, besides: int | None = None, most: int = MOST
) -> list[Alike]:
    """
    Return the texts that say the same as a comment in other words, the closest first.

    Their likeness is that of the meaning; among comments on the same thing it proves nothing.
    """
    drawn = sketch(case)
    if drawn is None:
        return []
    rows = _likely(tx, drawn, tx.execute(_same(drawn)).all())
    near = zip(meanings(drawn.folded, [row.folded for row in rows]), rows, strict=True)
    other = [
        (meaning, row)
        for meaning, row in near
        if meaning >= _MEANT and likeness(drawn.folded, row.folded, LEAST) < LEAST
    ]
    found = _with_copies(tx, _closest(other), None, most)
    return [one for each in found if (one := _narrowed(each, besides)).copies]


def repeats(
    found: Iterable[Alike], reader: int | None, outlet: str, at: datetime
) -> tuple[Repeat, ...]:
    """
    Return the copies as what a rule may look at, the closest first.

    `reader`: the account that writes now, if it is known; `outlet` and `at`: where and when.
    """
    told = [
        Repeat(
            text=copy.text or "",
            likeness=one.likeness,
            same_reader=None if reader is None else copy.reader == reader,
            comment=copy.id,
            age=at - copy.created_at,
            elsewhere=copy.outlet != outlet,
        )
        for one in found
        for copy in one.copies
    ]
    return tuple(told[:MOST])


def enter(tx: Connection, comment: Comment, case: Case | None = None) -> Entered | None:
    """
    Enter a comment among the copies of its text; None if it is too short to repeat anything.

    `case`: the same comment as it was judged, whose words need not be found again.
    """
    drawn = sketch(case or Case(comment.text or ""))
    if drawn is None:
        _add(tx, comment, None)
        return None
    # Whoever removes the text waits until this copy of it is kept.
    asked = _same(drawn).with_for_update(read=True, key_share=True).limit(1)
    row = tx.execute(asked).first()
    known = Entered(row.id, row.campaign, new=False) if row else None
    if known is None:
        values = {"id": comment.id, "hash": drawn.digest, "folded": drawn.folded}
        tx.execute(insert(texts), values)
        tx.execute(_entering(tx.dialect.name), {"asked": given(tx, drawn.kept), "of": comment.id})
        known = Entered(comment.id, None, new=True)
    _add(tx, comment, known.text)
    return known


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


def _same(drawn: Sketch) -> Select[Any]:
    """Select the texts that are the very same; there are two if they came at the same moment."""
    same = (texts.c.hash == drawn.digest, texts.c.folded == drawn.folded)
    return select(texts.c.id, texts.c.campaign).where(*same).order_by(texts.c.id)


def _near(tx: Connection, drawn: Sketch, least: float, same: Sequence[_Found]) -> list[_Found]:
    """Return the texts that share keys with one and are alike, the closest first."""
    rows = _likely(tx, drawn, [row for _, row in same])
    found = ((likeness(drawn.folded, row.folded, least), row) for row in rows)
    return _closest(pair for pair in found if pair[0] >= least)


def _likely(tx: Connection, drawn: Sketch, same: Iterable[Any]) -> Sequence[Any]:
    """Return the texts that share most keys with one, besides those that are the very same."""
    shared: defaultdict[int, float] = defaultdict(float)
    met = tx.execute(_meeting(tx.dialect.name), {"asked": given(tx, drawn.asked)})
    for under in map(_read, met.scalars()):
        for number in under:
            # What few texts have says more.
            shared[number] += 1 / len(under)
    for row in same:
        shared.pop(row.id, None)
    likely = sorted(shared, key=lambda number: (-shared[number], -number))[:_COMPARED]
    asked = select(texts.c.id, texts.c.campaign, texts.c.folded).where(texts.c.id.in_(likely))
    return tx.execute(asked).all()


def _closest(found: Iterable[_Found]) -> list[_Found]:
    """Return the texts that are closest, of equal ones the latest first."""
    return sorted(found, key=lambda pair: (-pair[0], -pair[1].id))[:MOST]


def _with_copies(
    tx: Connection, found: Sequence[_Found], reader: int | None, most: int
) -> list[Alike]:
    """Return texts with their latest copies, a reader's own first."""
    if not found:
        return []
    values = {"asked": given(tx, [row.id for _, row in found]), "reader": reader, "most": most}
    chosen = {
        row.text: dict.fromkeys([*_read(row.own), *_read(row.latest)])
        for row in tx.execute(_copying(tx.dialect.name), values)
    }
    wanted = {number for each in chosen.values() for number in each}
    rows = tx.execute(select(comments).where(comments.c.id.in_(wanted)))
    known = {row.id: made(Comment, row) for row in rows}
    return [
        Alike(
            row.id,
            near,
            row.campaign,
            tuple(known[one] for one in chosen[row.id] if one in known)[:most],
        )
        for near, row in found
    ]


def _narrowed(found: Alike, besides: int | None) -> Alike:
    """Return a text with its copies, but for one comment."""
    return replace(found, copies=tuple(one for one in found.copies if one.id != besides))


def _add(tx: Connection, comment: Comment, number: int | None) -> None:
    """Enter a copy of a text."""
    values = {
        "comment": comment.id,
        "text": number,
        "reader": comment.reader,
        "article": comment.article,
        "outlet": comment.outlet,
        "at": comment.created_at,
    }
    tx.execute(insert(copies), values)


def _read(many: str | None) -> list[int]:
    """Return the numbers that came as one value."""
    return [int(number) for number in many.split(",")] if many else []


@cache
def _meeting(dialect: str) -> Select[str | None]:
    """Select the latest texts of each key asked for."""
    asked = numbers(dialect)
    under = select(bands.c.text).where(bands.c.key == asked.c.value).correlate(asked)
    return select(listed(under.order_by(bands.c.text.desc()).limit(LATEST))).select_from(asked)


@cache
def _copying(dialect: str) -> Select[tuple[int, str | None, str | None]]:
    """Select the latest copies of each text asked for, those of a reader, and those of all."""
    asked = numbers(dialect)
    of_text = select(copies.c.comment).where(copies.c.text == asked.c.value).correlate(asked)
    latest = of_text.order_by(copies.c.comment.desc()).limit(bindparam("most", type_=BigInteger))
    own = latest.where(copies.c.reader == bindparam("reader", type_=BigInteger))
    columns = (
        asked.c.value.label("text"),
        listed(own).label("own"),
        listed(latest).label("latest"),
    )
    return select(*columns).select_from(asked)


@cache
def _entering(dialect: str) -> Insert:
    """Enter a text under each of the keys given."""
    asked = numbers(dialect)
    row = select(asked.c.value, bindparam("of", type_=BigInteger)).select_from(asked)
    return insert(bands).from_select(["key", "text"], row)
