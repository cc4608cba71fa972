"""The shadow copy undoes disguises, and every place in it leads back to the original."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombud.text import Pattern, Span, fold, paragraphs, sentences, unveil, utf16_offsets, words

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
DISGUISES = st.lists(
    st.sampled_from(
        [*"aA1$@!. -_*\u200b\u0336\u0441\u043e\uff46\U0001d41f\u00ad\ud800\0\ufdfa", "a b c", "sss"]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("disguised", "meant"),
    [
        ("Fu\u0441k", "fuck"),
        ("\u0455hit today", "shit today"),
        ("\U0001d41f\U0001d42e\U0001d427", "fun"),
        ("\uff26\uff35\uff2e", "fun"),
        ("f\u0336u\u0336n\u0336", "fun"),
        ("f\u200bu\u2060n\u00ad", "fun"),
        ("s.h.o.u.t", "shout"),
        ("s h o u t", "shout"),
        ("5h1t b1tch", "shit bitch"),
        ("niiice", "nice"),
        ("caf\u00e9", "cafe"),
    ],
)
def test_disguises_are_undone(disguised: str, meant: str) -> None:
    """Look-alikes, invisible characters, spelling out, leet and elongation are read."""
    assert fold(disguised).text == meant


@pytest.mark.parametrize(
    "text",
    ["4th of may", "20mph on the a1", "e.g. this", "covid19", "привет, как дела", "γειά σου"],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    """Ordinals, units, abbreviations and sentences in other scripts stay as they are."""
    assert fold(text).text == unveil(text).text


def test_a_whole_sentence_in_another_script_is_not_read_as_latin() -> None:
    """A Russian sentence stays Russian also where every letter has a Latin look-alike."""
    assert fold("\u0441\u0430\u0440").text == "\u0441\u0430\u0440"


@given(st.one_of(ANY_TEXT, DISGUISES))
def test_folding_never_loses_its_map(text: str) -> None:
    """Every character of the copy comes from a range of the original; the ranges rise."""
    folded = fold(text)

    assert len(folded.text) == len(folded.begins) == len(folded.ends)
    assert all(0 <= b < e <= len(text) for b, e in zip(folded.begins, folded.ends, strict=True))
    assert list(folded.begins) == sorted(folded.begins)
    assert list(folded.ends) == sorted(folded.ends)


@given(ANY_TEXT)
def test_segments_are_exact_ranges(text: str) -> None:
    """Words, sentences and paragraphs rise, do not overlap, and hold no space at their ends."""
    for spans in (words(text), sentences(text), paragraphs(text)):
        assert all(first.end <= second.begin for first, second in pairwise(spans))
        assert all(span.quote(text) == span.quote(text).strip() != "" for span in spans)


@given(ANY_TEXT)
def test_sentences_keep_every_visible_character(text: str) -> None:
    """Together the sentences hold everything but white space."""
    kept = "".join(span.quote(text) for span in sentences(text))

    assert "".join(kept.split()) == "".join(text.split())


def test_sentences_end_at_marks_but_not_at_abbreviations() -> None:
    """A full stop after a title or an initial does not end a sentence."""
    text = "Mr. J. Hall came. Did he? He did!"

    assert [s.quote(text) for s in sentences(text)] == ["Mr. J. Hall came.", "Did he?", "He did!"]


def test_offsets_in_utf16_count_astral_characters_twice() -> None:
    """An emoji counts two; a combining mark counts one; the order given is kept."""
    assert utf16_offsets("a😀b\u0301c", [5, 0, 1, 2]) == [6, 0, 1, 3]


@given(ANY_TEXT)
def test_offsets_in_utf16_agree_with_the_encoder(text: str) -> None:
    """The offset of the end is the number of code units of the whole text."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2

    assert utf16_offsets(text, [len(text)]) == [units]


def test_patterns_match_whole_words_of_the_folded_text() -> None:
    """A pattern does not match inside words, and gives the range of the original."""
    text = "Moderation, and s-t-o-p it"

    assert Pattern("stop").search(fold(text)) == Span(16, 23)
    assert Pattern("mod").search(fold(text)) is None
