"""
Which places may be asked: hosts that are followed, at addresses that are on the public internet.

A name is resolved once, and the connection goes to an address that was checked: a name that
answers differently the next time gains nothing.
"""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urljoin, urlsplit

from ombud.errors import FetchError

Address = IPv4Address | IPv6Address
_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2000
"""Bytes of an address: an index of PostgreSQL holds no more than 2,700 of a value."""
_NAMED: Final = 10
"""Hosts that an error names."""
_RESOLVED_IN: Final = 10.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: `host` is in ASCII and lower case; `path` begins with a slash."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Scheme and host, with the port if it is not that of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.usual else f":{self.port}")

    @property
    def usual(self) -> bool:
        """Whether the port is the one of the scheme."""
        return self.port == _PORTS[self.scheme]

    @property
    def url(self) -> str:
        """The whole address."""
        return self.site + self.path

    def joined(self, reference: str) -> str:
        """Return the address that a reference leads to from here; raises FetchError for none."""
        try:
            return urljoin(self.url, reference)
        except ValueError as error:
            message = f"'{self.url}' leads to '{reference[:200]}', which is no address"
            raise FetchError(message, "no_address") from error


class Places:
    """What a newsroom follows: `hosts` and `networks` as the settings of these names say."""

    def __init__(self, hosts: Sequence[str], networks: Sequence[str] = ()) -> None:
        """Take what may be asked."""
        self._hosts = tuple(hosts)
        self._networks = tuple(ip_network(network) for network in networks)

    def place(self, url: str) -> Place:
        """Return the place of an address; raises FetchError if it may not be asked."""
        place = parsed(url)
        if not any(self._names(host, place) for host in self._hosts):
            allowed = ", ".join(self._hosts[:_NAMED]) or "none"
            allowed += ", …" if len(self._hosts) > _NAMED else ""
            message = f"'{url}' is on no host that is followed; 'follow_hosts' holds: {allowed}"
            raise FetchError(message, "host_not_followed")
        return place

    def _names(self, host: str, place: Place) -> bool:
        """Whether an entry of the setting is a place's host, or one above it, with its port."""
        name, _, port = host.partition(":")
        inside = place.host == name or place.host.endswith(f".{name}")
        return inside and (place.port == int(port) if port else place.port in _PORTS.values())

    async def addresses(self, place: Place) -> list[str]:
        """
        Return the addresses of a place's host, all of which may be asked.

        Raises FetchError if there are none, or one is of an internal network.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_RESOLVED_IN):
                found = await loop.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, TimeoutError) as error:
            message = f"the host of '{place.url}' cannot be found"
            raise FetchError(message, passing=True) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if any("%" in one or not self._open(ip_address(one)) for one in addresses):
            message = f"the host of '{place.url}' is in an internal network; no request was made"
            raise FetchError(message, "internal_address")
        return addresses

    def _open(self, address: Address) -> bool:
        """Whether an address is public, or of a network that may be asked all the same."""
        if any(address in network for network in self._networks):
            return True
        return is_public(address)


def is_public(address: Address) -> bool:
    """
    Whether an address is one of the public internet's, by IANA's registries.

    IPv6 addresses that stand for one of IPv4 are what those are; tunnels (6to4, Teredo, NAT64) are
    not public, for what stands behind them cannot be told.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour is not None or address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def parsed(url: str) -> Place:
    """Return the parts of an address; raises FetchError if it is none of a page."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, host, port = urlsplit(""), "", 0
    long = len(url.encode(errors="replace")) > _LONGEST
    bad = parts.scheme not in _PORTS or not host or "@" in parts.netloc or long
    if bad or not url.isprintable() or " " in url or "\\" in url:
        message = (
            f"'{url[:200]}' is no address of a page; it must be like https://gull.example/pier"
        )
        raise FetchError(message, "no_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port, path)
