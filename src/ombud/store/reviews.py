"""
Second opinions: which rulings a second moderator is asked about, and what both said.

Which ones is drawn by a secret of the installation and the number of the first ruling about a
comment: the same every time, known to nobody beforehand, and not to be changed by ruling again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from ombud.newsroom import Staff
from ombud.store.periods import VERDICTS, Period, in_outlets
from ombud.store.rows import made
from ombud.store.schema import comments, rulings, secrets

SHARE: Final = 0.05
"""The share of rulings that goes to a second moderator."""
_LOOKED_AT: Final = 20_000
"""Latest comments ruled on that are looked at; what is older waits for nobody any more."""
_AT_ONCE: Final = 500
_DRAWN_FROM: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Unruled:
    """A comment as a second moderator sees it: nothing in it tells what was ruled."""

    id: int
    outlet: str
    article: int
    edition: int
    parent: int | None
    reader: int
    name: str | None
    staff: bool
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said of a comment: approve or delete, and by which clause."""

    action: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The ruling that stood when a comment was reviewed, and all blind opinions about it."""

    comment: int
    ruling: Opinion
    blind: tuple[Opinion, ...]


def drawn(secret: str, ruling: int, share: float) -> bool:
    """Whether a ruling is among the share that is reviewed."""
    mark = hashlib.sha256(f"{secret}\nreview\n{ruling}".encode()).digest()
    return int.from_bytes(mark[:8]) < share * _DRAWN_FROM


def waiting(
    tx: Connection, who: Staff, share: float = SHARE, limit: int = 20
) -> tuple[Unruled, ...]:
    """
    Return comments of which somebody is asked for a second opinion, the latest ruled first.

    They are decided, and neither reviewed yet nor ruled on by the one who asks.
    """
    secret = tx.execute(select(secrets.c.value).where(secrets.c.name == "readers")).scalar() or ""
    chosen: list[int] = []
    rows = tx.execute(_ruled(who)).yield_per(_AT_ONCE)
    for comment, first in rows:
        if drawn(secret, first, share):
            chosen.append(comment)
            if len(chosen) == limit:
                break
    rows.close()
    shown = {row.id: made(Unruled, row) for row in tx.execute(_shown(chosen))}
    return tuple(shown[comment] for comment in chosen)


def pairs(tx: Connection, period: Period) -> list[Pair]:
    """
    Return all that was reviewed in a period: the rulings of it, and the blind opinions.

    A ruling that was taken back before the review is no ruling; where none stood the review says
    nothing about agreement.
    """
    reviewed = select(rulings.c.comment).where(
        rulings.c.kind == "blind", rulings.c.at >= period.since, rulings.c.at < period.until
    )
    asked = (
        select(rulings)
        .join(comments, comments.c.id == rulings.c.comment)
        .where(rulings.c.comment.in_(reviewed), *in_outlets(period.outlets))
        .order_by(rulings.c.comment, rulings.c.id)
    )
    about: dict[int, list[Row[Any]]] = {}
    for row in tx.execute(asked):
        about.setdefault(row.comment, []).append(row)
    found = (_pair(comment, rows) for comment, rows in about.items())
    return [pair for pair in found if pair is not None]


def _ruled(who: Staff) -> Any:  # noqa: ANN401  # a question with its own columns
    """Ask for comments that somebody may review, and the first ruling about each."""
    verdict = (rulings.c.kind == "ruling") & rulings.c.action.in_(VERDICTS)
    latest = (
        select(rulings.c.comment, rulings.c.id)
        .where(verdict)
        .order_by(rulings.c.id.desc())
        .limit(_LOOKED_AT)
        .subquery("latest")
    )
    every = rulings.alias("every")
    first = (
        select(func.min(every.c.id))
        .where(
            every.c.comment == latest.c.comment,
            every.c.kind == "ruling",
            every.c.action.in_(VERDICTS),
        )
        .correlate(latest)
        .scalar_subquery()
    )
    own = rulings.alias("own")
    seen = select(own.c.id).where(
        own.c.comment == latest.c.comment, (own.c.kind == "blind") | (own.c.by == who.by)
    )
    newer = rulings.alias("newer")
    again = select(newer.c.id).where(
        newer.c.comment == latest.c.comment,
        newer.c.id > latest.c.id,
        newer.c.kind == "ruling",
        newer.c.action.in_(VERDICTS),
    )
    return (
        select(latest.c.comment, first)
        .join(comments, comments.c.id == latest.c.comment)
        .where(
            ~seen.exists(),
            ~again.exists(),
            comments.c.state != "held",
            comments.c.text.is_not(None),
            *in_outlets(who.outlets),
        )
        .order_by(latest.c.id.desc())
    )


def _shown(chosen: Sequence[int]) -> Any:  # noqa: ANN401  # a question with its own columns
    """Ask for what a second moderator may see of some comments."""
    columns = (comments.c[name] for name in Unruled.__dataclass_fields__)
    return select(*columns).where(comments.c.id.in_(chosen))


def _pair(comment: int, rows: Sequence[Row[Any]]) -> Pair | None:
    """Return the ruling that stood at the first review of a comment, with all opinions."""
    standing: list[Row[Any]] = []
    blind: list[Opinion] = []
    for row in rows:
        if row.kind == "blind":
            blind.append(Opinion(row.action, row.clause))
        elif row.kind == "ruling" and not blind:
            if row.undoes is None:
                standing.append(row)
            else:
                standing = [one for one in standing if one.id != row.undoes]
    if not standing or standing[-1].action not in VERDICTS:
        return None
    return Pair(comment, Opinion(standing[-1].action, standing[-1].clause), tuple(blind))
