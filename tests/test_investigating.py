"""Looking into a report: every step can be taken back, and none overwrites another's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from inquiring import IMPRINT, MARTA, WORDS, Deeds, desk, faults, look, state, steps
from sqlalchemy import text
from writing import EDITH, JOON, URL, Desk

from ombud.corrections.publishing import Written, publish
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.store import erasure, outbox, reports, staff
from ombud.store.answered import answered
from ombud.store.periods import Period

__all__ = ["desk"]


DEEDS: dict[str, Callable[[Deeds, Desk], None]] = {
    "take": lambda by, _: by("take"),
    "assign": lambda by, _: by("assign", "bo", "She knows it."),
    "due": lambda by, desk: by("postpone", desk.at + timedelta(days=40), "The archive is shut."),
    "kind": lambda by, _: by("sort", 1, "emphasis", "It is about the stress."),
    "split": lambda by, _: by("split", 1, 24, "Two things."),
    "merge": lambda by, _: by("merge", 1, 2, "One thing."),
    "add": lambda by, _: by("add", reports.Asserted("spelling", 0, 8), "One more."),
    "article": lambda by, desk: by("place", desk.article.id, "It is this one."),
    "status": lambda by, _: by.decide(1, "no_error"),
    "investigating": lambda by, _: by.decide(1, "investigating"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_every_step_can_be_taken_back(desk: Desk, deed: str) -> None:
    """What it changed is as it was; both steps stay on record, and the chain holds."""
    with desk.store.writing() as tx:
        staff.add(tx, "bo", "moderator", "x", desk.at)
    look(desk).decide(2, "investigating")
    before = state(desk)
    DEEDS[deed](look(desk), desk)
    if deed != "article":
        assert state(desk) != before
    look(desk).undo()

    assert state(desk) == before
    assert [step.deed for step in steps(desk)][-1] == "undone"
    assert faults(desk) == []


def test_merging_keeps_all_words_in_between(desk: Desk) -> None:
    """The merged one runs from the first word to the last, and split again it is two."""
    look(desk)("merge", 2, 1, "One thing.")
    (one,) = state(desk)[1]
    assert (one.number, one.begin, one.end) == (2, 0, len(WORDS))
    look(desk)("split", 2, 40, "Two, after all.")
    assert [(a.number, a.begin, a.end) for a in state(desk)[1]] == [(2, 0, 40), (3, 40, len(WORDS))]
    with pytest.raises(InvalidInputError, match="another assertion"):
        look(desk)("merge", 2, 2, "r")
    look(desk).decide(3, "no_error")
    with pytest.raises(ConflictError, match="closed"):
        look(desk)("merge", 2, 3, "r")


def test_what_was_merged_is_counted_once(desk: Desk) -> None:
    """The dashboard counts what a report asserts by now, not what it was first taken for."""
    look(desk)("merge", 2, 1, "One thing.")
    period = Period(desk.at - timedelta(days=1), desk.later(days=1))
    with desk.store.reading() as tx:
        assert sum(answered(tx, period, desk.at).kinds.values()) == 1


def test_only_the_last_step_is_taken_back_and_only_once(desk: Desk) -> None:
    """Whoever wants an earlier one back begins with the last."""
    look(desk)("take")
    look(desk)("sort", 1, "emphasis", "r")
    first, second = (step.id for step in steps(desk))
    with pytest.raises(ConflictError, match="not the last"):
        look(desk)("undo", first, "r", IMPRINT)
    look(desk)("undo", second, "r", IMPRINT)
    with pytest.raises(ConflictError, match="not the last"):
        look(desk)("undo", second, "r", IMPRINT)
    with pytest.raises(NotFoundError, match="no step 99"):
        look(desk)("undo", 99, "r", IMPRINT)
    look(desk)("undo", first, "r", IMPRINT)
    assert state(desk)[0].assigned_to is None


def test_reopening_is_taken_back_with_the_correction(desk: Desk) -> None:
    """An assertion that was corrected names its correction again."""
    with desk.store.writing() as tx:
        number = publish(tx, EDITH, Written(desk.article.id, "correction", "Tuesday."), desk.at).id
    look(desk).decide(1, "corrected", number)
    look(desk).decide(1, "investigating")
    assert state(desk)[1][0].correction is None
    with pytest.raises(ForbiddenError):
        look(desk, JOON).undo()
    look(desk).undo()
    assert (state(desk)[1][0].status, state(desk)[1][0].correction) == ("corrected", number)


def test_an_answer_that_was_not_sent_is_taken_back(desk: Desk) -> None:
    """Whoever closes by a slip and takes it back in time tells the reader nothing wrong."""
    look(desk).decide(1, "no_error")
    look(desk).decide(2, "no_error")
    look(desk).undo()
    look(desk).decide(2, "not_ours")
    with desk.store.writing() as tx:
        sent = []
        while letter := outbox.take(tx, desk.at):
            sent.append(letter.body or "")
    assert ["not about something" in body for body in sent] == [False, True]
    assert len(sent) == 2


def test_a_correction_stays_with_the_article_that_it_is_of(desk: Desk) -> None:
    """No report moves to another article while it says that this one was corrected."""
    other = desk.put(f"{URL}-2")
    with desk.store.writing() as tx:
        of = publish(tx, EDITH, Written(desk.article.id, "correction", "Tuesday."), desk.at).id
    look(desk).decide(1, "corrected", of)
    with pytest.raises(ConflictError, match="assertion 1 names a correction of another article"):
        look(desk)("place", other.id, "It is another.")


def test_a_late_step_overwrites_nothing(desk: Desk) -> None:
    """Of two who look at the same, the second is told who was faster."""
    look(desk, seen=0)("take")
    (seen,) = (step.id for step in steps(desk))
    look(desk, MARTA, seen).decide(1, "no_error")
    with pytest.raises(ConflictError, match="by marta meanwhile"):
        look(desk, EDITH, seen).decide(1, "not_ours")
    assert state(desk)[1][0].status == "no_error"


def test_a_proposal_that_was_taken_back_does_not_count(desk: Desk) -> None:
    """Where two editors are wanted, one whose word was taken back is none."""
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE outlets SET two_editors = true"))
    look(desk).decide(1, "no_error")
    look(desk).undo()
    look(desk, MARTA).decide(1, "no_error")
    assert state(desk)[1][0].status == "open"
    look(desk).decide(1, "no_error")
    assert state(desk)[1][0].status == "no_error"


def test_two_editors_mean_the_same_correction(desk: Desk) -> None:
    """Who names another one proposes anew."""
    with desk.store.writing() as tx:
        one, other = (
            publish(tx, EDITH, Written(desk.article.id, "correction", words), desk.at).id
            for words in ("Tuesday.", "Wednesday.")
        )
        tx.execute(text("UPDATE outlets SET two_editors = true"))
    look(desk).decide(1, "corrected", one)
    look(desk, MARTA).decide(1, "corrected", other)
    assert state(desk)[1][0].status == "open"
    look(desk).decide(1, "corrected", other)
    assert state(desk)[1][0].correction == other


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_deadline_lies_ahead_and_within_a_year(desk: Desk, days: int) -> None:
    """And it needs a reason."""
    with pytest.raises(InvalidInputError, match="'due'"):
        look(desk)("postpone", desk.at + timedelta(days=days), "r")
    with pytest.raises(InvalidInputError, match="'reason'"):
        look(desk)("postpone", desk.at + timedelta(days=9), " ")


def test_only_staff_of_the_outlet_is_given_a_report(desk: Desk) -> None:
    """Nobody else, by whatever name; and it can be given to nobody."""
    with desk.store.writing() as tx:
        staff.add(tx, "vera", "editor", "x", desk.at, ["valley"])
    for name in ("vera", "nobody", "<b>"):
        with pytest.raises(NotFoundError, match="nobody on the staff"):
            look(desk)("assign", name, "r")
    look(desk)("take")
    look(desk)("assign", "", "I am away.")
    assert state(desk)[0].assigned_to is None


def test_an_erased_report_can_still_be_closed(desk: Desk) -> None:
    """Nobody is told, and nothing of it is put back."""
    with desk.store.writing() as tx:
        erasure.report(tx, 1, "asked for", "ombud", desk.later(seconds=1))
    look(desk).decide(1, "withdrawn")
    look(desk).decide(2, "withdrawn")

    assert state(desk)[0].state == "answered"
    assert state(desk)[0].text is None
    assert faults(desk) == []
