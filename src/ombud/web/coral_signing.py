"""Whether a call comes from an outlet's Coral: the signature over the bytes of its body."""

import asyncio
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from ombud.errors import ForbiddenError, SignInError, StoreError
from ombud.newsroom import Outlet
from ombud.store import Store, outlets

HEADER: Final = "x-coral-signature"
_METHOD: Final = "sha256="
_MOST: Final = 8
"""Signatures that are looked at: Coral sends one, and two while its secret changes."""
_FRESH: Final = 2.0
"""Seconds for which the secrets are not read again."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Signer:
    """An outlet and the secrets that its Coral may sign with."""

    outlet: Outlet
    secrets: tuple[bytes, ...]


class Signers:
    """The outlets whose Coral may ask."""

    def __init__(self, store: Store, clock: Callable[[], float], patience: float) -> None:
        """Take where the secrets are, the clock, and when those known before must do."""
        self._store = store
        self._clock = clock
        self._patience = patience
        self._known: Mapping[str, _Signer] = {}
        self._read_at: float | None = None
        self._turn = asyncio.Lock()
        self._threads = CapacityLimiter(1)

    async def signed(self, given: str, body: bytes, named: str) -> Outlet:
        """
        Return the outlet whose Coral signed a body, which is the one that is named, if one is.

        Raises SignInError where there is no signature, ForbiddenError where it is not right, and
        StoreError where the secrets cannot be read.
        """
        signatures = _signatures(given)
        if not signatures:
            message = "this call must be signed: 'X-Coral-Signature: sha256=…' over the body"
            raise SignInError(message)
        known = await self._signers()
        asked = [signer for signer in known.values() if named in ("", signer.outlet.id)]
        # Every secret is tried, in constant time: which of them is right cannot be told by waiting.
        right = [signer.outlet for signer in asked if _right(signatures, body, signer.secrets)]
        if right:
            return right[0]
        reason = "wrong signature" if any(signer.secrets for signer in asked) else "no secret"
        _log.warning("coral_refused", reason=reason, outlet=named if named in known else None)
        message = "this signature was not made with a signing secret that is known here"
        raise ForbiddenError(message)

    async def _signers(self) -> Mapping[str, _Signer]:
        """Return the outlets and their secrets, as they were a moment ago."""
        async with self._turn:
            if self._read_at is None or self._clock() - self._read_at > _FRESH:
                try:
                    async with asyncio.timeout(self._patience):
                        self._known = await run_sync(
                            self._read, limiter=self._threads, abandon_on_cancel=True
                        )
                except (StoreError, TimeoutError) as error:
                    if self._read_at is None:
                        message = "the signing secrets cannot be read"
                        raise StoreError(message) from error
                self._read_at = self._clock()
        return self._known

    def _read(self) -> Mapping[str, _Signer]:
        """Read the outlets and their secrets."""
        with self._store.reading() as tx:
            signing = outlets.coral_secrets(tx)
            return {
                # Anybody can sign with an empty secret.
                outlet.id: _Signer(outlet, tuple(s.encode() for s in signing[outlet.id] if s))
                for outlet in outlets.every(tx)
            }


def _signatures(given: str) -> list[bytes]:
    """Return the signatures in a header."""
    parts = (part.strip() for part in given.split(",")[:_MOST])
    return [
        part.removeprefix(_METHOD).lower().encode() for part in parts if part.startswith(_METHOD)
    ]


def _right(signatures: Sequence[bytes], body: bytes, secrets: Sequence[bytes]) -> bool:
    """Whether any of the signatures was made with any of the secrets."""
    made = [hmac.digest(secret, body, "sha256").hex().encode() for secret in secrets]
    return bool(sum(hmac.compare_digest(one, given) for one in made for given in signatures))
