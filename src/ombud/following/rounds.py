"""The rounds that a server goes by itself, where hosts of other outlets are followed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from ombud.errors import OmbudError
from ombud.fetching.fetcher import Fetcher
from ombud.following.polling import Looked, Poller
from ombud.settings import Settings
from ombud.store import Store

_PAUSE: Final = 30.0

_log = structlog.get_logger()


class Rounds:
    """The rounds of one server."""

    def __init__(self, store: Store, settings: Settings, pause: float = _PAUSE) -> None:
        """Take the database, the settings, and the seconds between two rounds."""
        self._store = store
        self._settings = settings
        self._pause = pause
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, if anything may be fetched; call it inside the event loop."""
        if self._settings.follow_hosts:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop; what was being fetched is fetched again."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        """Go round after round."""
        async with Fetcher.of(self._settings) as fetcher:
            poller = poller_of(self._store, fetcher, self._settings, _log_failure)
            while True:
                # A server that starts has other things to do first.
                await asyncio.sleep(self._pause)
                try:
                    await poller.round()
                except OmbudError as error:
                    _log.warning("round_failed", error=str(error))
                except Exception as error:  # noqa: BLE001  # one page must not end all rounds
                    _log.exception("round_failed", error=type(error).__name__)


def poller_of(
    store: Store, fetcher: Fetcher, settings: Settings, tell: Callable[[Looked], object]
) -> Poller:
    """Return what goes the rounds as the settings say, and tells what became of each thing."""
    every = timedelta(minutes=settings.follow_minutes)
    return Poller(store, fetcher, lambda: datetime.now(UTC), every, tell)


def _log_failure(one: Looked) -> None:
    """Log that a feed did not come; pages mostly are none for reasons that nobody can mend."""
    if one.failure is not None and not one.page:
        _log.warning("feed_failed", feed=one.url, error=one.failure)
