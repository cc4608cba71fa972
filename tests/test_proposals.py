"""Where an outlet wants two editors, nothing is public before the second one agrees."""

from datetime import UTC, datetime
from typing import Any

import pytest
from inquiring import IMPRINT, MARTA, desk, faults, look, state, steps
from reporting import letters
from sqlalchemy import text
from writing import EDITH, JOON, URL, Desk

from ombud.corrections import agreeing
from ombud.corrections.agreeing import Looked
from ombud.corrections.investigating import Inquiry, Verdict
from ombud.corrections.publishing import Written, publish
from ombud.errata import Correction, Proposal
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.newsroom import Article, Staff
from ombud.store import corrections, exporting, notices, proposals
from ombud.store.exporting import Scope

__all__ = ["desk"]
VERA = Staff("vera", "editor", ("valley",))


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Return a newsroom that wants two editors, with a report and a system that is told."""
    wants(desk, "true")
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE outlets SET webhook_url = 'https://cms.example/hook'"))
    return desk


def wants(desk: Desk, two: str) -> None:
    """Say whether the outlet wants two editors."""
    with desk.store.writing() as tx:
        tx.execute(text(f"UPDATE outlets SET two_editors = {two}"))


def propose(
    desk: Desk,
    words: str = "The vote was on Tuesday.",
    who: Staff = EDITH,
    **more: Any,  # noqa: ANN401
) -> Proposal:
    """Propose a correction."""
    with desk.store.writing() as tx:
        written = Written(desk.article.id, more.pop("kind", "correction"), words, **more)
        new = publish(tx, who, written, desk.later(seconds=1))
        assert isinstance(new, Proposal)
        return new


def agree(
    desk: Desk, number: int, who: Staff = MARTA, looked: Looked = agreeing.AS_PROPOSED
) -> Correction:
    """Agree to a proposal."""
    with desk.store.writing() as tx:
        return agreeing.agree(tx, who, number, desk.later(seconds=9), looked=looked)


def say(desk: Desk, number: int, who: Staff, status: str = "corrected") -> bool:
    """Say that an assertion is corrected, as is proposed."""
    with desk.store.writing() as tx:
        inquiry = Inquiry(tx, who, 1, desk.later(seconds=1))
        return inquiry.decide(1, Verdict(status, "So it is.", proposal=number), IMPRINT)


def public(desk: Desk) -> list[Correction]:
    """Return what is public, newest first."""
    with desk.store.reading() as tx:
        return corrections.of_article(tx, desk.article.id)


def told(desk: Desk) -> int:
    """Return of how much the outlet's own system is told."""
    with desk.store.reading() as tx:
        return len(notices.latest(tx, "harbour", 9))


def one(desk: Desk, number: int = 1) -> Proposal:
    """Return a proposal as it is kept."""
    with desk.store.reading() as tx:
        found = proposals.one(tx, number)
    assert found is not None
    return found


def deeds(desk: Desk) -> list[tuple[str, str]]:
    """Return who did what by the log, of corrections."""
    with desk.store.reading() as tx:
        asked = "SELECT deed, \"by\" FROM log WHERE deed LIKE '%corr%' OR deed LIKE 'proposal%'"
        return [(row[0], row[1]) for row in tx.execute(text(f"{asked} ORDER BY seq"))]


def test_nothing_is_public_before_the_second_editor_agrees(two: Desk) -> None:
    """The same press closes the assertion, makes it public from then on, and is in the log."""
    number = propose(two).id
    assert not say(two, number, EDITH)
    assert not say(two, number, EDITH)
    assert (public(two), told(two), state(two)[1][0].status) == ([], 0, "open")

    assert say(two, number, MARTA)
    (made,) = public(two)
    assert (made.by, made.published_at, made.text) == (
        MARTA.by,
        one(two).ended_at,
        "The vote was on Tuesday.",
    )
    assert made.published_at > one(two).at
    assert (one(two).outcome, one(two).correction) == ("published", made.id)
    assert (state(two)[1][0].status, state(two)[1][0].correction) == ("corrected", made.id)
    assert [(step.deed, step.correction, step.proposal) for step in steps(two)] == [
        ("proposed", None, number),
        ("proposed", None, number),
        ("status", made.id, number),
    ]
    assert told(two) == 1
    assert deeds(two) == [
        ("correction_proposed", EDITH.by),
        ("correction_published", MARTA.by),
        ("proposal_ended", MARTA.by),
    ]
    assert faults(two) == []


