"""Near-duplicates: what counts as the same, whose it was, and what is forgotten."""

from collections.abc import Callable
from functools import partial

import pytest

from ombud import Case, Reader, Repeat
from ombud.repeats import Repeats

Steps = Callable[[Callable[[], object]], int]
SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."


def test_first_comment_repeats_nothing() -> None:
    """An empty index knows of no repeats."""
    assert Repeats().seen(Case(SLOGAN)) == ()


def test_copy_is_found_with_its_place() -> None:
    """The same text again is a repeat of likeness 1, with where it stood."""
    known = Repeats()
    known.seen(Case(SLOGAN), "Line to close")
    assert known.seen(Case(SLOGAN)) == (Repeat(SLOGAN, 1.0, where="Line to close"),)


@pytest.mark.parametrize(
    "variant",
    [
        SLOGAN.upper(),
        f"Yes!! {SLOGAN}",
        f"{SLOGAN} 7788",
        SLOGAN.replace("a", "\u0430"),
        SLOGAN.replace("Millbrook", "Mill\u200bbrook"),
    ],
)
def test_disguised_copy_is_found(variant: str) -> None:
    """Capitals, additions, look-alikes and invisible characters do not hide a copy."""
    known = Repeats()
    known.seen(Case(SLOGAN))
    (repeat,) = known.seen(Case(variant))
    assert repeat.likeness >= 0.8
    assert repeat.text == SLOGAN


def test_other_comment_is_no_repeat() -> None:
    """Another comment about the same thing is not alike."""
    known = Repeats()
    known.seen(Case(SLOGAN))
    assert not known.seen(Case("The old trains were slow and cold, and nobody will miss them."))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("Ada", "Ada", True), ("Ada", "Bo", False), ("Ada", None, None), (None, "Ada", None)],
)
def test_same_reader_is_told(first: str | None, second: str | None, same: bool | None) -> None:  # noqa: FBT001
    """Whether the reader is the same is known only if both names are."""
    known = Repeats()
    known.seen(Case(SLOGAN, author=Reader(first) if first else None))
    (repeat,) = known.seen(Case(SLOGAN, author=Reader(second) if second else None))
    assert repeat.same_reader is same


def test_short_comment_is_never_a_repeat() -> None:
    """Everybody says "well said", so it repeats nobody."""
    known = Repeats()
    known.seen(Case("Well said!"))
    assert known.seen(Case("Well said!")) == ()


def test_closest_comes_first() -> None:
    """Repeats are in the order of likeness."""
    known = Repeats()
    known.seen(Case(f"{SLOGAN} And tell your neighbours."))
    known.seen(Case(SLOGAN))
    likenesses = [repeat.likeness for repeat in known.seen(Case(SLOGAN))]
    assert likenesses == sorted(likenesses, reverse=True)
    assert likenesses[0] == 1.0


def test_oldest_is_forgotten() -> None:
    """An index that is full forgets what it has known longest."""
    known = Repeats(most=1)
    known.seen(Case(SLOGAN))
    known.seen(Case("The old trains were slow and cold, and nobody will miss them."))
    assert known.seen(Case(SLOGAN)) == ()


def test_copy_is_found_among_thousands() -> None:
    """A copy is found however many other comments were seen since."""
    known = Repeats()
    known.seen(Case(SLOGAN))
    for number in range(2000):
        known.seen(Case(f"Reader {number} thinks that platform {number * 7} needs {number} lamps."))
    assert any(repeat.likeness == 1.0 for repeat in known.seen(Case(SLOGAN)))


def test_same_comments_in_the_same_order_give_the_same_repeats() -> None:
    """What is found depends on nothing but what was seen."""
    texts = [f"{SLOGAN} {number}" for number in range(30)]
    one, other = Repeats(), Repeats()
    assert [one.seen(Case(text)) for text in texts] == [other.seen(Case(text)) for text in texts]


def test_every_copy_is_counted_and_whose_it_was() -> None:
    """Copies share an entry, and yet each is told, the reader's own ones as such."""
    known = Repeats()
    for place, name in enumerate(["Ada", "Bo", "Ada", "", "Ada"]):
        known.seen(Case(SLOGAN, author=Reader(name) if name else None), str(place))
    repeats = known.seen(Case(SLOGAN.upper(), author=Reader("Ada")))
    assert [repeat.where for repeat in repeats] == ["0", "1", "2", "3", "4"]
    assert [repeat.same_reader for repeat in repeats] == [True, False, True, None, True]
    assert {repeat.likeness for repeat in repeats} == {1.0}


def test_variants_tell_the_copies_of_each_other() -> None:
    """A text that is only alike finds every copy of the other text."""
    known = Repeats()
    for _ in range(3):
        known.seen(Case(SLOGAN))
    assert len(known.seen(Case(f"{SLOGAN} 77"))) == 3
    likenesses = [repeat.likeness for repeat in known.seen(Case(f"{SLOGAN} 77"))]
    assert (likenesses[0], len(likenesses)) == (1.0, 4)


def test_own_copy_is_told_in_a_flood_of_others() -> None:
    """However many others post the same text, a reader's own copies are among those told."""
    known = Repeats()
    for name in ["Ada", "Ada", *(f"Reader {number}" for number in range(500))]:
        known.seen(Case(SLOGAN, author=Reader(name)))
    repeats = known.seen(Case(SLOGAN, author=Reader("Ada")))
    assert len(repeats) == 20
    assert [repeat.same_reader for repeat in repeats].count(True) == 2


def test_copies_are_forgotten_one_by_one() -> None:
    """An index that is full forgets single copies, the oldest first, and at last the text."""
    known = Repeats(most=3)
    for place, name in enumerate(["Ada", "Bo", "Ada", "Bo"]):
        known.seen(Case(SLOGAN, author=Reader(name)), str(place))
    assert [r.where for r in known.seen(Case(SLOGAN, author=Reader("Ada")))] == ["1", "2", "3"]
    for number in range(3):
        known.seen(Case(f"Reader {number} thinks that platform {number * 7} needs more lamps."))
    assert known.seen(Case(SLOGAN)) == ()


def test_flood_is_forgotten_with_the_text() -> None:
    """Also of a flood nothing is left once as many other comments were seen as are remembered."""
    known = Repeats(most=30)
    for _ in range(50):
        known.seen(Case(SLOGAN))
    for number in range(29):
        known.seen(Case(f"Reader {number} thinks that platform {number * 7} needs more lamps."))
    assert SLOGAN in [repeat.text for repeat in known.seen(Case(SLOGAN))]
    for number in range(30):
        known.seen(Case(f"Visitor {number} says that lamp {number * 7} is broken once again."))
    assert known.seen(Case(SLOGAN)) == ()


def test_flood_of_one_text_costs_the_same_for_ever(steps: Steps) -> None:
    """The five hundredth copy takes as many steps as the fiftieth."""
    known = Repeats()
    counts = []
    for _ in range(500):
        case = Case(SLOGAN)
        assert case.words
        counts.append(steps(partial(known.seen, case)))
    assert counts[499] == counts[49]


def test_a_forgotten_comment_is_told_to_nobody() -> None:
    """What was erased is no repeat of anything any more; the same words of others still are."""
    known = Repeats()
    text = "The ferry timetable has not been kept for a single day since October."
    known.remember(Case(text, Reader("Ada")), comment=1)
    known.remember(Case(text, Reader("Bo")), comment=2)

    known.forget(1)

    assert [repeat.comment for repeat in known.alike(Case(text))] == [2]
    known.forget(2)
    assert known.alike(Case(text)) == ()
