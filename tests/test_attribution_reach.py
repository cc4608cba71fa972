"""How far sources and cues reach."""

import pytest
from attributing import found, only


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "“It will close,” said Ida Norr, president of the union of sailors.",
            "Ida Norr, president of the union of sailors",
        ),
        (
            "“It will close,” said Ida Norr, 62, a sailor from Bergen who has two boats.",
            "Ida Norr, 62, a sailor from Bergen who has two boats",
        ),
        ("“It will close,” said Ida Norr, smiling at the crew.", "Ida Norr"),
        ("“It will close,” said Ida Norr, as the crew left.", "Ida Norr"),
        ("According to one report, many piers will close.", "one report"),
        ("As reported by the Gull Post, pier 4 will close.", "the Gull Post"),
        ("Pier 4 was criticized by Norr for closing in May.", "Norr"),
        ("“It will close,” said Ida Kelly.", "Ida Kelly"),
        ("“It will close,” Will Berg said.", "Will Berg"),
        ("Crews of the boats to leave the port said it.", "Crews of the boats to leave the port"),
    ],
)
def test_a_source_has_what_is_said_of_somebody(text: str, source: str) -> None:
    """Who somebody is belongs to the source; when, where and how it was said does not."""
    assert found(text)[-1][0] == source


def test_a_clause_about_a_source_names_nobody_else() -> None:
    """The name in a clause about somebody does not make an unnamed source a named one."""
    one = only("An official who has met Ida Norr said that pier 4 will close.")

    assert one.strength == "unnamed_officials"


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Norr was trying to explain why it will close.", "was trying to explain", "why it will"),
        ("Norr expressed concern about the old pier.", "expressed concern about", "the old pier"),
        ("Norr is in favor of it and voiced support for Berg.", "voiced support for", "Berg"),
        ("Norr said Tuesday that pier 4 will close.", "said Tuesday", "that pier 4"),
        ("Norr is willing to close the old pier.", "is willing", "to close"),
        ("Norr chose the colour he prefers.", "prefers", "the colour"),
        ("The pier, opposed by Berg, will not be built.", "opposed", "The pier"),
    ],
)
def test_a_cue_has_the_words_that_lead_to_it(text: str, cue: str, content: str) -> None:
    """Auxiliaries, "trying to", what is voiced and the day are the cue's; "to" may be content."""
    _, found_cue, (said, *_), _ = found(text)[-1]

    assert found_cue == cue
    assert said.startswith(content)


@pytest.mark.parametrize(
    "text",
    [
        "Norr, who met Berg, said Tuesday he is glad that it closes.",
        "Norr responded by first saying that pier 4 will close.",
        "“It will close,” Norr said in an interview Sunday in Bergen.",
        "Most recently, Norr was in Bergen, saying that pier 4 will close.",
    ],
)
def test_when_and_where_something_was_said_is_no_source(text: str) -> None:
    """A day, a place or "most recently" beside a verb is not taken for who says it."""
    said = [source for source, *_ in found(text)]

    assert said
    assert all(source is None or source.startswith("Norr") for source in said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Citing a report, Norr repeatedly accused Berg of it.", ("Norr", "repeatedly accused")),
        ("As someone who had to reject it, she left.", ("someone", "had to reject")),
    ],
)
def test_no_word_is_both_of_a_source_and_of_its_cue(text: str, expected: tuple[str, str]) -> None:
    """What one cue needs is not taken for what is said of whom another one quotes."""
    assert expected in [one[:2] for one in found(text)]


@pytest.mark.parametrize("text", ["Norr voiced opposition.", "Norr expressed shock."])
def test_a_cue_leaves_what_was_said(text: str) -> None:
    """The object of a verb that needs one is no part of the cue where nothing else was said."""
    ((_, cue, (said,), _),) = found(text)

    assert f"Norr {cue} {said}." == text
