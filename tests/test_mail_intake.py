"""Mails become reports: each once, with one acknowledgement, and none to programs."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from posting import serving, written
from sqlalchemy import text

from ombud.engine import Engine
from ombud.errors import InvalidInputError, SettingsError
from ombud.mail.boxes import Box
from ombud.mail.intake import Intake, Taken
from ombud.mail.post import Post, intake
from ombud.newsroom import Article
from ombud.settings import Settings
from ombud.store import Store, articles, outlets

DESK = "desk@paper.example"
WRONG = "Please correct the article: the mill burned down in 2014, not 2015."
URL = "https://paper.example/news/old-mill-burns-down-again"


@dataclass
class Desk:
    """A corrections desk with an outlet and two articles."""

    store: Store
    settings: Settings
    intake: Intake
    post: Post

    def take(self, content: bytes, sender: str | None = "ann@reader.example") -> Taken:
        """Take a mail past the network."""
        return self.intake.take(content, sender, [DESK])

    def rows(self, table: str, columns: str = "*") -> list[Any]:
        """Return what a table holds."""
        with self.store.reading() as tx:
            return list(tx.execute(text(f"SELECT {columns} FROM {table} ORDER BY id")))


@pytest.fixture
def desk(store: Store, plain: Engine, at: datetime, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on a database of each kind; turns of phrase stand for the model."""
    settings = Settings(
        data=tmp_path,
        mail_addresses=(f"paper={DESK}", "paper=errors@paper.example"),
        mail_listen="smtp://127.0.0.1:0",
        mail_megabytes=1,
        mail_per_day=2,
    )
    with store.writing() as tx:
        outlets.opened(tx, "paper", "The Paper", at)
        for url, title in ((URL, "Old mill burns down again"), (f"{URL}-2", "Ferry timetable")):
            articles.put(tx, "paper", url, Article(title, "Text."), at, at)
    return Desk(store, settings, intake(store, plain, settings), Post(store, plain, settings))


def test_a_mail_becomes_a_report_with_an_acknowledgement(desk: Desk) -> None:
    """Over SMTP: once it is acknowledged it is kept, and the letter quotes what it asserts."""
    with serving(desk.post) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.sendmail("ann@reader.example", [DESK], written(f"{WRONG}\r\n\r\nSee {URL}?utm=1."))

        (report,) = desk.rows("reports", "id, article, source, name, email, text, state")
        (letter,) = desk.rows("letters", "report, recipient, subject, body, kind, message_id")

    assert report[1:5] == (1, "email", "Ann Hall", "ann@reader.example")
    assert report.text.startswith(WRONG)
    assert letter[:3] == (report.id, "ann@reader.example", "Re: The mill")
    assert "> Please correct the article" in letter.body
    assert letter.message_id.endswith("@paper.example>")


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


def test_the_same_mail_is_one_on_whatever_way_it_comes(desk: Desk) -> None:
    """With or without an identifier; another text under the same identifier is another mail."""
    assert not desk.take(written(WRONG)).again
    assert desk.take(b"Received: by x\r\n" + written(WRONG)).again
    assert not desk.take(written(f"{WRONG} Really.")).again
    assert desk.take(written(f"{WRONG} Really.")).again
    bare = written(WRONG).replace(b"Message-ID", b"X-Was")
    assert not desk.take(bare).again
    assert desk.take(bare).again
    assert len(desk.rows("reports")) == 3


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (written(WRONG, more="Auto-Submitted: auto-replied\r\n"), "automatic"),
        (written(WRONG, more="Return-Path: <>\r\n"), "bounce"),
        (written("When do you open on Sundays?"), "other"),
    ],
)
def test_what_is_no_report_is_kept_and_not_answered(desk: Desk, content: bytes, kind: str) -> None:
    """Programs and other matters open no report and get no letter."""
    assert desk.take(content, None).kind == kind
    assert [len(desk.rows(table)) for table in ("mails", "reports", "letters")] == [1, 0, 0]


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        ("No Reply <no-reply@reader.example>", ""),
        ("ann@reader.example", "List-Id: <talk.reader.example>\r\n"),
        ("somebody", ""),
        (DESK, ""),
    ],
)
def test_reports_that_nobody_waits_for_get_no_acknowledgement(
    desk: Desk, sender: str, more: str
) -> None:
    """Lists, addresses without a reader and ourselves are not written to; the report is kept."""
    assert desk.take(written(WRONG, sender=sender, more=more)).kind == "report"
    assert desk.rows("letters") == []


