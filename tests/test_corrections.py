"""The corrections desk: nothing gets lost, nothing closes by itself, and readers are told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from reporting import (
    MARTA,
    VERA,
    WORDS,
    decide,
    desk,
    faults,
    known,
    letters,
    published,
    report,
)
from writing import EDITH, JOON, URL, Desk, decided, found

from ombud.corrections.investigating import Inquiry
from ombud.corrections.publishing import Written, publish
from ombud.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OmbudError,
)
from ombud.moderation.sent import Guest
from ombud.newsroom import Article
from ombud.policy import Action
from ombud.store import (
    articles,
    comments,
    inquiries,
    outbox,
    outlets,
    reports,
)
from ombud.store.answered import answered
from ombud.store.log import Deed
from ombud.store.periods import Period
from ombud.web.coral_report import enter_all, opening

__all__ = ["desk"]


def test_a_comment_opens_a_report_whatever_becomes_of_it(desk: Desk) -> None:
    """Also one that another clause deletes: its words are parted, and its reader is known."""
    decision = decided(found("correction_request"), found("profanity", Action.DELETE))
    comment = desk.send(WORDS, Guest("Ada", "ada@example.org"), decision)

    with desk.store.reading() as tx:
        number = reports.of_comment(tx, comment.id)
    assert number is not None
    one, assertions = known(desk, number)
    assert (one.source, one.text, one.email) == ("comment", WORDS, "ada@example.org")
    assert [one.kind for one in assertions] == ["fact", "spelling"]


def test_a_report_of_the_form_is_acknowledged_once(desk: Desk) -> None:
    """Sent again under its key it is the same report, and the reader gets one letter."""
    number = report(desk, key="k1")

    assert report(desk, key="k1") == number
    with pytest.raises(ConflictError, match="another report"):
        report(desk, "It was a Friday.", key="k1")
    ((kind, body),) = letters(desk, number)
    assert kind == "acknowledgement"
    assert f"number {number}" in body
    assert "> The vote was on Tuesday, not on Monday." in body


def test_an_unknown_article_is_kept_in_the_words(desk: Desk) -> None:
    """What the reader gave stays with the report, and an editor says which article it is."""
    number = report(desk, article="https://harbour.example/print/7")

    one, _ = known(desk, number)
    assert (one.article, (one.text or "").splitlines()[-1]) == (
        None,
        "https://harbour.example/print/7",
    )
    with desk.store.writing() as tx:
        Inquiry(tx, JOON, number, desk.at).place(desk.article.id, "It is this one.")
    assert known(desk, number)[0].article == desk.article.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": " "},
        {"words": "x" * 10_001},
        {"email": "ada"},
        {"email": "ada@example.org\nBcc: all@example.org"},
        {"name": "a" * 101},
    ],
)
def test_what_nobody_could_look_into_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    """The error names the field, and nothing is kept."""
    with pytest.raises(InvalidInputError, match=r"'(text|email|name)'"):
        report(desk, **wrong)
    with desk.store.reading() as tx:
        assert reports.one(tx, 1) is None


def test_a_report_is_answered_when_the_last_assertion_is_closed(desk: Desk) -> None:
    """Not before; then the reader is told what was found about each, once."""
    number = report(desk)
    correction = published(desk)
    decide(desk, number, 1, "investigating", JOON)
    assert known(desk, number)[0].state == "investigating"
    decide(desk, number, 1, "corrected", of=correction.id)
    assert known(desk, number)[0].state == "investigating"
    decide(desk, number, 2, "no_error")

    one, assertions = known(desk, number)
    assert (one.state, one.answered_at) == ("answered", desk.at)
    assert [one.status for one in assertions] == ["corrected", "no_error"]
    assert [kind for kind, _ in letters(desk, number)] == ["acknowledgement", "answer"]
    answer = letters(desk, number)[1][1]
    assert "It is corrected." in answer
    assert f"https://ombud.example/corrections/articles/{desk.article.id}" in answer
    with pytest.raises(ConflictError, match="already"):
        decide(desk, number, 2, "no_error")


def test_an_assertion_opens_again_and_the_reader_is_told_again(desk: Desk) -> None:
    """Whoever was told that there was no error hears of it when one is found after all."""
    number = report(desk, "The vote was on Tuesday.")
    decide(desk, number, 1, "no_error")
    decide(desk, number, 1, "investigating")
    assert known(desk, number)[0].answered_at is None
    decide(desk, number, 1, "corrected", of=published(desk).id)

    kinds = [kind for kind, _ in letters(desk, number)]
    assert kinds == ["acknowledgement", "answer", "answer"]


def test_nothing_is_corrected_without_a_correction(desk: Desk) -> None:
    """But a typo may be mended without one; a clarification is not a correction."""
    number = report(desk)
    with pytest.raises(InvalidInputError, match="'correction'"):
        decide(desk, number, 1, "corrected")
    with pytest.raises(InvalidInputError, match="there is no correction 9"):
        decide(desk, number, 1, "corrected", of=9)
    with pytest.raises(InvalidInputError, match="is a clarification"):
        decide(desk, number, 1, "corrected", of=published(desk, "clarification").id)

    assert decide(desk, number, 2, "corrected")


def test_who_may_do_what(desk: Desk) -> None:
    """Moderators investigate, editors close; of another outlet's reports nobody knows."""
    number = report(desk)

    with pytest.raises(ForbiddenError, match="editor"):
        decide(desk, number, 1, "no_error", JOON)
    with pytest.raises(NotFoundError, match=f"no report {number}"):
        decide(desk, number, 1, "no_error", VERA)
    with pytest.raises(NotFoundError, match="no assertion 7"):
        decide(desk, number, 7, "no_error")
    with pytest.raises(InvalidInputError, match="'status'"):
        decide(desk, number, 1, "rejected")


