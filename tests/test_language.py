"""The language of a text is told for any text, without raising."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ombud.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council publishes its report on the bridge today.", "en"),
        ("Hallo, ik vind dit een heel goed artikel over de brug.", "nl"),
        ("Das ist ein sehr langer Kommentar über die neue Brücke.", "de"),
        ("La mairie publie aujourd'hui son rapport sur le pont.", "fr"),
        ("Сегодня совет публикует свой отчёт о мосте.", "ru"),
        ("这座桥的报告今天发布了。", "zh"),
        ("המועצה מפרסמת היום את הדוח על הגשר.", "he"),
    ],
)
def test_common_languages_are_told_apart(text: str, language: str) -> None:
    """A sentence is given the ISO code of its language."""
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "12345", "😀😀😀", "\x00", "\ud800", "\udfff\ud800", "\ufffe\U0010ffff", "\x9f"],
)
def test_text_without_words_is_undetermined(text: str) -> None:
    """Where there is no word to tell by, the answer is "und"."""
    assert detect(text) == "und"


@pytest.mark.parametrize("mess", ["\x00", "\ud800", "\u202e", "\ufdd0", "\U0001ffff", "\x85"])
def test_characters_unfit_for_interchange_do_not_hide_the_language(mess: str) -> None:
    """A lone surrogate, NUL or bidi override leaves the rest of the sentence readable."""
    assert detect(f"The council publishes {mess} its report on the bridge today.") == "en"


@given(st.text(alphabet=st.characters()))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes detection raise, and the answer is never empty."""
    assert detect(text)


def test_a_long_text_is_settled_by_its_beginning() -> None:
    """A text of a megabyte is told by its first few thousand characters."""
    assert detect("The council publishes its report. " * 30_000) == "en"
