"""
What was written before and is nearly the same as a comment, whoever wrote it and wherever.

Comments of the same folded text share a row of `texts`, which has the number of the comment that it
was entered with; a comment too short to repeat anything, or erased, has a copy without a text.
A look-up costs the same whatever is kept: of each key the latest texts, of each text the latest
copies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    bindparam,
    select,
)

from ombud.case import Case
from ombud.newsroom import Comment, Repeat
from ombud.repeats import LATEST, LEAST, MOST, Sketch, likeness, meanings, sketch
from ombud.store.given import given, listed, numbers
from ombud.store.repeated import bands, copies, texts
from ombud.store.rows import made
from ombud.store.schema import comments

_COMPARED: Final = 40
_MEANT: Final = 0.65


_TEXTS: Final = select(texts.c.id, texts.c.campaign, texts.c.folded)
_NUMBERED: Final = _TEXTS.where(texts.c.id.in_(bindparam("numbers", expanding=True)))
_HASHED: Final = _TEXTS.where(texts.c.hash.in_(bindparam("hashes", expanding=True))).order_by(
    texts.c.id
)
_LOCKED: Final = _HASHED.with_for_update(read=True, key_share=True)
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
    found = alike_all(tx, [(case, reader)], least=least, most=most)[0]
    return [one for each in found if (one := _narrowed(each, besides)).copies]


def alike_all(
    tx: Connection,
    asked: Sequence[tuple[Case, int | None]],
    *,
    least: float = LEAST,
    most: int = MOST,
) -> list[list[Alike]]:
    """Return the same of many comments and whose copies come first, in no more statements."""
    drawn = [sketch(case) for case, _ in asked]
    same = very_same(tx, drawn)
    found = [
        _with_copies(tx, [(1.0, row) for row in rows], reader, most)
        for (_, reader), rows in zip(asked, same, strict=True)
    ]
    # Nothing is closer than the same text; only where there is not enough of it others count.
    wanting = [sum(len(one.copies) for one in each) < most for each in found]
    others = [one if wants else None for one, wants in zip(drawn, wanting, strict=True)]
    near = _near(tx, others, least, same)
    return [
        each + _with_copies(tx, rows, reader, most)
        for each, rows, (_, reader) in zip(found, near, asked, strict=True)
    ]


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
    (rows,) = _likely(tx, [drawn], very_same(tx, [drawn]))
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


def very_same(
    tx: Connection, drawn: Sequence[Sketch | None], *, lock: bool = False
) -> list[list[Any]]:
    """
    Return the texts that are the very same as each; two if they came at the same moment.

    `lock`: whoever removes one of them waits until this transaction ends.
    """
    hashes = {one.digest for one in drawn if one}
    rows = (
        tx.execute(_LOCKED if lock else _HASHED, {"hashes": list(hashes)}).all() if hashes else ()
    )
    known: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        known[row.folded].append(row)
    return [known[one.folded] if one and one.folded in known else [] for one in drawn]


def _near(
    tx: Connection, drawn: Sequence[Sketch | None], least: float, same: Sequence[Sequence[Any]]
) -> list[list[_Found]]:
    """Return the texts that share keys with each and are alike, the closest first."""
    return [
        _closest(
            (near, row)
            for row in rows
            if one and (near := likeness(one.folded, row.folded, least)) >= least
        )
        for one, rows in zip(drawn, _likely(tx, drawn, same), strict=True)
    ]


def _likely(
    tx: Connection, drawn: Sequence[Sketch | None], same: Sequence[Iterable[Any]]
) -> list[list[Any]]:
    """Return the texts that share most keys with each, besides those that are the very same."""
    keys = sorted({key for one in drawn if one for key in one.asked})
    met = tx.execute(_meeting(tx.dialect.name), {"asked": given(tx, keys)}).all() if keys else ()
    under = {row.value: _read(row.latest) for row in met}
    likely = [_shared(one, under, rows) for one, rows in zip(drawn, same, strict=True)]
    wanted = {number for each in likely for number in each}
    rows = tx.execute(_NUMBERED, {"numbers": list(wanted)}).all() if wanted else ()
    known = {row.id: row for row in rows}
    return [[known[number] for number in each if number in known] for each in likely]


def _shared(
    drawn: Sketch | None, under: Mapping[int, Sequence[int]], same: Iterable[Any]
) -> list[int]:
    """Return the numbers of the texts that share most keys with one."""
    shared: defaultdict[int, float] = defaultdict(float)
    for key in drawn.asked if drawn else ():
        for number in under.get(key, ()):
            # What few texts have says more.
            shared[number] += 1 / len(under[key])
    for row in same:
        shared.pop(row.id, None)
    return sorted(shared, key=lambda number: (-shared[number], -number))[:_COMPARED]


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


def _read(many: str | None) -> list[int]:
    """Return the numbers that came as one value."""
    return [int(number) for number in many.split(",")] if many else []


@cache
def _meeting(dialect: str) -> Select[tuple[int, str | None]]:
    """Select the latest texts of each key asked for."""
    asked = numbers(dialect)
    under = select(bands.c.text).where(bands.c.key == asked.c.value).correlate(asked)
    latest = listed(under.order_by(bands.c.text.desc()).limit(LATEST))
    return select(asked.c.value, latest.label("latest")).select_from(asked)


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
