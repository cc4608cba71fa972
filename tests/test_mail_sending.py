"""Letters reach the mail server once, whatever it and we do meanwhile."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from aiosmtplib import SMTPException
from posting import Sink, running

from ombud.errors import ConflictError
from ombud.mail.post import senders
from ombud.mail.sending import Sender, Server
from ombud.settings import Settings
from ombud.store import Store, outbox, outlets, reports
from ombud.store.reports import Asserted, Opening

if TYPE_CHECKING:
    from email.message import EmailMessage

    from ombud.store.outbox import Letter

DESKS = ("paper=desk@paper.example",)
AWAY = (OSError, SMTPException)


class Desk:
    """A database with letters, what sends them, and the time."""

    def __init__(self, store: Store, port: int, at: datetime) -> None:
        """Open an outlet with one report."""
        self.store = store
        self.at = at
        self._port = port
        with store.writing() as tx:
            outlet = outlets.opened(tx, "paper", "The Paper", at)
            opening = Opening(outlet, "email", at, [Asserted("fact", 0, 1)], text="x")
            self.report = reports.add(tx, opening)

    def write(self, number: int, kind: str = "answer", to: str = "ann@reader.example") -> None:
        """Write a letter."""
        with self.store.writing() as tx:
            outbox.write(
                tx,
                self.at,
                outlet="paper",
                report=self.report,
                kind=kind,
                message_id=f"<{number}@paper.example>",
                answers=["<a@reader.example>", "<b@reader.example>"],
                recipient=to,
                subject="Re: The mill",
                body=f"Letter {number}.\n.\nIt was 2014.\n",
            )

    def sender(self) -> Sender:
        """Return what sends letters, as each process has its own."""
        desks = {"paper": ("The Paper\nBcc: x@y.example", "desk@paper.example")}
        return Sender(
            self.store,
            Server.at(f"smtp://127.0.0.1:{self._port}"),
            lambda _: desks,
            lambda: self.at,
        )

    def round(self, later: timedelta = timedelta(0)) -> int:
        """Send what is due at a later time."""
        self.at += later
        return asyncio.run(self.sender().round())

    def stuck(self) -> list[str | None]:
        """Return why letters wait for an editor."""
        with self.store.reading() as tx:
            return [letter.failure for letter in outbox.stuck(tx, None, 100)]


@pytest.fixture
def sink() -> Iterator[Sink]:
    """Return a mail server."""
    with running(Sink()) as sink:
        yield sink


@pytest.fixture
def desk(store: Store, sink: Sink, at: datetime) -> Desk:
    """Return a database of each kind with a report."""
    return Desk(store, sink.port, at)


def ids(sink: Sink) -> list[str]:
    """Return the identifiers of the letters that were taken."""
    return [message_from_bytes(content)["Message-ID"] for _, content in sink.taken]


def test_a_letter_goes_out_once_with_the_headers_it_needs(desk: Desk, sink: Sink) -> None:
    """It threads below the reader's mail, and nothing in it became a header of its own."""
    desk.write(1, "acknowledgement")

    assert desk.round() == 1
    assert desk.round() == 0
    ((to, content),) = sink.taken
    letter = cast("EmailMessage", message_from_bytes(content, policy=policy.default))
    assert to == letter["To"] == "ann@reader.example"
    assert letter["From"] == '"The Paper Bcc: x@y.example" <desk@paper.example>'
    assert letter["Bcc"] is None
    assert letter["Message-ID"] == "<1@paper.example>"
    assert letter["In-Reply-To"] == "<b@reader.example>"
    assert letter["References"] == "<a@reader.example> <b@reader.example>"
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter.get_content().splitlines() == ["Letter 1.", ".", "It was 2014."]


def test_a_letter_bears_the_name_that_the_outlet_has_by_then(desk: Desk, sink: Sink) -> None:
    """What sends letters runs for months, in which outlets open and change their names."""
    server, settings = Server.at(f"smtp://127.0.0.1:{sink.port}"), Settings(mail_addresses=DESKS)
    sender = Sender(desk.store, server, partial(senders, settings=settings), lambda: desk.at)
    names: list[str] = []
    for name in ("The Paper", "The New Paper"):
        with desk.store.writing() as tx:
            outlet = outlets.one(tx, "paper")
            assert outlet is not None
            outlets.changed(tx, replace(outlet, name=name))
        desk.write(len(names))
        asyncio.run(sender.round())
        names.append(message_from_bytes(sink.taken[-1][1])["From"])
    assert names == ["The Paper <desk@paper.example>", "The New Paper <desk@paper.example>"]


def test_a_persons_answer_is_no_automatic_one(desk: Desk, sink: Sink) -> None:
    """An answer that an editor gave does not say that a program wrote it."""
    desk.write(1)
    desk.round()

    assert "Auto-Submitted" not in message_from_bytes(sink.taken[0][1])


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_letter_that_is_not_taken_now_is_tried_again(desk: Desk, sink: Sink, stage: str) -> None:
    """After growing pauses, until the server takes it, and not before they are over."""
    desk.write(1)
    sink.does = [f"{stage} 451 4.7.1 Greylisted", f"{stage} 452 4.2.2 Full"]

    assert [desk.round(), desk.round(timedelta(seconds=59))] == [0, 0]
    assert len(sink.does) == 1
    assert desk.round(timedelta(seconds=1)) == 0
    assert desk.round(timedelta(minutes=4)) == 0
    assert sink.does == []
    assert desk.round(timedelta(minutes=1)) == 1
    assert ids(sink) == ["<1@paper.example>"]
    assert desk.stuck() == []


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_letter_refused_for_good_waits_for_an_editor(desk: Desk, sink: Sink, stage: str) -> None:
    """It is not tried again by itself, says why, and holds up no other."""
    desk.write(1)
    desk.write(2)
    sink.does = [f"{stage} 550 5.1.1 No such user"]

    assert desk.round() == 1
    assert desk.round(timedelta(days=9)) == 0
    assert ids(sink) == ["<2@paper.example>"]
    assert "No such user" in str(desk.stuck())


