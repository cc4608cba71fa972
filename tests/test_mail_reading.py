"""What is read of a mail, however it is made."""

import base64
import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mailtexts import HEAD, typed
from quoted import WRITTEN

from ombud.mail.reading import MOST, read
from ombud.mail.replies import newly_written


@pytest.mark.parametrize("name", WRITTEN)
def test_own_words_are_parted_from_what_is_quoted(name: str) -> None:
    """Quotations, signatures and small print go; what the writer means stays, also below them."""
    text, own = WRITTEN[name]

    assert newly_written(text) == own


def test_a_mail_is_read() -> None:
    """Who wrote, when, about what and in which thread is known."""
    mail = read(
        b"From: =?utf-8?q?Ann_M=C3=BCller?= <Ann@reader.example>\r\n"
        b"Subject: =?utf-8?b?RGFzIEphaHI=?=\r\n =?utf-8?q?_ist_falsch?=\r\n"
        b"Date: Tue, 3 Mar 2026 10:14:00 +0100\r\nMessage-ID: <2@reader.example>\r\n"
        b"In-Reply-To: <b@paper.example>\r\nReferences: <a@paper.example> <b@paper.example>\r\n"
        b"\r\nIt was 2014.\r\n"
    )

    assert (mail.name, mail.address) == ("Ann Müller", "Ann@reader.example")
    assert mail.subject == "Das Jahr ist falsch"
    assert mail.date == datetime(2026, 3, 3, 9, 14, tzinfo=UTC)
    assert (mail.id, mail.answers) == (
        "<2@reader.example>",
        ("<b@paper.example>", "<a@paper.example>"),
    )
    assert (mail.text, mail.origin, mail.cut) == ("It was 2014.", "person", False)


def test_html_is_read_as_it_is_seen() -> None:
    """Scripts, styles and comments are not, blocks are lines, quotations are marked."""
    mail = read(
        typed(
            "text/html; charset=utf-8",
            "<html><head><title>t</title><style>p{}</style></head><body><p>It was&nbsp;<b>2014</b>."
            "</p><!-- no --><script>x()</script><p>Not 2015 – see<br>the plaque</p>"
            "<div class='gmail_quote'><blockquote>Thank you.</blockquote></div></body>".encode(),
        )
    )

    assert mail.text == "It was 2014.\nNot 2015 – see\nthe plaque"
    assert "> Thank you." in mail.whole


def test_the_plain_part_comes_before_html_unless_it_is_empty() -> None:
    """Of two versions of one text the plain one is read; an empty one is none."""

    def both(plain: str) -> str:
        message = EmailMessage()
        message["From"] = "ann@reader.example"
        message.set_content(plain)
        message.add_alternative("<p>From HTML.</p>", subtype="html")
        return read(message.as_bytes()).text

    assert both("Plain.") == "Plain."
    assert both(" \n") == "From HTML."


