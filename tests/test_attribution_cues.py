"""Which words attribute, whose they are, and which words only look like it."""

import pytest

from ombud.stories.attributing import attribute
from ombud.stories.document import Attribution, Document
from ombud.text import Span, sentences


def attributions(text: str) -> list[Attribution]:
    """Return the attributions of a text that is all body."""
    return attribute(Document("1", "Gull Post", text, Span(0, len(text)), tuple(sentences(text))))


def found(text: str) -> list[tuple[str | None, str | None]]:
    """Return the source and the cue of every attribution, as they stand."""
    return [
        (one.source and one.source.quote(text), one.cue and one.cue.quote(text))
        for one in attributions(text)
    ]


def test_what_somebody_is_said_to_want_is_not_said_again() -> None:
    """A verb of wanting within what somebody said is the speaker's words, no second attribution."""
    text = "Norr said that the mayor wants the pier to stay and that voters support him."

    assert found(text) == [("Norr", "said")]


def test_what_somebody_is_reported_to_have_said_is_kept() -> None:
    """A report of what somebody said has two sources, one within the other."""
    text = "The Bay Wire reported that the mayor said that the pier will close."

    assert [source for source, _ in found(text)] == ["The Bay Wire", "the mayor"]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Norr admitted that the pier is old.", "Norr", "admitted"),
        ("Voters oppose the plan for the pier.", "Voters", "oppose"),
        ("Norr\xa0said that the pier is old.", "Norr", "said"),
        ("He's said that the pier is old.", "He", "'s said"),
        ("Norr is worried that the pier is old.", "Norr", "is worried"),
        ("About four in ten said that the pier is old.", "About four in ten", "said"),
        ("In a Gull survey, most want a new pier.", "a Gull survey", "In"),
        ("The pier is known as the old lady.", None, "is known as"),
        ("“It is old,” Norr said before adding that it is safe.", "Norr", "adding"),
    ],
)
def test_cues_have_the_source_of_their_own_form(text: str, source: str | None, cue: str) -> None:
    """Doubled letters, shortened verbs, feelings, numbers, polls and nouns name who it is."""
    assert (source, cue) in found(text)


def test_what_follows_a_cue_after_a_comma_is_no_subject_if_it_goes_on() -> None:
    """In "Norr, citing cracks, said the pier would" the pier says nothing."""
    text = "Norr, citing old cracks, said the pier would close."

    assert "the pier" not in {source for source, _ in found(text)}


def test_a_line_of_an_interview_is_all_its_speakers() -> None:
    """What a line says after a name and a colon belongs to that name, up to the line's end."""
    text = "The mayor spoke on Monday.\nIDA NORR: I think that the pier has to go. We said so."

    last = attributions(text)[-1]

    assert found(text)[-1] == ("IDA NORR", ":")
    assert last.content[0].quote(text) == "I think that the pier has to go. We said so."


@pytest.mark.parametrize(
    "text",
    [
        "Norr made a strong showing in the town.",
        "The attacks on the pier went on for a week.",
        "The ferry has support from the sea wall.",
        "The mayor appeared at the pier.",
        "The mayor went on to win the vote.",
    ],
)
def test_nouns_and_deeds_that_look_like_saying_have_no_such_cue(text: str) -> None:
    """A showing, attacks and support that something has are no verbs of saying."""
    assert not {"showing", "attacks on", "has support", "appeared at", "went on"} & {
        cue for _, cue in found(text)
    }


def test_a_poll_shows_and_somebody_shows() -> None:
    """What a poll shows is its own; the same verb stands for a person."""
    assert ("A new poll", "shows") in found("A new poll shows Norr ahead of the mayor.")


@pytest.mark.parametrize(
    "text",
    [
        "The pier will close, two officials told the Bay Wire.",
        "The pier will close, two officials tell Bay Wire.",
    ],
)
def test_what_stands_before_who_told_an_outlet_is_what_was_told(text: str) -> None:
    """The outlet that was told is a listener, with "the" or without."""
    (one,) = attributions(text)

    assert [span.quote(text) for span in one.content] == ["The pier will close"]


def test_who_says_it_at_the_end_is_outside_of_what_is_decided() -> None:
    """In "he has decided to stay, Norr said" it is Norr who says all of it."""
    text = "The mayor has decided against a new pier for now, Ida Norr said."

    assert found(text) == [("Ida Norr", "said")]


def test_a_pronoun_within_what_is_said_is_no_second_speaker() -> None:
    """He who says that he has told somebody speaks once."""
    assert found("Norr said that he told the mayor that pier 4 will close.") == [("Norr", "said")]


@pytest.mark.parametrize("label", ["The Latest", "EXCLUSIVE", "Video"])
def test_a_label_before_a_colon_says_nothing(label: str) -> None:
    """What papers print before a headline is nobody's name."""
    assert found(f"{label}: Pier 4 will close in March\nThe pier is old.") == []


def test_who_after_a_verb_stands_for_the_name_beside_it() -> None:
    """In "Norr thanked Berg, who said" it is Berg who said it."""
    text = "Ida Norr thanked Jon Berg, who said that the pier is old."

    one = next(one for one in attributions(text) if one.source and one.source.quote(text) == "who")

    assert one.speaker is not None
    assert one.speaker.quote(text) == "Jon Berg"
