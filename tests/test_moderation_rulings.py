"""What moderators do: rule, take back, escalate, claim, pick, give a second opinion."""

from collections.abc import Callable
from datetime import datetime

import pytest
from writing import CLAUSES, EDITH, JOON, MIRA, URL, Desk, decided, found

from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation import rulings
from ombud.moderation.rulings import Verdict
from ombud.newsroom import Comment, Staff
from ombud.store import Store, articles, comments, erasure, log, queue
from ombud.store import rulings as kept

ELSEWHERE = Staff("sam", "admin", ("other",))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


def do(desk: Desk, deed: Callable[..., object], *given: object, **named: object) -> object:
    """Do something in a transaction of its own."""
    with desk.store.writing() as tx:
        return deed(tx, *given, desk.later(seconds=1), **named)


def now(desk: Desk, comment: Comment) -> Comment:
    """Return a comment as it is now."""
    with desk.store.reading() as tx:
        known = comments.one(tx, comment.id)
    assert known is not None
    return known


def undo(desk: Desk, who: Staff, ruling: int) -> object:
    """Take a ruling back."""
    return do(desk, rulings.undo, who, ruling)


def test_a_ruling_stands_with_its_clause_and_in_the_log(desk: Desk) -> None:
    """What was ruled, by whom, by which clause, from which state to which."""
    comment = desk.send(decision=decided(found("shouting")))
    ruling = desk.rule(JOON, comment.id, "delete", "hate")

    with desk.store.reading() as tx:
        assert kept.about(tx, comment.id) == [ruling]
        entry = log.about(tx, comment.id)[-1]
    assert (ruling.by, ruling.clause, ruling.kind) == ("staff:joon", "hate", "ruling")
    assert (ruling.state_before, ruling.state_after) == ("held", "deleted")
    assert (entry.by, entry.deed, entry.facts["ruling"]) == ("staff:joon", "ruled", ruling.id)
    assert now(desk, comment).state == "deleted"


def test_a_deletion_cites_the_strictest_clause_that_was_found(desk: Desk) -> None:
    """Without a clause the surest of what was found is cited; of nothing found, none."""
    decision = decided(found("shouting", certainty=0.6), found("personal_attack"))
    assert desk.rule(JOON, desk.send(decision=decision).id, "delete").clause == "personal_attack"
    assert desk.rule(JOON, desk.send().id, "delete").clause is None
    assert desk.rule(JOON, desk.send(decision=decision).id).clause is None


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict("publish"), "'action' is 'publish'; it can be approve or delete"),
        (Verdict("delete", "nonsense"), "no clause named 'nonsense'; there are: .*shouting"),
        (Verdict("delete", "hate", "x" * 2001), "'note' has 2001 characters; .* at most 2000"),
        (Verdict("delete", "hate", "nul \0"), "'note' holds the character"),
        (Verdict("delete", "hate", "half \ud800"), "'note' holds half of a character"),
    ],
)
def test_what_cannot_be_ruled_is_refused(desk: Desk, verdict: Verdict, said: str) -> None:
    """An unknown action or clause and a note that is none are named, and change nothing."""
    comment = desk.send()
    with pytest.raises(InvalidInputError, match=said):
        do(desk, rulings.rule, JOON, comment.id, verdict, CLAUSES)
    assert now(desk, comment) == comment


@pytest.mark.parametrize("who", [JOON, ELSEWHERE])
def test_nobody_rules_on_what_is_not_theirs_to_see(desk: Desk, who: Staff) -> None:
    """A comment of another outlet is as unknown as one that does not exist."""
    number = 999 if who is JOON else desk.send().id
    deeds = [
        (rulings.rule, number, Verdict("approve"), CLAUSES),
        (rulings.second, number, Verdict("approve"), CLAUSES),
        (rulings.escalate, number, "look"),
        (rulings.claim, number),
    ]

    for deed, *given in deeds:
        with pytest.raises(NotFoundError, match=f"there is no comment {number}"):
            do(desk, deed, who, *given)


