"""Asking another outlet's server for pages, in the tests of what fetches."""

import asyncio
from collections.abc import Iterator

import pytest
from elsewhere import Elsewhere, serving

from ombud.errors import FetchError
from ombud.fetching.fetcher import Fetched, Fetcher
from ombud.fetching.places import Places

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def gull() -> Iterator[Elsewhere]:
    """Return the server of an outlet."""
    with serving() as gull:
        yield gull


def fetched(url: str, places: Places, **given: object) -> Fetched:
    """Fetch one page."""

    async def ask() -> Fetched:
        async with Fetcher(places, "https://desk.example", pause=0) as fetcher:
            return await fetcher.fetch(url, **given)  # type: ignore[arg-type]

    return asyncio.run(ask())


def refused(url: str, places: Places, **given: object) -> FetchError:
    """Return why a page is not fetched."""
    with pytest.raises(FetchError) as caught:
        fetched(url, places, **given)
    return caught.value


def followed(gull: Elsewhere) -> Places:
    """Return places of which the server is one."""
    return Places([gull.host], LOOPBACK)
