"""
Looking again, before comments are kept, for copies that came in while they were being judged.

Between the look-up and the keeping others are kept, and nothing is locked: of many copies sent at
the same moment none would know of another, and all might be published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from ombud.engine import renewed
from ombud.moderation.campaigns import ALIKE, CLAUSE
from ombud.moderation.submission import Prepared, with_repeats
from ombud.newsroom import Account
from ombud.policy import Decision, Policy
from ombud.repeats import LEAST, MOST, Sketch, likeness, sketch, sketch_of
from ombud.store import joining, meanwhile
from ombud.store.meanwhile import Came
from ombud.store.repeats import Alike


@dataclass(frozen=True, slots=True)
class Judged:
    """A comment with what was decided about it, and the policy by which."""

    prepared: Prepared
    decision: Decision
    policy: Policy


def looked_again(tx: Connection, judged: Sequence[Judged], at: datetime) -> list[Judged]:
    """
    Return what was judged, decided anew where something like it was kept meanwhile.

    Where any may appear, nothing else may be kept before the transaction ends: see
    `store.meanwhile.take_turn`.
    """
    came = meanwhile.since(tx, min(one.prepared.newest for one in judged))
    return [_decided(tx, one, came, at) for one in judged] if came else list(judged)


def in_turn(judged: Sequence[Judged]) -> Iterator[list[int]]:
    """
    Yield the places of comments to keep one lot after another, so that copies know of each other.

    None of a lot is like another of it; the last one is of those that know of enough for a campaign
    by then, however many they are.
    """
    left = list(range(len(judged)))
    drawn = [sketch(one.prepared.case) for one in judged]
    for _ in range(joining.FEWEST - 1):
        lot: list[int] = []
        again: list[int] = []
        for place in left:
            one = drawn[place]
            before = (other for known in lot if (other := drawn[known]))
            copied = one is not None and any(_near(one, other) for other in before)
            (again if copied else lot).append(place)
        if lot:
            yield lot
        left = again
    if left:
        yield left


def _decided(tx: Connection, judged: Judged, came: Sequence[Came], at: datetime) -> Judged:
    """Return a comment with the copies of it that came in, and what the clause makes of them."""
    case, drawn = judged.prepared.case, sketch(judged.prepared.case)
    room = MOST - sum(repeat.likeness >= ALIKE for repeat in case.repeats)
    if drawn is None or room <= 0:
        return judged
    known = {repeat.comment for repeat in case.repeats}
    found: list[Alike] = []
    for one in came:
        if one.seq <= judged.prepared.newest or one.comment.id in known:
            continue
        if near := _near(drawn, sketch_of(one.folded)):
            found.append(Alike(one.text, near, one.campaign, (one.comment,)))
        if len(found) == room:
            break
    author = judged.prepared.sent.author
    reader = author.id if isinstance(author, Account) else None
    told = with_repeats(tx, case, found, reader, judged.prepared.outlet.id, at)
    if told is case:
        return judged
    decision = renewed(judged.policy, judged.decision, told, CLAUSE)
    return replace(judged, prepared=replace(judged.prepared, case=told), decision=decision)


def _near(one: Sketch, other: Sketch) -> float:
    """Return how much two texts are the same, 0 where they share no key or are not alike."""
    if frozenset(one.asked).isdisjoint(other.kept):
        return 0.0
    near = likeness(one.folded, other.folded, LEAST)
    return near if near >= LEAST else 0.0
