"""Reports are kept as they were entered, exported whole, and erased without a trace of words."""

import pytest
from reporting import WORDS, decide, desk, faults, investigated, known, letters, report
from sqlalchemy import text
from writing import JOON, Desk, decided, found

from ombud.errors import (
    ConflictError,
)
from ombud.moderation.sent import Guest
from ombud.store import (
    erasure,
    exporting,
    inquiries,
    outbox,
    retention,
)
from ombud.store.retention import Bounds

__all__ = ["desk"]


def test_everything_is_verified(desk: Desk) -> None:
    """Whoever writes past the triggers is found out: of a report, a step, a correction."""
    investigated(desk)
    desk.send(WORDS, decision=decided(found("correction_request")))
    assert faults(desk) == []

    with desk.store.writing() as tx:
        drop = "" if desk.store.sqlite else "CASCADE"
        for name in (
            "reports_update",
            "reports_emptied",
            "steps_update",
            "steps_emptied",
            "corrections_update",
        ):
            on = "" if desk.store.sqlite else f" ON {name.partition('_')[0]}"
            tx.execute(text(f"DROP TRIGGER {name}{on} {drop}"))
        tx.execute(text("UPDATE reports SET text = 'Nothing.' WHERE id = 1"))
        tx.execute(text("UPDATE steps SET reason = 'Because.' WHERE id = 1"))
        tx.execute(text("UPDATE corrections SET text = 'All was right.'"))
        add = (
            "INSERT INTO steps (report, deed, before, after, by, at) VALUES (1,'kind','','','x',1)"
        )
        tx.execute(text(add.replace("by,", '"by",')))
    assert faults(desk) == [
        "report 1 is not what was entered",
        "correction 1 is not what was entered",
        "step 1 is not what was entered",
        "step 2 was never entered",
    ]


def test_erasing_a_report_leaves_nothing_that_quotes_it(desk: Desk) -> None:
    """Words, name, address, reasons and letters go; that there was one stays, and is verified."""
    number = investigated(desk)
    with desk.store.writing() as tx:
        erasure.report(tx, number, "asked for", "ombud", desk.later(seconds=1))

    one, _ = known(desk, number)
    assert (one.text, one.name, one.email) == (None, None, None)
    assert letters(desk, number) == [("acknowledgement", None), ("answer", None)]
    with desk.store.reading() as tx:
        assert {step.reason for step in inquiries.steps_of(tx, number)} == {None}
        assert not outbox.due(tx, desk.at)
    assert faults(desk) == []
    with desk.store.writing() as tx, pytest.raises(ConflictError):
        erasure.report(tx, number, "asked for", "ombud", desk.at)


def test_erasing_a_reader_erases_what_they_reported(desk: Desk) -> None:
    """The report of a comment has the comment's words, and goes with them."""
    decision = decided(found("correction_request"))
    comment = desk.send(WORDS, Guest("Ada", "ada@example.org"), decision)
    decide(desk, 1, 1, "no_error")
    with desk.store.writing() as tx:
        erasure.reader(tx, comment.reader, "asked for", "ombud", desk.later(seconds=1))

    one, _ = known(desk, 1)
    assert (one.text, one.email, one.erased_at) == (None, None, desk.at)
    assert faults(desk) == []


def test_a_deleted_comment_is_kept_until_its_report_is_answered(desk: Desk) -> None:
    """What is kept long enough goes, but no open report of an error with it."""
    comment = desk.send("It was Tuesday.", decision=decided(found("correction_request")))
    desk.rule(JOON, comment.id, "delete", "correction_request")

    def forgotten() -> int:
        with desk.store.writing() as tx:
            at = desk.later(days=1)
            return retention.forget(tx, Bounds(at), at, "ombud", texts=True).deleted_texts

    assert forgotten() == 0
    decide(desk, 1, 1, "no_error")
    assert forgotten() == 1


def test_addresses_are_forgotten_once_a_report_is_answered(desk: Desk) -> None:
    """Not before that, and no letter that still waits."""
    number = investigated(desk)
    waiting = report(desk)
    with desk.store.writing() as tx:
        at = desk.later(days=9)
        letter = outbox.take(tx, at)
        assert letter is not None
        outbox.sent(tx, letter, at)
        assert retention.forget(tx, Bounds(desk.later(days=9)), desk.at, "ombud").reporters == 1

    assert known(desk, number)[0].email is None
    assert known(desk, waiting)[0].email == "ada@example.org"
    assert [body is None for _, body in letters(desk, number)] == [True, False]


def test_the_export_of_an_outlet_holds_it_all(desk: Desk) -> None:
    """Reports, assertions, steps, corrections and letters, each after what it names."""
    investigated(desk)
    with desk.store.reading() as tx:
        rows = list(exporting.rows(tx, exporting.Scope("harbour")))
        kinds = [str(row["kind"]) for row in rows]
        elsewhere = [row["kind"] for row in exporting.rows(tx, exporting.Scope("valley"))]

    order = ["report", "correction", "assertion", "step", "letter"]
    assert sorted(set(kinds) & set(order), key=kinds.index) == order
    assert not set(elsewhere) & set(order)
