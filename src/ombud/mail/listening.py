"""
Where mails come in: SMTP, or LMTP from the mail server next door.

A mail is acknowledged once it is kept, never before; whatever goes wrong meanwhile is answered with
"try again later", so that it stays with who sends it.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from ombud.errors import OmbudError, SettingsError

Take = Callable[[bytes, str, Sequence[str]], Awaitable[None]]
"""Keeps a mail: its bytes, who the envelope says it is from, and whom it is for."""
_LATER: Final = "451 4.3.0 The mail could not be kept, please try again later"
_OPEN_MOST: Final = 20
"""Connections at a time; each may hold one mail in memory."""
_PATIENCE: Final = 120.0
"""Seconds without a command after which a connection is closed."""
_LINE_MOST: Final = 100_000
"""Bytes of a line; many programs write longer ones than they may."""

_log = structlog.get_logger()


class Listener:
    """An open port that takes mails for some addresses."""

    def __init__(
        self,
        take: Take,
        addresses: Sequence[str],
        most: int,
        *,
        lmtp: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Take what keeps a mail, the addresses that mails are taken for, and the most bytes."""
        self._taking = _Taking(take, addresses, lmtp=lmtp)
        self._kind = _connection(LMTP if lmtp else SMTP)
        self._most = most
        self._tls = tls
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Open the port, 0 for any that is free; return its number."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._connected, host, port)
        except OSError as error:
            message = f"cannot take mails at {host}, port {port}: {error.strerror or error}"
            raise SettingsError(message) from error
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Close the port; a mail that is being kept is kept."""
        if self._server:
            self._server.close()
            await self._taking.close()

    def _connected(self) -> SMTP:
        """Return what talks to who has connected."""
        return self._kind(
            self._taking,
            data_size_limit=self._most,
            enable_SMTPUTF8=True,
            ident="Ombud",
            tls_context=self._tls,
            timeout=_PATIENCE,
            loop=asyncio.get_running_loop(),
        )


def _connection(kind: type[SMTP]) -> type[SMTP]:
    """Return connections of which only so many are open at a time."""
    opened: set[object] = set()

    class Connection(kind):  # type: ignore[valid-type,misc]  # SMTP or LMTP
        line_length_limit = _LINE_MOST

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            opened.add(self)
            super().connection_made(transport)
            if len(opened) > _OPEN_MOST and isinstance(transport, asyncio.WriteTransport):
                transport.write(b"421 4.3.2 Too many connections, please try again later\r\n")
                transport.close()

        def connection_lost(self, error: Exception | None) -> None:
            opened.discard(self)
            super().connection_lost(error)

    return Connection


class _Taking:
    """What aiosmtpd asks about each mail."""

    def __init__(self, take: Take, addresses: Sequence[str], *, lmtp: bool) -> None:
        self._take = take
        self._addresses = frozenset(address.lower() for address in addresses)
        self._lmtp = lmtp
        self._now: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Wait for mails that are being kept."""
        if self._now:
            await asyncio.wait(self._now)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Take mails for the desk's addresses only."""
        if address.lower() not in self._addresses:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail, and only then say so."""
        content = envelope.original_content or b""
        sender = (envelope.mail_from or "").strip("<>")
        task = asyncio.ensure_future(self._take(content, sender, envelope.rcpt_tos))
        self._now.add(task)
        task.add_done_callback(self._now.discard)
        try:
            # Who hangs up now does not end it: a mail half kept is kept.
            await asyncio.shield(task)
        except OmbudError as error:
            _log.warning("mail_not_kept", error=str(error))
            return self._each(_LATER, envelope)
        return self._each("250 2.0.0 Kept", envelope)

    async def handle_exception(self, error: Exception) -> str:
        """Let the mail stay with who sends it, whatever went wrong."""
        _log.error("mail_not_kept", error=type(error).__name__)
        return _LATER

    def _each(self, answer: str, envelope: Envelope) -> str:
        """Return the answer once for each address, as LMTP wants it."""
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if self._lmtp else 1))
