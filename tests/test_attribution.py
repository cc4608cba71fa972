"""Who said what: sources, cues and contents as exact ranges."""

import pytest
from attributing import article, found, only

from ombud.stories.attributing import attribute


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "mode"),
    [
        (
            "The harbour master said that pier 4 will close.",
            "The harbour master",
            "said",
            "that pier 4 will close",
            "indirect",
        ),
        ("Pier 4 will close, Ida Norr said.", "Ida Norr", "said", "Pier 4 will close", "indirect"),
        (
            "“Pier 4 will close for good,” Ida Norr said.",
            "Ida Norr",
            "said",
            "“Pier 4 will close for good,”",
            "direct",
        ),
        (
            '"Pier 4 will close for good," said Ida Norr, a spokeswoman for the port.',
            "Ida Norr, a spokeswoman for the port",
            "said",
            '"Pier 4 will close for good,"',
            "direct",
        ),
        (
            "Ida Norr, who runs the port, said that pier 4 will close.",
            "Ida Norr, who runs the port",
            "said",
            "that pier 4 will close",
            "indirect",
        ),
        (
            "Ida Norr, a spokeswoman for the port, said pier 4 will close.",
            "Ida Norr, a spokeswoman for the port",
            "said",
            "pier 4 will close",
            "indirect",
        ),
        (
            "On Tuesday the council announced that pier 4 will close.",
            "the council",
            "announced",
            "that pier 4 will close",
            "indirect",
        ),
        (
            "Pier 4 will close, according to two officials.",
            "two officials",
            "according to",
            "Pier 4 will close",
            "indirect",
        ),
        (
            "According to a port spokeswoman, pier 4 will close.",
            "a port spokeswoman",
            "According to",
            "pier 4 will close",
            "indirect",
        ),
        (
            "The mayor told reporters that pier 4 will close.",
            "The mayor",
            "told",
            "that pier 4 will close",
            "indirect",
        ),
        (
            "Norr has repeatedly criticized the plan for the pier.",
            "Norr",
            "has repeatedly criticized",
            "the plan for the pier",
            "narration",
        ),
        (
            "The mayor declined to confirm or deny the report.",
            "The mayor",
            "declined to confirm or deny",
            "the report",
            "narration",
        ),
    ],
)
def test_source_cue_and_content_are_exact(
    text: str, source: str, cue: str, content: str, mode: str
) -> None:
    """Each order of subject, verb and content gives its exact words."""
    assert (source, cue, (content,), mode) in found(text)


def test_words_in_a_sentence_make_it_mixed() -> None:
    """A few quoted words in what the reporter tells are mixed quotation."""
    text = "Norr said that the pier was “a sorry sight” by now."

    ((_, _, (content,), mode),) = found(text)

    assert (content, mode) == ("that the pier was “a sorry sight” by now", "mixed")


def test_a_quotation_goes_on_after_its_cue() -> None:
    """What follows in the paragraph within marks is the same speaker's."""
    text = "“The pier is old,” Norr said. “It has to go before the winter comes.”"

    assert [("Norr", "said", ("“The pier is old,”", text[30:]), "direct")] == found(text)


def test_a_quotation_runs_on_over_paragraphs() -> None:
    """A quotation that is not closed goes on where the next paragraph opens with a mark."""
    text = "“The pier is old and rusty,” Norr said. “It has to go.\n“We shall build another one.”"

    first, second = attribute(article(text))

    assert second.mode == "direct_continued"
    assert first.source == second.source
    assert second.content[0].quote(text) == "“We shall build another one.”"


def test_a_question_ends_no_sentence_before_who_asked() -> None:
    """What was asked within marks belongs to who asked it, though a mark ends it."""
    text = "“Who will pay for all this?” the mayor asked."

    assert found(text) == [("the mayor", "asked", ("“Who will pay for all this?”",), "direct")]


