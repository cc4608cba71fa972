"""Sketches and likeness: what is the same, what is not, and what never changes."""

import hashlib
import random

import pytest

from ombud import Case
from ombud.repeats import likeness, meanings, sketch, sketch_of

LINE = "save the millbrook line now write to your councillor before friday"
OTHER = "my councillor answered within the hour which i did not expect at all of him"


def test_keys_never_change() -> None:
    """Databases hold keys for years: other ones would find, and erase, nothing of what is there."""
    drawn = sketch_of(LINE)
    written = repr((drawn.digest, drawn.kept, drawn.asked))

    assert hashlib.sha256(written.encode()).hexdigest()[:16] == "b507246f1d7466fc"


def test_a_sketch_is_small_whatever_the_text() -> None:
    """At most thirty keys are kept of a text, and sixty-four asked for."""
    for text in (
        LINE,
        "word " * 5000,
        " ".join(f"word{n}" for n in range(5000)),
        "one two six ten",
    ):
        drawn = sketch(Case(text))
        assert drawn is not None
        assert len(drawn.kept) <= 30
        assert len(drawn.asked) <= 64
        assert {*drawn.kept} <= {*drawn.asked}
        assert all(-(2**63) <= key < 2**63 for key in (drawn.digest, *drawn.kept))


def test_what_is_written_without_spaces_is_not_short() -> None:
    """A sentence of one long word can be repeated too."""
    line = "渡轮今天早上又晚点了没有人说明原因而且每个星期都是这样" * 2
    drawn = sketch(Case(line))
    assert drawn == sketch(Case(f"{line}。"))
    assert drawn is not None
    assert drawn.kept


@pytest.mark.parametrize("text", ["", "Agreed.", "a", "!" * 50, "\U0001f600" * 9, "a" * 20_000])
def test_short_texts_have_no_sketch(text: str) -> None:
    """What has hardly a word is the same as too many others by chance."""
    assert sketch(Case(text)) is None


def test_common_words_make_no_keys_where_there_are_others() -> None:
    """Two comments that share nothing but the most frequent words do not meet."""
    common = "it is not that i would have the same of all but for"
    one = sketch_of(f"{common} bridges rebuilt gravel settles quarry lorries thunder dusty lanes")
    other = sketch_of(f"{common} mayors puppets orchestra violins tickets velvet chairs balcony")

    assert not {*one.kept} & {*other.asked}


def test_a_copy_without_some_words_meets_the_text() -> None:
    """Whichever quarter of the words is left out, some key stays."""
    chance = random.Random(1)  # noqa: S311  # repeatable
    words = f"{LINE} because nobody else will speak for the valley".split()
    kept = {*sketch_of(" ".join(words)).kept}
    for _ in range(200):
        gone = chance.sample(range(len(words)), len(words) // 4)
        left = " ".join(word for place, word in enumerate(words) if place not in gone)
        assert kept & {*sketch_of(left).asked}


@pytest.mark.parametrize(
    ("copy", "least"),
    [
        (LINE, 1.0),
        ("before friday write to your councillor save the millbrook line now", 0.9),
        (f"folks this matters more than anything {LINE}", 0.94),
        (f"{LINE} and thank you all for reading what i have to say about it", 0.94),
        ("save millbrook line now write your councillor friday", 0.8),
        ("sav the milbrook linee now wriet to your councilor befor friday", 0.85),
    ],
)
def test_changed_copies_are_alike(copy: str, least: float) -> None:
    """Order, additions, omissions and slips of the pen cost little."""
    assert least <= likeness(LINE, copy, 0.6) <= 1
    assert likeness(copy, LINE, 0.6) == likeness(LINE, copy, 0.6)


def test_a_part_of_a_long_comment_is_no_copy_of_it() -> None:
    """Who quotes a line to say much more about it repeats nothing."""
    assert likeness(LINE, f"{LINE} {OTHER} {OTHER} {OTHER}", 0.6) < 0.8
    assert likeness("i agree with you", f"i agree with you {OTHER}", 0.6) < 0.6


def test_another_comment_is_not_alike() -> None:
    """What shares a word or two is as different as what shares none."""
    assert likeness(LINE, OTHER, 0.6) == 0


def test_the_longest_texts_are_compared() -> None:
    """Texts as long as a comment may be are the same, or not."""
    long = " ".join(f"word{number}" for number in range(700))

    assert likeness(long, f"{long} more", 0.6) > 0.99
    assert likeness(long, long.replace("word", "term"), 0.6) == 0


def test_meaning_knows_other_words() -> None:
    """What is said in other words is closer in meaning than what is about something else."""
    said = "the mayor must resign over the ferry contract"
    same, about, other = meanings(
        said,
        ["our mayor should quit because of that ferry deal", "the ferry was late today", OTHER],
    )

    assert same > about > other >= 0
    assert meanings(said, [said]) == [pytest.approx(1, abs=0.001)]
    assert meanings(said, []) == []
