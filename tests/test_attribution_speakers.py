"""Who speaks where a pronoun or a last name stands, and how strong a source is."""

import pytest

from ombud.stories.attributing import attribute
from ombud.stories.document import Document
from ombud.text import Span, sentences


def article(text: str) -> Document:
    """Return a text as an article of the Gull Post that is all body."""
    return Document("1", "Gull Post", text, Span(0, len(text)), tuple(sentences(text)))


def speaker(text: str) -> str | None:
    """Return who speaks last."""
    one = attribute(article(text))[-1]
    return one.speaker.quote(text) if one.speaker else None


def strength(text: str) -> str:
    """Return the strength of the first source."""
    return attribute(article(text))[0].strength


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Port chief Karen Norr left at noon.\nNorr said that the pier will close.", "Karen Norr"),
        ("Karen Norr left at noon.\nMs. Norr said that the pier will close.", "Karen Norr"),
        ("Karen Norr came. She said that the pier will close.", "Karen Norr"),
        ("Karen Norr met Paul Berg. She said that the pier will close.", "Karen Norr"),
    ],
)
def test_a_pronoun_and_a_last_name_are_joined_with_the_full_name(text: str, name: str) -> None:
    """The one person who fits is shown by the full name."""
    assert name == speaker(text)


@pytest.mark.parametrize(
    "text",
    [
        "Karen Norr and Paul Norr left.\nNorr said that the pier will close.",
        "Karen Norr met Susan Berg. She said that the pier will close.",
        "Paul Berg came. She said that the pier will close.",
        "The crew came. He said that the pier will close.",
        "Jordan Norr came. She said that the pier will close.",
        "Karen Norr came. He said that it was late. She said that the pier will close.",
        "Norr said that the pier will close.\nKaren Norr left at noon.",
    ],
)
def test_nobody_is_shown_where_none_or_several_fit(text: str) -> None:
    """Two candidates, the wrong gender and a name that comes later leave it open."""
    first = "\n" in text and text.index("Norr said") < text.index("\n")
    attributions = attribute(article(text))

    assert attributions[0 if first else -1].speaker is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Karen Norr said that the pier will close.", "named_on_record"),
        ("Mayor Norr said that the pier will close.", "named_on_record"),
        ("The port company said that the pier will close.", "organisation_on_record"),
        ("The White House said that the pier will close.", "governments"),
        ("Two senior officials said that the pier will close.", "unnamed_officials"),
        ("Diplomatic sources said that the pier will close.", "anonymous"),
        (
            "A man said on condition of anonymity that the pier will close.",
            "anonymous",
        ),
        ("The Wall Street Journal reported that the pier will close.", "other_outlet"),
        ("The Gull Post reported that the pier will close.", "own_voice"),
        ("Critics said that the pier will close.", "unspecified"),
        ("She said that the pier will close.", "unspecified"),
    ],
)
def test_strength_follows_what_a_reader_can_check(text: str, wanted: str) -> None:
    """Names weigh more than offices, and these more than whoever would not be named."""
    assert wanted == strength(text)
