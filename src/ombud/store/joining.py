"""
How repeats become campaigns, one comment at a time.

The same few questions are asked however many copies there are.
Whoever joins has the turn at the log, as all who enter texts do, so nothing here changes meanwhile.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import (
    Connection,
    Float,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from ombud.newsroom import Comment
from ombud.store.campaigns import Campaign, alone, count, final, one
from ombud.store.columns import ID, Moment
from ombud.store.repeated import campaigns, copies, shares, texts
from ombud.store.rows import made
from ombud.store.schema import comments

FEWEST: Final = 3
"""Copies from which on repeats are a campaign: two may be one reader's slip."""
LATELY: Final = timedelta(days=90)
"""Time within which the same text again and again is a campaign."""

_NEAR: Final = (
    select(copies.c.comment, copies.c.text, texts.c.campaign, campaigns.c.merged_into)
    .join(texts, texts.c.id == copies.c.text)
    .join(campaigns, campaigns.c.id == texts.c.campaign, isouter=True)
    .where(copies.c.comment.in_(bindparam("near", expanding=True)))
)
_TAKEN_IN: Final = (
    update(copies).where(copies.c.comment == bindparam("of")).values(campaign=bindparam("number"))
)
_OF: Final = bindparam("of", type_=ID)
_CAME: Final = bindparam("came", type_=Moment())
_ALIKE: Final = bindparam("alike", type_=Float())
_GROWN: Final = (
    update(campaigns)
    .where(campaigns.c.id == bindparam("number"))
    .values(
        first=case((campaigns.c.first > _OF, _OF), else_=campaigns.c.first),
        opened_at=case((campaigns.c.opened_at > _CAME, _CAME), else_=campaigns.c.opened_at),
        latest_at=case((campaigns.c.latest_at < _CAME, _CAME), else_=campaigns.c.latest_at),
        least_likeness=case(
            (campaigns.c.least_likeness > _ALIKE, _ALIKE), else_=campaigns.c.least_likeness
        ),
    )
)


def joined(
    tx: Connection, comment: Comment, alike: Mapping[int, float], within: timedelta = LATELY
) -> int | None:
    """
    Join a comment that was just entered to those that it is like; return its campaign, if any.

    `alike`: numbers of earlier comments, with how much of the text each has in common.
    `within`: the time in which as many of the very same text are a campaign.
    """
    rows = tx.execute(_NEAR, {"near": [comment.id, *alike]}).all()
    own = next((row.text for row in rows if row.comment == comment.id), None)
    if own is None:
        return None
    known = {row.campaign: row.merged_into for row in rows if row.campaign is not None}
    lone = {row.text for row in rows if row.campaign is None and row.text is not None}
    if known:
        number = _merged(tx, known)
        least = min(alike.values(), default=1.0)
        # A text that has the number of this comment is new, so nobody else wrote it before.
        before = _lone(tx, lone, comment) if lone - {comment.id} else ()
        for other in (comment, *before):
            _count(tx, number, other, alike.get(other.id, least))
    elif (opened := _opened(tx, lone, comment, alike, within)) is None:
        return None
    else:
        number = opened
    if lone:
        tx.execute(update(texts).where(texts.c.id.in_(lone)).values(campaign=number))
    return number


def taken_in(tx: Connection, number: int, comment: Comment) -> None:
    """Make a comment a part of the campaign that its very text belongs to."""
    _count(tx, final(tx, number), comment, 1.0)


def _opened(
    tx: Connection,
    near: Collection[int],
    comment: Comment,
    alike: Mapping[int, float],
    within: timedelta,
) -> int | None:
    """Open a campaign of all copies of some texts, if there are enough of them lately."""
    own = select(copies.c.text).where(copies.c.comment == comment.id).scalar_subquery()
    lately = (copies.c.text == own) & (copies.c.at >= comment.created_at - within)
    enough = select(copies.c.comment).where(or_(lately, copies.c.comment.in_(alike)))
    if len(tx.execute(enough.limit(FEWEST)).all()) < FEWEST:
        return None
    whole = select(func.min(copies.c.comment), func.min(copies.c.at), func.max(copies.c.at))
    first, begun, latest = tx.execute(whole.where(copies.c.text.in_(near))).one()
    values = {
        "first": first,
        "opened_at": begun,
        "latest_at": latest,
        "least_likeness": min(alike.values(), default=1.0),
        "reasons": [],
    }
    key = tx.execute(insert(campaigns).values(values)).inserted_primary_key
    assert key is not None  # noqa: S101  # a row was inserted
    number = int(key[0])
    tx.execute(update(copies).where(copies.c.text.in_(near)).values(campaign=number))
    counted = (
        select(
            copies.c.outlet,
            func.count().label("comments"),
            func.sum(case((comments.c.state == "held", 1), else_=0)).label("held"),
            func.count(copies.c.reader.distinct()).label("readers"),
            func.count(copies.c.article.distinct()).label("articles"),
        )
        .join(comments, comments.c.id == copies.c.comment)
        .where(copies.c.campaign == number)
        .group_by(copies.c.outlet)
    )
    parts = [{"campaign": number, **row} for row in tx.execute(counted).mappings().all()]
    tx.execute(insert(shares), parts)
    return number


