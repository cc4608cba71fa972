"""
Campaigns: comments nearly the same that are one thing, and how many of them there are.

Everything is counted as it comes, outlet by outlet, so that neither a comment nor a list reads the
copies; whoever counts has the turn at the log, so that no two wait for each other in a circle.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from math import log10
from typing import Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from ombud.newsroom import Comment, Spread
from ombud.store import log
from ombud.store.repeated import campaigns, copies, shares

_COUNTED: Final = ("comments", "held", "readers", "articles")
_OPEN: Final = 1_000_000
"""What puts a campaign with held copies before every other."""
QUOTES: Final = "spelling"
"""The kind of reason that has words of comments in it."""
Reason = Mapping[str, object]
"""Why a campaign may be of one hand: its "kind", "why" in plain words, and "weight"."""
Place = tuple[float, int]
"""Where a list goes on: what it is ordered by, and the number of the campaign."""
_THEIRS: Final = select(copies.c.campaign).where(
    copies.c.comment.in_(bindparam("alike", expanding=True))
)
_SPREAD: Final = (
    select(campaigns.c.opened_at, *(func.sum(shares.c[name]).label(name) for name in _COUNTED))
    .join(shares, shares.c.campaign == campaigns.c.id)
    .where(campaigns.c.id.in_(_THEIRS), shares.c.outlet == bindparam("outlet"))
    .where(shares.c.comments > 0)
    .group_by(campaigns.c.id)
    .order_by(func.sum(shares.c.comments).desc(), campaigns.c.id)
    .limit(1)
)
_GROWN: Final = (
    select(func.sum(shares.c.comments), campaigns.c.looked)
    .join(shares, shares.c.campaign == campaigns.c.id)
    .where(campaigns.c.id == bindparam("number"))
    .group_by(campaigns.c.id)
)
_COUNT: Final = (
    update(shares)
    .where(shares.c.campaign == bindparam("number"), shares.c.outlet == bindparam("where"))
    .values({name: shares.c[name] + bindparam(f"more_{name}") for name in _COUNTED})
)


def _lacks(column: Column[int], value: str) -> ColumnElement[int]:
    """Return 1 where no copy of a campaign but one has a value in a column, and otherwise 0."""
    other = select(copies.c.comment).where(
        copies.c.campaign == bindparam("number"),
        column == bindparam(value),
        copies.c.comment != bindparam("of"),
    )
    return case((other.exists(), 0), else_=1)


_ALONE: Final = select(_lacks(copies.c.reader, "reader"), _lacks(copies.c.article, "article"))


@dataclass(frozen=True, slots=True)
class Campaign:
    """
    Comments nearly the same; counts are of the outlets that who asks may see.

    `quoted`: they are little else than a line of the article or of somebody quoted.
    `looked`: how many there were when somebody last looked for reasons.
    """

    id: int
    first: int
    opened_at: datetime
    latest_at: datetime
    least_likeness: float
    quoted: bool
    reasons: Sequence[Reason]
    weight: float
    looked: int
    comments: int
    held: int
    readers: int
    articles: int
    outlets: tuple[str, ...]


def one(tx: Connection, number: int, outlets: Sequence[str] | None = None) -> Campaign | None:
    """Return a campaign, also by a number it had before; None where nothing of it may be seen."""
    asked = _asked(outlets).where(campaigns.c.id == final(tx, number))
    found = _made(tx, tx.execute(asked).all(), outlets)
    return found[0] if found else None


def page(
    tx: Connection, outlets: Sequence[str] | None, after: Place | None, limit: int
) -> tuple[list[Campaign], Place | None]:
    """Return campaigns, those with held copies first, the weightiest first; and where to go on."""
    key = case((func.sum(shares.c.held) > 0, _OPEN), else_=0) + campaigns.c.weight
    asked = _asked(outlets).add_columns(key.label("key"))
    if after is not None:
        value, number = after
        asked = asked.having(or_(key < value, (key == value) & (campaigns.c.id < number)))
    rows = tx.execute(asked.order_by(key.desc(), campaigns.c.id.desc()).limit(limit + 1)).all()
    found = _made(tx, rows[:limit], outlets)
    if len(rows) <= limit:
        return found, None
    return found, (float(rows[limit - 1].key), found[-1].id)


def numbers(tx: Connection, comments: Collection[int]) -> dict[int, int]:
    """Return the number of the campaign of each of some comments that is of one."""
    asked = select(copies.c.comment, copies.c.campaign).where(
        copies.c.comment.in_(comments), copies.c.campaign.is_not(None)
    )
    return dict(tx.execute(asked).all())


def of(
    tx: Connection, wanted: Collection[int], outlets: Sequence[str] | None = None
) -> dict[int, Campaign]:
    """Return the campaign of each of some comments that is of one."""
    belongs = numbers(tx, wanted)
    if not belongs:
        return {}
    chosen = _asked(outlets).where(campaigns.c.id.in_(set(belongs.values())))
    known = {one.id: one for one in _made(tx, tx.execute(chosen).all(), outlets)}
    return {comment: known[one] for comment, one in belongs.items() if one in known}


def spread(tx: Connection, alike: Collection[int], outlet: str) -> Spread | None:
    """Return how far the largest campaign that some comments are of has spread in an outlet."""
    values = {"alike": list(alike), "outlet": outlet}
    row = tx.execute(_SPREAD, values).first() if alike else None
    return Spread(row.comments, row.readers, row.articles, row.opened_at) if row else None


def grown(tx: Connection, number: int) -> tuple[int, int]:
    """Return how many comments a campaign has, and had when somebody last looked for reasons."""
    comments, looked = tx.execute(_GROWN, {"number": number}).one()
    return comments, looked


def parts(tx: Connection, number: int) -> dict[str, int]:
    """Return how many comments each outlet has of a campaign."""
    asked = select(shares.c.outlet, shares.c.comments).where(
        shares.c.campaign == number, shares.c.comments > 0
    )
    return dict(tx.execute(asked.order_by(shares.c.outlet)).all())


def reasoned(
    tx: Connection, campaign: Campaign, reasons: Sequence[Reason], weight: float, *, quoted: bool
) -> None:
    """Keep why a campaign may be of one hand, and how much that weighs."""
    values = {"reasons": list(reasons), "weight": weight, "quoted": quoted}
    tx.execute(
        update(campaigns)
        .where(campaigns.c.id == campaign.id)
        .values(**values, looked=campaign.comments)
    )


def _unquoted(tx: Connection, number: int) -> None:
    """Forget the words that a campaign's reasons quote, which may be those of one comment."""
    asked = select(campaigns.c.reasons).where(campaigns.c.id == number)
    reasons: list[Reason] = tx.execute(asked).scalar_one()
    kept = [reason for reason in reasons if reason["kind"] != QUOTES]
    if len(kept) < len(reasons):
        tx.execute(update(campaigns).where(campaigns.c.id == number).values(reasons=kept))


