"""
How repeats become campaigns, one comment at a time.

The same few questions are asked however many copies there are.
Whoever joins has the turn at the log, as all who enter texts do, so nothing here changes meanwhile.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, case, delete, func, insert, literal, or_, select, update

from ombud.newsroom import Comment
from ombud.store.campaigns import Campaign, alone, count, final, one
from ombud.store.columns import Moment
from ombud.store.repeated import campaigns, copies, shares, texts
from ombud.store.rows import made
from ombud.store.schema import comments

FEWEST: Final = 3
"""Copies from which on repeats are a campaign: two may be one reader's slip."""
LATELY: Final = timedelta(days=90)
"""Time within which the same text again and again is a campaign."""


def joined(tx: Connection, comment: Comment, alike: Mapping[int, float]) -> int | None:
    """
    Join a comment that was just entered to those that it is like; return its campaign, if any.

    `alike`: numbers of earlier comments, with how much of the text each has in common.
    """
    own = tx.execute(select(copies.c.text).where(copies.c.comment == comment.id)).scalar()
    if own is None:
        return None
    theirs = select(copies.c.text).where(copies.c.comment.in_(alike))
    asked = select(texts.c.id, texts.c.campaign).where(
        or_(texts.c.id == own, texts.c.id.in_(theirs))
    )
    rows = tx.execute(asked.order_by(texts.c.id)).all()
    known = {row.campaign for row in rows if row.campaign is not None}
    lone = [row.id for row in rows if row.campaign is None]
    if known:
        number = _merged(tx, known)
        likeness = min(alike.values(), default=1.0)
        for other in (comment, *_lone(tx, lone, comment)):
            _count(tx, number, other, alike.get(other.id, likeness))
    elif (opened := _opened(tx, lone, comment, alike)) is None:
        return None
    else:
        number = opened
    if lone:
        tx.execute(update(texts).where(texts.c.id.in_(lone)).values(campaign=number))
    return number


def _opened(
    tx: Connection, near: Sequence[int], comment: Comment, alike: Mapping[int, float]
) -> int | None:
    """Open a campaign of all copies of some texts, if there are enough of them lately."""
    own = select(copies.c.text).where(copies.c.comment == comment.id).scalar_subquery()
    lately = (copies.c.text == own) & (copies.c.at >= comment.created_at - LATELY)
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
    tx.execute(update(copies).where(copies.c.comment == comment.id).values(campaign=number))
    reader, article = alone(tx, number, comment)
    waits = int(comment.state == "held")
    more = {"comments": 1, "held": waits, "readers": reader, "articles": article}
    _add(tx, number, comment.outlet, more)
    first, begun, latest = campaigns.c.first, campaigns.c.opened_at, campaigns.c.latest_at
    at, least = literal(comment.created_at, Moment()), campaigns.c.least_likeness
    values = {
        first: case((first > comment.id, comment.id), else_=first),
        begun: case((begun > at, at), else_=begun),
        latest: case((latest < at, at), else_=latest),
        least: case((least > likeness, likeness), else_=least),
    }
    tx.execute(update(campaigns).where(campaigns.c.id == number).values(values))


def _add(tx: Connection, number: int, outlet: str, more: Mapping[str, int]) -> None:
    """Count more of what an outlet has of a campaign, though it may have nothing of it yet."""
    if not count(tx, number, outlet, more):
        tx.execute(insert(shares).values(campaign=number, outlet=outlet, **more))


def _merged(tx: Connection, known: Collection[int]) -> int:
    """
    Return the campaign that a text belongs to, joined into one if there are several.

    The smaller ones join the largest, so that however many copies there are, each changes hands a
    few times only.
    """
    numbers = {final(tx, number) for number in known}
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
    tx.execute(update(campaigns).where(campaigns.c.id == smaller.id).values(merged_into=number))
