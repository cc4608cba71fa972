"""How often one reader or one address may do something."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil
from typing import Final

import structlog
from starlette.requests import Request

from ombud.errors import BusyError

_log = structlog.get_logger()

Network = IPv4Network | IPv6Network
_MOST: Final = 50_000
"""Readers and addresses that are remembered; the one that was quiet longest is forgotten."""
_ATTEMPTS: Final = 10
"""Attempts to sign in that one address, and one name from there, has a minute."""
_ATTEMPTS_OF_ALL: Final = 100
"""Attempts that one name has from everywhere together."""


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
            raise BusyError(message, seconds=ceil((1 - left) * 60 / allowed))


class Attempts:
    """
    Attempts to sign in: few of one address and of one name from there, many of one name in all.

    Whoever guesses from elsewhere must not keep the one who has the name signed out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._near = Limits(_ATTEMPTS, _ATTEMPTS, clock)
        self._everywhere = Limits(_ATTEMPTS_OF_ALL, _ATTEMPTS_OF_ALL, clock)

    def take(self, name: str, address: str | None) -> None:
        """Count one attempt; raise BusyError if there were too many."""
        self._near.take(f"{address} {name}", address)
        self._everywhere.take(name, None)


class Codes:
    """Which code of an authenticator each member of the staff used last."""

    def __init__(self) -> None:
        """Begin without any."""
        self._last: dict[int, int] = {}

    def take(self, member: int, step: int) -> bool:
        """Use a code; return whether it is newer than the last one that was used."""
        fresh = step > self._last.get(member, 0)
        if fresh:
            self._last[member] = step
        return fresh


class Addresses:
    """Where requests come from, and which proxy was seen that nobody named."""

    def __init__(self, proxies: Sequence[str]) -> None:
        """Take the proxies whose X-Forwarded-For is believed."""
        self._trusted = networks(proxies)
        self.unnamed: str | None = None

    def __call__(self, request: Request) -> str | None:
        """Return the address of a request as `address_of` does; once a proxy is told of."""
        host = request.client.host if request.client else ""
        forwarded = self.unnamed is None and "x-forwarded-for" in request.headers
        if forwarded and not _is_of(host, self._trusted):
            self.unnamed = host
            _log.warning("proxy_not_trusted", proxy=host, because=self.warning)
        return address_of(request, self._trusted)

    @property
    def warning(self) -> str | None:
        """What is wrong with the proxies, in words for who runs the machine."""
        return self.unnamed and (
            f"Requests with X-Forwarded-For come from {self.unnamed}, which is none of"
            " 'trusted_proxies': all readers behind it count as one address, or as none."
            " If it is your proxy, name it there."
        )


def _is_of(host: str, trusted: Sequence[Network]) -> bool:
    """Whether a host is one of the proxies."""
    try:
        address = _plain(ip_address(host))
    except ValueError:
        return False
    return any(address in network for network in trusted)


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
            address = _plain(ip_address(hop))
        except ValueError:
            return None
        if not any(address in network for network in trusted):
            break
    else:
        return None
    if address.is_loopback:
        return None
    return str(address) if address.version == 4 else address.exploded[:19]  # noqa: PLR2004


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address of IPv4 behind one that a socket for both kinds shows as IPv6."""
    return getattr(address, "ipv4_mapped", None) or address
