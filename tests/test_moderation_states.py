"""Which state a comment begins in, what is kept with it, and what its reader hears."""

from datetime import datetime
from importlib.resources import files

import pytest
from writing import CLAUSES, JOON, URL, Desk, decided, found

from ombud.moderation import notices
from ombud.moderation.sent import Guest
from ombud.newsroom import Account, Mode, Ruling
from ombud.policy import Action, Decision
from ombud.store import Store, articles, comments, decisions, log, readers

DELETED = decided(found("hate", Action.DELETE, 0.99))
HELD = decided(found("shouting"))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


@pytest.mark.parametrize(
    ("mode", "decision", "state", "why"),
    [
        ("premoderate", decided(), "held", "Every comment waits"),
        ("premoderate", HELD, "held", "It says so."),
        ("premoderate", DELETED, "held", "It says so."),
        ("automatic", decided(), "held", "The reader is new"),
        ("automatic", HELD, "held", "It says so."),
        ("automatic", DELETED, "deleted", ""),
    ],
)
def test_the_first_comment_of_a_reader(
    store: Store, at: datetime, mode: Mode, decision: Decision, state: str, why: str
) -> None:
    """Nothing of a new reader is published by itself; what is surely against the policy goes."""
    comment = Desk(store, at, mode).send(decision=decision)

    assert comment.state == state
    assert why in comment.held_because
    assert bool(comment.held_because) == (state == "held")


def test_known_readers_are_published_at_once(store: Store, at: datetime) -> None:
    """After three approved comments the policy alone decides, in the automatic mode."""
    desk = Desk(store, at, "automatic")
    account = desk.account()
    desk.rule(JOON, 1)
    for _ in range(2):
        comment = desk.send(author=account)
        assert comment.state == "held"
        desk.rule(JOON, comment.id)

    assert desk.send(author=account).state == "approved"
    assert desk.send(author=account, decision=HELD).state == "held"
    with store.reading() as tx:
        article = articles.by_url(tx, URL)
    assert article is not None
    assert article.approved == 4


def test_readers_with_many_deletions_lately_wait(store: Store, at: datetime) -> None:
    """From three deletions in ten on comments wait, until enough were approved again."""
    desk = Desk(store, at, "automatic")
    account = desk.account()
    desk.rule(JOON, 1)
    for n in range(6):
        number = desk.send(author=account, decision=HELD).id
        desk.rule(JOON, number, "delete" if n % 2 else "approve", "shouting" if n % 2 else None)

    waits = desk.send(author=account)
    assert waits.state == "held"
    assert waits.held_because == "Many of this reader's latest comments were deleted."
    for _ in range(4):
        desk.rule(JOON, desk.send(author=account, decision=HELD).id)
    assert desk.send(author=account).state == "approved"


def test_an_article_has_a_mode_of_its_own(desk: Desk) -> None:
    """The mode of an article goes before its outlet's."""
    with desk.store.writing() as tx:
        articles.moderate(tx, desk.article.id, "automatic")
    assert desk.send(decision=DELETED).state == "deleted"


@pytest.mark.parametrize("mode", ["premoderate", "automatic"])
def test_the_staff_waits_for_nobody_but_the_policy(store: Store, at: datetime, mode: Mode) -> None:
    """What the staff writes is marked, published at once, and never deleted by itself."""
    desk = Desk(store, at, mode)
    with store.writing() as tx:
        account = Account(
            0, "harbour", "Edith", None, "1", staff=True, terms_version="1", joined_at=at
        )
        account = readers.joined(tx, account)

    published = desk.send(author=account)
    assert (published.state, published.staff) == ("approved", True)
    assert desk.send(author=account, decision=DELETED).state == "held"