def test_erased_comments_are_ruled_on_no_more(desk: Desk) -> None:
    """Of an erased comment nothing is left to judge; it waits for nobody."""
    comment = desk.send()
    with desk.store.writing() as tx:
        erasure.comment(tx, comment.id, "asked for", "ombud", desk.at)

    for deed, *given in (
        (rulings.rule, Verdict("approve"), CLAUSES),
        (rulings.second, Verdict("approve"), CLAUSES),
        (rulings.escalate, "look"),
        (rulings.claim,),
    ):
        with pytest.raises(ConflictError, match="was erased"):
            do(desk, deed, JOON, comment.id, *given)
    with desk.store.reading() as tx:
        assert queue.count(tx, queue.Wanted()) == 0


def test_taking_back_restores_what_was_before_step_by_step(desk: Desk) -> None:
    """A chain of rulings is unwound from its end; each step is a ruling of its own."""
    comment = desk.send()
    first = desk.rule(JOON, comment.id, "delete", "hate")
    second = desk.rule(JOON, comment.id)
    with pytest.raises(ConflictError, match="does not hold any more"):
        undo(desk, JOON, first.id)

    undo(desk, JOON, second.id)
    assert now(desk, comment).state == "deleted"
    back = undo(desk, JOON, first.id)
    assert now(desk, comment).state == "held"
    for gone in (first.id, second.id, back.id):  # type: ignore[attr-defined]
        with pytest.raises(ConflictError, match="does not hold any more"):
            undo(desk, JOON, gone)
    third = desk.rule(MIRA, comment.id)
    with desk.store.reading() as tx:
        assert kept.standing(tx, [comment.id]) == {comment.id: third}
        assert [one.action for one in kept.about(tx, comment.id)] == [
            *("delete", "approve", "undo", "undo", "approve"),
        ]


def test_only_an_editor_takes_back_what_another_ruled(desk: Desk) -> None:
    """A moderator takes back their own; an editor anybody's; nobody one that is not there."""
    comment = desk.send()
    ruling = desk.rule(JOON, comment.id)
    with pytest.raises(ForbiddenError, match="this ruling is joon's; an editor can"):
        undo(desk, MIRA, ruling.id)
    with pytest.raises(NotFoundError, match="there is no ruling 99"):
        undo(desk, EDITH, 99)

    undo(desk, EDITH, ruling.id)
    assert now(desk, comment).state == "held"


def test_counts_follow_every_ruling(desk: Desk) -> None:
    """The article and the thread above count what is approved, and no more once it is not."""
    root = desk.approved("Root.")
    middle = desk.approved("Middle.", parent=root.id)
    leaf = desk.approved("Leaf.", parent=middle.id)

    def counts() -> tuple[int, int, int]:
        with desk.store.reading() as tx:
            article = articles.by_url(tx, URL)
        assert article is not None
        return article.approved, now(desk, root).answers, now(desk, middle).answers

    assert counts() == (3, 2, 1)
    ruling = desk.rule(JOON, leaf.id, "delete", "hate")
    assert counts() == (2, 1, 0)
    undo(desk, JOON, ruling.id)
    desk.rule(JOON, leaf.id)
    assert counts() == (3, 2, 1)
    do(desk, rulings.escalate, JOON, middle.id, "sure?")
    assert counts() == (2, 1, 1)


def test_an_escalated_comment_is_an_editors(desk: Desk) -> None:
    """It is held, with the word of why; a moderator does not rule on it, an editor does."""
    comment = desk.send()
    for note in ("", " \n"):
        with pytest.raises(InvalidInputError, match="'note' is empty"):
            do(desk, rulings.escalate, JOON, comment.id, note)
    do(desk, rulings.escalate, JOON, comment.id, "Is this libel?")

    assert (now(desk, comment).state, now(desk, comment).escalated) == ("held", True)
    with pytest.raises(ForbiddenError, match="waits for an editor"):
        desk.rule(JOON, comment.id)
    ruling = desk.rule(EDITH, comment.id)
    assert not now(desk, comment).escalated

    undo(desk, EDITH, ruling.id)
    assert now(desk, comment).escalated


