"""
Asking a server elsewhere, at an address that staff gave.

The name is looked up once, every address behind it is checked, and what was checked is what is
connected to: a name cannot point to another place in between.
Addresses of internal networks are refused unless the settings allow them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import httpx2 as httpx

from ombud.errors import FetchError
from ombud.fetching.places import Places, parsed

_ANSWER_IN: Final = 15.0
"""Seconds that a server has for all of it."""


async def post(url: str, body: bytes, headers: Mapping[str, str], networks: Sequence[str]) -> int:
    """
    Post something, and return the status of the answer; redirects are not followed.

    `networks`: internal ones that may be asked.
    Raises FetchError for an address that may not be asked, OSError if nobody answers.
    """
    place = parsed(url)
    try:
        async with asyncio.timeout(_ANSWER_IN):
            addresses = await Places((), networks).addresses(place)
            there = httpx.URL(place.url).copy_with(host=addresses[0])
            named = {**headers, "Host": place.site.partition("://")[2]}
            # No proxy of the environment stands between the check and the connection.
            async with (
                httpx.AsyncClient(trust_env=False, timeout=_ANSWER_IN) as client,
                client.stream(
                    "POST",
                    there,
                    content=body,
                    headers=named,
                    extensions={"sni_hostname": place.host},
                ) as answer,
            ):
                return int(answer.status_code)
    except FetchError as error:
        if error.code != "internal_address":
            raise
        message = f"{error}; 'webhook_networks' may allow it"
        raise FetchError(message, error.code) from error
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, UnicodeError) as error:
        message = str(error) or f"no answer within {_ANSWER_IN:.0f} seconds"
        raise OSError(message) from error
