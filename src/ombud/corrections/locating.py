"""Which article of an outlet is meant: by its number here, its address, or the outlet's own id."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import re2
from sqlalchemy import Connection

from ombud.errors import InvalidInputError, NotFoundError
from ombud.mail.finding import spellings
from ombud.newsroom import Published
from ombud.store import articles

_LONGEST: Final = 2_000
_SHOWN: Final = 3
"""Articles that an error names where several are meant."""
_ALIKE: Final = 20_000
"""Addresses that hold what was given, of which each is looked at."""
_NUMBER: Final = re2.compile(r"^[1-9][0-9]{0,17}$")
_DATE: Final = re2.compile(r"^[0-9]{1,4}$")
"""Such a part of a path, unless it is the last, is a year, a month or a day, and no id."""
_PARTS: Final = re2.compile(r"[-_.,]")


def located(tx: Connection, outlet: str, asked: str | int) -> Published:
    """
    Return the article that is meant; a number that is no text is always the one here.

    The outlet's own id is what the addresses of its articles call them: a part of the path, or of
    its last part one that has a digit, or what a parameter says.
    Raises NotFoundError if no article of the outlet is meant, InvalidInputError if several are.
    """
    if isinstance(asked, int):
        found = _own(outlet, [articles.one(tx, asked)])
    else:
        found = _meant(tx, outlet, asked.strip()[:_LONGEST])
    if not found:
        message = (
            f"there is no article '{asked}' of this outlet; give its address, its number here, or"
            " the id that stands in its address"
        )
        raise NotFoundError(message)
    if len(found) > 1:
        some = ", ".join(f"{one.id} ({one.url})" for one in found[:_SHOWN])
        more = ", …" if len(found) > _SHOWN else ""
        message = f"'{asked}' means several articles of this outlet: {some}{more}; give an address"
        raise InvalidInputError(message)
    return found[0]


def _meant(tx: Connection, outlet: str, asked: str) -> list[Published]:
    """Return the articles that a text may mean."""
    if not asked:
        return []
    if exact := _own(outlet, [articles.by_url(tx, asked)]):
        return exact
    if ways := spellings(asked):
        return _own(outlet, (articles.by_url(tx, way) for way in ways))
    here = [articles.one(tx, int(asked))] if _NUMBER.search(asked) else []
    alike = articles.holding(tx, outlet, asked, _ALIKE + 1)
    if len(alike) > _ALIKE:
        message = f"'{asked}' stands in too many addresses of this outlet; give an address"
        raise InvalidInputError(message)
    called = [number for number, url in alike if _calls(url, asked)]
    return _own(outlet, [*here, *articles.some(tx, called[: _SHOWN + 1]).values()])


def _own(outlet: str, found: Iterable[Published | None]) -> list[Published]:
    """Return those articles that are there and the outlet's, each once."""
    known = {one.id: one for one in found if one is not None and one.outlet == outlet}
    return list(known.values())


def _calls(url: str, own: str) -> bool:
    """Whether an address calls its article so."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    names = {part for part in path[:-1] if not _DATE.search(part)}
    for last in path[-1:]:
        names |= {last, PurePosixPath(last).stem}
        names |= {part for part in _PARTS.split(last) if any(map(str.isdigit, part))}
    return own in names | {said for _, said in parse_qsl(parts.query)}
