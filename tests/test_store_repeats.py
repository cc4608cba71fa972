"""Repeats in the store: what is found, of whom, what is forgotten, and how it is made anew."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from writing import Desk

from ombud import Case
from ombud.moderation.sent import Guest
from ombud.newsroom import Comment
from ombud.store import Store, erasure, rebuilding, repeats
from ombud.store.repeated import bands, copies, texts

TEXT = "The ferry timetable has not been kept for a single day since October, and nobody says why."
NEAR = TEXT.replace("October", "September").replace("single", "singel")
OTHER = "My councillor answered within the hour, which I did not expect at all."


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


def sent(desk: Desk, text: str, name: str = "Ada") -> Comment:
    """Send a comment, and enter it."""
    comment = desk.send(text, Guest(name))
    with desk.store.writing() as tx:
        rebuilding.rebuild(tx, comment.id, 100)
    return comment


def found(desk: Desk, text: str, **narrowed: object) -> list[tuple[int, list[int]]]:
    """Return the likeness in per cent of each text that is alike, and its copies."""
    with desk.store.reading() as tx:
        alike = repeats.alike(tx, Case(text), **narrowed)  # type: ignore[arg-type]
    return [(round(100 * one.likeness), [copy.id for copy in one.copies]) for one in alike]


def rows(desk: Desk) -> tuple[int, int, int]:
    """Count texts, keys and copies of texts."""
    with desk.store.reading() as tx:
        return tuple(  # type: ignore[return-value]
            tx.execute(select(func.count(column))).scalar_one()
            for column in (texts.c.id, bands.c.text, copies.c.text)
        )


def test_a_copy_is_found_whoever_wrote_it(desk: Desk) -> None:
    """The same text in other letters and signs is a repeat of likeness 1, the latest copy first."""
    one, two = sent(desk, TEXT), sent(desk, TEXT.upper(), "Bo")
    sent(desk, OTHER)

    assert found(desk, f"{TEXT}!!") == [(100, [two.id, one.id])]


def test_a_changed_copy_is_found_after_the_same_text(desk: Desk) -> None:
    """Texts come in the order of likeness."""
    near, same = sent(desk, NEAR), sent(desk, TEXT)

    (first, second) = found(desk, TEXT)
    assert first == (100, [same.id])
    assert second[1] == [near.id]
    assert 80 <= second[0] < 100


def test_copies_share_a_text_and_its_keys(desk: Desk) -> None:
    """However often the same is written, one row and one set of keys is kept of it."""
    sent(desk, TEXT)
    before = rows(desk)
    for name in "Bo", "Cy":
        sent(desk, TEXT, name)

    assert rows(desk) == (before[0], before[1], before[2] + 2)


def test_a_readers_own_copies_come_first(desk: Desk) -> None:
    """In a flood of others those of the reader asked for are still among those told."""
    own = sent(desk, TEXT)
    for number in range(30):
        desk.send(TEXT, Guest(f"Reader {number}"))
    sent(desk, OTHER)

    ((_, copies_),) = found(desk, TEXT, reader=own.reader, most=5)
    assert copies_[0] == own.id
    assert len(copies_) == 5


def test_the_comment_that_is_looked_at_is_no_copy_of_itself(desk: Desk) -> None:
    """Only the others of its text are told."""
    old, new = sent(desk, TEXT), sent(desk, TEXT, "Bo")

    assert found(desk, TEXT, besides=new.id) == [(100, [old.id])]


def test_a_clock_that_went_backwards_hides_nothing(desk: Desk) -> None:
    """A copy of an earlier time with a higher number is found."""
    sent(desk, TEXT)
    desk.later(days=-3)
    new = sent(desk, TEXT, "Bo")

    assert found(desk, TEXT)[0][1][0] == new.id


def test_short_comments_repeat_nothing(desk: Desk) -> None:
    """What everybody says is neither entered under keys nor found, and yet not missing."""
    for text in ("Well said!", "x", "\U0001f600" * 500, "..."):
        sent(desk, text)

    assert rows(desk) == (0, 0, 0)
    assert found(desk, "Well said!") == []
    with desk.store.reading() as tx:
        assert rebuilding.missing(tx) == 0


@pytest.mark.parametrize(
    "text",
    [
        "word " * 4000,
        " ".join(f"w{number}" for number in range(3000)),
        "a" * 20_000 + " and three more words",
        "هذا تعليق طويل عن الجسر القديم في المدينة",
        "half of \U0001f600 a face is \U0001f600 still a face",
    ],
)
def test_any_text_is_entered_and_found(desk: Desk, text: str) -> None:
    """Long, endless, right-to-left and gaudy comments are found like any other."""
    comment = sent(desk, text)

    assert found(desk, text) == [(100, [comment.id])]


def test_an_erased_comment_leaves_nothing(desk: Desk) -> None:
    """With its last copy a text goes, with every key; the copies of others stay until then."""
    one, two = sent(desk, TEXT), sent(desk, TEXT, "Bo")
    with desk.store.writing() as tx:
        erasure.comment(tx, one.id, "asked", "staff:joon", desk.at)
    assert found(desk, TEXT) == [(100, [two.id])]

    with desk.store.writing() as tx:
        erasure.comment(tx, two.id, "asked", "staff:joon", desk.at)
    assert found(desk, TEXT) == []
    assert rows(desk) == (0, 0, 0)
    with desk.store.reading() as tx:
        assert rebuilding.missing(tx) == 0


def test_what_is_missing_is_entered_in_steps(desk: Desk) -> None:
    """Rebuilding goes on where it was left, newest first, enters all once, and loses nothing."""
    for number in range(5):
        desk.send(f"{TEXT} {number}")
    with desk.store.writing() as tx:
        for table in (bands, copies, texts):
            tx.execute(table.delete())
        assert (rebuilding.missing(tx), rebuilding.unentered(tx)) == (5, 5)
        assert rebuilding.rebuild(tx, 5, 2) == 2
    assert [numbers for _, numbers in found(desk, TEXT)] == [[5], [4]]

    with desk.store.writing() as tx:
        assert rebuilding.unentered(tx) == 3
        assert rebuilding.unentered(tx, below=2) == 1
        assert [rebuilding.rebuild(tx, 5, 3), rebuilding.rebuild(tx, 5, 100)] == [1, 2]
        assert (rebuilding.missing(tx), rebuilding.unentered(tx)) == (0, None)
    assert len(found(desk, TEXT)) == 5


def test_two_rows_of_one_text_are_found_as_one(desk: Desk) -> None:
    """Replicas that entered the same text at the same moment lose none of its copies."""
    one = sent(desk, TEXT)
    desk.later(seconds=1)
    with desk.store.writing() as tx:
        tx.execute(texts.update().values(hash=0))
    two = sent(desk, TEXT, "Bo")
    with desk.store.writing() as tx:
        digest = tx.execute(select(texts.c.hash).where(texts.c.hash != 0)).scalar_one()
        tx.execute(texts.update().values(hash=digest))

    assert sorted(found(desk, TEXT)) == [(100, [one.id]), (100, [two.id])]


def test_what_a_rule_is_told(desk: Desk) -> None:
    """A copy is told with its number, its age, and whether the same account wrote it."""
    own = sent(desk, TEXT)
    sent(desk, TEXT, "Bo")
    with desk.store.reading() as tx:
        alike = repeats.alike(tx, Case(TEXT), reader=own.reader)

    told = repeats.repeats(alike, own.reader, own.outlet, own.created_at + timedelta(hours=1))
    assert [(one.comment, one.same_reader) for one in told] == [(own.id, True), (2, False)]
    assert told[0].age == timedelta(hours=1)
    assert {one.same_reader for one in repeats.repeats(alike, None, "harbour", desk.at)} == {None}


def test_of_a_flood_of_variants_the_latest_are_looked_at(desk: Desk) -> None:
    """Of each key the latest texts are looked at, and not more the more there are."""
    comment = sent(desk, TEXT)
    with desk.store.writing() as tx:
        keys = tx.execute(select(bands.c.key)).scalars().all()
        flood = [{"key": key, "text": number} for key in keys for number in range(2, 32)]
        tx.execute(bands.insert(), flood)
    assert [copies_ for _, copies_ in found(desk, NEAR)] == [[comment.id]]

    with desk.store.writing() as tx:
        flood = [{"key": key, "text": number} for key in keys for number in range(32, 102)]
        tx.execute(bands.insert(), flood)
    assert found(desk, NEAR) == []
    assert found(desk, TEXT) == [(100, [comment.id])]


def test_what_says_the_same_in_other_words_is_told_apart(desk: Desk) -> None:
    """A reworded comment is no repeat, and yet among those that say the same."""
    first = "The mayor must resign over the ferry contract!"
    again = "Who signs such a contract for a ferry should, if he is our mayor, be made to resign."
    comment = sent(desk, first)
    sent(desk, OTHER)

    assert found(desk, again) == []
    with desk.store.reading() as tx:
        (meant,) = repeats.reworded(tx, Case(again))
        assert repeats.reworded(tx, Case(first)) == []
    assert [copy.id for copy in meant.copies] == [comment.id]
    assert 0.65 <= meant.likeness < 1
