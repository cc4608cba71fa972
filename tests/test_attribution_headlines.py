"""What headlines attribute."""

import pytest
from attributing import found

from ombud.stories.attributing import attribute
from ombud.stories.document import Document
from ombud.text import Span


def test_a_headline_attributes_with_a_colon() -> None:
    """What stands before a colon in the first line says what stands after it."""
    text = "Mayor Norr: Pier 4 will close\nThe pier is old."

    ((source, cue, content, mode),) = found(text)

    assert (source, cue, content, mode) == ("Mayor Norr", ":", ("Pier 4 will close",), "headline")


def test_a_title_outside_the_body_is_read_too() -> None:
    """A headline above the body attributes in its own place."""
    title, body = "Mayor Norr: Pier 4 will close", "The pier is old."
    text = f"{title}\n\n{body}"
    whole = Span(len(title) + 2, len(text))

    (one,) = attribute(Document("1", "Gull Post", text, whole, (whole,), title=title))

    assert (one.mode, one.content[0].quote(text)) == ("headline", "Pier 4 will close")


def test_a_headline_may_say_to_whom_or_where() -> None:
    """In "Norr to sailors: …" it is Norr who speaks, and a role may stand in small letters."""
    for title, source in (
        ("Norr to harbour board: Pier 4 will close", "Norr"),
        ("Norr campaign: Pier 4 will close", "Norr campaign"),
    ):
        ((found_source, *_),) = found(f"{title}\nThe pier is old.")
        assert found_source == source


def test_two_names_take_turns_in_an_interview() -> None:
    """One word before a colon is a speaker where two such words begin several lines."""
    lines = [
        "The talk, shortened.",
        "Norr: We will close the old pier in May.",
        "Berg: What will become of all the boats?",
        "Norr: They will lie in the new port.",
        "Berg: And who will pay for all that?",
    ]

    turns = found("\n".join(lines))

    assert [source for source, *_ in turns] == ["Norr", "Berg", "Norr", "Berg"]
    assert found("The list.\nTotal: We count nine boats in the port.") == []


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Prime Minister May", "Prime Minister May"),
        ("Ida Norr", "Ida Norr"),
        ("Supreme Court", "Supreme Court"),
        ("New York", None),
        ("Breaking News", None),
        ("Bottom Line", None),
        ("Exhibit A", None),
    ],
)
def test_several_words_before_a_colon_are_a_speaker_only_if_they_can_be(
    name: str, speaker: str | None
) -> None:
    """A place, a heading or a number of a paper says nothing, be it in capitals."""
    for line in (
        f"{name}: “The old pier will close in May.”",
        f"{name}: Pier 4 will close in May.",
    ):
        told = (*found(f"The port is old.\n{line}"), *found(f"{line}\nThe port is old."))
        sources = {source for source, *_ in told} or {None}
        assert sources == {speaker}
