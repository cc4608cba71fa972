"""The port where mails come in: it answers for each mail, and takes none that it cannot keep."""

import smtplib
import socket
from contextlib import closing
from dataclasses import replace

import pytest
from mailroom import DESK, WRONG, Desk, desk
from posting import serving, written
from sqlalchemy import text

from ombud.engine import Engine
from ombud.mail.post import Post

__all__ = ["desk"]


def test_a_mail_for_two_desks_is_one(desk: Desk) -> None:
    """Whoever is told of it more than once, there is one report."""
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("ann@reader.example", [DESK, "Errors@paper.example"], written(WRONG))

    assert len(desk.rows("reports")) == 1


def test_lmtp_answers_for_each_address(desk: Desk, plain: Engine) -> None:
    """After the text it says once for each recipient that the mail is kept, as RFC 2033 wants."""
    settings = replace(desk.settings, mail_listen="lmtp://127.0.0.1:0")
    said = [
        "LHLO x",
        "MAIL FROM:<a@b.example>",
        f"RCPT TO:<{DESK}>",
        "RCPT TO:<errors@paper.example>",
    ]
    with (
        serving(Post(desk.store, plain, settings)) as port,
        closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as line,
        line.makefile("rb") as heard,
    ):
        for words in [*said, "DATA", written(WRONG).decode() + ".", "QUIT"]:
            line.sendall(f"{words}\r\n".encode())
        answers = [answer[:4] for answer in heard if answer[3:4] == b" "]

    assert answers == [b"220 ", *[b"250 "] * 4, b"354 ", b"250 ", b"250 ", b"221 "]
    assert len(desk.rows("reports")) == 1


def test_mails_for_others_are_refused(desk: Desk) -> None:
    """The desk takes what is for it, and relays nothing."""
    with (
        serving(desk.post) as port,
        smtplib.SMTP("127.0.0.1", port) as smtp,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        smtp.sendmail("ann@reader.example", ["else@elsewhere.example"], written(WRONG))


def test_a_mail_that_is_too_large_is_refused_with_552(desk: Desk) -> None:
    """By the size it announces, and by the size it has; the line stays usable."""
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.ehlo()
        assert smtp.mail("ann@reader.example", ["SIZE=50000000"])[0] == 552
        smtp.rset()
        smtp.mail("ann@reader.example")
        smtp.rcpt(DESK)
        assert smtp.data(written("x\r\n" * 700_000))[0] == 552
        smtp.sendmail("ann@reader.example", [DESK], written(WRONG))

    assert len(desk.rows("mails")) == 1


def test_while_the_database_is_away_the_sender_keeps_the_mail(desk: Desk) -> None:
    """It is told to try again later, and then the mail is kept once."""
    with desk.store.writing() as tx:
        tx.execute(text("ALTER TABLE mails RENAME TO away"))
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail("ann@reader.example", [DESK], written(WRONG))
        with desk.store.writing() as tx:
            tx.execute(text("ALTER TABLE away RENAME TO mails"))
        for _ in range(2):
            smtp.sendmail("ann@reader.example", [DESK], written(WRONG))

    assert refused.value.smtp_code == 451
    assert [len(desk.rows(table)) for table in ("mails", "reports", "letters")] == [1, 1, 1]


def test_whatever_goes_wrong_the_sender_keeps_the_mail(desk: Desk) -> None:
    """A fault that nobody foresaw is answered with "try again later" too."""
    desk.post._intake = None  # type: ignore[assignment]  # noqa: SLF001  # the fault
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail("ann@reader.example", [DESK], written(WRONG))

        assert refused.value.smtp_code == 451
        assert smtp.noop()[0] == 250


def test_who_hangs_up_in_the_middle_sent_nothing(desk: Desk) -> None:
    """Half of a mail is none; others are taken meanwhile."""
    half = f"HELO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<{DESK}>\r\nDATA\r\nSubject: x\r\n"
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        with closing(socket.create_connection(("127.0.0.1", port))) as line:
            line.sendall(half.encode())
        smtp.sendmail("ann@reader.example", [DESK], written(WRONG))

    assert len(desk.rows("mails")) == 1


def test_a_bounce_is_taken_over_smtp(desk: Desk) -> None:
    """The empty sender of a bounce is no error, and gets no letter."""
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("", [DESK], written(WRONG))

    assert [row.kind for row in desk.rows("mails")] == ["bounce"]
    assert desk.rows("letters") == []