def test_two_editors_where_the_outlet_wants_them(desk: Desk) -> None:
    """The first proposes, only another one closes, and only with the same finding."""
    with desk.store.writing() as tx:
        outlets.changed(tx, replace(outlets.every(tx)[0], two_editors=True))
    number = report(desk, "The vote was on Tuesday.")

    assert not decide(desk, number, 1, "no_error")
    assert not decide(desk, number, 1, "no_error")
    assert not decide(desk, number, 1, "not_ours", MARTA)
    assert known(desk, number)[0].state == "investigating"
    assert decide(desk, number, 1, "not_ours", EDITH)
    assert known(desk, number)[0].state == "answered"


def test_editors_sort_split_and_add(desk: Desk) -> None:
    """Every change is a step with its reason, and what was asserted stays in the report's words."""
    number = report(desk)
    with desk.store.writing() as tx:
        inquiry = Inquiry(tx, JOON, number, desk.at)
        inquiry.take()
        inquiry.sort(1, "emphasis", "It is about the stress.")
        inquiry.split(1, 24, "Two things.")
        inquiry.add(reports.Asserted("spelling", 44, 78), "The name.")

    one, assertions = known(desk, number)
    words = [(one.text or "")[each.begin : each.end] for each in assertions]
    assert words[0] + words[2] == "The vote was on Tuesday, not on Monday."
    assert [each.kind for each in assertions] == ["emphasis", "spelling", "emphasis", "spelling"]
    with desk.store.reading() as tx:
        deeds = [step.deed for step in inquiries.steps_of(tx, number)]
    assert deeds == ["assigned", "kind", "split", "added"]
    assert one.assigned_to == JOON.by
    wrong: list[Any] = [
        lambda inquiry: inquiry.split(1, 0, "r"),
        lambda inquiry: inquiry.sort(1, "rumour", "r"),
        lambda inquiry: inquiry.sort(1, "fact", "  "),
        lambda inquiry: inquiry.add(reports.Asserted("fact", 5, 1000), "r"),
        lambda inquiry: inquiry.place(77, "r"),
    ]
    for deed in wrong:
        with desk.store.writing() as tx, pytest.raises(OmbudError):
            deed(Inquiry(tx, JOON, number, desk.at))


