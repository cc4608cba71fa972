"""Folding and cutting a text take steps, and give results, in proportion to its length."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombud.lexicon.meant import mended
from ombud.text import (
    fold,
    folded_words,
    masked_chunks,
    paragraphs,
    sentences,
    unveil,
    words,
)

Steps = Callable[[Callable[[], object]], int]

# What the steps look at: separators, signs, marks, stops, look-alikes, runs, digits.
PIECES = st.lists(
    st.sampled_from(
        [
            *"aAes1$@!. -_*'\n\u200b\u0336\u0441\uff46\u2026)",
            "a b ",
            "Mr. ",
            "sss",
            "1st",
            "\U0001f600",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join)
WAYS = (
    fold,
    words,
    sentences,
    paragraphs,
    lambda text: folded_words(fold(text).text),
    lambda text: mended(fold(text), text),
)


@settings(deadline=None, max_examples=40)
@given(PIECES)
def test_four_times_the_text_takes_four_times_the_steps(steps: Steps, piece: str) -> None:
    """No repetition of a piece makes a walk over the text begin again and again."""
    for way in (*WAYS, lambda text: masked_chunks(unveil(text))):
        way(piece)
        few = steps(partial(way, piece * 20))
        many = steps(partial(way, piece * 80))
        assert many <= 4 * few + 40


def test_quadratic_walk_would_be_noticed(steps: Steps) -> None:
    """The count sees our lines: cutting a text once more for each of its parts breaks the bound."""

    def quadratic(text: str) -> None:
        for begin in range(0, len(text), 2):
            sentences(text[begin:])

    assert steps(lambda: quadratic("A. " * 80)) > 12 * steps(lambda: quadratic("A. " * 20))


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_results_are_bounded_by_the_text(text: str) -> None:
    """A character becomes four at most, and words, sentences and paragraphs share none."""
    assert len(fold(text).text) <= 4 * len(text)
    for spans in (words(text), sentences(text), paragraphs(text)):
        assert sum(span.end - span.begin for span in spans) <= len(text)


@pytest.mark.parametrize("first", [0x80, 0x400, 0x2100, 0xA000, 0xFF00, 0x1D400, 0x1F300])
def test_many_different_characters_take_no_more_steps_than_few(steps: Steps, first: int) -> None:
    """What a character stands for is worked out once, so later only their number counts."""
    many = "".join(map(chr, range(first, first + 250)))
    unveil(many)
    assert steps(partial(unveil, many)) <= steps(partial(unveil, "a\u0441"))


@pytest.mark.parametrize(
    "ends", ["\u4e00\u9fff", "\uac00\ud7a3", "\U00020000\U0002a6df", "\ue000\uf8ff"]
)
def test_ideographs_syllables_and_private_characters_stay(ends: str) -> None:
    """A character that stands for itself is the same in the shadow copy, wherever it stands."""
    text = f"a{ends[0]} {ends[1]}b"
    assert unveil(text).text == text
