"""What was decided on near-identical comments before, blind second rulings, and agreement."""

from datetime import datetime, timedelta

from writing import EDITH, JOON, MIRA, Desk

from ombud.case import Case
from ombud.moderation import consistency, rulings
from ombud.moderation.agreement import agreements, alpha, counted
from ombud.moderation.consistency import Earlier
from ombud.newsroom import Repeat, Staff
from ombud.store import Store, outlets, repeats, reviews
from ombud.store.periods import latest_days
from ombud.store.reviews import Opinion, Pair, drawn

TEXT = "The council should never have closed the bridge for two whole winters."
# Krippendorff 2011: two observers and binary data; four observers, twelve units and gaps.
TWO_OBSERVERS = ("0100000001", "1110010000")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def alike(desk: Desk, comment: int, text: str = TEXT) -> tuple[Earlier, ...]:
    """Return what the desk shows beside a comment."""
    with desk.store.reading() as tx:
        alike = repeats.alike(tx, Case(text), besides=comment)
        found = repeats.repeats(alike, None, "harbour", desk.at)
        return consistency.alike(tx, found, besides=comment)


def test_the_like_comes_with_what_was_decided(store: Store, at: datetime) -> None:
    """A near-identical comment is shown with the ruling that stands: by whom, by which clause."""
    desk = Desk(store, at)
    before = desk.send(TEXT)
    desk.rule(JOON, before.id)
    desk.rule(MIRA, before.id, "delete", "personal_attack")
    now = desk.send(f"{TEXT} Truly.")

    (found,) = alike(desk, now.id, now.text or "")

    assert (found.comment.id, found.state, found.by) == (before.id, "deleted", "mira")
    assert (found.clause, found.at) == ("personal_attack", desk.at - timedelta(seconds=1))
    assert 0.6 < found.likeness < 1


def test_a_comment_is_not_like_itself_and_other_outlets_stay_closed(
    store: Store, at: datetime
) -> None:
    """Neither the comment itself nor one of an outlet that is not theirs is shown."""
    desk = Desk(store, at)
    own, other = desk.send(TEXT), desk.send(TEXT)
    repeats = [Repeat(TEXT, 1.0, comment=own.id), Repeat(TEXT, 1.0, comment=other.id)]

    with store.reading() as tx:
        seen = consistency.alike(tx, repeats, besides=own.id, outlets=["harbour"])
        closed = consistency.alike(tx, repeats, besides=own.id, outlets=["hill"])

    assert [one.comment.id for one in seen] == [other.id]
    assert closed == ()


def test_a_share_is_drawn_the_same_every_time() -> None:
    """About the share asked for is drawn, always the same, and another one with another secret."""
    chosen = [number for number in range(10_000) if drawn("secret", number, 0.05)]

    assert 400 < len(chosen) < 600
    assert chosen == [number for number in range(10_000) if drawn("secret", number, 0.05)]
    assert chosen != [number for number in range(10_000) if drawn("other", number, 0.05)]
    assert set(chosen) < {number for number in range(10_000) if drawn("secret", number, 0.2)}


def waiting(store: Store, who: Staff, share: float = 1.0) -> list[int]:
    """Return the comments that somebody is asked to review."""
    with store.reading() as tx:
        return [one.id for one in reviews.waiting(tx, who, share, 20)]


def test_reviews_are_of_what_others_decided(store: Store, at: datetime) -> None:
    """Asked is about rulings of others, the latest first, once each; not about what is held."""
    desk = Desk(store, at)
    first, second, own = desk.approved("One thing."), desk.approved("Another."), desk.send("Mine.")
    desk.rule(MIRA, own.id, "delete", "threat")
    desk.send("Held.")
    undone = desk.send("Undone.")
    ruling = desk.rule(JOON, undone.id)
    with store.writing() as tx:
        rulings.undo(tx, JOON, ruling.id, desk.later(seconds=1))

    assert waiting(store, MIRA) == [second.id, first.id]
    assert waiting(store, JOON) == [own.id]
    assert waiting(store, Staff("far", "moderator", ("hill",))) == []
    with store.writing() as tx:
        rulings.second(tx, MIRA, second.id, rulings.Verdict("approve"), [], desk.at)
    assert waiting(store, MIRA) == [first.id]
    assert waiting(store, EDITH) == [own.id, first.id]


