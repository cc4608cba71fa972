"""How often one reader or one address may do something."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.requests import Request

from ombud.errors import BusyError

Network = IPv4Network | IPv6Network
_MOST: Final = 50_000
"""Readers and addresses that are remembered; the one that was quiet longest is forgotten."""


class Limits:
    """Buckets that fill evenly: each holds a minute's worth, and every deed takes one."""

    def __init__(
        self, reader: int, address: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take how many a minute one reader may send, and one address."""
        self._reader = reader
        self._address = address
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, reader: str | None, address: str | None) -> None:
        """Count one deed; raise BusyError if there were too many."""
        if reader is not None:
            self._take(f"reader {reader}", self._reader)
        if address is not None:
            self._take(f"address {address}", self._address)

    def _take(self, who: str, allowed: int) -> None:
        """Take one from a bucket."""
        moment = self._clock()
        left, since = self._buckets.pop(who, (float(allowed), moment))
        left = min(float(allowed), left + (moment - since) * allowed / 60)
        self._buckets[who] = (max(left - 1, left if left < 1 else 0.0), moment)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        if left < 1:
            message = f"too many at once; {allowed} a minute are taken, please wait a little"
            raise BusyError(message)


def networks(written: Sequence[str]) -> tuple[Network, ...]:
    """Return addresses and networks as they are written in the settings."""
    return tuple(ip_network(one) for one in written)


def address_of(request: Request, trusted: Sequence[Network]) -> str | None:
    """
    Return the address that a request comes from, of IPv6 its network.

    `trusted`: proxies whose X-Forwarded-For is believed.
    None for this machine itself: that is its operator, or a proxy that nobody named, behind which
    all readers would count as one.
    """
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    hops = [*(hop.strip() for hop in forwarded), request.client.host if request.client else ""]
    for hop in reversed(hops):
        try:
            address = ip_address(hop)
        except ValueError:
            return None
        if not any(address in network for network in trusted):
            break
    else:
        return None
    if address.is_loopback:
        return None
    return str(address) if address.version == 4 else address.exploded[:19]  # noqa: PLR2004
