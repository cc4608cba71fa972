"""The words of letters, and what they look like on the wire."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from ombud.errors import InvalidInputError
from ombud.mail import letters
from ombud.mail.composing import compose, new_id
from ombud.mail.letters import Answered

AT = datetime(2026, 3, 3, 9, 14, tzinfo=UTC)


def composed(**more: Any) -> bytes:  # noqa: ANN401  # what a letter is made of
    """Return a letter as it goes over the wire."""
    given: dict[str, Any] = {
        "sender": ("The Paper", "desk@paper.example"),
        "to": "ann@reader.example",
        "subject": "Re: The mill",
        "text": "It was 2014.\n",
        "id_": "<1@paper.example>",
        "answers": (),
        "at": AT,
        "automatic": False,
    }
    return compose(**{**given, **more})


def test_an_acknowledgement_says_what_was_understood_and_until_when() -> None:
    """It quotes each assertion, shortens long ones, and names number and day."""
    quotes = ["It was 2014.", "word " * 200]

    words = letters.acknowledgement("The Paper", 7, quotes, AT)

    assert "> It was 2014." in words
    assert " …" in words
    assert "number 7" in words
    assert "by 3 March 2026." in words
    assert max(map(len, words.splitlines())) <= 72


def test_who_wrote_a_comment_is_told_that_it_is_taken_as_a_report() -> None:
    """They may not have meant it as one."""
    words = letters.acknowledgement("The Paper", 7, ["It was 2014."], AT, comment=True)

    assert words.startswith("Thank you for your comment at The Paper.")
    assert "is wrong, so we have passed it" in " ".join(words.split())
    assert "report 7" in " ".join(words.split())


def test_many_assertions_are_counted() -> None:
    """A mail with hundreds of sentences gets a letter that can be read."""
    words = letters.acknowledgement("The Paper", 7, ["x"] * 50, AT)

    assert words.count("> x") == 20
    assert "and 30 more." in words


def test_an_answer_says_what_was_found_about_each_assertion() -> None:
    """With the reason, and where the correction stands."""
    found = [
        Answered("It was 2014.", "corrected", "The plaque says so."),
        Answered("It is ugly.", "no error", "That is a matter of taste."),
    ]

    words = letters.answer("The Paper", 7, found, "https://paper.example/corrections/1")

    assert "> It was 2014.\n\nYou were right, and we have corrected it. The plaque" in words
    assert "found no error. That is a matter of taste." in words
    assert "\nhttps://paper.example/corrections/1\n" in words


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("The mill", "Re: The mill"),
        ("RE: The mill", "RE: The mill"),
        (" \r\nBcc: x@y.example", "Re: Bcc: x@y.example"),
        ("", "Your report"),
    ],
)
def test_the_subject_is_the_readers(subject: str, reply: str) -> None:
    """On one line, marked as an answer once."""
    assert letters.reply_subject(subject) == reply


def test_a_letter_is_one_message_whatever_is_in_it() -> None:
    """Breaks in names and subjects begin no header; every line is short enough for SMTP."""
    content = composed(
        sender=("Paper\r\nBcc: x@y.example", "desk@paper.example"),
        subject="Hi\r\nBcc: x@y.example\r\n\r\nbody" + " long" * 500,
        text="Grüße\n" + "word " * 1000,
    )
    letter = message_from_bytes(content, policy=policy.default)

    assert letter["Bcc"] is None
    assert set(letter.keys()) >= {"From", "To", "Subject", "Date", "Message-ID"}
    assert letter["Date"] == "Tue, 03 Mar 2026 09:14:00 +0000"
    assert "Grüße" in letter.get_content()  # type: ignore[attr-defined]  # the policy makes them
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_long_identifiers_stay_as_they_are() -> None:
    """Programs thread by them, so none is encoded; a thread too long keeps its nearest."""
    ids = [f"<{'x' * 150}{number}@reader.example>" for number in range(20)]
    letter = message_from_bytes(composed(answers=["<a@kept.invalid>", *ids]))

    assert letter["In-Reply-To"] == ids[0]
    assert letter["References"].split() == ids[:5][::-1]


@pytest.mark.parametrize("name", ["to", "sender"])
def test_an_address_that_nothing_can_be_sent_to_is_refused(name: str) -> None:
    """It is named, and no letter is made."""
    wrong = "ann@reader.example>\r\nBcc: x@y.example"
    with pytest.raises(InvalidInputError, match="is no e-mail address"):
        composed(**{name: ("The Paper", wrong) if name == "sender" else wrong})


def test_identifiers_are_of_the_desks_domain_and_never_the_same() -> None:
    """A reply finds its way back by them."""
    one, other = new_id("desk@paper.example"), new_id("desk@paper.example")

    assert one != other
    assert one.endswith("@paper.example>")
