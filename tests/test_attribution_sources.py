"""Where a source stands that no neighbour of its cue is, and what is no source at all."""

import pytest
from attributing import article, found

from ombud.stories.attributing import attribute


def sources(text: str) -> list[str | None]:
    """Return the sources of a text, in order."""
    return [one.source.quote(text) if one.source else None for one in attribute(article(text))]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Voters who came to Norrvik in May say it will close.",
            "Voters who came to Norrvik in May",
        ),
        (
            "But many sailors who met the mayor say it will close.",
            "many sailors who met the mayor",
        ),
        ("New polls released Sunday showed that pier 4 will close.", "New polls released Sunday"),
    ],
)
def test_a_clause_may_part_a_subject_from_its_verb(text: str, source: str) -> None:
    """What opens the sentence speaks, where nothing else in between could."""
    assert sources(text)[-1] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("However, Norr met the crew in May and declared that pier 4 will close.", "Norr"),
        ("This year, Norr came to the port, saying that pier 4 will close.", "Norr"),
        ("Here in Norrvik, Norr came to the port, saying that pier 4 will close.", "Norr"),
        ("Reached by mail, Norr came to the port, saying that pier 4 will close.", "Norr"),
        ("NORRVIK, July 29 (Bay) — Norr came to us, saying that pier 4 will close.", "Norr"),
        ("Norr paused, then said that pier 4 will close.", "Norr"),
    ],
)
def test_when_and_where_are_no_source(text: str, source: str) -> None:
    """An opening, a dateline or another verb before the cue does not hide who speaks."""
    assert sources(text)[-1] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Norr responded by saying that pier 4 will close.", "Norr"),
        ("Pier 4 will close, Ida Norr said by telephone.", "Ida Norr"),
        ("“Pier 4 will close,” said retired fisherman Ida Norr.", "retired fisherman Ida Norr"),
    ],
)
def test_how_something_was_said_is_no_source(text: str, source: str) -> None:
    """Neither "saying" nor "telephone" speaks."""
    assert sources(text)[0] == source


def test_those_who_are_all_saying_something_are_not_the_subject() -> None:
    """The subject met them, and what they said is not given to it."""
    text = "Norr met sailors, fishermen and divers, all saying that pier 4 will close."
    assert sources(text)[0] is None


def test_who_is_spoken_of_does_not_speak() -> None:
    """A name after "said of" is whom it is about."""
    assert "Norr" not in sources("“The pier is closed,” Berg, after a pause, said of Norr.")


@pytest.mark.parametrize("town", ["Paris", "Beijing"])
def test_a_name_may_end_as_a_verb_does(town: str) -> None:
    """Whoever "by" names speaks, and what they announced does not."""
    assert sources(f"Plans announced by {town} say that pier 4 will close.")[0] == town


@pytest.mark.parametrize(
    "text",
    [
        "Nothing could force Norr to say that pier 4 will close.",
        "Nobody made Norr say that pier 4 will close.",
        "Berg did not force Norr to admit that pier 4 will close.",
        "Norr was not forced to say that pier 4 will close.",
        "If anyone had forced Norr to say so, pier 4 would have closed.",
        "It is hard for Norr to say that pier 4 will close.",
    ],
)
def test_what_nobody_brought_about_is_said_by_nobody(text: str) -> None:
    """Where it is denied or supposed that somebody is made to say something, he does not say it."""
    assert "Norr" not in [source for source, *_ in found(text)]


@pytest.mark.parametrize(
    "people", ["Critics of the plan", "Defenders of the plan", "Advocates for the poor"]
)
def test_people_named_by_what_they_think_speak_for_themselves(people: str) -> None:
    """What critics criticise is not shown as who says what they say."""
    for verb in ("said", "say"):
        assert sources(f"{people} {verb} it will close.") == [people]