def test_who_escalated_may_take_it_back(desk: Desk) -> None:
    """The moderator who left a comment to an editor may think again, another may not."""
    comment = desk.send()
    left = do(desk, rulings.escalate, JOON, comment.id, "Is this libel?")
    with pytest.raises(ForbiddenError, match="waits for an editor"):
        undo(desk, MIRA, left.id)  # type: ignore[attr-defined]

    undo(desk, JOON, left.id)  # type: ignore[attr-defined]
    assert (now(desk, comment).state, now(desk, comment).escalated) == ("held", False)


def test_a_claim_keeps_others_away_until_it_ends(desk: Desk) -> None:
    """Others cannot claim it or rule on it; who holds it can; after five minutes all can."""
    comment = desk.send()
    do(desk, rulings.claim, JOON, comment.id)
    do(desk, rulings.claim, JOON, comment.id)
    for who in (MIRA, EDITH):
        with pytest.raises(ConflictError, match="joon is looking at this comment"):
            do(desk, rulings.claim, who, comment.id)
        with pytest.raises(ConflictError, match="joon is looking at comment"):
            desk.rule(who, comment.id)

    desk.later(minutes=6)
    do(desk, rulings.claim, MIRA, comment.id)
    with pytest.raises(ConflictError, match="mira is looking"):
        desk.rule(JOON, comment.id)
    desk.rule(MIRA, comment.id)
    assert now(desk, comment).claimed_by is None


def test_a_claim_is_let_go_by_who_holds_it(desk: Desk) -> None:
    """Letting go frees a comment at once; letting go of another's claim or of none does nothing."""
    comment = desk.send()
    do(desk, rulings.claim, JOON, comment.id)

    def let_go(who: Staff) -> tuple[str | None, str | None]:
        with desk.store.writing() as tx:
            outlet = rulings.release(tx, who, comment.id)
        return outlet, now(desk, comment).claimed_by

    assert let_go(MIRA) == (None, "staff:joon")
    assert let_go(JOON) == ("harbour", None)
    assert let_go(JOON) == (None, None)


def test_only_what_is_published_is_picked(desk: Desk) -> None:
    """A pick is an approved comment; one that is taken away is a pick no more."""
    comment = desk.send()
    with pytest.raises(ConflictError, match="is held; only approved comments"):
        do(desk, rulings.pick, EDITH, comment.id, picked=True)
    desk.rule(JOON, comment.id)
    for _ in range(2):
        do(desk, rulings.pick, EDITH, comment.id, picked=True)
    assert now(desk, comment).picked

    desk.rule(JOON, comment.id, "delete", "hate")
    assert not now(desk, comment).picked
    desk.rule(JOON, comment.id)
    assert not now(desk, comment).picked
    with desk.store.reading() as tx:
        assert [one.deed for one in log.about(tx, comment.id)].count("picked") == 1


def test_a_second_opinion_changes_nothing(desk: Desk) -> None:
    """It stands beside the ruling that holds, and comes from somebody else."""
    comment = desk.approved()
    with pytest.raises(ConflictError, match="you have ruled on this comment yourself"):
        do(desk, rulings.second, JOON, comment.id, Verdict("delete", "hate"), CLAUSES)
    opinion = do(desk, rulings.second, MIRA, comment.id, Verdict("delete", "hate"), CLAUSES)

    assert (opinion.kind, opinion.state_after) == ("blind", "approved")  # type: ignore[attr-defined]
    assert now(desk, comment).state == "approved"
    with desk.store.reading() as tx:
        assert kept.standing(tx, [comment.id])[comment.id].by == "staff:joon"


def test_programs_rule_under_their_own_name(desk: Desk) -> None:
    """A key stands in the log as a key, and sees the outlets that it is for."""
    key = Staff("cms", "moderator", ("harbour",), program=True)

    assert desk.rule(key, desk.send().id).by == "key:cms"


def test_a_ruling_that_comes_late_overturns_nobody(desk: Desk) -> None:
    """Who rules on what they saw held is told that a colleague was faster, and with what."""
    comment = desk.send("A bridge too far.")
    desk.rule(JOON, comment.id)
    late = rulings.Verdict("delete", "shouting", expected="held")

    with (
        desk.store.writing() as tx,
        pytest.raises(ConflictError, match="comment 1 is approved by now, by joon"),
    ):
        rulings.rule(tx, MIRA, comment.id, late, CLAUSES, desk.later(seconds=1))
