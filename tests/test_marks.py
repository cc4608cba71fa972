"""The words that carry a score are marked, whole, and nothing else is."""

import pytest

from ombud import Case
from ombud.signals.toxicity import Toxicity

SIGNAL = Toxicity()


def marked(text: str, attribute: str = "TOXICITY") -> list[str]:
    """Return what is marked of a text, in its order."""
    return [span.quote(text) for span in sorted(SIGNAL.locate(Case(text), attribute))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are a complete idiot and a liar.", ["idiot", "liar"]),
        ("The report is long. He is a moron, said my neighbour.", ["moron"]),
        ("f---ing idiot!", ["f---ing", "idiot"]),
        ("\u201cIdiot\u201d, he said.", ["Idiot"]),
        ("The bridge opens again on Sunday.", []),
        ("", []),
        (" \u200b ", []),
        ("You are an idiot\0\u200b and you know it.", ["idiot"]),
        ("You are an id\u200biot\u0301.", ["id\u200biot\u0301"]),
    ],
)
def test_words_that_raters_would_mark_are_marked(text: str, expected: list[str]) -> None:
    """Each word by itself, with what masks it and without the signs and the unseen around it."""
    assert marked(text) == expected


def test_what_weighs_most_comes_first() -> None:
    """Evidence is given in the order of its weight, so that one span is the best one."""
    text = "This stupid plan was signed by a fucking idiot on Monday."
    spans = SIGNAL.locate(Case(text), "TOXICITY")

    assert [span.quote(text) for span in spans] == ["fucking idiot", "stupid"]


def test_a_special_attribute_has_its_own_words() -> None:
    """Of what is marked, only what speaks for the attribute is its evidence."""
    text = "You fucking liar, I will kill you."

    assert "kill" in " ".join(marked(text, "THREAT"))
    assert "kill" not in " ".join(marked(text, "PROFANITY"))