def test_a_review_does_not_tell_what_was_ruled(store: Store, at: datetime) -> None:
    """What a second moderator sees is the same whether a comment was approved or deleted."""
    desk = Desk(store, at)
    comment = desk.send("One thing.")
    desk.rule(JOON, comment.id, "approve")
    with store.reading() as tx:
        before = reviews.waiting(tx, MIRA, 1.0, 20)
    desk.rule(JOON, comment.id, "delete", "threat")
    with store.reading() as tx:
        after = reviews.waiting(tx, MIRA, 1.0, 20)

    assert before == after != ()


def test_ruling_again_changes_nothing_about_the_draw(store: Store, at: datetime) -> None:
    """Whether a comment is reviewed hangs on its first ruling alone."""
    desk = Desk(store, at)
    comments = [desk.approved(f"Comment {number}.") for number in range(40)]
    with store.writing() as tx:
        outlets.secret(tx, "readers")
    before = waiting(store, MIRA, 0.2)
    for comment in comments:
        desk.rule(JOON, comment.id, "delete", "threat")

    assert 0 < len(before) < 20
    assert sorted(waiting(store, MIRA, 0.2)) == sorted(before)


def test_pairs_hold_the_ruling_that_stood(store: Store, at: datetime) -> None:
    """A blind opinion is set beside the ruling that stood when it was given."""
    desk = Desk(store, at)
    comment = desk.send("One thing.")
    desk.rule(JOON, comment.id, "delete", "threat")
    wrong = desk.rule(JOON, comment.id, "approve")
    with store.writing() as tx:
        rulings.undo(tx, JOON, wrong.id, desk.later(seconds=1))
        verdict = rulings.Verdict("delete", "hate")
        rulings.second(tx, MIRA, comment.id, verdict, ["hate"], desk.later(seconds=1))
    desk.rule(EDITH, comment.id, "approve")

    with store.reading() as tx:
        found = reviews.pairs(tx, latest_days(1, desk.at))
        before = reviews.pairs(tx, latest_days(1, desk.at - timedelta(days=1)))

    opinion = Opinion("delete", "hate")
    assert found == [Pair(comment.id, Opinion("delete", "threat"), (opinion,))]
    assert before == []


def test_alpha_is_what_its_author_reckons() -> None:
    """The examples that Krippendorff worked by hand come out as he says."""
    two = [list(unit) for unit in zip(*TWO_OBSERVERS, strict=True)]
    four = [[one for one in unit if one != "."] for unit in zip(*FOUR_OBSERVERS, strict=True)]

    assert round(float(alpha(counted(two))[0]), 3) == 0.095
    assert round(float(alpha(counted(four))[0]), 3) == 0.743


def pair(number: int, first: str | None, second: str | None) -> Pair:
    """Return two opinions of a comment, each by the clause that it deletes by."""
    ruling, blind = (
        Opinion("delete" if clause else "approve", clause) for clause in (first, second)
    )
    return Pair(number, ruling, (blind,))


def test_agreement_is_told_by_clause_and_over_all() -> None:
    """Two who agree on deleting but not on the clause agree over all, and not about the clauses."""
    pairs = [pair(n, None, None) for n in range(20)] + [
        pair(n, "hate", "threat" if n % 2 else "hate") for n in range(20, 40)
    ]

    over_all, hate, threat = agreements(pairs)

    assert (over_all.rule, over_all.alpha, over_all.comments) == (None, 1.0, 40)
    assert (hate.rule, hate.cited, threat.cited) == ("hate", 20, 10)
    assert hate.alpha is not None
    assert hate.low is not None
    assert hate.high is not None
    assert hate.low < hate.alpha < hate.high < 1
    assert threat.alpha is not None
    assert threat.alpha < 0
    assert agreements(pairs) == (over_all, hate, threat)


def test_too_few_opinions_say_so() -> None:
    """Where there is too little to tell there is no figure, and a reason for it."""
    few = agreements([pair(n, None, None) for n in range(3)])
    rare = agreements([pair(n, "hate" if n == 0 else None, None) for n in range(30)])
    same = agreements([pair(n, None, None) for n in range(30)])

    assert [one.alpha for one in (*few, *same, rare[1])] == [None, None, None]
    assert few[0].reason == "too few comments were reviewed: 3; it takes 20"
    assert rare[1].reason == "cited for too few comments: 1; it takes 5"
    assert "everybody said the same" in same[0].reason


def test_what_the_policy_decided_alone_has_no_name(store: Store, at: datetime) -> None:
    """Where nobody ruled there is nobody to name, and the time is that of the state."""
    alone = Earlier(Desk(store, at).approved(TEXT), 1.0, None)

    assert (alone.by, alone.clause, alone.at) == (None, None, alone.comment.state_at)
