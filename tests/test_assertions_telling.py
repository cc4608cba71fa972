"""What readers tell of themselves is parted from what they assert."""

import pytest

from ombud.assertions.parting import parted

ERROR = "The ferry goes at six, not at seven."


def quoted(text: str) -> list[str]:
    """Return the words of what a text asserts."""
    return [span.quote(text) for _, span in parted(text)]


@pytest.mark.parametrize(
    "tells",
    [
        "I run a bookshop.",
        "I am a retired teacher and I have lived here for years.",
        "I have read your paper for 30 years.",
        "My wife and I read your paper every morning.",
        "I was shocked to read this.",
        "I am very disappointed and I expected better from you.",
        "I can't believe it!",
        "You can reach me on 0171 555 1234.",
        "I would like to remain anonymous.",
    ],
)
def test_what_a_reader_tells_of_nobody_else_is_no_assertion(tells: str) -> None:
    """What readers are, how they feel and where they are reached stands in no article."""
    assert quoted(f"{ERROR} {tells}") == [ERROR]
    assert quoted(f"{tells} {ERROR}") == [ERROR]
    assert quoted(tells) == [tells]


@pytest.mark.parametrize(
    "tells",
    [
        "I am the mayor's daughter.",
        "I am a nurse at the clinic.",
        "I run a bookshop in Vantor.",
        "I was upset.",
        "I was surprised to read that the ferry was full.",
        "I am not a doctor.",
        "We are a charity.",
        "I was fined.",
        "You can call me a liar.",
        "I read the contract, and the council owns the mill.",
        "I saw the mayor fall.",
    ],
)
def test_what_an_article_could_have_otherwise_is_an_assertion(tells: str) -> None:
    """Whoever names a place, a body or somebody else, or was or did something, may contradict."""
    assert tells in quoted(f"{ERROR} {tells}")


@pytest.mark.parametrize(
    "says",
    [
        "They called the plan a disgrace.",
        "The choir kindly lent the hall.",
        "Parents hope to move back in June.",
        "I saw it fall.",
    ],
)
def test_hope_scorn_and_kindness_of_others_are_asserted(says: str) -> None:
    """A word of courtesy or scorn makes no request or outcry of what somebody else said or did."""
    assert says in quoted(f"{ERROR} {says}")


@pytest.mark.parametrize(
    "cries", ["What a disgrace!", "Absolute rubbish.", "Shame on you.", "We hope you reply."]
)
def test_hope_and_scorn_of_readers_are_no_assertion(cries: str) -> None:
    """An outcry or a hope of whoever writes says nothing of the article."""
    assert quoted(f"{ERROR} {cries}") == [ERROR]


def test_what_readers_are_is_an_assertion_where_the_article_may_be_about_them() -> None:
    """Beside a sentence that speaks of the reader nothing that they are is left out."""
    text = "Your reporter makes a barber of me. I run a bookshop."

    assert quoted(text) == text.replace(". ", ".\n").split("\n")


def test_an_announcement_goes_with_what_it_announces() -> None:
    """That an error was found says nothing without the error."""
    text = "I noticed an error. The ferry goes at six."

    assert quoted(text) == [text]


def test_what_a_telephone_writes_under_a_mail_is_no_assertion() -> None:
    """The line that a mail program adds is not the reader's."""
    assert quoted(f"{ERROR}\n\nSent from my phone") == [ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "All the best players left the club.",
        "These three voted for it:\nPeter Berg\nOtto Brandt\nIda Norr",
    ],
)
def test_what_only_looks_like_a_farewell_or_a_signature_is_asserted(text: str) -> None:
    """Words of a farewell may begin a statement, and names below a colon are a list."""
    assert quoted(f"{ERROR} {text}\n\nYours,\nAda Moss\nreader") == [ERROR, text]
