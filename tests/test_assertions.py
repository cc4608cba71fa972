"""What a report asserts is parted from its other words, and put beside the right sentences."""

import pytest
import re2
from asserted import ASKED, BRIDGE, MARKED

from ombud.assertions.evidence import evidence
from ombud.assertions.parting import kind_of, parted
from ombud.newsroom import Article
from ombud.text import Span

LETTER = (
    "Dear editors, thank you for your paper. The vote was on Tuesday, not on Monday."
    " You have also misspelled the name of Ms Peltonen! The caption shows the old bridge."
    " Have a nice day. Kind regards, Ada"
)


def quoted(text: str, marked: Span | None = None) -> list[tuple[str, str]]:
    """Return kind and words of what a text asserts."""
    return [(kind, span.quote(text)) for kind, span in parted(text, marked)]


def test_each_assertion_stands_for_itself() -> None:
    """Three errors in one letter are three assertions; what is only polite is none."""
    assert quoted(LETTER) == [
        ("fact", "The vote was on Tuesday, not on Monday."),
        ("spelling", "You have also misspelled the name of Ms Peltonen!"),
        ("link_or_caption", "The caption shows the old bridge."),
    ]


@pytest.mark.parametrize("marked", MARKED)
def test_all_that_is_asserted_and_nothing_else_is_parted(marked: str) -> None:
    """Of letters and comments every statement comes out whole, verbatim and in order."""
    text = marked.translate(dict.fromkeys(map(ord, "[]")))

    assert [words for _, words in quoted(text)] == re2.findall(r"\[([^\]]*)\]", marked)


def test_what_the_article_says_goes_with_what_is_right() -> None:
    """A sentence that only repeats the article is one assertion with its contradiction."""
    text = "Your article says that it opened in 1931. It opened in 1913."

    assert quoted(text) == [("fact", text)]


@pytest.mark.parametrize(
    "asks",
    [
        "Could the article say where it goes?",
        "Who took the photo?",
        "Is there a map of the stops?",
        "Would your reporter write more about the ferry?",
        "And when does the first one leave?",
    ],
)
def test_a_question_that_contradicts_nothing_is_no_assertion(asks: str) -> None:
    """What a reader only wants to know is not an error that somebody has to look into."""
    assert quoted(f"The ferry goes at six, not at seven. {asks}") == [
        ("fact", "The ferry goes at six, not at seven.")
    ]


def test_a_question_is_not_joined_with_what_comes_after_it() -> None:
    """Who asks what the article says does not say with it what is right."""
    text = "Could the article say where it goes? The ferry was full."

    assert quoted(text) == [("fact", "The ferry was full.")]


@pytest.mark.parametrize(
    "asks", ["Could you correct the caption?", "Why isn't the mill on the map?"]
)
def test_a_question_that_asks_for_mending_is_an_assertion(asks: str) -> None:
    """Who asks politely for a correction, or doubts what stands there, reports an error."""
    assert len(quoted(f"The vote was on Tuesday. {asks}")) == 2


@pytest.mark.parametrize("text", ["Hm.", "Dear editors!", "What about the mill?", "", "…"])
def test_no_report_is_without_an_assertion(text: str) -> None:
    """Where nothing speaks for itself, everything is one assertion, and inside the text."""
    ((kind, span),) = parted(text)

    assert kind in ("fact", "opinion")
    assert 0 <= span.begin <= span.end <= len(text)


def test_what_a_rule_marked_is_an_assertion() -> None:
    """The sentence that the policy found is one, whatever its words are."""
    text = "Lovely weather. Come on, the mill?"

    assert quoted(text, Span(16, 20)) == [("opinion", "Come on, the mill?")]


ERROR = "The ferry goes at six, not at seven."


@pytest.mark.parametrize(
    "asks",
    [
        "Please correct this.",
        "Please amend your article soon.",
        "I'd be grateful if you could put it right.",
        "Thanks for checking!",
        "I hope you will mend this, it's a good paper.",
        "You are doing a great job.",
        "Are you sure?",
        "Is it?",
    ],
)
def test_what_only_asks_or_praises_is_no_assertion(asks: str) -> None:
    """A request without a word about the article is left out, before an assertion and after it."""
    assert quoted(f"{ERROR} {asks}") == [("fact", ERROR)]
    assert quoted(f"{asks} {ERROR}") == [("fact", ERROR)]


def test_a_rule_between_lines_goes_with_no_assertion() -> None:
    """Marks without a word are no sentence."""
    assert quoted(f"{ERROR}\n***\nThe mill is closed.") == [
        ("fact", ERROR),
        ("fact", "The mill is closed."),
    ]


@pytest.mark.parametrize(
    "judges",
    ["That is simply not true.", "It isn't.", "You got this wrong!", "There are two errors in it."],
)
def test_a_verdict_goes_with_what_it_judges(judges: str) -> None:
    """A verdict that names nothing is one with the sentence before it, or with the next one."""
    before, after = f"{ERROR} {judges}", f"{judges} {ERROR}"

    assert quoted(before) == [("fact", before)]
    assert quoted(after) == [("fact", after)]


