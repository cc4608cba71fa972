"""What somebody means harm with reaches the running listener, and loses or breaks nothing."""

import smtplib
from email.message import EmailMessage

import pytest
from posting import serving
from test_mail_intake import DESK, WRONG, Desk, desk

__all__ = ["desk"]
HEAD = "From: Ann <ann@reader.example>\r\nTo: desk@paper.example\r\n"
HOSTILE = {
    "parts that never end": f'{HEAD}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
    f"Content-Type: text/plain\r\n\r\n{WRONG}\r\n--x\r\nContent-Type: image/png; name=",
    "no boundary": f"{HEAD}Content-Type: multipart/mixed\r\n\r\n{WRONG}\r\n",
    "broken base64": f"{HEAD}Subject: {WRONG}\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%=\r\n",
    "a charset that is none": f"{HEAD}Content-Type: text/plain; charset=rot-26\r\n\r\n{WRONG}\r\n",
    "a charset that lies": f"{HEAD}Content-Type: text/plain; charset=utf-16\r\n\r\n{WRONG}\r\n",
    "a subject with a header": f"{HEAD}Subject: =?utf-8?q?Hi=0D=0ABcc:_eve@else.example?=\r\n\r\n"
    f"{WRONG}\r\n",
    "a name with a header": "From: =?utf-8?q?A=0D=0ABcc:_eve@else.example?="
    f" <ann@reader.example>\r\nSubject: Hi\r\n\r\n{WRONG}\r\n",
    "no header": f"\r\n{WRONG}\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_badly_made_is_kept_over_smtp(desk: Desk, name: str) -> None:
    """It is acknowledged once it is kept, its words are read, and no header comes from them."""
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("ann@reader.example", [DESK], HOSTILE[name].encode())

    (mail,) = desk.rows("mails")
    assert "the mill burned down" in f"{mail.subject} {mail.text}"
    for letter in desk.rows("letters"):
        assert "\n" not in letter.subject
        assert letter.recipient == "ann@reader.example"


def test_a_file_that_lies_about_its_type_is_listed_and_not_kept(desk: Desk) -> None:
    """A program that is called a picture says so, and its bytes are nowhere in the database."""
    message = EmailMessage()
    message["From"], message["Subject"] = "ann@reader.example", "Hi"
    message.set_content(WRONG)
    message.add_attachment(
        b"MZ" + b"\x90" * 99, maintype="image", subtype="png", filename="../../a\u202egnp.exe"
    )
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("ann@reader.example", [DESK], message.as_bytes())

    (mail,) = desk.rows("mails")
    listed = str(mail.attachments)
    assert "portable-executable" in listed
    assert "'lies': True" in listed or '"lies": true' in listed
    assert "/" not in listed.partition("name")[2].partition(",")[0]


@pytest.mark.parametrize("announced", [True, False])
def test_fifty_megabytes_are_refused_and_the_next_mail_is_taken(
    desk: Desk, *, announced: bool
) -> None:
    """Whether the size is said before or not, nothing of it is kept, and the listener lives on."""
    huge = HEAD.encode() + b"\r\n" + (b"x" * 998 + b"\r\n") * 50_000
    with serving(desk.post) as port:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            smtp.ehlo()
            smtp.mail("ann@reader.example", [f"size={len(huge)}"] if announced else [])
            assert (smtp.rcpt(DESK)[0] >= 500) is announced  # refused
            refused = announced or _refused(smtp, huge)
        assert refused
        assert desk.rows("mails") == []
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            smtp.sendmail("ann@reader.example", [DESK], f"{HEAD}\r\n{WRONG}".encode())
    assert len(desk.rows("mails")) == 1


def _refused(smtp: smtplib.SMTP, content: bytes) -> bool:
    """Whether a mail is refused for its size, or the line broken off."""
    try:
        return smtp.data(content)[0] == 552  # too large
    except (smtplib.SMTPException, OSError):
        return True
