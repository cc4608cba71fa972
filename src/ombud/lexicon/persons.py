"""The persons of whom an article speaks by name, told from streets, companies and works."""

from functools import lru_cache
from typing import Final

import re2

from ombud.lexicon import words
from ombud.lexicon.names import GIVEN, PARTICLES, SURNAMES, TITLES
from ombud.text import readable

_THINGS: Final = words("things")
_EVERYDAY: Final = words("everyday")
_WORD: Final = r"(?:(?:al|el|d'|d’|l'|l’)-?)?(?:\p{Lu}[\p{L}\p{M}'’\-]+|\p{Lu}\.?)"
_NAME = re2.compile(
    rf"(?:^|[^\pL\pN])({_WORD}(?:(?:[ \t]+(?:{'|'.join(sorted(PARTICLES))}))*[ \t]+{_WORD})+)"
)
# What may begin a sentence before a name, and says nothing about it.
_OPENINGS = frozenset(
    "by and the of a an in on at to for from as but if when while after before since with also then"
    " now yesterday today monday tuesday wednesday thursday friday saturday sunday january february"
    " march april may june july august september october november december us uk eu american"
    " british irish scottish welsh english indian canadian australian french german swedish".split()
)
_SPEAKS = re2.compile(r"^,? (?:said|says|told|tells|added|adds|argued|explained|who)\b")
_NEVER_A_SURNAME = frozenset(
    "street road avenue bridge square station hospital church house school".split()
)
_ADDRESSED = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Cllr")
_PLACING = frozenset("in at near off across outside around towards via beside behind into".split())
_LONGEST = 50_000
_MOST_WORDS = 4
_PAIR = 2
_BYLINE = re2.compile(r"(?i)\s*(?:,|&|;|/|\||\band\b|\bwith\b)\s*")
_BEFORE = re2.compile(r"(?i)^(?:exclusive |words |photos |pictures |story |report )?by:? |^\w+: ")
_AFTER = re2.compile(r"(?i) (?:in|for|at|on|of|from|\() .*$")


@lru_cache(maxsize=256)
def persons_in(text: str) -> tuple[str, ...]:
    """
    Return the names of persons in a text: words that begin with capitals, without titles.

    Many comments stand under one article, so what was found is remembered.
    """
    found: dict[str, None] = {}
    for line in readable(text[:_LONGEST]).splitlines():
        for match in _NAME.finditer(line):
            parts, titled = _untitled(match.group(1))
            if not _PAIR <= len(parts) <= _MOST_WORDS:
                continue
            before = line[: match.start(1)].split()[-1:]
            sure = titled or _addressed(parts[-1], text)
            speaks = bool(_SPEAKS.search(line[match.end(1) :]))
            if _is_person(parts, "".join(before).lower(), sure=sure, speaks=speaks):
                found[" ".join(parts)] = None
                if len(parts) > _PAIR and _lower(parts[0]) not in GIVEN:
                    # The first word may be a calling that no list has.
                    found[" ".join(parts[-_PAIR:])] = None
    return tuple(found)


def authors(byline: str) -> tuple[str, ...]:
    """Return the names in a byline: "By Dana Quill and Joon Park, Harbour Correspondent"."""
    written = (_BEFORE.sub("", one) for one in _BYLINE.split(readable(byline).strip()))
    names = (_AFTER.sub("", one).strip(" .()") for one in written)
    return tuple(name for name in names if name and not _is_office(name))


def _is_office(name: str) -> bool:
    """Whether a part of a byline is an office or the paper, and nobody's name."""
    first, *_, last = [_lower(part) for part in ("", *name.split())][-2:]
    thing = last in TITLES or (last in _THINGS and last not in SURNAMES)
    return name.lower().startswith("the ") or (thing and first not in GIVEN)


def _untitled(run: str) -> tuple[list[str], bool]:
    """Return the words of a name without what stands before it, and whether that is a title."""
    parts = [part.removesuffix("'s").removesuffix("’s").strip("-'’") for part in run.split()]
    titled = False
    while len(parts) > _PAIR or (len(parts) == _PAIR and _lower(parts[0]) not in GIVEN):
        first = _lower(parts[0])
        opens = first in _OPENINGS or (
            len(parts) > _PAIR and first in _EVERYDAY and first not in GIVEN
        )
        if first not in TITLES and not opens:
            break
        titled = titled or first in TITLES
        parts = parts[1:]
    return parts, titled


def _lower(word: str) -> str:
    """Return a word as the lists have it."""
    return word.lower().strip(".").replace("'", "").replace("-", "")


def _addressed(last: str, text: str) -> bool:
    """Whether somebody of this last name is spoken of as a person elsewhere."""
    return any(f"{title} {last}" in text or f"{title}. {last}" in text for title in _ADDRESSED)


def _is_person(parts: list[str], before: str, *, sure: bool, speaks: bool) -> bool:
    """Whether this is a person's name, going by its words and those around it."""
    first, last = _lower(parts[0]), _lower(parts[-1])
    placed = before == "the" or before in _PLACING
    if sure or first in GIVEN:
        surname = last in SURNAMES and last not in _NEVER_A_SURNAME
        return last not in _THINGS or (surname and (sure or not placed))
    if first in _THINGS or last in _THINGS or before == "the":
        return False
    return speaks or not (placed or first in _EVERYDAY)
