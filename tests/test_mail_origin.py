"""Who wrote a mail: a person or a program, and where an answer goes."""

import pytest
from mailtexts import HEAD, headed

from ombud.mail.reading import read


@pytest.mark.parametrize(
    ("content", "origin"),
    [
        (headed(), "person"),
        (headed(Auto_Submitted="no"), "person"),
        (headed(Auto_Submitted="auto-replied"), "auto-reply"),
        (headed(Auto_Submitted="auto-generated; owner-email=a@b.example"), "auto-reply"),
        (headed(X_Auto_Response_Suppress="DR, AutoReply"), "auto-reply"),
        (headed(Precedence="bulk"), "list"),
        (headed(List_Id="<talk.reader.example>"), "list"),
        (headed(Return_Path="<>"), "bounce"),
        (headed(Return_Path="<>", Auto_Submitted="auto-replied"), "auto-reply"),
        (headed(Content_Type="multipart/report; report-type=delivery-status"), "bounce"),
        (b"From: MAILER-DAEMON@mx.example\r\n\r\nFailed.", "bounce"),
        (b"From: a@b.example\r\nSubject: Undeliverable: Re: mill\r\n\r\n", "bounce"),
        (b"From: a@b.example\r\nSubject: Automatic reply: mill\r\n\r\n", "auto-reply"),
        (b"From: a@b.example\r\nSubject: Re: Out of office: mill\r\n\r\n", "auto-reply"),
        (b"From: no-reply@b.example\r\n\r\nHi", "no-reply"),
        (b"From: somebody\r\n\r\nHi", "no-reply"),
        (b"From: noreen@b.example\r\nSubject: Out of order\r\n\r\nHi", "person"),
    ],
)
def test_programs_are_told_from_persons(content: bytes, origin: str) -> None:
    """Automatic answers, bounces, lists and addresses without a reader are known as such."""
    assert read(content).origin == origin


def test_an_empty_sender_is_a_bounce() -> None:
    """The envelope says so where the headers do not."""
    assert read(headed(), sender="").origin == "bounce"
    assert read(headed(), sender="ann@reader.example").origin == "person"


@pytest.mark.parametrize(
    "written",
    [
        "a@b.example, c@d.example",
        "<a@b.example> c@d.example",
        "a b@c.example",
        "a@b",
        "a@b.example>,",
    ],
)
def test_an_answer_goes_to_one_address_or_to_none(written: str) -> None:
    """A header that names several, or none that mail could go to, names at most one."""
    address = read(f"From: {written}\r\n\r\nx".encode()).address

    assert address in ("", "a@b.example", "b@c.example")


def test_an_answer_goes_where_the_writer_wants_it() -> None:
    """Reply-To comes before From."""
    assert (
        read(HEAD + b"Reply-To: Club <club@reader.example>\r\n\r\n").address
        == "club@reader.example"
    )
    assert read(HEAD + b"Reply-To: nobody\r\n\r\n").address == "ann@reader.example"
