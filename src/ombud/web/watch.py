"""
A watch over how fast comments come: an article under a flood is a word on the desk.

Its comments are taken and judged like all others; nothing is refused because many write.
"""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Connection

from ombud.errors import OmbudError
from ombud.store import articles, log, rates
from ombud.store.log import Deed
from ombud.web.office import Office, now

_LOOK: Final = 20.0
"""Seconds between two looks."""
_TIMES: Final = 10
"""How many times more than usual is a flood."""

_log = structlog.get_logger()


class Watch:
    """The watch of one application."""

    def __init__(self, office: Office, least: int) -> None:
        """Take how many comments a minute under one article are a flood at least."""
        self._office = office
        self._least = least
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self) -> None:
        """Look now and then."""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.look(now())
            except OmbudError as error:
                _log.warning("rates_not_read", error=str(error))

    async def look(self, at: datetime) -> None:
        """Look which articles are flooded, and tell the desk of those that were not before."""
        for article, rate in (await self._office.read(rates.lately, at, self._least)).items():
            usual = await self._office.read(rates.usual, article, at)
            if rate >= _TIMES * usual:
                await self._office.write(_keep, article, rate, usual, at)


def _keep(tx: Connection, article: int, rate: int, usual: float, at: datetime) -> None:
    """Keep that an article is flooded, and enter it if that is new."""
    known = articles.one(tx, article)
    if known and rates.flooded(tx, article, rate, usual, at):
        facts = {"rate": rate, "usual": round(usual, 2)}
        log.append(tx, Deed(at, "ombud", "flooded", known.outlet, article, facts=facts))
