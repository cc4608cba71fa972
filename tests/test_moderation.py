"""Taking comments in: what is refused, what is known of a comment, and sending it again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from writing import BRIDGE, EDITH, JOON, URL, Desk, decided, found

from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation import submission
from ombud.moderation.known import Known
from ombud.moderation.sent import MAX_NAME, MAX_TEXT, Guest, Sent
from ombud.newsroom import Reader
from ombud.policy import Action
from ombud.store import Store, articles, comments, erasure, flags, log, outlets, readers, staff

DELETED = decided(found("hate", Action.DELETE, 0.99))
HELD = decided(found("shouting"))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


def prepared(desk: Desk, sent: Sent) -> submission.Prepared:
    """Prepare a comment."""
    with desk.store.reading() as tx:
        known = submission.prepare(tx, sent, Known(), desk.at)
    assert isinstance(known, submission.Prepared)
    return known


def given(text: str = "A fair decision.", **values: object) -> Sent:
    """Return a comment as it is sent."""
    sent = Sent(URL, text, Guest("Ada"), accept_terms=True)
    return replace(sent, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (given(""), "'text' is empty"),
        (given(" \n\t"), "'text' is empty"),
        (given("\u200b\u2060\ufeff\u3164"), "'text' is empty"),
        (given("x" * (MAX_TEXT + 1)), f"'text' has 20481 bytes of UTF-8; .* at most {MAX_TEXT}"),
        (given("é" * (MAX_TEXT // 2 + 1)), "'text' has 20482 bytes of UTF-8"),
        (given("x" * 1_000_000), "'text' has 1000000 bytes"),
        (given("nul \0"), r"'text' holds the character U\+0000"),
        (given("half \ud800"), "'text' holds half of a character, at 5"),
        (given(author=Guest("")), "'author.name' is empty"),
        (given(author=Guest("\u200b")), "'author.name' is empty"),
        (given(author=Guest("\u0301\u0302\u2800")), "'author.name' is empty"),
        (given(author=Guest("A" * 10_000)), f"'author.name' must have at most {MAX_NAME} char"),
        (given(author=Guest("A\nB")), "'author.name' must have .* in one line"),
        (given(author=Guest("A\u2028B")), "'author.name' must have .* in one line"),
        *(
            (given(author=Guest(f"Joon{sign}")), "none that turns the direction of writing")
            for sign in "\u061c\u200e\u200f\u202a\u202e\u2066\u2069"
        ),
        (given(author=Guest("A\0")), r"'author.name' holds the character U\+0000"),
        (given(author=Guest("\udfff")), "'author.name' holds half of a character, at 0"),
        (given(author=Guest("Ada", "no address")), "'author.email' must be an address such as"),
        (given(author=Guest("Ada", "a\0@b.example")), "'author.email' holds"),
        (given(author=Guest("Ada", f"{'a' * 320}@b.example")), "'author.email' must be"),
        (given(key=""), "an idempotency key must have 1 to 200 characters"),
        (given(key="k" * 201), "an idempotency key must have 1 to 200 characters"),
        (given(key="k\0"), r"'Idempotency-Key' holds the character U\+0000"),
        (given(accept_terms=False), "'accept_terms' must be true before the first comment"),
    ],
)
def test_what_cannot_be_a_comment_is_refused(desk: Desk, sent: Sent, said: str) -> None:
    """The field is named, with what it may hold; nothing is kept."""
    with pytest.raises(InvalidInputError, match=said):
        prepared(desk, sent)
    with desk.store.reading() as tx:
        assert log.last(tx) == 0


@pytest.mark.parametrize(
    "text",
    ["x" * MAX_TEXT, "<script>alert(1)</script>", "a\u202eb", "🜚" * 100, "\\u0000", "1\r\n2"],
)
def test_what_readers_write_is_kept_to_the_character(desk: Desk, text: str) -> None:
    """Markup, directions, rare characters: a text is a text, and nothing changes it."""
    kept = desk.send(text, Guest(text[:MAX_NAME].splitlines()[0].replace("\u202e", "")))

    with desk.store.reading() as tx:
        assert comments.one(tx, kept.id) == kept
    assert kept.text == text


@pytest.mark.parametrize("article", ["https://harbour.example/other", 99, "99", "", "9" * 30, -1])
def test_unknown_articles_are_not_found(desk: Desk, article: str | int) -> None:
    """No comment goes under an article that nobody entered."""
    with pytest.raises(NotFoundError, match="there is no such article here"):
        prepared(desk, given(article=article))


@pytest.mark.parametrize("article", [URL, 1, "1"])
def test_an_article_is_found_by_address_and_by_number(desk: Desk, article: str | int) -> None:
    """A number may also be written as a text, as in the address of a page."""
    assert prepared(desk, given(article=article)).article.url == URL


def test_a_closed_article_takes_nothing(desk: Desk) -> None:
    """Neither a closed article nor one of a closed outlet takes comments; the code says so."""
    with desk.store.writing() as tx:
        articles.moderate(tx, desk.article.id, "closed")
    with pytest.raises(ConflictError, match="takes no comments any more") as caught:
        prepared(desk, given())
    assert caught.value.code == "closed"


def test_answers_go_under_approved_comments_of_the_same_article(desk: Desk) -> None:
    """A parent that is held, deleted, erased, elsewhere or nowhere is not found."""
    elsewhere = desk.put(f"{URL}/2")
    held, deleted, erased = desk.send("Held."), desk.approved("Deleted."), desk.approved("Erased.")
    other = desk.approved("Elsewhere.", article=elsewhere.url)
    desk.rule(JOON, deleted.id, "delete", "shouting")
    with desk.store.writing() as tx:
        erasure.comment(tx, erased.id, "asked for", "ombud", desk.at)

    for parent in (held.id, deleted.id, erased.id, other.id, 999, -1):
        with pytest.raises(NotFoundError, match=f"there is no comment {parent} to answer"):
            prepared(desk, given(parent=parent))
    fine = desk.approved("Approved.")
    answer = desk.send("An answer.", parent=fine.id)
    assert (answer.parent, answer.root, answer.depth) == (fine.id, fine.id, 1)


def test_answers_nest_ten_deep(desk: Desk) -> None:
    """The tenth answer in a row is taken, an eleventh is not."""
    parent = desk.approved("The root.")
    for depth in range(1, 11):
        parent = desk.approved(f"Answer {depth}.", parent=parent.id)
    assert parent.depth == 10

    with pytest.raises(InvalidInputError, match="answers nest 10 deep at most"):
        prepared(desk, given(parent=parent.id))


def test_a_case_holds_what_is_known(desk: Desk) -> None:
    """Rules see the article, the parent, and whose names nobody else may sign with."""
    root = desk.approved("The bridge is old.", Guest("Bo"))
    account = desk.account("Cy")
    sent = given("I agree.", author=account, parent=root.id)
    with desk.store.writing() as tx:
        staff.add(tx, "joon", "moderator", "-", desk.at)
    with desk.store.reading() as tx:
        known = submission.prepare(tx, sent, Known(), desk.at)

    assert isinstance(known, submission.Prepared)
    case = known.case
    assert (case.article, case.parent, case.author) == (BRIDGE, root.text, Reader("Cy"))
    assert (case.staff, case.readers) == (("joon",), ("Bo",))


def test_repeats_are_found_among_earlier_comments(desk: Desk) -> None:
    """A comment that was kept is an earlier one for the next that is nearly the same."""
    text = "This bridge was a disgrace from the first day, and everybody knew it."
    desk.send(text)

    (repeat,) = prepared(desk, given(text)).case.repeats
    assert (repeat.comment, repeat.text) == (1, text)


def test_a_deleted_comment_may_be_changed_and_sent_anew(desk: Desk) -> None:
    """What was deleted of a reader is no repeat once it is changed, and still one unchanged."""
    account = desk.account()
    text = "This bridge was a disgrace from the first day, and everybody knew it."
    changed = text.replace("a disgrace", "a mistake")
    held = desk.send(text, author=account)

    assert prepared(desk, given(changed, author=account)).case.repeats
    desk.rule(JOON, held.id, "delete")
    assert prepared(desk, given(changed, author=account)).case.repeats == ()
    assert prepared(desk, given(text, author=account)).case.repeats


def test_the_terms_are_accepted_once_for_each_version(desk: Desk) -> None:
    """Who accepted the terms is not asked again until there are others."""
    account = desk.account()
    with desk.store.reading() as tx:
        known = readers.one(tx, account.id)
        outlet = outlets.one(tx, "harbour")
    assert known is not None
    assert outlet is not None
    assert prepared(desk, given(author=known, accept_terms=False))

    with desk.store.writing() as tx:
        outlets.changed(tx, replace(outlet, terms_version="2"))
    with pytest.raises(InvalidInputError, match="the terms are version 2") as caught:
        prepared(desk, given(author=known, accept_terms=False))
    assert caught.value.code == "terms_not_accepted"


def test_a_banned_reader_may_not_write_until_it_ends(desk: Desk) -> None:
    """The reader hears why and until when; afterwards, or once it is lifted, all is as before."""
    account = desk.account()
    with desk.store.writing() as tx:
        until = desk.at + timedelta(days=3)
        readers.ban(tx, account.id, "Insults.", EDITH.by, desk.at, until)
    with pytest.raises(ForbiddenError, match=r"cannot write until 01 December.* Insults") as caught:
        prepared(desk, given(author=account))
    assert caught.value.code == "suspended"

    desk.later(days=4)
    assert prepared(desk, given(author=account))
    with desk.store.writing() as tx:
        ban = readers.ban(tx, account.id, "Again.", EDITH.by, desk.at, None)
        readers.ban(tx, account.id, "Shorter.", EDITH.by, desk.at, desk.at + timedelta(days=1))
    with pytest.raises(ForbiddenError, match=r"cannot write for good: Again\."):
        prepared(desk, given(author=account))

    with desk.store.writing() as tx:
        readers.lift(tx, ban, EDITH.by, desk.at)
    with pytest.raises(ForbiddenError, match=r"Shorter\."):
        prepared(desk, given(author=account))


def test_readers_of_another_outlet_stay_there(desk: Desk) -> None:
    """An account of one outlet writes under no article of another."""
    account = desk.account()
    with desk.store.writing() as tx:
        outlets.opened(tx, "other", "The Other", desk.at)
    desk.put("https://other.example/1", outlet="other")

    with pytest.raises(ForbiddenError, match="belongs to another outlet"):
        prepared(desk, given(author=account, article="https://other.example/1"))


def test_the_same_key_is_the_same_comment(desk: Desk) -> None:
    """What is sent again under its key is what it became; another body or sender is not."""
    first = desk.keep("Once.", key="k")
    sent = given("Once.", key="k")
    with desk.store.reading() as tx:
        assert submission.prepare(tx, sent, Known(), desk.at) == first.comment
    for other in (replace(sent, text="Twice."), replace(sent, parent=1), replace(sent, article=1)):
        with pytest.raises(ConflictError, match="used with another comment"):
            prepared(desk, other)

    assert desk.send("Once.", Guest("Bo"), key="k").id == first.comment.id + 1


def test_a_key_outlives_neither_its_comment_nor_its_time(desk: Desk) -> None:
    """A key of an erased comment is forgotten with it, others when they are old."""
    kept = desk.send("Once.", key="k")
    desk.send("Also.", key="l")
    with desk.store.writing() as tx:
        erasure.comment(tx, kept.id, "asked for", "ombud", desk.at)
        assert flags.forget(tx, desk.at) == 0
        assert flags.forget(tx, desk.later(seconds=1)) == 1
        assert flags.sent_before(tx, [(given().sender, "k")]) == {}
