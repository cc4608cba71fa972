"""Neither mails nor letters are lost, or answered twice, when a process is killed."""

import asyncio
import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Condition, Thread

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from posting import Sink, running, written
from sqlalchemy import text

from ombud.mail.sending import Sender, Server
from ombud.store import Store, outbox, outlets, reports
from ombud.store.reports import Asserted, Opening

DESK = "desk@paper.example"
WRONG = "Please correct the article: the mill burned down in 2014, not 2015."
PROGRAM = """
import asyncio, sys
from ombud.engine import Engine
from ombud.mail.post import Post
from ombud.policy import configure
from ombud.settings import load
from ombud.store import Store

async def run():
    settings = load()
    post = Post(Store.of(settings), Engine(configure([]), []), settings)
    await post.start()
    print(post.port or 0, flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""


class Tally:
    """What has happened so far, for whoever waits until enough has."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seen: set[str] = set()
        self._more = Condition()

    def add(self, one: str) -> None:
        """Note that something happened."""
        with self._more:
            self.seen.add(one)
            self._more.notify_all()

    def wait_for(self, many: int) -> None:
        """Wait until so much has happened."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.seen) >= many, 60)


class Telling(Sink):
    """A mail server that tells what it takes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tally = Tally()

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter."""
        answer = await super().handle_DATA(server, session, envelope)
        self.tally.add(str(len(self.taken)))
        return answer


class Postbox:
    """A database of either kind, and processes on it."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Open an outlet."""
        self.store = store
        self._folder = folder
        with store.writing() as tx:
            self.outlet = outlets.opened(tx, "paper", "The Paper", datetime.now(UTC))

    @contextmanager
    def process(self, **more: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
        """Run a post, and give its process and the port where it takes mails; it is killed."""
        url = "" if self.store.sqlite else self.store.url.render_as_string(hide_password=False)
        settings = {
            "OMBUD_DATA": str(self._folder),
            "OMBUD_DATABASE_URL": url.replace("+psycopg", ""),
            "OMBUD_MAIL_ADDRESSES": f"paper={DESK}",
            **more,
        }
        environ = {**os.environ, **{name: value for name, value in settings.items() if value}}
        running = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", PROGRAM], env=environ, stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        try:
            port = next(
                word
                for line in running.stdout
                if (word := line.strip()).isdigit() or word == "None"
            )
            yield running, int(port) if port.isdigit() else 0
        finally:
            running.kill()
            running.wait()
            running.stdout.close()

    def rows(self, asked: str) -> list[str]:
        """Return one column of what is kept."""
        with self.store.reading() as tx:
            return list(tx.execute(text(asked)).scalars())


@pytest.fixture
def postbox(store: Store, tmp_path: Path) -> Postbox:
    """Return a database of each kind, in the folder that the processes get."""
    return Postbox(store, tmp_path)


def send(port: int, numbers: list[str], acknowledged: Tally) -> None:
    """Send mails until the line breaks, noting which were acknowledged."""
    lost = suppress(OSError, smtplib.SMTPException)
    with lost, smtplib.SMTP("127.0.0.1", port, timeout=20) as smtp:
        for number in numbers:
            sender = f"{number}@reader.example"
            mail = written(f"{WRONG} {number}", id_=number, sender=sender)
            smtp.sendmail(sender, [DESK], mail)
            acknowledged.add(number)


def test_acknowledged_mails_survive_a_kill_and_are_kept_once(postbox: Postbox) -> None:
    """Four senders, a process that is killed twice; what was not acknowledged is sent again."""
    acknowledged = Tally()
    every = {str(number) for number in range(200)}
    for kill_after in (40, 120, None):
        with postbox.process(OMBUD_MAIL_LISTEN="smtp://127.0.0.1:0") as (process, port):
            left = sorted(every - acknowledged.seen)
            parts = [(port, left[part::4], acknowledged) for part in range(4)]
            threads = [Thread(target=send, args=part) for part in parts]
            for thread in threads:
                thread.start()
            if kill_after:
                acknowledged.wait_for(kill_after)
                process.kill()
            for thread in threads:
                thread.join()

    assert acknowledged.seen == every
    senders = sorted(f"{number}@reader.example" for number in every)
    assert sorted(postbox.rows("SELECT sender FROM mails")) == senders
    assert sorted(postbox.rows("SELECT email FROM reports")) == senders
    assert sorted(postbox.rows("SELECT recipient FROM letters")) == senders


def test_letters_are_sent_once_although_their_sender_is_killed(postbox: Postbox) -> None:
    """What may have arrived is left to an editor; all the rest goes out, each once."""
    at = datetime.now(UTC)
    ids = [f"<{number}@paper.example>" for number in range(150)]
    with postbox.store.writing() as tx:
        opening = Opening(postbox.outlet, "email", at, [Asserted("fact", 0, 1)], text="x")
        report = reports.add(tx, opening)
        for one in ids:
            outbox.write(
                tx,
                at,
                outlet="paper",
                report=report,
                kind="answer",
                message_id=one,
                answers=[],
                recipient="ann@reader.example",
                subject="Re: The mill",
                body="It was 2014.",
            )
    with running(Telling()) as sink:
        for enough in (30, 90):
            with postbox.process(OMBUD_MAIL_SERVER=f"smtp://127.0.0.1:{sink.port}"):
                sink.tally.wait_for(enough)
        # By then the turn of whoever was killed is over.
        later, server = at + timedelta(hours=1), Server.at(f"smtp://127.0.0.1:{sink.port}")
        desks = {"paper": ("The Paper", DESK)}
        sender = Sender(postbox.store, server, lambda _: desks, lambda: later)
        asyncio.run(sender.round())

    sent = [message_from_bytes(content)["Message-ID"] for _, content in sink.taken]
    unsure = postbox.rows("SELECT message_id FROM letters WHERE sent_at IS NULL")
    assert len(sent) == len(set(sent))
    assert len(unsure) <= 2
    assert {*sent, *unsure} == set(ids)
