"""
Asking a server elsewhere, at an address that staff gave.

The name is looked up once, every address behind it is checked, and what was checked is what is
connected to: a name cannot point to another place in between.
Addresses of internal networks are refused unless the settings allow them.
"""

import asyncio
import socket
from collections.abc import Mapping, Sequence
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

import httpx2 as httpx

from ombud.errors import InvalidInputError
from ombud.fetching.places import is_public

_ANSWER_IN: Final = 15.0
"""Seconds that a server has for all of it."""
_PORTS: Final = {"http": 80, "https": 443}


async def post(url: str, body: bytes, headers: Mapping[str, str], networks: Sequence[str]) -> int:
    """
    Post something, and return the status of the answer; redirects are not followed.

    `networks`: internal ones that may be asked.
    Raises InvalidInputError for an address that may not be asked, OSError if nobody answers.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        async with asyncio.timeout(_ANSWER_IN):
            place = await _place(host, parts.port or _PORTS[parts.scheme], networks)
            there = httpx.URL(url).copy_with(host=place)
            named = {**headers, "Host": parts.netloc.rpartition("@")[2]}
            # No proxy of the environment stands between the check and the connection.
            async with (
                httpx.AsyncClient(trust_env=False, timeout=_ANSWER_IN) as client,
                client.stream(
                    "POST",
                    there,
                    content=body,
                    headers=named,
                    extensions={"sni_hostname": host},
                ) as answer,
            ):
                return int(answer.status_code)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, UnicodeError) as error:
        message = str(error) or f"no answer within {_ANSWER_IN:.0f} seconds"
        raise OSError(message) from error


async def _place(host: str, port: int, networks: Sequence[str]) -> str:
    """Return the address of a host that may be asked."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not may_be_asked(address, networks):
            named = host if host == address else f"{host} ({address})"
            message = f"{named} is in an internal network; 'webhook_networks' may allow it"
            raise InvalidInputError(message)
    return addresses[0]


def may_be_asked(address: str, networks: Sequence[str]) -> bool:
    """Whether an address is out on the internet, or in an internal network that is allowed."""
    place = ip_address(address.partition("%")[0])
    if isinstance(place, IPv6Address) and place.ipv4_mapped:
        place = place.ipv4_mapped
    return any(place in ip_network(network) for network in networks) or is_public(place)