def test_a_conversation_is_one_report_with_one_acknowledgement(desk: Desk) -> None:
    """What answers our letter, or the reader's own mail, goes to the same report."""
    first = desk.take(written(WRONG))
    (letter,) = desk.rows("letters")
    answers = f"In-Reply-To: {letter.message_id}\r\nReferences: <1@reader.example>\r\n"
    second = desk.take(written("And the caption is wrong.", id_="2", more=answers))
    third = desk.take(written(WRONG, id_="3", more="References: <1@reader.example>\r\n"))

    assert (second, third) == (Taken("reply", first.report), Taken("reply", first.report))
    assert {row.thread for row in desk.rows("mails")} == {"<1@reader.example>"}
    assert len(desk.rows("letters")) == 1


def test_one_address_gets_so_many_acknowledgements_a_day(desk: Desk) -> None:
    """Whoever writes in a loop is reported each time and written to a few times."""
    for number in range(5):
        desk.take(written(f"{WRONG} {number}", id_=str(number), sender="ANN@reader.example"))

    assert [len(desk.rows(table)) for table in ("reports", "letters")] == [5, 2]


def test_a_loop_of_automatic_answers_ends_at_once(desk: Desk) -> None:
    """Our acknowledgement, answered by a program, is answered by nothing."""
    desk.take(written(WRONG))
    (letter,) = desk.rows("letters")
    answers = f"In-Reply-To: {letter.message_id}\r\nAuto-Submitted: auto-replied\r\n"
    for number in range(3):
        assert desk.take(written(WRONG, id_=f"x{number}", more=answers), "").kind == "automatic"

    assert len(desk.rows("letters")) == 1


def test_a_letter_that_comes_back_is_seen(desk: Desk) -> None:
    """A bounce names the letter by its identifier, also where only the returned mail does."""
    desk.take(written(WRONG))
    (letter,) = desk.rows("letters")
    back = written(
        "--b\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Subject: Re\r\nMessage-ID: {letter.message_id}\r\n\r\nx\r\n--b--",
        id_="b",
        more="Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    )

    assert desk.take(back, "").kind == "bounce"
    assert "came back" in desk.rows("letters")[0].failure


@pytest.mark.parametrize(
    ("words", "article"),
    [
        (f"{WRONG} {URL}", 1),
        (f"{WRONG} {URL.replace('https://', 'http://www.')}/#comments", 1),
        (f"{WRONG} In 'Old Mill Burns Down Again' it is 2015.", 1),
        (f"{WRONG} On both {URL} and {URL}-2", None),
        (f"{WRONG} https://elsewhere.example/news", None),
        (WRONG, None),
    ],
)
def test_the_article_is_found_where_it_is_clear(
    desk: Desk, words: str, article: int | None
) -> None:
    """By its address in its spellings, or by its title; never where there are two."""
    desk.take(written(words))

    assert desk.rows("reports")[0].article == article


def test_a_maildir_and_an_mbox_are_read_the_same(desk: Desk, tmp_path: Path) -> None:
    """Each mail once, with lines that begin like the one between mails."""
    mails = [written(f"{WRONG}\r\nFrom here on, {number}", id_=str(number)) for number in range(3)]
    folder = tmp_path / "maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    file = tmp_path / "mbox"
    parts = []
    for number, mail in enumerate(mails):
        (folder / ("new" if number else "cur") / f"{number}").write_bytes(mail)
        quoted = mail.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        parts.append(b"From ann Tue Mar  3 10:14:00 2026\n" + quoted + b"\n")
    file.write_bytes(b"".join(parts))

    for path, again in ((folder, False), (file, True)):
        with closing(Box(path)) as box:
            assert len(box) == 3
            assert [desk.take(mail, None).again for mail in box] == [again] * 3


def test_what_is_no_box_is_refused(tmp_path: Path) -> None:
    """A folder, a file or nothing that holds no mails says what it must be."""
    (tmp_path / "notes").write_text("Hello")
    for path in (tmp_path, tmp_path / "notes", tmp_path / "nowhere"):
        with pytest.raises(InvalidInputError, match=r"maildir|mbox"):
            Box(path)


def test_without_an_address_no_mails_are_taken(store: Store, plain: Engine) -> None:
    """The setting that is missing is named."""
    with pytest.raises(SettingsError, match="mail_addresses"):
        intake(store, plain, Settings())