def test_letters_say_nothing_of_a_proposal(two: Desk) -> None:
    """The answer is written when the second editor closes the last assertion, and not before."""
    number = propose(two).id
    look(two).decide(2, "no_error")
    look(two, MARTA).decide(2, "no_error")
    say(two, number, EDITH)
    assert [kind for kind, _ in letters(two, 1)] == ["acknowledgement"]
    say(two, number, MARTA)
    assert "/corrections/articles/" in letters(two, 1)[1][1]


def test_nobody_agrees_to_their_own(two: Desk) -> None:
    """Neither alone nor after another spoke of the assertion; who may not see it, knows of none."""
    number = propose(two).id
    with pytest.raises(ForbiddenError, match="your own"):
        agree(two, number, EDITH)
    say(two, number, MARTA)
    with pytest.raises(ForbiddenError, match="your own"):
        say(two, number, EDITH)
    with pytest.raises(NotFoundError, match="no proposal 1"):
        agree(two, number, VERA)
    with pytest.raises(NotFoundError, match="no proposal 7"):
        agree(two, 7)
    assert public(two) == []
    agree(two, number)
    assert say(two, number, EDITH)
    assert len(public(two)) == 1


def test_a_moderator_closes_nothing(two: Desk) -> None:
    """Not with a proposal either."""
    with pytest.raises(ForbiddenError):
        say(two, propose(two).id, JOON)


def test_refused_and_withdrawn_it_can_be_proposed_anew(two: Desk) -> None:
    """The words stay with the reason, and neither is agreed to any more."""
    first = propose(two).id
    say(two, first, EDITH)
    with two.store.writing() as tx:
        with pytest.raises(InvalidInputError, match="'reason'"):
            agreeing.refuse(tx, MARTA, first, " ", two.at)
        with pytest.raises(ForbiddenError, match="withdraw it"):
            agreeing.refuse(tx, EDITH, first, "no", two.at)
        with pytest.raises(ForbiddenError, match="another editor's"):
            agreeing.withdraw(tx, MARTA, first, "", two.at)
        agreeing.refuse(tx, MARTA, first, "It was Wednesday.", two.at)
    for again in (agree, lambda desk, number: say(desk, number, MARTA)):
        with pytest.raises(ConflictError, match="refused"):
            again(two, first)
    assert (one(two).text, one(two).reason) == ("The vote was on Tuesday.", "It was Wednesday.")

    second = propose(two, "The vote was on Wednesday.").id
    with two.store.writing() as tx:
        agreeing.withdraw(tx, EDITH, second, "", two.at)
    third = propose(two, "The vote was on Wednesday.").id
    say(two, third, EDITH)
    assert say(two, third, MARTA)
    assert [each.text for each in public(two)] == ["The vote was on Wednesday."]
    assert faults(two) == []


def test_what_was_published_meanwhile_is_told(two: Desk) -> None:
    """The proposal stays; who has looked at it agrees, and what it replaces must still hold."""
    first, second = propose(two).id, propose(two, "The clerk is called Peltonen.").id
    made = agree(two, first)
    with pytest.raises(ConflictError, match=f"number {made.id} was published"):
        agree(two, second)
    assert one(two, second).outcome is None
    agree(two, second, looked=Looked(made.id))

    rivals = [propose(two, words, replaces=made.id).id for words in ("Monday.", "Sunday.")]
    newest = agree(two, rivals[0])
    with pytest.raises(ConflictError, match="replaced before"):
        agree(two, rivals[1], looked=Looked(newest.id))
    assert one(two, rivals[1]).outcome is None


