"""What the server does by itself once a day, at a quiet hour: it forgets what nothing needs."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Final

import structlog
from anyio.to_thread import run_sync

from ombud.errors import StoreError
from ombud.store import retention
from ombud.web.office import Office, now

_LOOK: Final = 600.0
"""Seconds after which the clock is looked at again."""

_log = structlog.get_logger()


class Nightly:
    """The daily round of one process; of several on one database one goes it."""

    def __init__(self, office: Office, clock: Callable[[], datetime] = now) -> None:
        """Take what is shared, and the clock."""
        self._office = office
        self._clock = clock
        self._done: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look at the clock; call it inside the event loop."""
        if self._office.settings.retain_at >= 0:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> None:
        """Forget, if the hour has come today and nobody has forgotten since."""
        at = self._clock()
        due = at.replace(hour=self._office.settings.retain_at, minute=0, second=0, microsecond=0)
        if at < due or self._done == due:
            return
        bounds = retention.Bounds.of(self._office.settings, at)
        try:
            forgotten = await self._office.write(retention.forget_once, due, bounds, at)
            if forgotten is not None:
                await run_sync(self._office.store.scrub)
                _log.info("forgot", **asdict(forgotten))
        except StoreError as error:
            _log.warning("not_forgotten", error=str(error))
            return
        self._done = due

    async def _run(self) -> None:
        """Look at the clock every few minutes."""
        while True:
            await asyncio.sleep(_LOOK)
            await self.look()
