"""What is forgotten of reports once they are answered, and what is still needed and stays."""

from datetime import datetime

import pytest
from mailed import posted
from sqlalchemy import text
from writing import EDITH, Desk

from ombud.corrections.investigating import Inquiry, Verdict
from ombud.corrections.opening import Imprint, Sent, submit
from ombud.store import Store, exporting, mails, outbox, reports, retention
from ombud.store.retention import Bounds

IMPRINT = Imprint("desk@harbour.example", "https://ombud.example", 5)


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom with a report by mail that was answered, and its mail."""
    desk = Desk(store, at)
    sent = Sent("harbour", "It was Tuesday.", email="ada@reader.example", name="Ada")
    with store.writing() as tx:
        number, _ = submit(tx, sent, IMPRINT, desk.later(seconds=1))
    posted(store, 1, at=desk.at, kind="report", report=number)
    with store.writing() as tx:
        inquiry = Inquiry(tx, EDITH, number, desk.later(seconds=1))
        inquiry.decide(1, Verdict("no_error", "It was Monday."), IMPRINT)
    return desk


def forget(desk: Desk) -> int:
    """Forget what was needed before now, and return in how many reports."""
    with desk.store.writing() as tx:
        return retention.forget(tx, Bounds(desk.later(days=9)), desk.at, "ombud").reporters


def senders(desk: Desk) -> list[str | None]:
    """Return who sent the mails that are kept."""
    with desk.store.reading() as tx:
        return list(tx.execute(text("SELECT sender FROM mails ORDER BY id")).scalars())


def test_the_mails_about_an_answered_report_are_forgotten_with_the_address(desk: Desk) -> None:
    """An address that is only used for the answer stands in no mail either afterwards."""
    posted(desk.store, 2, at=desk.later(seconds=-2), kind="reply", report=1)
    assert forget(desk) == 1
    assert senders(desk) == [None, None]


def test_a_reply_that_nobody_has_read_keeps_all_of_its_report(desk: Desk) -> None:
    """Who looks at it has to know what was written before, and whom to answer."""
    posted(desk.store, 2, at=desk.later(seconds=1), kind="reply", report=1)
    assert forget(desk) == 0
    assert senders(desk) == ["ada@reader.example"] * 2
    with desk.store.writing() as tx:
        mails.change(tx, 2, settled="read")
    assert forget(desk) == 1
    assert senders(desk) == [None, None]


def test_who_was_told_is_not_told_the_same_again(desk: Desk) -> None:
    """An assertion that was opened again by a slip, and closed as before, is no news."""
    with desk.store.writing() as tx:
        while letter := outbox.take(tx, desk.at):
            outbox.sent(tx, letter, desk.at)
    with desk.store.writing() as tx:
        inquiry = Inquiry(tx, EDITH, 1, desk.later(seconds=1))
        inquiry.decide(1, Verdict("investigating", "Once more."), IMPRINT)
    with desk.store.writing() as tx:
        step = tx.execute(text("SELECT max(id) FROM steps")).scalar_one()
        Inquiry(tx, EDITH, 1, desk.later(seconds=1)).undo(step, "A slip.", IMPRINT)
    with desk.store.reading() as tx:
        assert not outbox.due(tx, desk.at)
        assert (report := reports.one(tx, 1)) is not None
        assert report.state == "answered"


def test_an_answer_that_was_refused_is_taken_back_too(desk: Desk) -> None:
    """Else an editor could send on what holds no more."""
    with desk.store.writing() as tx:
        while letter := outbox.take(tx, desk.at):
            outbox.failed(tx, letter, "no such mailbox")
        assert len(outbox.stuck(tx, None, 9)) == 2
    with desk.store.writing() as tx:
        inquiry = Inquiry(tx, EDITH, 1, desk.later(seconds=1))
        inquiry.decide(1, Verdict("investigating", "Once more."), IMPRINT)
    with desk.store.reading() as tx:
        assert [one.kind for one in outbox.stuck(tx, None, 9)] == ["acknowledgement"]


def test_a_reader_is_not_told_who_of_the_staff_looked_into_it(desk: Desk) -> None:
    """Their export says that somebody of the staff did, in each place that would name one."""
    comment = desk.send()
    with desk.store.writing() as tx:
        tx.execute(
            text("UPDATE readers SET email = 'ada@reader.example' WHERE id = :id"),
            {"id": comment.reader},
        )
        Inquiry(tx, EDITH, 1, desk.later(seconds=1)).take()
        mails.change(tx, 1, settled="read", settled_by=EDITH.by)
    with desk.store.reading() as tx:
        rows = list(exporting.rows(tx, exporting.Scope(reader=comment.reader)))
    assert {"report", "step", "mail"} <= {str(one["kind"]) for one in rows}
    named = [
        (one["kind"], name)
        for one in rows
        for name, value in one.items()
        if "edith" in str(value).lower()
    ]
    assert named == []
