"""Readers contradict what an article prints: its numbers, its names, its captions."""

import pytest

from ombud.lexicon.printed import contradicts, of_others

BRIDGE = "Harbour bridge opens\nThe 24-metre bridge by Paul Hendry opens on 4 May, the city said."


@pytest.mark.parametrize(
    "text",
    [
        "It opens on 14 May, not 4.",
        "The bridge is 42 metres long.",
        "It's Hendrey.",
        "Not in the map.",
    ],
)
def test_another_number_or_spelling_than_the_article_has_is_a_contradiction(text: str) -> None:
    """Numbers that count the same thing, names that are nearly the same, parts of a page."""
    assert contradicts(text, BRIDGE)


@pytest.mark.parametrize(
    "text", ["My flat is 42 metres long.", "Paul Hendry is the best.", "In 1987 it took longer."]
)
def test_other_numbers_and_the_same_names_contradict_nothing(text: str) -> None:
    """What readers tell of themselves, or of another thing, says nothing about the article."""
    assert not contradicts(text, BRIDGE)


def test_who_is_wrong_in_the_story_is_not_the_paper() -> None:
    """A reader who contradicts a minister does not contradict the article."""
    assert of_others("The minister is wrong about crime.")
    assert not of_others("The article is wrong about crime.")


def test_lone_surrogates_are_read_as_any_other_sign() -> None:
    """Half of a pair, as a broken client sends it, hides no contradiction and breaks nothing."""
    assert contradicts("\ud800 It opens on 14 May, not 4.", f"{BRIDGE} \udfff")
    assert of_others("\ud800 The minister is wrong about crime.")
