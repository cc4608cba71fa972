"""
Telling the outlets' own systems what was published, by signed posts.

The header `Ombud-Signature: t=<seconds since 1970>,v1=<hex>` holds the HMAC-SHA256, under the
outlet's secret, of the time, a full stop and the body: the scheme of Stripe's webhooks.
A notice that is not answered with 2xx is sent again after growing pauses, until it is.
"""

import asyncio
import hmac
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Final

import structlog
from anyio.to_thread import run_sync

from ombud.errors import FetchError, OmbudError
from ombud.store import Store, notices
from ombud.store.notices import Addressed
from ombud.web.office import now
from ombud.web.outward import post

_AT_ONCE: Final = 8
"""Notices that are on their way at the same time."""
_LOOK: Final = 2.0
"""Seconds after which it is looked whether something waits."""
_PAUSES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1_800, 3_600, 7_200, 21_600)
)

_log = structlog.get_logger()


def signature(secret: str, body: bytes, at: datetime) -> str:
    """Return the value of the header that signs a body at a time."""
    moment = str(int(at.timestamp()))
    signed = moment.encode() + b"." + body
    proof = hmac.new(secret.encode(), signed, sha256).hexdigest()
    return f"t={moment},v1={proof}"


class Webhooks:
    """What sends the notices of one database; several may on one database."""

    def __init__(
        self, store: Store, networks: tuple[str, ...], clock: Callable[[], datetime] = now
    ) -> None:
        """Take where notices lie, the internal networks that may be asked, and the clock."""
        self._store = store
        self._networks = networks
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send; call it inside the event loop."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop; what is on its way is sent again later."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def round(self) -> int:
        """Send what is due, and return how many notices were taken."""
        delivered = 0
        while waiting := await run_sync(self._take):
            delivered += sum(await asyncio.gather(*map(self._send, waiting)))
        return delivered

    def _take(self) -> list[Addressed]:
        """Take what is due; where nothing is, nobody is kept from writing."""
        at = self._clock()
        with self._store.reading() as tx:
            if not notices.due(tx, at):
                return []
        with self._store.writing() as tx:
            return notices.take(tx, at, _AT_ONCE)

    async def _send(self, one: Addressed) -> bool:
        """Send a notice, and note what became of it."""
        notice, body = one.notice, one.notice.body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Ombud",
            "Ombud-Event": notice.event,
            "Ombud-Signature": signature(one.secret, body, self._clock()),
        }
        try:
            status = await post(one.url, body, headers, self._networks)
            failure = "" if HTTPStatus(200) <= status < HTTPStatus(300) else _said(status)
        except (FetchError, OSError) as error:
            failure = str(error) or type(error).__name__
        if not failure:
            await run_sync(self._note, notices.delivered, notice, self._clock())
            return True
        pause = _PAUSES[min(notice.attempts, len(_PAUSES)) - 1]
        again = self._clock() + pause
        _log.warning("notice_not_taken", notice=notice.id, outlet=notice.outlet, why=failure)
        await run_sync(self._note, notices.later, notice, again, failure[:500])
        return False

    def _note(self, deed: Callable[..., None], *given: object) -> None:
        """Note something about a notice, in a transaction of its own."""
        with self._store.writing() as tx:
            deed(tx, *given)

    async def _run(self) -> None:
        """Send until cancelled."""
        while True:
            try:
                await self.round()
            except OmbudError as error:
                _log.warning("notices_wait", error=str(error))
            await asyncio.sleep(_LOOK)


def _said(status: int) -> str:
    """Return what an answer means that is no 2xx."""
    if HTTPStatus(300) <= status < HTTPStatus(400):
        return f"it answered {status}; redirects are not followed"
    return f"it answered {status}"
