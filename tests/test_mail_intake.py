"""Mails become reports: each once, with one acknowledgement, and none to programs."""

import smtplib
from contextlib import closing
from pathlib import Path

import pytest
from mailroom import DESK, URL, WRONG, Desk, desk
from posting import serving, written

from ombud.engine import Engine
from ombud.errors import InvalidInputError, SettingsError
from ombud.mail.boxes import Box
from ombud.mail.intake import Taken
from ombud.mail.post import intake
from ombud.settings import Settings
from ombud.store import Store, reports

__all__ = ["desk"]


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


@pytest.mark.parametrize("sender", ["Eve <eve@else.example>", "Ann Hall <ann@reader.example>"])
def test_nobody_takes_the_place_of_a_reader_who_was_forgotten(desk: Desk, sender: str) -> None:
    """Whoever writes into the conversation is kept with the report, and is not its reader."""
    number = desk.take(written(WRONG)).report
    again = "In-Reply-To: <1@reader.example>\r\n"
    with desk.store.writing() as tx:
        reports.change(tx, number or 0, email=None, name=None)
    later = written("It was 2014.", id_="2", sender=sender, more=again)
    assert desk.take(later) == Taken("reply", number)
    assert desk.rows("reports", "email, name") == [(None, None)]


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
