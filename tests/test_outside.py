"""What moderators elsewhere conclude about a comment of ours stands beside our own rulings."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from suggested import rows
from writing import JOON, Desk

from ombud.moderation import outside
from ombud.newsroom import Ruling
from ombud.store import Store, comments, erasure, log, rulings
from ombud.store.suggestions import Suggested, comment_of


def suggest(
    store: Store,
    text: str,
    scores: dict[str, Any],
    at: datetime,
    outlets: tuple[str, ...] | None = None,
) -> None:
    """Keep a suggestion as Coral's key brings it."""
    suggested = Suggested(text, scores, None, ("en",), None, None, "p1", "m1", at, "key:coral")
    with store.writing() as tx:
        outside.keep(tx, suggested, outlets)


def ruled(store: Store, comment: int) -> list[Ruling]:
    """Return the rulings about a comment."""
    with store.reading() as tx:
        return rulings.about(tx, comment)


TOXIC = {"TOXICITY": {"summaryScore": {"value": 1}}}
FINE = {"TOXICITY": {"summaryScore": {"value": 0}}}


@pytest.mark.parametrize(
    ("scores", "action"),
    [
        ({"TOXICITY": {"summaryScore": {"value": 1}}}, "delete"),
        ({"TOXICITY": {"summaryScore": {"value": 0}}}, "approve"),
        ({"APPROVED": {"summaryScore": {"value": 1}}}, "approve"),
        ({"DELETED": {"summaryScore": {"value": 1}}}, "delete"),
        (
            {"APPROVED": {"summaryScore": {"value": 1}}, "SPAM": {"summaryScore": {"value": 1}}},
            "delete",
        ),
        ({"TOXICITY": {"spanScores": [{"begin": 0, "end": 3, "score": {"value": 1}}]}}, None),
    ],
)
def test_a_suggestion_about_our_comment_is_a_ruling_from_outside(
    store: Store, at: datetime, scores: dict[str, Any], action: str | None
) -> None:
    """The desk sees what was ruled elsewhere; the comment's state stays, and the chain is whole."""
    desk = Desk(store, at)
    comment = desk.send("Sure, call them that.")
    suggest(store, comment.text or "", scores, at)

    [row] = rows(store)
    assert row["comment"] == comment.id
    with store.reading() as tx:
        found = rulings.about(tx, comment.id)
        assert comments.one(tx, comment.id) == comment
        assert not list(log.broken(tx))
        entered = [entry.deed for entry in log.about(tx, comment.id)]
    expected = [] if action is None else [("outside", action, "key:coral", "held", "held")]
    assert [
        (one.kind, one.action, one.by, one.state_before, one.state_after) for one in found
    ] == expected
    assert entered == ["sent", *["ruled_outside"] * len(expected)]


def test_the_same_word_from_outside_is_one_ruling(store: Store, at: datetime) -> None:
    """Feedback that is sent again adds no ruling; another word does."""
    comment = Desk(store, at).send("Sure, call them that.")
    for scores in (TOXIC, TOXIC, FINE, TOXIC):
        suggest(store, "Sure, call them that.", scores, at)

    assert [one.action for one in ruled(store, comment.id)] == ["delete", "approve", "delete"]
    assert len(rows(store)) == 4


def test_a_ruling_from_outside_is_no_ruling_that_holds(store: Store, at: datetime) -> None:
    """What our own moderator ruled holds, whatever comes from outside later."""
    desk = Desk(store, at)
    comment = desk.send("Sure, call them that.")
    own = desk.rule(JOON, comment.id)
    suggest(store, "Sure, call them that.", TOXIC, at)

    with store.reading() as tx:
        assert rulings.standing(tx, [comment.id]) == {comment.id: own}


def test_a_suggestion_finds_the_newest_comment_with_exactly_its_text(
    store: Store, at: datetime
) -> None:
    """Neither the same beginning nor the same length is enough, and odd texts find nothing."""
    desk = Desk(store, at)
    beginning = "This is how every one of these comments begins"
    texts = [f"{beginning}, one", f"{beginning}, two", f"{beginning}, three", f"{beginning}, two"]
    sent = [desk.send(written) for written in texts]

    with store.reading() as tx:
        assert comment_of(tx, texts[1]) == sent[3].id
        assert comment_of(tx, texts[0]) == sent[0].id
        others = (beginning, texts[1].upper(), "\0", "\ud800", "")
        assert [comment_of(tx, other) for other in others] == [None] * 5


def test_a_comment_is_found_by_its_text_from_an_index(store: Store) -> None:
    """With many comments none is read but those that begin alike."""
    plan = "EXPLAIN QUERY PLAN" if store.sqlite else "EXPLAIN"
    asked = "SELECT max(id) FROM comments WHERE beginning = 'x' AND text = 'x'"
    with store.reading() as tx:
        if not store.sqlite:
            tx.execute(text("SET LOCAL enable_seqscan = off"))
        assert "ix_comments_beginning" in str(tx.execute(text(f"{plan} {asked}")).all())


def test_a_key_of_one_outlet_says_nothing_about_another(store: Store, at: datetime) -> None:
    """A suggestion with a key that sees other outlets only is kept, and rules on nothing."""
    comment = Desk(store, at).send("Sure, call them that.")
    suggest(store, "Sure, call them that.", TOXIC, at, ("valley",))
    assert (ruled(store, comment.id), rows(store)[0]["comment"]) == ([], None)

    suggest(store, "Sure, call them that.", TOXIC, at, ("valley", "harbour"))
    assert [one.action for one in ruled(store, comment.id)] == ["delete"]


def test_erasing_a_comment_erases_what_was_suggested_about_it(store: Store, at: datetime) -> None:
    """The text goes wherever it stands, also where it came before the comment; others stay."""
    desk = Desk(store, at)
    suggest(store, "Sure, call them that.", TOXIC, at)
    suggest(store, "Another text.", TOXIC, at)
    comment = desk.send("Sure, call them that.")
    suggest(store, "Sure, call them that.", TOXIC, at)
    with store.writing() as tx:
        erasure.comment(tx, comment.id, "asked for", "staff:edith", at)

    assert [row["text"] for row in rows(store)] == [None, "Another text.", None]
    assert [row["digest"] is None for row in rows(store)] == [True, False, True]
    assert [row["erased_at"] for row in rows(store)] == [at, None, at]