@pytest.mark.parametrize(
    "names", ["Please correct the caption.", "Please change six to 7.", 'It is not "its".']
)
def test_a_request_that_names_something_is_an_assertion(names: str) -> None:
    """Who asks for a certain change asserts one thing more."""
    assert [words for _, words in quoted(f"{ERROR} {names}")] == [ERROR, names]


@pytest.mark.parametrize(
    "more",
    [
        "Could you change Mr to Dr?",
        "Was it not Peter Berg who built it?",
        "Thank you, but the mayor is Peter Berg.",
        "It's the Thames.",
    ],
)
def test_a_question_or_a_courtesy_may_assert_something_more(more: str) -> None:
    """Nothing that asks for a change, doubts or corrects is lost beside another assertion."""
    assert [words for _, words in quoted(f"{ERROR} {more}")] == [ERROR, more]


@pytest.mark.parametrize(
    "text",
    [
        "1. The date is wrong.\n2. The mayor is Peter Berg.",
        "The date is wrong. (b) The mayor is Peter Berg.",
        "Two things: 1. the date is wrong. 2. the mayor is Peter Berg.",
        "The mayor is 40. The mayor is Peter Berg.",
    ],
)
def test_the_number_of_a_point_belongs_to_it(text: str) -> None:
    """A number is no assertion of its own."""
    assert len(quoted(text)) == 2


def test_a_polite_verdict_goes_with_what_it_judges() -> None:
    """Whoever says "please" judges all the same."""
    text = "You say the mayor is Anna Lund. Please, that is not true."

    assert quoted(text) == [("fact", text)]


def test_a_marked_request_brings_the_sentence_that_it_is_about() -> None:
    """What a rule found only by the request is asserted together with the sentence before it."""
    text = "The mayor came by train. Please correct this article."

    assert quoted(text, Span(25, 52)) == [("fact", text)]


@pytest.mark.parametrize("text", ["Please correct this.", "Thanks. Keep up the good work!"])
def test_a_report_of_nothing_but_courtesy_is_one_assertion(text: str) -> None:
    """A report that only asks or praises still waits for somebody, once."""
    assert len(quoted(text)) == 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("There is a typo in it.", "spelling"),
        ("The link to the study is dead.", "link_or_caption"),
        ("The headline is misleading.", "emphasis"),
        ("It fails to mention the ferry.", "emphasis"),
        ("I think this is a disgrace.", "opinion"),
        ("I think the vote was eight to seven, not nine to six.", "fact"),
        ("My subscription has not arrived.", "not_about_us"),
        ("The vote was on Tuesday.", "fact"),
        ("Did the mayor really say so?", "opinion"),
        ("Where does that sum come from?", "opinion"),
        ("Was it not the mayor's deputy?", "fact"),
        ("Did it open in 1913?", "fact"),
        ("Could somebody correct this?", "fact"),
        ("Keep up the good work!", "opinion"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    """An assertion is of the kind that its words speak of, of a fact otherwise."""
    assert kind_of(words) == kind


def test_the_right_sentence_is_among_the_first_three() -> None:
    """Of the assertions in the list nine in ten find their sentence among three."""
    hits = [
        any(one.text.startswith(right) for one in evidence(assertion, article))
        for article, assertion, right in ASKED
    ]

    assert sum(hits) / len(hits) >= 0.9, [ASKED[n][1] for n, hit in enumerate(hits) if not hit]


def test_evidence_stands_verbatim_in_the_article() -> None:
    """Every sentence shown is an exact slice of its part of the article."""
    for article, assertion, _ in ASKED:
        for one in evidence(assertion, article):
            assert getattr(article, one.part)[one.begin : one.end] == one.text


def test_an_article_is_read_once_for_all_that_is_asserted_about_it() -> None:
    """The sentences of the same words are the very same ones the next time."""
    again = Article(BRIDGE.title, BRIDGE.text, BRIDGE.byline)
    found = [evidence("The bridge opened in 1913.", one)[0].text for one in (BRIDGE, again)]

    assert found[0] is found[1]


def test_nothing_in_common_is_no_evidence() -> None:
    """An assertion without a word of the article gets no sentence, and an empty article none."""
    assert evidence("Quite untrue.", BRIDGE) == []
    assert evidence("The vote was on Tuesday.", Article()) == []


def test_a_report_without_end_is_not_parted_without_end() -> None:
    """What comes after many assertions is one more, whole, so that nothing is lost."""
    text = " ".join(f"The bridge has {n} arches." for n in range(300))

    found = [span for _, span in parted(text)]

    assert len(found) == 50
    assert found[-1].quote(text).startswith("The bridge has 49 arches. The bridge has 50")
    assert found[-1].end == len(text)