def test_another_edition_meanwhile_is_told(two: Desk) -> None:
    """Who has looked at it agrees; the editions are those that were proposed."""
    number = propose(two).id
    two.put(URL, Article("Council closes the bridge", "It was on Tuesday.", "Marta"))
    with pytest.raises(ConflictError, match="edition 2, not 1"):
        agree(two, number)
    made = agree(two, number, looked=Looked(edition=2))
    assert (made.before, made.after) == (1, 1)


def test_a_proposal_is_of_this_article_and_kind(two: Desk) -> None:
    """And the same words do not wait twice."""
    number = propose(two).id
    with pytest.raises(InvalidInputError, match="is a correction"):
        say(two, number, EDITH, "clarified")
    with pytest.raises(ConflictError, match="proposed already"):
        propose(two)
    other = two.put(f"{URL}-2")
    look(two)("place", other.id, "It is another.")
    with pytest.raises(InvalidInputError, match="no proposal 1 of the article"):
        say(two, number, EDITH)


def test_the_setting_changes_nothing_of_before(desk: Desk) -> None:
    """What was published stays public, and what was proposed waits, also once it is off."""
    with desk.store.writing() as tx:
        before = publish(tx, EDITH, Written(desk.article.id, "correction", "On Monday."), desk.at)
    wants(desk, "true")
    number = propose(desk, seen=before.id).id
    assert public(desk) == [before]
    wants(desk, "false")
    assert public(desk) == [before]
    with pytest.raises(ForbiddenError, match="your own"):
        say(desk, number, EDITH)
    assert say(desk, number, MARTA)
    assert len(public(desk)) == 2


def test_taken_back_it_stays_public(two: Desk) -> None:
    """The assertion is open again, and closed with the same words nothing is published twice."""
    number = propose(two).id
    say(two, number, EDITH)
    say(two, number, MARTA)
    look(two, MARTA).undo()
    assert (state(two)[1][0].status, len(public(two))) == ("open", 1)
    assert say(two, number, MARTA)
    assert len(public(two)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("text = 'On Friday.'", "proposal 1 is not what was entered"),
        ("reason = 'none'", "proposal 1 is not what was entered"),
    ],
)
def test_the_log_is_checked_against_proposals(two: Desk, change: str, said: str) -> None:
    """Words and reasons that were changed behind our back are found; an export has them."""
    number = propose(two).id
    with two.store.writing() as tx:
        agreeing.withdraw(tx, EDITH, number, "A slip.", datetime(2026, 3, 3, tzinfo=UTC))
        drop = "DROP TRIGGER proposals_update"
        tx.execute(text(drop if two.store.sqlite else f"{drop} ON proposals"))
        tx.execute(text(f"UPDATE proposals SET {change}"))
    assert faults(two) == [said]
    with two.store.reading() as tx:
        kept = [row for row in exporting.rows(tx, Scope("harbour")) if row["kind"] == "proposal"]
        personal = {row["kind"] for row in exporting.rows(tx, Scope(address="ada@example.org"))}
    assert (len(kept), "proposal" in personal) == (1, False)


def test_what_is_made_clearer_need_not_have_changed(desk: Desk) -> None:
    """A clarification shows no change of the article unless an editor picks two editions."""
    desk.put(URL, Article("Council closes the bridge", "It was on Tuesday.", "Marta"))
    with desk.store.writing() as tx:
        plain = Written(desk.article.id, "clarification", "It is the old bridge.")
        made = publish(tx, EDITH, plain, desk.at)
        assert (made.before, made.after) == (2, 2)
        picked = Written(desk.article.id, "clarification", "It is old.", 1, 2, seen=made.id)
        assert publish(tx, EDITH, picked, desk.at).before == 1
