"""Reports of errors for the tests: how they are sent, decided and answered."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from writing import EDITH, URL, Desk

from ombud.corrections.investigating import Inquiry, Verdict
from ombud.corrections.opening import Imprint, Sent, submit
from ombud.corrections.publishing import Written, publish
from ombud.errata import Assertion, Correction, Report
from ombud.newsroom import Staff
from ombud.store import (
    Store,
    inquiries,
    reports,
    verification,
)

IMPRINT = Imprint("desk@harbour.example", "https://ombud.example", 5)


WORDS = "The vote was on Tuesday, not on Monday. You misspelled the name of Ms Peltonen."


MARTA = Staff("marta", "editor")


VERA = Staff("vera", "editor", ("valley",))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom."""
    return Desk(store, at)


def report(desk: Desk, words: str = WORDS, **more: Any) -> int:  # noqa: ANN401
    """Send a report by the form, and return its number."""
    sent = Sent("harbour", words, **{"article": URL, "email": "ada@example.org", **more})
    with desk.store.writing() as tx:
        return submit(tx, sent, IMPRINT, desk.later(seconds=1))[0]


def known(desk: Desk, number: int) -> tuple[Report, list[Assertion]]:
    """Return a report and what it asserts."""
    with desk.store.reading() as tx:
        one = reports.one(tx, number)
        assert one is not None
        return one, inquiries.asserted(tx, [number])[number]


def decide(
    desk: Desk, number: int, place: int, status: str, who: Staff = EDITH, of: int | None = None
) -> bool:
    """Say where an assertion stands."""
    with desk.store.writing() as tx:
        inquiry = Inquiry(tx, who, number, desk.later(seconds=1))
        return inquiry.decide(place, Verdict(status, f"It is {status}.", of), IMPRINT)


def published(desk: Desk, kind: str = "correction") -> Correction:
    """Publish a correction of the article."""
    with desk.store.writing() as tx:
        written = Written(desk.article.id, kind, "The vote was on Tuesday.")
        new = publish(tx, EDITH, written, desk.later(seconds=1))
        assert isinstance(new, Correction)
        return new


def letters(desk: Desk, number: int) -> list[tuple[str, Any]]:
    """Return kind and words of the letters about a report."""
    with desk.store.reading() as tx:
        asked = text("SELECT kind, body FROM letters WHERE report = :n ORDER BY id")
        return [(row.kind, row.body) for row in tx.execute(asked, {"n": number})]


def faults(desk: Desk) -> list[str]:
    """Return what is not as it was entered."""
    with desk.store.reading() as tx:
        return [fault.what for fault in verification.faults(tx, lambda _: None)]


def investigated(desk: Desk) -> int:
    """Return a report that was corrected and answered."""
    number = report(desk, "The vote was on Tuesday.", name="Ada")
    decide(desk, number, 1, "corrected", of=published(desk).id)
    return number
