"""Mails are kept as long as somebody needs them, and their writers may have them erased."""

from datetime import datetime, timedelta

import pytest
from mailed import posted
from sqlalchemy import text
from writing import Desk

from ombud.errors import NotFoundError
from ombud.settings import Settings
from ombud.store import (
    Store,
    erasure,
    exporting,
    log,
    mails,
    outlets,
    reports,
    retention,
    verification,
)
from ombud.store.exporting import Scope
from ombud.store.mails import Sought
from ombud.store.reports import Asserted, Opening
from ombud.store.retention import Bounds

WORDS = "It is closed for one winter."


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom on a database of each kind."""
    return Desk(store, at)


def reported(desk: Desk, email: str) -> int:
    """Open a report that was left with an address, and return its number."""
    with desk.store.writing() as tx:
        outlet = outlets.one(tx, "harbour")
        assert outlet is not None
        asserted = [Asserted("fact", 0, len(WORDS))]
        more = {"text": WORDS, "email": email, "salt": "a", "digest": "b"}
        return reports.add(tx, Opening(outlet, "form", desk.at, asserted, **more))  # type: ignore[arg-type]


def test_mails_without_a_report_are_erased_in_time(desk: Desk) -> None:
    """What came before is erased, words, files and sender; what belongs to a report stays."""
    number = reported(desk, "ada@reader.example")
    posted(desk.store, 1, at=desk.at - timedelta(days=91))
    posted(desk.store, 2, at=desk.at - timedelta(days=89))
    posted(desk.store, 3, at=desk.at - timedelta(days=91), kind="report", report=number)

    before = desk.at - timedelta(days=90)
    with desk.store.writing() as tx:
        assert retention.forget(tx, Bounds(before, before), desk.at, "ombud").mails == 1
        assert retention.forget(tx, Bounds(before, before), desk.at, "ombud").mails == 0
    with desk.store.reading() as tx:
        kept = tx.execute(text("SELECT sender, subject, text FROM mails ORDER BY id")).all()
        assert [one.text is None for one in kept] == [True, False, False]
        assert tuple(kept[0]) == (None, None, None)
        assert [one.id for one in mails.post(tx, Sought(), None, 9)] == [2]


def test_the_daily_round_does_it_too(desk: Desk) -> None:
    """Once, whoever asks."""
    posted(desk.store, 1, at=desk.at - timedelta(days=91))
    with desk.store.writing() as tx:
        bounds = Bounds.of(Settings(), desk.at)
        done = retention.forget_once(tx, desk.at, bounds, desk.at)
        assert done is not None
        assert done.mails == 1


def test_all_of_an_address_is_erased_on_request(desk: Desk) -> None:
    """Mails, reports and letters of it, in any case of letters, and the log names nobody."""
    number = reported(desk, "Ada@Reader.example")
    posted(desk.store, 1)
    posted(desk.store, 2, sender="bob@else.example")
    posted(desk.store, 3, kind="report", report=number)

    with desk.store.writing() as tx:
        gone = erasure.address(tx, "ADA@reader.example", "asked for", "cli", desk.at)
        assert (gone.mails, gone.reports) == (1, 1)
    with desk.store.reading() as tx:
        senders = tx.execute(text("SELECT sender FROM mails ORDER BY id")).scalars()
        assert list(senders) == [None, "bob@else.example", None]
        report = reports.one(tx, number)
        assert report is not None
        assert (report.text, report.email) == (None, None)
        assert all("ada" not in str(one.facts).lower() for one in log.since(tx, 0))
        assert not list(verification.faults(tx, lambda _: None))
    with desk.store.writing() as tx, pytest.raises(NotFoundError, match="nothing from or to"):
        erasure.address(tx, "ada@reader.example", "asked for", "cli", desk.at)


def test_a_reader_gets_the_mails_from_their_address(desk: Desk) -> None:
    """The export of one reader holds what came by mail, and nobody else's."""
    comment = desk.send()
    with desk.store.writing() as tx:
        tx.execute(
            text("UPDATE readers SET email = 'Ada@reader.example' WHERE id = :id"),
            {"id": comment.reader},
        )
    reported(desk, "ada@reader.example")
    reported(desk, "bob@else.example")
    posted(desk.store, 1)
    posted(desk.store, 2, sender="bob@else.example")

    with desk.store.reading() as tx:
        rows = list(exporting.rows(tx, Scope(reader=comment.reader)))
    assert [one["sender"] for one in rows if one["kind"] == "mail"] == ["ada@reader.example"]
    assert [one["email"] for one in rows if one["kind"] == "report"] == ["ada@reader.example"]
    assert len([one for one in rows if one["kind"] == "assertion"]) == 1