def test_everything_is_kept_in_one_transaction(desk: Desk) -> None:
    """A comment stands with its decision, its entry and, of an error, its report."""
    decision = decided(found("correction_request"), found("shouting", certainty=0.6))
    comment = desk.send("It is the north bridge.", decision=decision)

    with desk.store.reading() as tx:
        kept = decisions.of(tx, [comment.id])[comment.id]
        (entry,) = log.about(tx, comment.id)
        reports = tx.exec_driver_sql("SELECT article, comment, state FROM reports").all()
    assert kept == decision
    assert (entry.by, entry.deed) == (f"reader:{comment.reader}", "sent")
    assert entry.facts["rules"] == ["correction_request", "shouting"]
    assert [tuple(row) for row in reports] == [(desk.article.id, comment.id, "open")]
    assert comment.certainty == 0.8
    assert 0 < comment.disagreement <= 0.5


def test_the_log_tells_nothing_of_readers(desk: Desk) -> None:
    """No text, no name and no address stands in the log, which nobody can erase."""
    comment = desk.send("A secret text.", Guest("Adalbert", "adalbert@x.example"), HELD, key="k")
    desk.rule(JOON, comment.id, "delete", "shouting")

    with desk.store.reading() as tx:
        written = repr(tx.exec_driver_sql("SELECT * FROM log").all()).lower()
    assert not [word for word in ("secret", "adalbert", "it says so") if word in written]


def test_one_that_is_changed_and_sent_anew_is_another(desk: Desk) -> None:
    """A deleted comment stays as it was; what its reader sends instead is a new one."""
    kept = desk.keep("CALL THEM THAT.", decision=HELD)
    desk.rule(JOON, kept.comment.id, "delete", "shouting")
    again = desk.send("Call them that.", kept.account)

    with desk.store.reading() as tx:
        first = comments.one(tx, kept.comment.id)
    assert first is not None
    assert (first.text, first.state) == ("CALL THEM THAT.", "deleted")
    assert (again.id, again.state, again.reader) == (kept.comment.id + 1, "held", kept.account.id)


def told(state: str, decision: Decision | None, ruling: Ruling | None = None) -> notices.Notice:
    """Return what a reader is told."""
    return notices.notice("Sure, call them that.", state, decision, ruling, CLAUSES)  # type: ignore[arg-type]


def test_a_notice_quotes_the_clause_and_marks_the_characters() -> None:
    """A held reader hears which published words were broken, why and where."""
    notice = told("held", decided(found("personal_attack")))

    (broken,) = notice.findings
    assert (broken.title, broken.clause) == CLAUSES["personal_attack"]
    assert (broken.why, broken.span.begin, broken.span.end) == ("It says so.", 0, 4)
    assert notice.summary == "A moderator will look at your comment."


def test_the_widget_has_words_of_its_own_for_every_notice() -> None:
    """Each code of a comment that was sent stands among the strings that a page may translate."""
    strings = (files("ombud.web") / "static/embed/strings.js").read_text(encoding="utf-8")
    sent = [code for code in notices.SENTENCES if not code.startswith("would_")]

    assert {"held", "passed_on"} < set(sent)
    for code in sent:
        assert f'  {code}: "{notices.SENTENCES[code]}",' in strings


def test_a_notice_of_a_deletion_quotes_what_the_moderator_cited(desk: Desk) -> None:
    """One clause is quoted: with the characters found of it, or else with the whole comment."""
    comment = desk.send("Sure, call them that.", decision=decided(found("personal_attack")))
    for clause, end in (("personal_attack", 4), ("hate", 21)):
        ruling = desk.rule(JOON, comment.id, "delete", clause)
        (broken,) = told("deleted", decided(found("personal_attack")), ruling).findings
        assert (broken.rule, broken.span.end) == (clause, end)
        assert broken.title == CLAUSES[clause][0]


def test_a_published_comment_has_nothing_against_it() -> None:
    """Who is published is told so, with thanks for a report of an error."""
    assert told("approved", HELD) == notices.Notice(("approved",))
    thanks = told("approved", decided(found("correction_request")))
    assert thanks.codes == ("approved", "passed_on")
    assert "passed on to the corrections desk" in thanks.summary
    assert told("held", None).findings == ()
