"""
Where letters go: to the outlet's mail server, one after another, each at most once.

A letter that the server does not take now is tried again after growing pauses; one that it refuses
for good, or that it was handed without an answer, waits for an editor (see `store.outbox`).
While the server itself is away no letter is touched.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from ombud.errors import InvalidInputError, OmbudError
from ombud.mail.composing import compose
from ombud.store import Store, outbox
from ombud.store.outbox import Letter

_ANSWER_IN: Final = 60.0
"""Seconds that the mail server has for each answer."""
_REFUSED: Final = 400
_FOR_GOOD: Final = 500
_PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
_ATTEMPTS: Final = 30
"""After this many, about four days, a letter waits for an editor."""
_AUTOMATIC: Final = "acknowledgement"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server that takes letters; `tls` from the first byte, otherwise where it offers it."""

    host: str
    port: int
    tls: bool = False
    user: str | None = None
    password: str | None = None

    @classmethod
    def at(cls, address: str) -> "Server":
        """Return the server at an address such as smtp://user:password@host:587."""
        parts = urlsplit(address)
        return cls(
            parts.hostname or "",
            parts.port or 0,
            parts.scheme == "smtps",
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
        )

    def connection(self) -> SMTP:
        """Return a connection that is not open yet."""
        return SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.tls,
            username=self.user,
            password=self.password,
            timeout=_ANSWER_IN,
            start_tls=True if self.user and not self.tls else None,
            # Without a password a certificate that fits no name protects better than none.
            tls_context=None if self.user or self.tls else _unchecked(),
        )


class Sender:
    """What sends the letters of one database; several may on one database."""

    def __init__(
        self,
        store: Store,
        server: Server,
        senders: Callable[[Connection], Mapping[str, tuple[str, str]]],
        clock: Callable[[], datetime],
    ) -> None:
        """
        Take where letters lie and go, and the clock.

        `senders` returns name and address of each outlet's desk; it is asked in every round, for
        outlets open and change their names meanwhile.
        """
        self._store = store
        self._server = server
        self._asked = senders
        self._senders: Mapping[str, tuple[str, str]] = {}
        self._clock = clock

    async def round(self) -> int:
        """
        Send what is due, and return how many letters the mail server took.

        Raises OSError or SMTPException if the server is away; what is due then waits untouched.
        """
        letter: Letter | None
        taken = 0
        if not await run_sync(self._due):
            return 0
        async with self._server.connection() as smtp:
            while (letter := await self._next()) is not None:
                taken += await self._send(smtp, letter)
                if not smtp.is_connected:
                    break
        return taken

    async def _next(self) -> Letter | None:
        """Take the next letter that is due."""
        return await run_sync(self._take)

    def _due(self) -> bool:
        with self._store.reading() as tx:
            self._senders = self._asked(tx)
            return outbox.due(tx, self._clock())

    def _take(self) -> Letter | None:
        with self._store.writing() as tx:
            return outbox.take(tx, self._clock())

    async def _send(self, smtp: SMTP, letter: Letter) -> bool:
        """Send a letter, and note what became of it."""
        try:
            content = self._written(letter)
            sender = "" if letter.kind == _AUTOMATIC else self._senders[letter.outlet][1]
            await smtp.mail(sender)
            await smtp.rcpt(letter.recipient or "")
        except InvalidInputError as error:
            await self._note(outbox.failed, letter, str(error))
            return False
        except (SMTPException, OSError) as error:
            await self._refused(smtp, letter, error)
            return False
        if not await self._note(outbox.hand_over, letter):
            await _reset(smtp)
            return False
        return await self._hand_over(smtp, letter, content)

    async def _hand_over(self, smtp: SMTP, letter: Letter, content: bytes) -> bool:
        """Hand a letter over; without an answer it stays as one that may have arrived."""
        try:
            await smtp.data(content)
        except (SMTPException, OSError) as error:
            if isinstance(error, SMTPResponseException) and error.code >= _REFUSED:
                await self._refused(smtp, letter, error)
            else:
                _log.error("letter_uncertain", letter=letter.id, error=type(error).__name__)
                smtp.close()
            return False
        await self._note(outbox.sent, letter, self._clock())
        return True

    async def _refused(self, smtp: SMTP, letter: Letter, error: Exception) -> None:
        """Note that the mail server did not take a letter."""
        for_good = (
            isinstance(error, SMTPRecipientRefused | SMTPDataError) and error.code >= _FOR_GOOD
        )
        why = f"the mail server said: {error}" if str(error) else type(error).__name__
        if for_good or letter.attempts >= _ATTEMPTS:
            _log.error("letter_refused", letter=letter.id)
            await self._note(outbox.failed, letter, why)
        else:
            pause = _PAUSES[min(letter.attempts, len(_PAUSES)) - 1]
            await self._note(outbox.later, letter, self._clock() + pause, why)
        await _reset(smtp)

    def _written(self, letter: Letter) -> bytes:
        """Return a letter as it goes over the wire."""
        if letter.outlet not in self._senders:
            message = f"no address is set for the outlet '{letter.outlet}' in 'mail_addresses'"
            raise InvalidInputError(message)
        return compose(
            sender=self._senders[letter.outlet],
            to=letter.recipient or "",
            subject=letter.subject or "",
            text=letter.body or "",
            id_=letter.message_id,
            answers=tuple(reversed(letter.answers)),
            at=letter.at,
            automatic=letter.kind == _AUTOMATIC,
        )

    async def _note(self, deed: Callable[..., bool | None], *given: object) -> bool:
        """Note something about a letter, in a transaction of its own."""

        def noted() -> bool | None:
            with self._store.writing() as tx:
                return deed(tx, *given)

        return bool(await run_sync(noted))


async def _reset(smtp: SMTP) -> None:
    """Begin anew with the next letter; a server that cannot is left."""
    try:
        await smtp.rset()
    except (SMTPException, OSError):
        smtp.close()


def _unchecked() -> ssl.SSLContext:
    """Return what takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def follow(sender: Sender, pause: float = 5.0, longest: float = 300.0) -> None:
    """Send letters until cancelled, after growing pauses (in seconds) while something is away."""
    wait = pause
    while True:
        try:
            await sender.round()
            wait = pause
        except (SMTPException, OSError, OmbudError) as error:
            _log.warning("letters_wait", error=type(error).__name__, again_in=wait)
            wait = min(2 * wait, longest)
        await asyncio.sleep(wait)
