"""Excerpts: spelling and punctuation may be mended, and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ombud.cli import app
from ombud.errors import InvalidInputError
from ombud.moderation.excerpts import compared
from ombud.moderation.mends import mended

PIECES = [
    *"i dont thier old. ,and Khan 20% NOT monday alot ... its é 😂 >q ** a.B".split(),
    "\n",
    '"',
]
BRIDGE = "The bridge is old. I like cats a lot. Close it now."


def whys(original: str, excerpt: str) -> list[str]:
    """Return why an excerpt is refused."""
    return [change.why for change in compared(original, excerpt).refused]


def kinds(original: str, excerpt: str) -> list[str]:
    """Return the kinds of changes, without what is the same."""
    return [change.kind for change in compared(original, excerpt).changes if change.kind != "same"]


@pytest.mark.parametrize(
    ("original", "excerpt", "why"),
    [
        ("I do not like cats.", "I do like cats.", "'not' was left out"),
        ("I like cats.", "I like dogs.", "'cats' became 'dogs'"),
        ("It may close.", "It must close.", "'may' became 'must'"),
        ("I like cats.", "I really like cats.", "'really' was added"),
        ("Close it now.", "Now close it.", "was added"),
        ("It cost 1000 pounds.", "It cost 1,000 pounds.", "numbers stay"),
        ("It was -5 degrees.", "It was 5 degrees.", "'-5' became '5'"),
        ("It is 20% less.", "It is 20 less.", "'%' was left out"),
        ("Love it 😂", "Love it", "'😂' was left out"),
        ("You f***ing liars.", "You liars.", "'f***ing' was left out"),
        ("A nice colour.", "A nice color.", "both are words of their own"),
        ("That is nowt new.", "That is not new.", "dialect stays"),
        ("We met Jonh there.", "We met John there.", "it may be a name"),
        ("Pellow said so.", "Pillow said so.", "it may be a name"),
        ("Give it to us.", "Give it to US.", "another word"),
        ("You did not pay.", "You did NOT pay.", "emphasis"),
        ("We like the park.", "We like the Park.", "capital of its own"),
        ("The thier rules.", "The thief rules.", "'thier' became 'thief'"),
        ("He is a wich.", "He is a wyzch.", "no better known"),
        ("Every one came.", "Everyone came.", "parted or joined"),
        ("You closed it.", "You closed it?", "says something else"),
        ("You closed it!", "You closed it.", "says something else"),
        ('So "experts" say.', "So experts say.", "whose words they are"),
        ("The bridge.", "The [old] bridge.", "'old' was added"),
        ("The bridge.", "[The] bridge.", "an editor's words"),
        ("It is old.", "It is old…", "nothing was left out at this ellipsis"),
        ("It is old.", "It … is old.", "nothing was left out at this ellipsis"),
        ("We can't pay.", "We cant pay.", "words of their own"),
    ],
)
def test_any_other_change_is_refused(original: str, excerpt: str, why: str) -> None:
    """What changes more than spelling and punctuation is refused, and the word is named."""
    found = whys(original, excerpt)

    assert any(why in one for one in found), found


@pytest.mark.parametrize(
    ("original", "excerpt", "expected"),
    [
        ("I like cats", "I like cats.", ["punctuation"]),
        ("i like cats", "I like cats", ["capital"]),
        ("I recieve it", "I receive it", ["spelling"]),
        ("I becauze it", "I because it", ["spelling"]),
        ("its closed", "It's closed", ["spelling"]),
        ("there bridge", "Their bridge", ["spelling"]),
        ("they could of asked", "they could have asked", ["spelling"]),
        ("alot of cats", "a lot of cats", ["spelling"]),
        ("The councils plan", "The council's plan", ["spelling"]),
        ("I went to london", "I went to London", ["capital"]),
        ("WHY NOW", "Why now", ["capital", "capital"]),
        ("why is it closed", "why is it closed?", ["punctuation"]),
        ("Stop it!!!", "Stop it!", ["punctuation"]),
        ("old ,and new", "old, and new", []),
        ("old,and new", "old, and new", ["punctuation"]),
        ("Don’t “stop”", 'Don\'t "stop"', []),
        ("**Bold** _move_\n\n> quoted `it`", "Bold move quoted it", []),
        ("na\u0131ve caf\u00e9 cafe\u0301", "na\u0131ve cafe\u0301 caf\u00e9", []),
        ("th\u200be end", "the end", []),
    ],
)
def test_spelling_and_punctuation_may_be_mended(
    original: str, excerpt: str, expected: list[str]
) -> None:
    """Each mend is allowed and told for what it is; ways of writing the same are no change."""
    assert whys(original, excerpt) == []
    assert kinds(original, excerpt) == expected


def test_a_cut_is_marked_and_keeps_the_order() -> None:
    """What is left out needs an ellipsis in its place, of any kind."""
    for mark in ("…", "[…]", "...", "[...]", "(…)"):
        assert "cut" in kinds(BRIDGE, f"The bridge is old. {mark} Close it now.")
        assert whys(BRIDGE, f"The bridge is old. {mark} Close it now.") == []

    assert whys(BRIDGE, "The bridge is old. Close it now.") == [
        "'I like cats a lot' was left out; a cut is marked with an ellipsis"
    ]
    assert whys(BRIDGE, "The bridge is old.") != []
    assert whys(BRIDGE, "… I like cats a lot …") == []
    assert whys(BRIDGE, "Close it now. … The bridge is old. …") != []


def test_a_cut_may_not_turn_the_sense() -> None:
    """A negation may go with all of its clause, and not out of what stays."""
    long = "I never liked the bridge, and the council is right to close it."

    assert "'not' was left out of a sentence" in whys("It is not safe.", "It is … safe.")[0]
    assert "'dont' was left out" in whys("I dont think it is right.", "… it is right.")[0]
    assert "'don't' was left out" in whys("I don't think it is right.", "… it is right.")[0]
    assert whys(long, "… the council is right to close it.") == []


def test_every_change_has_its_place() -> None:
    """Spans point at the characters in both texts."""
    original, excerpt = "I think thier bridge is old", "I think their bridge is old."
    changes = compared(original, excerpt).changes

    assert [change.original.quote(original) for change in changes[:-1]] == original.split()
    assert [change.excerpt.quote(excerpt) for change in changes[:-1]] == excerpt[:-1].split()
    assert changes[-1].excerpt.quote(excerpt) == "."


def test_what_cannot_be_an_excerpt_is_an_error() -> None:
    """No words, or more than any comment has, are wrong input."""
    with pytest.raises(InvalidInputError, match="no words"):
        compared("Hello.", " … ")
    with pytest.raises(InvalidInputError, match="at most"):
        compared("word " * 9000, "word")


def test_a_long_comment_is_compared_in_time() -> None:
    """A comment of the greatest length is compared with itself."""
    text = "The council bridge is old and we all like to walk over it. " * 300

    assert compared(text, text).allowed


@pytest.mark.parametrize(
    ("original", "text"),
    [
        (
            "i think thier bridge is old ,and closed.The council dont care!!! alot did on monday",
            "I think their bridge is old, and closed. The council don't care! A lot did on Monday.",
        ),
        ("nowt wrong with it, didnae care.", "Nowt wrong with it, didnae care."),
        ("Jonh met Khan at example.com.", "Jonh met Khan at example.com."),
        ("Pellow said the the bridge is old.", "Pellow said the the bridge is old."),
        ("It cost 1000 , no 2,000.", "It cost 1000 , no 2,000."),
        ("Ask Mr. smith about it... maybe.", "Ask Mr. smith about it... maybe."),
        ("Wir haben das nicht gewusst.", "Wir haben das nicht gewusst."),
        ("The color of the theatre.", "The color of the theatre."),
        ("I like it 😂", "I like it 😂"),
        ("", ""),
    ],
)
def test_only_what_is_sure_is_proposed(original: str, text: str) -> None:
    """Mistakes are mended; names, dialect, numbers, doubled words and other tongues stay."""
    assert mended(original).text == text


def test_mends_say_what_and_where() -> None:
    """Each mend has its kind, its characters and a reason."""
    original = "I recieve it now"
    first, last = mended(original).mends

    assert (first.kind, first.span.quote(original), first.after) == (
        "spelling",
        "recieve",
        "receive",
    )
    assert first.why == "'recieve' is spelled 'receive'"
    assert (last.kind, last.after) == ("punctuation", ".")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        min_size=1,
        max_size=14,
    )
)
def test_what_is_proposed_is_never_refused(words: list[str]) -> None:
    """Proposals keep to the rule of excerpts, and a text is always an excerpt of itself."""
    original = " ".join(["so", *words])

    assert whys(original, original) == []
    assert whys(original, mended(original).text) == []


def test_the_command_says_what_was_changed(tmp_path: Path) -> None:
    """In plain words, with exit code 1 where it is refused; texts, files and stdin alike."""
    run = CliRunner().invoke
    file = tmp_path / "comment.txt"
    file.write_text("I do not like cats.\n", encoding="utf-8")

    refused = run(app, ["excerpt", str(file), "I do like cats."])
    allowed = run(app, ["excerpt", "-", "I do not like cats."], input="i do not like cats\n")
    lines = run(app, ["excerpt", "--format", "jsonl", "I like cats", "I like cats."])
    proposed = run(app, ["excerpt", "--propose", "i like cats"])
    wrong = run(app, ["excerpt", "one"])

    assert refused.exit_code == 1
    assert "'not' was left out" in refused.stdout
    assert "refused: 1 change of what was said" in refused.stdout
    assert allowed.exit_code == 0
    assert "may be printed (2 mends, 0 marked cuts)" in allowed.stdout
    assert [json.loads(line)["kind"] for line in lines.stdout.splitlines()] == [
        "same",
        "same",
        "same",
        "punctuation",
    ]
    assert proposed.stdout.splitlines()[-1] == "I like cats."
    assert wrong.exit_code == 2
