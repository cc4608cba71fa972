"""The encoder reads all of a long comment, and a comment together with its article."""

import numpy as np
import pytest

from ombud.encoder import HEADS, Encoder, shared
from ombud.rules import house_rules
from ombud.text import fold

_ONE_WINDOW = 300  # characters that are surely read at once
ATTACK = HEADS.index("PERSONAL_ATTACK")
BREACHES = [
    text
    for rule in house_rules()
    for text in rule.catches
    # What is incoherent is mostly found by other means.
    if "intent" in rule.signals and rule.id != "incoherence"
    if isinstance(text, str) and len(text) < _ONE_WINDOW
]
SHORT = ("we need more trees in this town.", "buses should be free.")
FILLER = "the council met on tuesday and talked about the bridge and the ferry. " * 30


def test_the_end_of_a_long_comment_counts() -> None:
    """What stands behind many other words is read as well."""
    mild, rude = shared().read([FILLER, f"{FILLER} you are a pathetic little idiot."])[:, ATTACK]

    assert rude > 0.5 > mild


@pytest.mark.parametrize("place", range(1, 8))
def test_no_part_of_20_kilobytes_is_left_out(place: int) -> None:
    """An insult counts wherever it stands in the longest comment that is taken."""
    filler = "the council met on tuesday and talked about the bridge and the ferry. "
    parts = [filler * 35] * 8
    parts.insert(place, "you are a pathetic little idiot. ")

    assert shared().read(["".join(parts)])[0, ATTACK] > 0.5


COMMENT = "the striker should have been sold in january, two goals in thirty matches"
BRIDGE = "bridge to close. swing bridge millbrook close repairs county council said"


def test_a_comment_is_read_under_its_article() -> None:
    """The same words belong under one article and not under another."""
    sport = "united lose again. side lost fifth match row saturday"

    assert shared().read_under(COMMENT, BRIDGE) > shared().read_under(COMMENT, sport)


def test_an_article_is_read_under_a_long_comment() -> None:
    """However much a comment says, the article is still read beside it."""
    bridge = shared().read_under(FILLER, BRIDGE)

    assert shared().read_under(FILLER, "united lose. side lost fifth match saturday") > bridge


def test_no_more_is_read_than_is_needed() -> None:
    """Below what would be enough the first layers have the word, at or above it all of them."""
    early = shared().read_under(COMMENT, BRIDGE, np.inf)
    late = shared().read_under(COMMENT, BRIDGE)

    assert early != late
    assert shared().read_under(COMMENT, BRIDGE, early) == late


def test_nothing_to_read_is_read() -> None:
    """An empty text has probabilities as well, and many texts have many."""
    assert shared().read(["", "a"]).shape == (2, len(HEADS))
    assert shared().read([]).shape == (0, len(HEADS))


def test_characters_are_the_comment_s_own_behind_an_emoji() -> None:
    """An emoji is read as words, and what stands behind it is still found where it stands."""
    text = "great \U0001f602\U0001f602 you fool"
    places = [(begin, end) for begin, end, _ in shared().shares(text, "PERSONAL_ATTACK")]
    assert places[0] == (0, 5)
    assert text[places[-1][0] : places[-1][1]] == "fool"
    assert {text[begin:end] for begin, end in places} >= {"\U0001f602", "you"}


def test_an_emoji_is_no_blank() -> None:
    """What an emoji stands for is read: two comments that differ in it alone score differently."""
    kind, rude = shared().read(["you are a \U0001f31f", "you are a \U0001f4a9"])
    column = HEADS.index("PERSONAL_ATTACK")
    assert rude[column] > kind[column]


@pytest.mark.parametrize("text", BREACHES)
def test_a_breach_is_read_to_the_end(text: str) -> None:
    """Where all layers together see a breach, the first ones are not the last to be asked."""
    whole = fold(text).text
    _, late = shared().early_and_late(whole)
    if (late[: HEADS.index("OFF_TOPIC")] > 0).any():
        assert np.allclose(shared().read([whole])[0], 1 / (1 + np.exp(-late)), atol=1e-6)


@pytest.mark.parametrize("text", SHORT)
def test_what_is_plainly_harmless_is_not_read_to_the_end(text: str) -> None:
    """Most ordinary comments cost half of what the others do."""
    early, _ = shared().early_and_late(text)
    assert np.allclose(shared().read([text])[0], 1 / (1 + np.exp(-early)), atol=1e-6)


def test_a_text_is_remembered_as_it_was_read() -> None:
    """Reading a text again, and among others, gives the same numbers to the last bit."""
    texts = ["What a clown.", "See you on Sunday.", "What a clown."]
    first = Encoder().read(texts)
    assert (first[0] == first[2]).all()
    assert (Encoder().read(texts[::-1])[::-1] == first).all()
