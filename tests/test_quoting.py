"""Telling a quotation that many readers use from a text that many post."""

import pytest

from ombud.repeats.quoting import only_quotes, quotes
from ombud.text import own_words

LINE = "The council closes the Millbrook line in spring, whatever it costs."
ARTICLE = f"A line ends\nIt was a long night. {LINE} Nobody spoke against it."
SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"“{SLOGAN}” I doubt it.", "i doubt it"),
        (f'"{SLOGAN}" I doubt it.', "i doubt it"),
        (f"«{SLOGAN}» I doubt it.", "i doubt it"),
        (f"> {SLOGAN}\nI doubt it.", "i doubt it"),
        (f"{LINE} I doubt it.", "i doubt it"),
        (f"{LINE.upper()} I doubt it.", "i doubt it"),
        ("The council closes a shop.", "the council closes a shop"),
        ('An odd " mark', "an odd mark"),
        ("", ""),
    ],
)
def test_own_words_are_what_is_left_of_a_quotation(text: str, own: str) -> None:
    """What stands in quotation marks, in quoted lines or in the article is not one's own."""
    assert " ".join(own_words(text, ARTICLE)) == own


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        (f"“{SLOGAN}” they say, and I wonder at what price.", SLOGAN),
        (SLOGAN, f"“{SLOGAN}” they say, and I wonder at what price."),
        (f"{LINE} Well, who has paid for the road then?", f"{LINE} My mother took it to school."),
        (f"> {LINE}\nWell, who has paid for the road then?", f"> {LINE}\nMy mother took it daily."),
    ],
)
def test_the_same_quotation_with_other_words_is_no_repeat(text: str, earlier: str) -> None:
    """Readers who quote one line, and say something else about it, repeat nothing."""
    assert quotes(text, earlier, ARTICLE)


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        (SLOGAN, SLOGAN),
        (f"“{SLOGAN}”", SLOGAN),
        (f"{SLOGAN} Yes!!", SLOGAN),
        (LINE, LINE),
        (LINE, f"“{LINE}”"),
        (f"{LINE} So true!", LINE),
        (f"“{SLOGAN}” Sign this now, all of you!", f"“{SLOGAN}” Sign this now, all of you!!"),
    ],
)
def test_the_same_text_is_a_repeat_though_it_quotes(text: str, earlier: str) -> None:
    """A line that is posted alone, or always with the same words, is posted over and over."""
    assert not quotes(text, earlier, ARTICLE)


def test_a_comment_that_only_quotes_is_told() -> None:
    """Less than four words beside a quotation are none of one's own."""
    assert only_quotes(LINE, ARTICLE)
    assert only_quotes(f"“{SLOGAN}” So true!", ARTICLE)
    assert not only_quotes(SLOGAN, ARTICLE)
    assert not only_quotes("Agreed.", ARTICLE)
