"""The list of reports: which there are, which are late, and how much of the post waits."""

from dataclasses import astuple
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.newsroom import Staff
from ombud.store import articles, inquiries, mails, reports, seconded
from ombud.store.answered import waiting
from ombud.store.reports import Choice
from ombud.web.api.asking import After, Given, InOffice, Limit, Moderator, Word, cursor, opened
from ombud.web.api.reported import report_of
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["corrections"])


class Filters(Given):
    """
    Which reports are listed; `held_by`: with whom they are, `me`, or with nobody.

    `state`: `proposed` are those that wait for a second editor.
    """

    model_config = ConfigDict(strict=False)

    state: Literal["open", "investigating", "answered", "proposed"] | None = None
    article: int | None = None
    outlet: Word | None = Field(None, max_length=64)
    held_by: Literal["me", "nobody"] | None = None
    q: Word = Field("", max_length=400)
    after: After = None
    limit: Limit = 50

    def choice(self, who: Staff) -> Choice:
        """Return the question to the store, within what somebody may see."""
        outlets = who.outlets
        if self.outlet is not None:
            outlets = (self.outlet,) if who.sees(self.outlet) else ()
        held_by = {"me": who.by, "nobody": ""}.get(self.held_by or "")
        return Choice(outlets, self.state, self.article, held_by, self.q.strip())


@router.get("/reports")
async def listed(office: InOffice, who: Moderator, asked: Annotated[Filters, Query()]) -> Response:
    """Return reports: those overdue first, then those open, then those answered."""
    choice, at, limit = asked.choice(who), now(), asked.limit
    question = ("reports", *astuple(choice))
    place = opened(asked.after, *question, pair=True)

    def ask(tx: Connection) -> dict[str, object]:
        every = reports.listed(tx, choice, place and (place[0], place[1]), at, limit + 1)
        shown = every[:limit]
        numbers = [one.id for one, _ in shown]
        parts = inquiries.asserted(tx, numbers)
        about = articles.some(tx, {one.article for one, _ in shown if one.article})
        last = shown[-1] if len(every) > limit else None
        waits, late = waiting(tx, who.outlets, at)
        again, more = mails.unheard(tx, numbers), mails.replied(tx, numbers)
        proposed = seconded.of_reports(tx, numbers)
        return {
            "waiting": waits,
            "overdue": late,
            "post": mails.waiting(tx, who.outlets),
            "reports": [
                {
                    **report_of(one, parts[one.id], at),
                    "title": about[one.article].article.title if one.article else None,
                    "unheard": one.id in again,
                    "replied": one.id in more,
                    "proposed": one.id in proposed,
                }
                for one, _ in shown
            ],
            "next": cursor(last and [last[1], last[0].id], *question),
        }

    return answer(await office.read(ask))
