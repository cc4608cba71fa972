"""Which article a mail speaks of: by its address, or by a title that is one article's only."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

import re2

from ombud.text import folded_words, undisguise, unveil

_ADDRESS: Final = re2.compile(r"(?i)\bhttps?://[^\s<>\"'\]\[)(]+|\bwww\.[^\s<>\"'\]\[)(]+")
_MOST: Final = 20
"""Addresses of a mail that are looked up."""
_WORDS_LEAST: Final = 3
"""Words that a title has at least to be known by."""


def spellings(text: str) -> list[str]:
    """Return every address in a text in the spellings under which an article may be kept."""
    found = [match.group().rstrip(".,;:!?*_") for match in _ADDRESS.finditer(text)]
    return list(dict.fromkeys(way for one in found[:_MOST] for way in _ways(one)))


def _ways(address: str) -> Iterable[str]:
    """Return the spellings of an address: without what follows a `?` or `#`, and its variants."""
    whole = address if "://" in address else f"https://{address}"
    yield whole
    try:
        parts = urlsplit(whole)
    except ValueError:
        return
    host = parts.netloc.lower().removeprefix("www.").removeprefix("amp.").removeprefix("m.")
    path = parts.path.rstrip("/").removesuffix("/amp").removesuffix(".amp")
    for scheme in ("https", "http"):
        for name in (host, f"www.{host}"):
            for end in ("", "/"):
                yield f"{scheme}://{name}{path}{end}"


def named(subject: str, text: str, titles: Iterable[tuple[int, str, str]]) -> int | None:
    """
    Return the number of the one article whose title a mail names, None if none or several.

    `titles`: number, address and title of articles; the last part of the address counts too.
    """
    said = _run(f"{subject} . {text}")
    found = {
        number
        for number, address, title in titles
        if _names(said, title) or _names(said, _slug(address))
    }
    return found.pop() if len(found) == 1 else None


def _names(said: str, title: str) -> bool:
    """Whether the words of a title stand in what is said, one after another."""
    words = _run(title)
    return words.count(" ") > _WORDS_LEAST and words in said


def _run(text: str) -> str:
    """Return the words of a text with one space around each."""
    words = (word for word, _, _ in folded_words(undisguise(unveil(text)).text))
    return f" {' '.join(words)} "


def _slug(address: str) -> str:
    """Return the last part of an address as words."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[2].replace("-", " ")