@pytest.mark.parametrize("deed", ["drop", "drop untaken", "take and mumble"])
def test_a_letter_without_an_answer_is_never_sent_a_second_time_by_itself(
    desk: Desk, sink: Sink, deed: str
) -> None:
    """The line breaks after the text went: it may have arrived, so an editor decides."""
    desk.write(1)
    sink.does = [deed]

    assert desk.round() == 0
    assert desk.round(timedelta(days=9)) == 0
    assert desk.stuck() == [outbox.UNCERTAIN]
    with desk.store.writing() as tx:
        outbox.settle(tx, 1, desk.at, arrived=deed != "drop untaken")
    assert desk.round() == (deed == "drop untaken")
    assert ids(sink) == ["<1@paper.example>"]
    assert desk.stuck() == []


def test_a_broken_line_delays_no_other_letter(desk: Desk, sink: Sink) -> None:
    """The next round, however soon, sends them."""
    desk.write(1)
    desk.write(2)
    sink.does = ["drop"]

    assert [desk.round(), desk.round()] == [0, 1]
    assert ids(sink) == ["<1@paper.example>", "<2@paper.example>"]


def test_an_editor_settles_only_what_is_stuck(desk: Desk) -> None:
    """A letter that waits, or was sent, is none of theirs."""
    desk.write(1)
    with pytest.raises(ConflictError), desk.store.writing() as tx:
        outbox.settle(tx, 1, desk.at, arrived=True)
    desk.round()
    with pytest.raises(ConflictError), desk.store.writing() as tx:
        outbox.settle(tx, 1, desk.at, arrived=False)


def test_while_the_server_is_away_letters_wait_untouched(desk: Desk, sink: Sink) -> None:
    """For an hour, or for a week: each goes out once the server is back, and once."""
    away = Desk.__new__(Desk)
    away.__dict__ = {**desk.__dict__, "_port": 1}
    for number in range(20):
        desk.write(number)
    for _ in range(12):
        with pytest.raises(AWAY):
            away.round(timedelta(minutes=5))
    desk.at = away.at

    assert desk.round() == 20
    assert desk.round(timedelta(hours=1)) == 0
    assert ids(sink) == [f"<{number}@paper.example>" for number in range(20)]
    assert desk.stuck() == []


def test_a_crash_before_the_letter_is_handed_over_loses_nothing(desk: Desk, sink: Sink) -> None:
    """Who took it and died leaves it to others once the turn is over."""
    desk.write(1)
    with desk.store.writing() as tx:
        assert outbox.take(tx, desk.at) is not None

    assert desk.round(timedelta(minutes=9)) == 0
    assert desk.round(timedelta(minutes=1)) == 1
    assert ids(sink) == ["<1@paper.example>"]


def test_a_crash_while_the_letter_is_handed_over_sends_it_no_second_time(
    desk: Desk, sink: Sink
) -> None:
    """Nobody knows whether it arrived, so it waits for an editor."""
    desk.write(1)
    with desk.store.writing() as tx:
        letter = outbox.take(tx, desk.at)
        assert letter is not None
        assert outbox.hand_over(tx, letter)

    assert desk.round(timedelta(days=9)) == 0
    assert sink.taken == []
    assert desk.stuck() == [outbox.UNCERTAIN]


def test_who_comes_back_too_late_hands_nothing_over(desk: Desk, sink: Sink) -> None:
    """A process that slept through its turn finds that another has sent the letter."""
    desk.write(1)
    with desk.store.writing() as tx:
        slept = cast("Letter", outbox.take(tx, desk.at))
    desk.round(timedelta(minutes=10))

    with desk.store.writing() as tx:
        assert not outbox.hand_over(tx, slept)
        outbox.later(tx, slept, desk.at, "too late")
    assert desk.round(timedelta(days=1)) == 0
    assert len(sink.taken) == 1


def test_several_senders_share_the_letters(desk: Desk, sink: Sink) -> None:
    """Replicas send at the same time, and no letter twice."""
    for number in range(30):
        desk.write(number)

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(desk.sender().round() for _ in range(4)))

    assert sum(asyncio.run(all_at_once())) == 30
    assert sorted(ids(sink)) == sorted(f"<{number}@paper.example>" for number in range(30))


def test_a_letter_that_cannot_be_written_waits_for_an_editor(desk: Desk, sink: Sink) -> None:
    """An address that would be two headers goes nowhere."""
    desk.write(1, to="ann@reader.example\r\nBcc: x@y.example")

    assert desk.round() == 0
    assert sink.taken == []
    assert "is no e-mail address" in str(desk.stuck())


def test_a_letter_that_went_out_acknowledges_its_report(desk: Desk) -> None:
    """The report says when its writer was told that it arrived."""
    desk.write(1, "acknowledgement")
    desk.round(timedelta(hours=1))

    with desk.store.reading() as tx:
        known = tx.exec_driver_sql("SELECT acknowledged_at FROM reports").scalar()
    assert known == int(desk.at.timestamp() * 1_000_000)
