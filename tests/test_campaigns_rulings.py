"""Campaigns: one ruling on all of it, step by step, and taking it back."""

from datetime import datetime

import pytest
from campaigning import OTHER, campaign_of, counted, one, rule, sent
from writing import CLAUSES, EDITH, JOON, MIRA, Desk

from ombud.errors import ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation import campaigns as moderation
from ombud.moderation import rulings
from ombud.moderation.rulings import Verdict
from ombud.newsroom import Staff
from ombud.store import Store, log, sweeps
from ombud.store import rulings as kept


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


def test_one_ruling_is_one_for_each_comment_and_is_taken_back_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each held comment gets its own ruling and entry, in steps; undoing restores them all."""
    monkeypatch.setattr(moderation, "STEP", 2)
    sent_ = [sent(desk, number) for number in range(5)]
    desk.rule(JOON, sent_[0].id)
    number = campaign_of(desk, sent_[0])
    swept = rule(desk, JOON, number, note="A round robin.")

    assert [ruling.comment for ruling in swept.ruled] == [comment.id for comment in sent_[1:]]
    assert {(r.clause, r.note, r.state_after) for r in swept.ruled} == {
        ("repetition", "A round robin.", "deleted")
    }
    with desk.store.reading() as tx:
        entries = [entry for comment in sent_ for entry in log.about(tx, comment.id)]
        [whole, single] = sweeps.sweeps(tx, number, None, 10)
    assert [entry.deed for entry in entries].count("ruled") == 5
    assert (whole.id, whole.comments, whole.action) == (swept.ruling, 4, "delete")
    assert single.comments == 1
    assert counted(one(desk, sent_[0])) == (5, 0, 5, 1)

    undone = taken_back(desk, number, swept.ruling or 0)
    assert len(undone) == 4
    assert counted(one(desk, sent_[0])) == (5, 4, 5, 1)
    with desk.store.reading() as tx:
        assert kept.standing(tx, [comment.id for comment in sent_]).keys() == {sent_[0].id}


def taken_back(desk: Desk, campaign: int, ruling: int) -> list[int]:
    """Take a ruling on a campaign back, step by step, and return the comments."""
    comments: list[int] = []
    past: int | None = 0
    while past is not None:
        with desk.store.writing() as tx:
            at = desk.later(seconds=1)
            step = moderation.undo(tx, JOON, campaign, ruling, at, past)
        past, comments = step.past, [*comments, *(one.comment for one in step.ruled)]
    return comments


def test_a_step_in_which_nothing_can_be_done_ends_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else holds is left alone, and whatever comes after it is taken back."""
    monkeypatch.setattr(moderation, "STEP", 2)
    sent_ = [sent(desk, number) for number in range(5)]
    number = campaign_of(desk, sent_[0])
    swept = rule(desk, JOON, number)
    with desk.store.writing() as tx:
        for comment in sent_[:2]:
            rulings.claim(tx, MIRA, comment.id, desk.at)

    assert taken_back(desk, number, swept.ruling or 0) == [comment.id for comment in sent_[2:]]
    assert counted(one(desk, sent_[0])) == (5, 3, 5, 1)


def test_what_came_since_is_left_to_another_ruling(desk: Desk) -> None:
    """A ruling is about what was there when it began; who goes on with it rules on no more."""
    sent_ = [sent(desk, number) for number in range(3)]
    number = campaign_of(desk, sent_[0])
    swept = rule(desk, JOON, number)
    sent(desk, 4)
    with desk.store.writing() as tx:
        again = moderation.rule(
            tx,
            JOON,
            number,
            Verdict("delete"),
            CLAUSES,
            at=desk.later(seconds=1),
            goes_on=swept.ruling,
        )

    assert again.ruled == ()
    assert counted(one(desk, sent_[0])) == (4, 1, 4, 1)


def test_what_others_hold_or_what_waits_for_an_editor_is_left_alone(desk: Desk) -> None:
    """A claim and an escalation keep a comment out of somebody else's ruling on everything."""
    sent_ = [sent(desk, number) for number in range(4)]
    with desk.store.writing() as tx:
        rulings.claim(tx, MIRA, sent_[0].id, desk.at)
        rulings.escalate(tx, MIRA, sent_[1].id, "Look.", desk.at)
    number = campaign_of(desk, sent_[0])

    assert [r.comment for r in rule(desk, JOON, number).ruled] == [sent_[2].id, sent_[3].id]
    assert [r.comment for r in rule(desk, EDITH, number).ruled] == [sent_[1].id]


def test_what_cannot_be_ruled_is_refused(desk: Desk) -> None:
    """The refusal says what was wrong, and nothing changes."""
    first, *_ = [sent(desk, number) for number in range(3)]
    number = campaign_of(desk, first)
    ruling = desk.rule(JOON, first.id, "delete", "repetition").id

    with pytest.raises(NotFoundError, match="there is no campaign 99"):
        rule(desk, JOON, 99)
    with pytest.raises(InvalidInputError, match="'action' is 'burn'"):
        rule(desk, JOON, number, "burn")
    with pytest.raises(InvalidInputError, match="no clause named 'x'"):
        rule(desk, JOON, number, clause="x")
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, MIRA, number, ruling)
    elsewhere = desk.rule(JOON, desk.send(OTHER).id, "delete", "repetition").id
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, JOON, number, elsewhere)
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, JOON, number, ruling, "shouting")
    with pytest.raises(ForbiddenError, match="is joon's; an editor can"):
        undoing(desk, MIRA, number, ruling)
    with pytest.raises(NotFoundError, match="there is no ruling"):
        undoing(desk, JOON, number, ruling + 99)
    assert counted(one(desk, first)) == (3, 2, 3, 1)


def going_on(desk: Desk, who: Staff, campaign: int, ruling: int, clause: str | None = None) -> None:
    """Go on with a ruling."""
    with desk.store.writing() as tx:
        verdict = Verdict("delete", clause)
        moderation.rule(tx, who, campaign, verdict, CLAUSES, at=desk.at, goes_on=ruling)


def undoing(desk: Desk, who: Staff, campaign: int, ruling: int) -> None:
    """Take a ruling on a campaign back."""
    with desk.store.writing() as tx:
        moderation.undo(tx, who, campaign, ruling, desk.at)
