"""Who points to an error in a comment is written to, where an address is known and mails go out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from newsroom import Newsroom
from sqlalchemy import text

from ombud.case import Case
from ombud.engine import Engine
from ombud.policy import Finding, configure
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.store import Store, reports
from ombud.text import Span
from ombud.web import create_app

WRONG = "Please correct the article: the bridge is closed for one winter, not two."
AWAY = "smtp://127.0.0.1:1"
ADA = {"name": "Ada", "email": "ada@example.org"}


def detect(case: Case) -> Iterator[Finding]:
    """Take what asks for a correction in these words for a report, as no model is at hand."""
    if "correct the article" in case.text:
        yield Finding("This asserts an error.", 0.9, Span(0, len(case.text)))


def reporting() -> Engine:
    """Return what takes such comments for reports, and judges nothing else."""
    (rule,) = [one for one in house_rules() if one.id == "correction_request"]
    return Engine(configure([replace(rule, detect=detect, signals=())]), [])


@pytest.fixture
def mailing(settings: Settings, furnished: Store) -> Iterator[Newsroom]:
    """Return a running application whose mail server is away."""
    sending = replace(
        settings,
        mail_server=AWAY,
        mail_addresses=("harbour=desk@harbour.example",),
        mail_per_day=2,
    )
    with TestClient(create_app(reporting(), sending, store=furnished)) as client:
        yield Newsroom(client, furnished)


def letters(newsroom: Newsroom) -> list[Any]:
    """Return the letters that wait."""
    with newsroom.store.reading() as tx:
        return list(tx.execute(text("SELECT kind, recipient, body FROM letters ORDER BY id")))


def test_the_author_of_a_comment_hears_that_it_is_looked_into(mailing: Newsroom) -> None:
    """Once, however often the same comment is sent; who praises hears nothing."""
    mailing.sent("A fair decision.", author=ADA)
    for _ in range(2):
        mailing.send(WRONG, author=ADA, headers={"Idempotency-Key": "one"})
    (letter,) = letters(mailing)
    assert (letter.kind, letter.recipient) == ("acknowledgement", "ada@example.org")
    assert "Thank you for your comment at The Harbour Post." in letter.body
    assert "report 1" in " ".join(letter.body.split())
    assert "> Please correct the article" in letter.body


def test_nobody_is_written_to_without_an_address_or_too_often(mailing: Newsroom) -> None:
    """An address gets as many acknowledgements a day as it does for reports by mail."""
    mailing.sent(WRONG, "Bo")
    for number in range(3):
        mailing.sent(f"{WRONG} This is stated in decree {number} of the council.", author=ADA)
    assert len(letters(mailing)) == 2


def test_without_a_mail_server_no_letter_is_written(settings: Settings, furnished: Store) -> None:
    """The page shows what becomes of the comment all the same."""
    with TestClient(create_app(reporting(), settings, store=furnished)) as client:
        quiet = Newsroom(client, furnished)
        quiet.sent(WRONG, author=ADA)
        assert letters(quiet) == []
        with furnished.reading() as tx:
            assert reports.of_comment(tx, 1) == 1