def test_a_name_after_a_question_belongs_to_it() -> None:
    """Who asked may be named with a capital letter."""
    text = "“Who will pay for all this?” Norr asked."

    assert found(text) == [("Norr", "asked", ("“Who will pay for all this?”",), "direct")]


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("‘The pier has to go,’ Norr said.", "‘The pier has to go,’"),
        ("''The pier has to go,'' Norr said.", "''The pier has to go,''"),
        (
            "“The ‘old lady’ of the bay has to go,” Norr said.",
            "“The ‘old lady’ of the bay has to go,”",
        ),
        ('"The pier has to go,” Norr said.', '"The pier has to go,”'),
        ("'The towns' pier has to go,' Norr said.", "'The towns' pier has to go,'"),
    ],
)
def test_marks_of_every_kind_open_and_close(text: str, quotation: str) -> None:
    """Single, doubled, nested and mixed marks hold one quotation; an apostrophe ends none."""
    assert found(text) == [("Norr", "said", (quotation,), "direct")]


def test_what_is_criticized_ends_with_its_clause() -> None:
    """The reporter's next clause is no part of it."""
    ((_, _, content, _),) = found("Norr criticized the plan for the pier, and the crew left.")

    assert content == ("the plan for the pier",)


def test_a_clause_goes_on_after_a_cue_in_commas() -> None:
    """What stands on both sides of the cue is said."""
    ((source, _, content, _),) = found("The plan, Norr said, is to wait.")

    assert (source, content) == ("Norr", ("The plan", "is to wait"))


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    """A missing mark does not swallow the rest of the article."""
    text = "Norr said: “The pier is old and has to go.\nThe mayor said the pier will stay."

    sources = {source for source, *_ in found(text)}

    assert {"Norr", "The mayor"} == sources


def test_a_quotation_without_a_cue_has_no_source() -> None:
    """Whoever is not named is not guessed, though somebody spoke before."""
    text = "Norr left at noon.\n“The pier has to go before the winter comes.”"

    one = only(text)

    assert (one.source, one.cue, one.strength) == (None, None, "unspecified")


@pytest.mark.parametrize(
    "text",
    [
        "It is believed that pier 4 will close.",
        "The engineer was told that pier 4 will close.",
        "The pier will reportedly close in the spring.",
    ],
)
def test_passives_and_hearsay_name_nobody(text: str) -> None:
    """A passive without "by" and "reportedly" have no source."""
    assert all(one.source is None for one in attribute(article(text)))
    assert attribute(article(text))


def test_verbs_that_share_a_subject_share_the_source() -> None:
    """A second verb after "and" and a participle after a comma have the first one's source."""
    text = "Norr praised the crew and said that the pier will close, adding that it is old."

    assert [source for source, *_ in found(text)] == ["Norr"] * 3
    assert found(text)[1][2] == ("that the pier will close",)


def test_a_participle_at_the_front_has_the_subject_after_it() -> None:
    """Both what they do not confirm and what they say is the officials'."""
    text = "While not confirming the letter, port officials said that the pier will stay."

    assert found(text) == [
        ("port officials", "not confirming", ("the letter",), "indirect"),
        ("port officials", "said", ("that the pier will stay",), "indirect"),
    ]


def test_who_stands_for_the_name_before_it() -> None:
    """A relative clause keeps its "who" as the source and says whom it stands for."""
    text = "The Bay Wire, which first reported that the pier will close, said so on Monday."

    first = next(
        one for one in attribute(article(text)) if one.cue and "reported" in one.cue.quote(text)
    )

    assert first.source is not None
    assert first.speaker is not None
    assert (first.source.quote(text), first.speaker.quote(text)) == ("which", "The Bay Wire")


@pytest.mark.parametrize(
    "text",
    [
        "The United States sent two ships to the bay.",
        "The report on the pier is due in May.",
        "The pier was built in 1911 and painted green.",
        "",
    ],
)
def test_what_attributes_nothing_is_left_alone(text: str) -> None:
    """Names and nouns that look like verbs of saying attribute nothing."""
    assert attribute(article(text)) == []


def test_every_range_lies_in_the_text() -> None:
    """Ranges are never empty and never cross the ends, whatever the marks do."""
    text = "“'Norr said ‘\"it\" said, “according to” said\n”” — said. (who said) ''told'' :"

    for one in attribute(article(text)):
        for span in (one.source, one.cue, *one.content):
            assert span is None or 0 <= span.begin < span.end <= len(text)


def test_a_sentence_without_end_is_not_read() -> None:
    """A table or a list that a page runs together costs no time and attributes nothing."""
    assert attribute(article("Norr said " * 2_000)) == []