def test_what_is_overdue_comes_first(desk: Desk) -> None:
    """Also what nobody took up in time; what is answered comes last and is never overdue."""
    first, second, third = (report(desk, "The vote was on Tuesday.") for _ in range(3))
    decide(desk, first, 1, "no_error")
    with desk.store.writing() as tx:
        Inquiry(tx, JOON, second, desk.at).take()

    def listed(**passed: float) -> list[tuple[int, bool]]:
        at = desk.at + timedelta(**passed)
        with desk.store.reading() as tx:
            chosen = reports.listed(tx, reports.Choice(), None, at, 10)
            return [(one.id, one.overdue(at)) for one, _ in chosen]

    assert listed(days=1) == [(second, False), (third, False), (first, False)]
    assert listed(days=8) == [(third, True), (second, False), (first, False)]
    assert listed(days=22) == [(second, True), (third, True), (first, False)]


def test_a_correction_names_editions_that_there_are(desk: Desk) -> None:
    """The newest and the one before, where nothing is said; none that does not exist."""
    desk.put(URL, Article("Council closes the bridge", "It is closed for one winter.", "Marta"))

    correction = published(desk)
    assert (correction.before, correction.after) == (1, 2)
    with desk.store.writing() as tx:
        for wrong in (
            Written(desk.article.id, "correction", "t", after=3),
            Written(desk.article.id, "correction", " "),
            Written(desk.article.id, "retraction", "t"),
        ):
            with pytest.raises(InvalidInputError):
                publish(tx, EDITH, wrong, desk.at)
        with pytest.raises(NotFoundError):
            publish(tx, VERA, Written(desk.article.id, "correction", "t"), desk.at)


def test_letters_to_one_address_are_few(desk: Desk) -> None:
    """Somebody else's address in the form does not fill their box; every report is kept."""
    numbers = [report(desk) for _ in range(7)]

    with desk.store.reading() as tx:
        since = desk.at - timedelta(days=1)
        assert outbox.written_since(tx, "ada@example.org", "acknowledgement", since) == 5
        assert reports.one(tx, numbers[-1]) is not None
        assert articles.one(tx, desk.article.id) is not None
        assert comments.one(tx, 1) is None


def test_an_error_asserted_at_coral_opens_one_report(desk: Desk) -> None:
    """Its words are kept here, parted; the same comment again opens no other."""
    with desk.store.reading() as tx:
        outlet = outlets.every(tx)[0]
    deed = Deed(desk.at, "ombud", "coral_judged", "harbour")
    decision = decided(found("correction_request"))
    for said in (WORDS, WORDS, "Fine."):
        judged = decision if said == WORDS else decided()
        enter_all(desk.store, [(deed, opening(outlet, said, None, judged, desk.at))])

    one, parts = known(desk, 1)
    assert (one.source, one.text, len(parts)) == ("coral", WORDS, 2)
    with desk.store.reading() as tx:
        assert reports.one(tx, 2) is None
    assert faults(desk) == []


def test_how_the_desk_fares(desk: Desk) -> None:
    """Reports of the period by kind, the median of days to an answer, and what is late now."""
    for _ in range(3):
        report(desk)
    desk.later(days=2)
    decide(desk, 1, 1, "no_error")
    decide(desk, 1, 2, "corrected")
    desk.later(days=8)
    report(desk, "The headline is misleading.")
    with desk.store.reading() as tx:
        period = Period(desk.at - timedelta(days=30), desk.later(seconds=1))
        found = answered(tx, period, desk.at)
        elsewhere = answered(tx, replace(period, outlets=("valley",)), desk.at)

    assert (found.reports, found.answered, found.days) == (4, 1, 2.0)
    assert (found.waiting, found.overdue) == (3, 2)
    assert found.kinds == {"fact": 3, "spelling": 3, "emphasis": 1}
    assert (elsewhere.reports, elsewhere.waiting, elsewhere.days) == (0, 0, None)
