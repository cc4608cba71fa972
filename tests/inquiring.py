"""One report that is looked into, for the tests, each step in a transaction of its own."""

from datetime import datetime

import pytest
from writing import EDITH, URL, Desk

from ombud.corrections.investigating import Inquiry, Verdict
from ombud.corrections.opening import Imprint, Sent, submit
from ombud.errata import Assertion, Report, Step
from ombud.newsroom import Staff
from ombud.store import Store, inquiries, reports, verification

IMPRINT = Imprint("desk@harbour.example", "https://ombud.example", 5)


WORDS = "The vote was on Tuesday, not on Monday. You misspelled the name of Ms Peltonen."


MARTA = Staff("marta", "editor")


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom with a report, number 1."""
    desk = Desk(store, at)
    with store.writing() as tx:
        submit(tx, Sent("harbour", WORDS, URL, email="ada@example.org"), IMPRINT, at)
    return desk


def look(desk: Desk, who: Staff = EDITH, seen: int | None = None) -> "Deeds":
    """Return one of the staff at the report."""
    return Deeds(desk, who, seen)


class Deeds:
    """Deeds of one of the staff at report 1, each in a transaction of its own."""

    def __init__(self, desk: Desk, who: Staff, seen: int | None) -> None:
        """Take the newsroom, who it is, and the last step that they have seen."""
        self._desk, self._who, self._seen = desk, who, seen

    def __call__(self, deed: str, *given: object) -> None:
        """Do something by its name."""
        with self._desk.store.writing() as tx:
            inquiry = Inquiry(tx, self._who, 1, self._desk.later(seconds=1), self._seen)
            getattr(inquiry, deed)(*given)

    def decide(self, place: int, status: str, of: int | None = None) -> None:
        """Say where an assertion stands."""
        self("decide", place, Verdict(status, "So it is.", of), IMPRINT)

    def undo(self) -> None:
        """Take back the last step that holds."""
        with self._desk.store.reading() as tx:
            last = inquiries.effective(inquiries.steps_of(tx, 1))[-1]
        self("undo", last.id, "A slip.", IMPRINT)


def state(desk: Desk) -> tuple[Report, list[Assertion]]:
    """Return the report as it stands."""
    with desk.store.reading() as tx:
        one = reports.one(tx, 1)
        assert one is not None
        return one, inquiries.asserted(tx, [1])[1]


def steps(desk: Desk) -> list[Step]:
    """Return the steps at the report."""
    with desk.store.reading() as tx:
        return inquiries.steps_of(tx, 1)


def faults(desk: Desk) -> list[str]:
    """Return what is not as it was entered."""
    with desk.store.reading() as tx:
        return [fault.what for fault in verification.faults(tx, lambda _: None)]
