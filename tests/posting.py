"""A mail server of the tests, which takes letters or does worse, and mails that readers write."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

from ombud.mail.post import Post


class Sink:
    """
    A mail server on a loopback port.

    `does` says for the next letters what becomes of each: "take", or "rcpt 451 later" and "data 451
    later" for refusing it, "drop" for the line once the text was taken, "drop untaken" before, and
    "take and mumble" for an answer that is none.
    """

    def __init__(self) -> None:
        """Make one that takes everything."""
        self.does: list[str] = []
        self.taken: list[tuple[str, bytes]] = []
        self.port = 0

    def next_deed(self) -> str:
        """Return what becomes of the letter that is being talked about."""
        return self.does[0] if self.does else "take"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take or refuse a recipient."""
        deed = self.next_deed()
        if deed.startswith("rcpt "):
            self.does.pop(0)
            return deed.removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse a letter, or go away."""
        deed = self.does.pop(0) if self.does else "take"
        if deed.startswith("data "):
            return deed.removeprefix("data ")
        if deed != "drop untaken":
            self.taken.append((envelope.rcpt_tos[0], envelope.original_content or b""))
        if deed == "take and mumble":
            return "well"
        if deed.startswith("drop"):
            assert server.transport is not None
            server.transport.close()
        return "250 OK"


@contextmanager
def running(sink: Sink) -> Iterator[Sink]:
    """Run a mail server in a thread of its own, at the port it had or any that is free."""
    ready, loop = Event(), asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        def connected() -> SMTP:
            return SMTP(sink, enable_SMTPUTF8=True, loop=loop)

        server = await loop.create_server(connected, "127.0.0.1", sink.port)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        return server

    server = loop.create_task(start())
    thread = Thread(target=loop.run_forever)
    thread.start()
    ready.wait(10)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(server.result().close)
        loop.call_soon_threadsafe(_stop, loop)
        thread.join(10)
        loop.close()


def _stop(loop: asyncio.AbstractEventLoop) -> None:
    """End a loop once what runs in it has ended."""
    tasks = [task for task in asyncio.all_tasks(loop) if not task.done()]
    for task in tasks:
        task.cancel()
    gathered = asyncio.gather(*tasks, return_exceptions=True)
    gathered.add_done_callback(lambda _: loop.stop())


def written(
    text: str, *, id_: str = "1", sender: str = "Ann Hall <ann@reader.example>", more: str = ""
) -> bytes:
    """Return a mail as a reader's program sends it."""
    head = (
        f"From: {sender}\r\nTo: desk@paper.example\r\nSubject: The mill\r\n"
        f"Message-ID: <{id_}@reader.example>\r\nDate: Tue, 3 Mar 2026 10:14:00 +0100\r\n{more}"
    )
    return f"{head}\r\n{text}\r\n".encode()


@contextmanager
def serving(post: Post) -> Iterator[int]:
    """Run a post in a thread of its own, and give the port at which it takes mails."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(post.start(), loop).result(10)
        yield post.port or 0
        asyncio.run_coroutine_threadsafe(post.close(), loop).result(20)
    finally:
        loop.call_soon_threadsafe(_stop, loop)
        thread.join(10)
        loop.close()
