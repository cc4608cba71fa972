"""Masked swearing is caught and read; names, codes, ratings and file patterns are left alone."""

from pathlib import Path

import pytest

from ombud.case import Case
from ombud.rules import profanity

STEMS = ("fuck", "shit", "bitch", "cunt", "asshole", "dickhead")
LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "masked.tsv").read_text(encoding="utf-8").splitlines()
]


def unescaped(sentence: str) -> str:
    r"""Return a sentence with its \u and \U escapes replaced by hand, other characters kept."""
    head, *rest = sentence.split("\\")
    widths = {"u": 4, "U": 8}
    return head + "".join(
        chr(int(part[1 : 1 + widths[part[0]]], 16)) + part[1 + widths[part[0]] :] for part in rest
    )


@pytest.mark.parametrize(("number", "sentence", "form", "reading"), LINES)
def test_masked_swearing(number: str, sentence: str, form: str, reading: str) -> None:
    """The forty masks are found with their reading, and none of the forty traps."""
    case = Case(unescaped(sentence))
    found = list(profanity.rule.find(case))

    assert bool(found) == number.startswith("M"), form
    if reading.isalpha():
        stem = next((s for s in STEMS if s in reading), reading)
        assert stem in found[0].why


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("You b\u200bitch, stop replying to me.", "b\u200bitch"),
        ("Sh\u00adit journalism", "Sh\u00adit"),
        ("F\u0336u\u0336c\u0336k\u0336 this vote.", "F\u0336u\u0336c\u0336k\u0336"),
        ("What a pile of s h i t this is", "s h i t"),
        ("This is sh*t", "sh*t"),
        ("Oh, f_u_c_k off", "f_u_c_k"),
    ],
)
def test_spans_are_the_reader_s_own_characters(text: str, quoted: str) -> None:
    """The characters marked are those of the original, with all that was put between them."""
    span = next(iter(profanity.rule.find(Case(text)))).span

    assert span is not None
    assert span.quote(text) == quoted