def held(tx: Connection, comment: Comment, change: int) -> None:
    """Count one more or one less that waits for a moderator, if the comment is of a campaign."""
    if number := _counted_in(tx, comment):
        count(tx, number, comment.outlet, {"held": change})


def left(tx: Connection, comment: Comment) -> None:
    """Take a comment that is not held any more out of its campaign, as when it is erased."""
    if number := _counted_in(tx, comment):
        tx.execute(update(copies).where(copies.c.comment == comment.id).values(campaign=None))
        reader, article = alone(tx, number, comment)
        less = {"comments": -1, "readers": -reader, "articles": -article}
        count(tx, number, comment.outlet, less)
        _unquoted(tx, number)


def count(tx: Connection, number: int, outlet: str, change: Mapping[str, int]) -> bool:
    """Count more or less of what an outlet has of a campaign; return whether it had anything."""
    more = {f"more_{name}": change.get(name, 0) for name in _COUNTED}
    return tx.execute(_COUNT, {"number": number, "where": outlet, **more}).rowcount > 0


def alone(tx: Connection, number: int, comment: Comment) -> tuple[int, int]:
    """Return 1 where no other copy has the reader of one, and where none has its article."""
    values = {"reader": comment.reader, "article": comment.article, "of": comment.id}
    reader, article = tx.execute(_ALONE, {"number": number, **values}).one()
    return reader, article


def final(tx: Connection, number: int) -> int:
    """Return the campaign that another became a part of, or its own number."""
    merged = select(campaigns.c.merged_into)
    while (after := tx.execute(merged.where(campaigns.c.id == number)).scalar()) is not None:
        number = after
    return number


def _lasted(
    tx: Connection, numbers: Collection[int], outlets: Sequence[str]
) -> dict[int, tuple[datetime, datetime]]:
    """Return when some outlets had the first and the latest comment of campaigns."""
    asked = select(copies.c.campaign, func.min(copies.c.at), func.max(copies.c.at)).where(
        copies.c.campaign.in_(numbers), copies.c.outlet.in_(outlets)
    )
    rows = tx.execute(asked.group_by(copies.c.campaign)) if numbers else ()
    return {number: (first, last) for number, first, last in rows}


def _counted_in(tx: Connection, comment: Comment) -> int | None:
    """Return the campaign of a comment, None if it is of none; it is nobody else's turn then."""
    asked = select(copies.c.campaign).where(copies.c.comment == comment.id)
    if tx.execute(asked).scalar() is None:
        return None
    # Whoever counts does so after the log, as all who enter texts do.
    log.take_turn(tx)
    return tx.execute(asked).scalar()


def _asked(outlets: Sequence[str] | None) -> Select[tuple[object, ...]]:
    """Return the question for campaigns, as far as some outlets have a part in them."""
    sums = (func.sum(shares.c[name]).label(name) for name in _COUNTED)
    asked = (
        select(campaigns, *sums)
        .join(shares, shares.c.campaign == campaigns.c.id)
        .where(shares.c.comments > 0)
        .group_by(campaigns.c.id)
    )
    return asked if outlets is None else asked.where(shares.c.outlet.in_(outlets))


def _made(
    tx: Connection, rows: Sequence[Row[tuple[object, ...]]], outlets: Sequence[str] | None
) -> list[Campaign]:
    """
    Return campaigns as they were asked for, each with its outlets.

    Reasons quote and count comments of all outlets: who may not see all of them is told none, and
    when there was something in their own.
    """
    numbers = [row.id for row in rows]
    asked = select(shares.c.campaign, shares.c.outlet).where(
        shares.c.campaign.in_(numbers), shares.c.comments > 0
    )
    places: dict[int, list[str]] = {number: [] for number in numbers}
    for number, outlet in tx.execute(asked.order_by(shares.c.outlet)):
        places[number].append(outlet)
    names = [field.name for field in fields(Campaign) if field.name != "outlets"]
    partly = [one for one, where in places.items() if outlets and not {*where} <= {*outlets}]
    lasted = _lasted(tx, partly, outlets or ())
    found = []
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        seen = tuple(one for one in places[row.id] if outlets is None or one in outlets)
        if len(seen) < len(places[row.id]):
            opened, latest = lasted[row.id]
            values |= {"opened_at": opened, "latest_at": latest}
            values |= {"reasons": [], "weight": round(log10(row.comments), 3)}
        found.append(Campaign(**values, outlets=seen))
    return found
