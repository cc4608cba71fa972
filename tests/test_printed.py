"""Whom readers speak to and what of: the paper, another reader, themselves."""

import pytest

from ombud.lexicon.printed import answers, of_others, signs


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("Your headline makes it sound like murder.", "paper"),
        ("No mention of the sprinklers.", "paper"),
        ("According to the register he sold it.", "knows"),
        ("As the caretaker I can say so.", "knows"),
        ("If it rains we shall see.", "muses"),
        ("They said eight weeks.", "others"),
        ("In Cork it cost more.", "others"),
        ("We had no roof.", "own"),
    ],
)
def test_a_sentence_bears_the_signs_of_what_it_speaks_of(sentence: str, sign: str) -> None:
    """Turns of phrase tell the paper from the writer, a fact from a wish."""
    assert sign in signs(sentence)


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("A better headline would help.", "paper"),
        ("In may it rains.", "others"),
    ],
)
def test_what_only_looks_like_a_sign_is_none(sentence: str, sign: str) -> None:
    """Another headline is not the paper's, and a question begins otherwise."""
    assert sign not in signs(sentence)


def test_who_speaks_to_a_reader_answers() -> None:
    """By name, or in an answer to a mistake."""
    assert answers("@Tom no, it was 2012.")
    assert answers("You're mistaken, Paul.")
    assert not answers("The vote was on Tuesday, it says.")


def test_who_is_wrong_in_the_story_is_not_the_paper() -> None:
    """A reader who contradicts a minister does not contradict the article."""
    assert of_others("The minister is wrong about crime.")
    assert not of_others("The article is wrong about crime.")


def test_lone_surrogates_are_read_as_any_other_sign() -> None:
    """Half of a pair, as a broken client sends it, breaks nothing."""
    assert "paper" in signs("\ud800 Your headline is wrong.")
    assert answers("@Tom \udfff")
    assert of_others("\ud800 The minister is wrong about crime.")