def _lone(tx: Connection, near: Collection[int], besides: Comment) -> list[Comment]:
    """Return the other comments of some texts that are of no campaign yet; they are few."""
    asked = (
        select(comments)
        .join(copies, copies.c.comment == comments.c.id)
        .where(copies.c.text.in_(near), comments.c.id != besides.id)
        .order_by(comments.c.id)
    )
    return [made(Comment, row) for row in tx.execute(asked)]


def _count(tx: Connection, number: int, comment: Comment, likeness: float) -> None:
    """Make a comment a part of a campaign."""
    reader, article = alone(tx, number, comment)
    waits = int(comment.state == "held")
    more = {"comments": 1, "held": waits, "readers": reader, "articles": article}
    _add(tx, number, comment.outlet, more)
    tx.execute(_TAKEN_IN, {"of": comment.id, "number": number})
    values = {"of": comment.id, "number": number, "came": comment.created_at, "alike": likeness}
    tx.execute(_GROWN, values)


def _add(tx: Connection, number: int, outlet: str, more: Mapping[str, int]) -> None:
    """Count more of what an outlet has of a campaign, though it may have nothing of it yet."""
    if not count(tx, number, outlet, more):
        tx.execute(insert(shares).values(campaign=number, outlet=outlet, **more))


def _merged(tx: Connection, known: Mapping[int, int | None]) -> int:
    """
    Return the campaign that a text belongs to, joined into one if there are several.

    `known`: campaigns, and which other each became a part of already.

    The smaller ones join the largest, so that however many copies there are, each changes hands a
    few times only.
    """
    numbers = {final(tx, into) if into else number for number, into in known.items()}
    if len(numbers) == 1:
        return numbers.pop()
    whole = [found for number in sorted(numbers) if (found := one(tx, number))]
    if len(whole) < 2:  # noqa: PLR2004  # one whose comments were all erased is in no list
        return whole[0].id if whole else min(numbers)
    largest = max(whole, key=lambda campaign: (campaign.comments, -campaign.id))
    for other in whole:
        if other.id != largest.id:
            _swallow(tx, largest.id, other)
    values = {
        "first": min(campaign.first for campaign in whole),
        "opened_at": min(campaign.opened_at for campaign in whole),
        "latest_at": max(campaign.latest_at for campaign in whole),
        "least_likeness": min(campaign.least_likeness for campaign in whole),
    }
    tx.execute(update(campaigns).where(campaigns.c.id == largest.id).values(values))
    return largest.id


def _swallow(tx: Connection, number: int, smaller: Campaign) -> None:
    """Make one campaign a part of another."""
    there = copies.alias()
    twice: dict[str, dict[str, int]] = {}
    for name in ("reader", "article"):
        # Who is in both is counted once.
        both = select(there.c.comment).where(
            there.c.campaign == number, there.c[name] == copies.c[name]
        )
        again = (
            select(copies.c.outlet, func.count(copies.c[name].distinct()))
            .where(copies.c.campaign == smaller.id, both.exists())
            .group_by(copies.c.outlet)
        )
        twice[f"{name}s"] = dict(tx.execute(again).all())
    for part in tx.execute(select(shares).where(shares.c.campaign == smaller.id)).mappings().all():
        more = {name: part[name] for name in ("comments", "held", "readers", "articles")}
        for name, both_of in twice.items():
            more[name] -= both_of.get(part["outlet"], 0)
        _add(tx, number, part["outlet"], more)
    tx.execute(delete(shares).where(shares.c.campaign == smaller.id))
    tx.execute(update(copies).where(copies.c.campaign == smaller.id).values(campaign=number))
    tx.execute(
        update(campaigns).where(campaigns.c.id == smaller.id).values(merged_into=number, reasons=[])
    )