@pytest.mark.parametrize(
    ("claimed", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("windows-1252", "cp1252"),
        ("x-unknown", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_wrong_charset_costs_no_letter(claimed: str, encoding: str) -> None:
    """A text is read although its charset is wrong, unknown or missing."""
    words = "Bürgermeister Müller heißt nicht Möller, das schrieben Sie schon früher so."
    kind = f"text/plain; charset={claimed}" if claimed else "text/plain"

    assert read(typed(kind, words.encode(encoding))).text == words


def test_other_scripts_are_read_by_their_charset() -> None:
    """Charsets of other scripts are believed where they fit."""
    words = "Мост построен в 1931 году"

    assert read(typed("text/plain; charset=koi8-r", words.encode("koi8-r"))).text == words


def test_attachments_are_listed_and_lies_are_seen() -> None:
    """Name without folders, claimed and real type and size; a program is no picture."""
    message = EmailMessage()
    message["From"] = "ann@reader.example"
    message.set_content("See the files.")
    for name, kind, content in (
        ("../../plaque.png", "png", b"\x89PNG\r\n\x1a\n" + b"0" * 20),
        ("photo.jpg", "jpeg", b"MZ\x90\x00" + b"0" * 20),
        ("a.gif", "gif", b"\xff\xd8\xff\xe0" + b"0" * 20),
    ):
        message.add_attachment(content, maintype="image", subtype=kind, filename=name)
    message.add_attachment(
        b"PK\x03\x04" + b"0" * 9,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="minutes.docx",
    )
    message.add_attachment(b"<html>", maintype="application", subtype="pdf", filename="b.pdf")

    mail = read(message.as_bytes())

    assert mail.text == "See the files."
    assert [(one.name, one.real, one.size, one.lies) for one in mail.attachments] == [
        ("plaque.png", "image/png", 28, False),
        ("photo.jpg", "application/vnd.microsoft.portable-executable", 24, True),
        ("a.gif", "image/jpeg", 24, False),
        ("minutes.docx", "application/zip", 13, False),
        ("b.pdf", "text/html", 6, True),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@b.example\r\nBcc: x@y.example\r\n\r\n",
        b"From: a@b.example\rBcc: x@y.example\r\n\r\n",
        (
            b"From: =?utf-8?q?A=0D=0ABcc:_x@y.example?= <a@b.example>\r\nSubject:"
            b" =?utf-8?q?Hi=0D=0ABcc:_x@y.example?=\r\n\r\n"
        ),
        b'From: "a@b.example\\r\\nBcc: x" <a@b.example>\r\n\r\n',
    ],
)
def test_a_header_has_one_line(content: bytes) -> None:
    """What tries to become a header of its own stays part of a line."""
    mail = read(content)

    assert not set("\r\n") & set(mail.subject + mail.name + mail.address + mail.id)
    assert mail.address in ("a@b.example", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"no headers at all",
        HEAD,
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nText without an end",
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nText without a boundary",
        HEAD + b"Content-Type: ;;;=\r\nContent-Transfer-Encoding: what\r\n\r\nText",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!not base64",
        HEAD + b"Date: yesterday\r\nIn-Reply-To: =?x?y?z?=\r\n\r\nText",
        HEAD + b"Date: Tue, 3 Mar 99999999 10:14:00 +9999999\r\n\r\nText",
        b"From: =?utf-8?b?////?= <a@b.example>\r\nSubject: =?nope?q?x?=\r\n\r\nText",
        b"From: \xff\xfe <a@b.example>\r\nSubject: \xe9t\xe9\r\n\r\nText",
        HEAD + b"Content-Type: text/html\r\n\r\n<",
        HEAD + b"Content-Type: text/html\r\n\r\n",
        HEAD + b"Content-Type: message/rfc822\r\n\r\n",
        HEAD + b"Content-Type: text/plain; charset*=utf-8'%zz'%ff\r\n\r\nText",
        HEAD + b"Content-Disposition: attachment; filename*=x'y'%ff%00; filename=\"\r\n\r\nText",
    ],
)
def test_what_is_badly_made_is_read_as_far_as_it_goes(content: bytes) -> None:
    """Nothing that arrives is an error, and whatever is read can be stored."""
    mail = read(content)

    stored = f"{mail.text}{mail.whole}{mail.subject}{mail.name}{mail.id}"
    stored.encode()
    assert "\x00" not in stored
    assert mail.key


@given(st.binary(max_size=400), st.sampled_from(["plain", "html", "x; charset=utf-16", "rfc822"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_are_an_error(body: bytes, kind: str) -> None:
    """Whatever stands in head and body, something is read that can be stored."""
    for content in (typed(f"text/{kind}", body), body, b"From: " + body, b"Subject: " + body):
        mail = read(content)
        (mail.text + mail.whole + mail.subject + mail.name + mail.address).encode()


def test_a_long_mail_is_cut_and_says_so() -> None:
    """Of a mail of 50 MB the beginning is read."""
    mail = read(HEAD + b"\r\nIt was 2014.\r\n" + b"x" * (2 * MOST))

    assert mail.cut
    assert mail.text.startswith("It was 2014.")


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"\r\n" + b"\n" * 2_000_000,
        HEAD + b"\r\n" + b"On " + b"a " * 1_000_000,
        HEAD + b"\r\n" + b"Thanks\n" * 300_000,
        typed("text/html", b"<div>" * 300_000),
        typed("text/html", b"<!--" * 300_000),
        b"References: " + b"<a@b.example> " * 100_000 + b"\r\n\r\nx",
        b"From: " + b"(" * 1_000_000 + b"\r\n\r\nx",
        b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\r\n\r\nx",
        HEAD
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
            for n in range(300)
        )
        + b"x\r\n" * 800_000,
        typed("text/plain", base64.encodebytes(b"\xff" * 3_000_000)),
    ],
)
def test_no_mail_takes_long(content: bytes) -> None:
    """What is made to keep a reader busy takes seconds at most."""
    begun = time.process_time()
    read(content)

    assert time.process_time() - begun < 8


def test_the_same_mail_has_the_same_key_on_every_way() -> None:
    """Line ends and headers of the way do not matter; another text is another mail."""
    one = read(HEAD + b"\r\nIt was 2014.\r\n\r\nAnn")

    assert (
        read(b"Received: by mx\r\n" + HEAD.replace(b"\r\n", b"\n") + b"\nIt was 2014.\n\nAnn\n").key
        == one.key
    )
    assert read(HEAD + b"\r\nIt was 2015.\r\n\r\nAnn").key != one.key
