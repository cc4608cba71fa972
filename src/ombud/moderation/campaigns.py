"""
Campaigns: how repeats grow into one, what speaks for one hand, and one ruling on all of it.

A comment is joined in the transaction that keeps it; reasons are looked for at certain sizes only,
in a sample, so that a campaign of any size costs each of its comments the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from math import log10
from typing import Final

from sqlalchemy import Connection

from ombud.case import Case
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation import rulings
from ombud.moderation.onehand import reasons
from ombud.moderation.rulings import STATES, Verdict
from ombud.newsroom import Comment, Ruling, Staff
from ombud.repeats.chance import AT_ONCE, is_short
from ombud.repeats.quoting import only_quotes, quotes, source_of
from ombud.store import articles, campaigns, joining, log, onehand, sweeps
from ombud.store import rulings as store_rulings
from ombud.store.campaigns import Campaign
from ombud.store.log import Deed

STEP: Final = 25
"""Comments that are ruled on in one transaction: nobody else waits long for it."""
CLAUSE: Final = "repetition"
"""The clause that is cited where nobody names another."""
_SIZES: Final = (3, 5, *(base * 10**power for power in range(1, 6) for base in (1, 2, 5)))
"""Sizes at which a campaign is looked at anew."""
_SAMPLE: Final = 100
_READ: Final = 10
"""Articles of the sample that are read for what the comments take from them."""
ALIKE: Final = 0.8
"""Likeness from which comments are of one campaign."""
_QUOTED: Final = 0.25
"""What is left of the weight of a campaign that only quotes: readers may well like one line."""


def grow(tx: Connection, entered: Sequence[tuple[Comment, Case]], at: datetime) -> None:
    """
    Join comments that were just kept and entered to those that they are like.

    Needs the turn at the log, which whoever entered them has.
    """
    found: set[int] = set()
    for comment, case in entered:
        number = joining.joined(tx, comment, dict(_alike(case)), _within(case.text, case.text))
        if number is not None:
            found.add(number)
    for number in sorted({campaigns.final(tx, one) for one in found}):
        size, looked = campaigns.grown(tx, number)
        if _looked_for(size) > looked and (campaign := campaigns.one(tx, number)):
            _look(tx, campaign, at)


def _alike(case: Case) -> Iterator[tuple[int, float]]:
    """Yield the comments that one repeats, and does not only quote the same as, with likeness."""
    source = source_of(case.article) if case.article else ""
    for repeat in case.repeats:
        if repeat.comment is None or repeat.likeness < ALIKE:
            continue
        within = joining.LATELY if repeat.same_reader else _within(case.text, repeat.text)
        if repeat.age is not None and repeat.age > within:
            continue
        if not quotes(case.text, repeat.text, source):
            yield repeat.comment, repeat.likeness


def _within(text: str, earlier: str) -> timedelta:
    """Return the time within which others who write the same are a campaign, and no chance."""
    return AT_ONCE if is_short(text, earlier) else joining.LATELY


def _looked_for(size: int) -> int:
    """Return the last size, up to that of a campaign, at which it is to be looked at."""
    return max((known for known in _SIZES if known <= size), default=0)


def _look(tx: Connection, campaign: Campaign, at: datetime) -> None:
    """Look in a campaign for signs of one hand, and tell the desk how large it is by now."""
    found = onehand.sample(tx, campaign.id, _SAMPLE)
    places = list(dict.fromkeys(copy.article for copy in found))[:_READ]
    known = articles.some(tx, set(places))
    texts = {number: source_of(one.article) for number, one in known.items()}
    read = [copy for copy in found if copy.article in texts][: 2 * _READ]
    quoting = [only_quotes(copy.text, texts[copy.article]) for copy in read]
    quoted = sum(quoting) * 2 > len(quoting)
    seen = reasons(found, list(texts.values()))
    weight = log10(campaign.comments) + sum(reason.weight for reason in seen)
    weight = round(weight * (_QUOTED if quoted else 1), 3)
    campaigns.reasoned(tx, campaign, [asdict(one) for one in seen], weight, quoted=quoted)
    deed = "campaign_grew" if campaign.looked else "campaign_began"
    told = [
        Deed(at, "ombud", deed, outlet, facts={"campaign": campaign.id, "comments": comments})
        for outlet, comments in campaigns.parts(tx, campaign.id).items()
    ]
    log.append(tx, *told)


@dataclass(frozen=True, slots=True)
class Swept:
    """
    What one step of a ruling on a whole campaign came to.

    `ruling`: the number that it goes on with, and is taken back by; None if there was nothing.
    `skipped`: comments that could not be ruled on, and why.
    `past`: the comment up to which all were looked at; None if there are no more.
    """

    ruling: int | None
    ruled: tuple[Ruling, ...]
    skipped: Mapping[int, str]
    past: int | None


def rule(  # noqa: PLR0913  # what a ruling has
    tx: Connection,
    who: Staff,
    number: int,
    verdict: Verdict,
    clauses: Collection[str],
    *,
    at: datetime,
    goes_on: int | None = None,
    past: int = 0,
) -> Swept:
    """
    Rule on some of the held comments of a campaign, each by a ruling of its own.

    Call it again while there is more, `past` the last comment that was looked at, with the number
    of the ruling that it `goes_on` with; what came in since that began is left to another.
    Raises NotFoundError, or InvalidInputError if it cannot be made.
    """
    campaign = seen(tx, who, number)
    if verdict.action not in STATES:
        message = f"'action' is {verdict.action!r}; it can be {' or '.join(STATES)}"
        raise InvalidInputError(message)
    if verdict.action == "delete" and verdict.clause is None and CLAUSE in clauses:
        verdict = replace(verdict, clause=CLAUSE)
    if goes_on is not None:
        at = _began(tx, who, campaign, verdict, goes_on)
    numbers = sweeps.waiting(tx, campaign.id, who, at, STEP, past)
    sweeps.lock(tx, numbers)
    made: list[Ruling] = []
    skipped: dict[int, str] = {}
    for one in numbers:
        try:
            made.append(rulings.rule(tx, who, one, replace(verdict, expected="held"), clauses, at))
        except (ConflictError, ForbiddenError) as error:
            skipped[one] = str(error)
    first = goes_on or (made[0].id if made else None)
    return Swept(first, tuple(made), skipped, _past(numbers))


def _past(numbers: Sequence[int]) -> int | None:
    """Return the last of the comments that a step was about, if another may follow."""
    return numbers[-1] if len(numbers) == STEP else None


def _began(
    tx: Connection, who: Staff, campaign: Campaign, verdict: Verdict, ruling: int
) -> datetime:
    """
    Return when somebody began what goes on: the same ruling, on the same campaign.

    Otherwise what is ruled now would be kept as if it had been ruled then.
    """
    before = store_rulings.one(tx, ruling)
    if before is not None and before.by == who.by:
        said = (before.action, before.clause, before.note)
        of = campaigns.of(tx, [before.comment], who.outlets).get(before.comment)
        if said == (verdict.action, verdict.clause, verdict.note) and of and of.id == campaign.id:
            return before.at
    message = "'ruling' is not the number of such a ruling of yours; leave it out to begin"
    raise InvalidInputError(message)


def undo(
    tx: Connection, who: Staff, number: int, ruling: int, at: datetime, past: int = 0
) -> Swept:
    """
    Take back some of the rulings that were made at once with one.

    Call it again while there is more, `past` the last comment that was looked at.
    Raises NotFoundError if there is no such ruling, ForbiddenError if it is another's.
    """
    campaign = seen(tx, who, number)
    taken = store_rulings.one(tx, ruling)
    if taken is None or taken.comment not in campaigns.of(tx, [taken.comment], who.outlets):
        message = f"there is no ruling {ruling} on this campaign"
        raise NotFoundError(message)
    if taken.by != who.by and not who.may("editor"):
        message = f"this ruling is {taken.by.partition(':')[2]}'s; an editor can take it back"
        raise ForbiddenError(message)
    made_at_once = sweeps.ruled(tx, campaign.id, who, taken.by, taken.at, STEP, past)
    sweeps.lock(tx, [comment for comment, _ in made_at_once])
    made: list[Ruling] = []
    skipped: dict[int, str] = {}
    for comment, one in made_at_once:
        try:
            made.append(rulings.undo(tx, who, one, at))
        except (ConflictError, ForbiddenError) as error:
            skipped[comment] = str(error)
    return Swept(ruling, tuple(made), skipped, _past([comment for comment, _ in made_at_once]))


def seen(tx: Connection, who: Staff, number: int) -> Campaign:
    """Return a campaign as far as somebody may see it; raises NotFoundError."""
    campaign = campaigns.one(tx, number, who.outlets)
    if campaign is None:
        message = f"there is no campaign {number}"
        raise NotFoundError(message)
    return campaign
