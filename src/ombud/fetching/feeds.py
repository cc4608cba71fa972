"""What stands in a feed: RSS, Atom, RDF or JSON Feed, read by fastfeedparser."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin

import re2

from ombud.errors import FetchError, InvalidInputError
from ombud.fetching.places import parsed as place_at

MOST: Final = 200
"""Entries that are read of a feed: those it begins with, which are the newest."""
_LONGEST: Final = 500
_BLANKS: Final = re2.compile(r"[\s\pC]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed names; `key` is what the feed calls it."""

    key: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, with its entries in its order."""

    title: str
    entries: tuple[Entry, ...]


def parse(content: bytes, url: str) -> Feed:
    """
    Return what stands in a feed that came from an address.

    Entries without an address of a page are left out.
    Raises InvalidInputError if it is no feed.
    """
    # No command but those of feeds should wait for it.
    from fastfeedparser import parse as parsed  # noqa: PLC0415

    try:
        found = parsed(
            content, include_content=False, include_media=False, include_enclosures=False
        )
        entries = [_entry(entry, url) for entry in found.entries[:MOST]]
    except (ValueError, TypeError, KeyError, LookupError, AttributeError, RecursionError) as error:
        message = f"'{url}' is no feed of RSS or Atom"
        raise InvalidInputError(message) from error
    named = {entry.key: entry for entry in reversed(entries) if entry is not None}
    return Feed(_line(found.feed.get("title")), tuple(reversed(named.values())))


def _entry(entry: object, url: str) -> Entry | None:
    """Return an entry, None if it has no address of a page."""
    said: dict[str, object] = entry  # type: ignore[assignment]  # the parser's are dictionaries
    link = str(said.get("link") or "").strip()
    if not link:
        return None
    try:
        whole = urldefrag(urljoin(url, link)).url
        place_at(whole)
    except (ValueError, FetchError):
        return None
    return Entry(_line(said.get("id")) or whole, whole, _line(said.get("title")))


def _line(said: object) -> str:
    """Return a text as one line of bounded length."""
    return str(_BLANKS.sub(" ", str(said or "")).strip()[:_LONGEST])
