"""The post of a running Ombud: the port where mails come in, and the round that sends letters."""

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import structlog
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from ombud.engine import Engine
from ombud.errors import SettingsError
from ombud.mail.asserting import Asserting
from ombud.mail.intake import Intake
from ombud.mail.listening import Listener
from ombud.mail.sending import Sender, Server, follow
from ombud.settings import Settings
from ombud.store import Store, outlets

MEGABYTE: Final = 1_000_000

_log = structlog.get_logger()


class Post:
    """What the settings ask for: mails that come in, letters that go out, both or neither."""

    def __init__(self, store: Store, engine: Engine, settings: Settings) -> None:
        """Take the database, whose model reads mails, and the settings."""
        self._store = store
        self._settings = settings
        self._desks = desks(settings)
        self._intake = intake(store, engine, settings) if self._desks else None
        self._listener: Listener | None = None
        self._task: asyncio.Task[None] | None = None
        self.port: int | None = None

    async def start(self) -> None:
        """Open the port and begin to send; call it inside the event loop."""
        settings = self._settings
        if settings.mail_listen:
            kind, host, port = listening_at(settings.mail_listen)
            self._listener = Listener(
                self._take,
                list(self._desks),
                settings.mail_megabytes * MEGABYTE,
                lmtp=kind == "lmtp",
                tls=_tls(settings),
            )
            self.port = await self._listener.start(host, port)
            _log.info("taking_mails", host=host, port=self.port)
        if settings.mail_server:
            named = partial(senders, settings=settings)
            sender = Sender(self._store, Server.at(settings.mail_server), named, _now)
            self._task = asyncio.create_task(follow(sender))

    async def close(self) -> None:
        """Stop; a letter that is being sent is noted as one that may have arrived."""
        if self._listener:
            await self._listener.close()
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _take(self, content: bytes, sender: str, recipients: Sequence[str]) -> None:
        """Keep a mail, in a thread."""
        if self._intake is None:  # pragma: no cover - settings refuse a port without an address
            raise AssertionError
        await run_sync(self._intake.take, content, sender, recipients)


def desks(settings: Settings) -> dict[str, str]:
    """Return the outlet of each address that mails come to, in lower case."""
    pairs = (written.partition("=") for written in settings.mail_addresses)
    return {address.lower(): outlet for outlet, _, address in pairs}


def senders(tx: Connection, settings: Settings) -> dict[str, tuple[str, str]]:
    """Return the name and the first address of the desk of each outlet."""
    names = {outlet.id: outlet.name for outlet in outlets.every(tx)}
    found: dict[str, tuple[str, str]] = {}
    for address, outlet in desks(settings).items():
        found.setdefault(outlet, (names.get(outlet, outlet), address))
    return found


def intake(store: Store, engine: Engine, settings: Settings) -> Intake:
    """Return what takes mails as the settings say; raises SettingsError without an address."""
    if not settings.mail_addresses:
        message = (
            "'mail_addresses' is empty; it must name an address, such as paper=desk@paper.example"
        )
        raise SettingsError(message)
    return Intake(store, Asserting(engine), desks(settings), settings.mail_per_day, _now)


def listening_at(address: str) -> tuple[str, str, int]:
    """Return protocol, host and port of an address such as smtp://127.0.0.1:2525."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or 0


def _tls(settings: Settings) -> ssl.SSLContext | None:
    """Return what offers STARTTLS; raises SettingsError if certificate or key cannot be used."""
    if settings.mail_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.mail_certificate, settings.mail_key)
    except OSError as error:
        message = f"'mail_certificate' or 'mail_key' cannot be used: {error.strerror or error}"
        raise SettingsError(message) from error
    return context


def _now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)
