"""The dashboard: what was found and overturned, how long comments wait, how well people agree."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import OmbudError
from ombud.moderation.agreement import Agreement, agreements
from ombud.newsroom import Staff
from ombud.store import counted, figures, reviews, seconded
from ombud.store.answered import answered
from ombud.store.counted import Kept
from ombud.store.figures import Tally
from ombud.store.periods import Period, latest_days
from ombud.web.api.asking import InOffice, Moderator
from ombud.web.api.shapes import Clauses, when
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["desk"])
_AGES: Final = {
    "up to 15 minutes": timedelta(minutes=15),
    "up to an hour": timedelta(hours=1),
    "up to 4 hours": timedelta(hours=4),
    "up to a day": timedelta(days=1),
}
_OLDER: Final = "longer"
_KEPT_FOR: Final = 60.0
"""Seconds for which the same figures are given again: counting a year of comments takes long."""
_MOST_KEPT: Final = 64
Figures = Mapping[str, object]


class Counted:
    """Figures that were counted a moment ago; who asks at the same time waits for one count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._turn = asyncio.Lock()
        self._kept: OrderedDict[Hashable, tuple[float, Figures]] = OrderedDict()

    async def of(self, question: Hashable, ask: Callable[[], Awaitable[Figures]]) -> Figures:
        """Return the figures of a question, those of a minute ago if there are any."""
        async with self._turn:
            until, found = self._kept.get(question, (0.0, {}))
            if until <= self._clock():
                found = await ask()
                self._kept[question] = (self._clock() + _KEPT_FOR, found)
                self._kept.move_to_end(question)
                if len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return found


@router.get("/dashboard")
async def dashboard(
    request: Request,
    office: InOffice,
    who: Moderator,
    days: Annotated[int, Query(ge=1, le=366)] = 14,
) -> Response:
    """Return the figures of some days, at most a minute old; of moderators' pace only one's own."""
    period = latest_days(days, now(), who.outlets)

    async def count() -> Figures:
        found, fresh = await office.read(_figures, period, office.clauses, days)
        if fresh:
            with suppress(OmbudError):  # what is not kept is counted again
                await office.write(counted.keep, fresh)
        return found

    latest: Counted = request.app.state.counted
    shared = await latest.of((who.outlets, days, office.engine.version), count)
    own = await office.read(_pace, who, period)
    return answer({**shared, "pace": own, "warning": request.app.state.address.warning})


def _pace(tx: Connection, who: Staff, period: Period) -> Figures:
    """Return on how many comments somebody ruled, today and on each day."""
    pace = figures.pace(tx, who, period)
    days = [{"day": day.isoformat(), "ruled": ruled} for day, ruled in pace]
    return {"today": pace[-1][1], "days": days}


def _figures(
    tx: Connection, period: Period, clauses: Clauses, days: int
) -> tuple[Figures, list[Kept]]:
    """Return all figures that are the same for who sees the same outlets, and what to keep."""
    found, fresh = counted.figures_of(tx, period)
    decided, first = found.decided, found.first_ruling
    shown = {
        "at": when(period.until),
        "days": days,
        "queue": _queue(tx, period),
        "automatic": {"share": decided.share, "alone": decided.alone, "decided": decided.decided},
        "first_ruling_minutes": first and round(first, 1),
        "arrivals": [{"hour": when(hour), "count": count} for hour, count in found.arrivals],
        "corrections": asdict(answered(tx, period, period.until)) | {"second": _second(tx, period)},
        "clauses": _clauses(found.tallies, clauses),
        "agreement": [_agreement(one) for one in agreements(reviews.pairs(tx, period))],
    }
    return shown, fresh


def _second(tx: Connection, period: Period) -> dict[str, object]:
    """Return what waits for a second editor, and since when."""
    waiting = seconded.counted(tx, period.outlets)
    return {**asdict(waiting), "oldest": when(waiting.oldest)}


def _queue(tx: Connection, period: Period) -> dict[str, object]:
    """Return what waits, and for how long."""
    waiting = figures.waiting(tx, period, tuple(_AGES.values()))
    ages = zip((*_AGES, _OLDER), waiting.ages, strict=True)
    return {
        "held": waiting.held,
        "oldest": when(waiting.oldest),
        "median": when(waiting.median),
        "escalated": waiting.escalated,
        "flagged": waiting.flagged,
        "ages": [{"words": words, "count": count} for words, count in ages],
    }


def _clauses(tallies: Iterable[Tally], clauses: Clauses) -> list[dict[str, object]]:
    """Return what was found of each clause, over all days and on each."""
    by_rule: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_rule.setdefault(tally.rule, []).append(tally)
    return [
        {
            "rule": rule,
            "title": clauses.get(rule, (rule, ""))[0],
            "found": sum(one.found for one in of_days),
            "ruled": sum(one.ruled for one in of_days),
            "overturned": sum(one.overturned for one in of_days),
            "days": [
                {
                    "day": one.day.isoformat(),
                    "found": one.found,
                    "ruled": one.ruled,
                    "overturned": one.overturned,
                }
                for one in of_days
            ],
        }
        for rule, of_days in by_rule.items()
    ]


def _agreement(one: Agreement) -> dict[str, object]:
    """Return how well people agree about one clause, or why that cannot be told."""
    return {
        "rule": one.rule,
        "comments": one.comments,
        "alpha": one.alpha,
        "low": one.low,
        "high": one.high,
        "reason": one.reason,
    }
