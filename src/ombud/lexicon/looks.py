"""
Finding among very many names those that a signature would be taken for, by their letters alone.

Names that are the same but for order, spaces, disguise or two letters that changed places have the
same letters; those that are one slip apart differ in one.
What is found so is compared closely then; short forms and initials are not looked for, because
among very many names they are somebody's by chance.
"""

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from ombud.lexicon.likeness import cores
from ombud.lexicon.names import readings

_MIN_SLIP: Final = 7
"""Letters of a name from which on another that is one letter apart is taken for it."""


def look(name: str) -> str:
    """Return the letters of a name as they look, from a to z; "" if it has none."""
    return next(("".join(sorted(one.joined)) for one in readings(name)), "")


@lru_cache(maxsize=1024)
def looks_near(signed: str) -> frozenset[str]:
    """Return the looks of all names that a signature may be taken for, a few hundred."""
    found = {"".join(sorted(core.joined)) for core in cores(signed)}
    return frozenset(found | {near for one in found for near in _slips(one)})


def _slips(letters: str) -> Iterator[str]:
    """Yield the letters of names with one letter less, more, or instead of another."""
    if len(letters) < _MIN_SLIP:
        return
    for other in ascii_lowercase:
        yield "".join(sorted(letters + other))
    for place in range(len(letters)):
        left = letters[:place] + letters[place + 1 :]
        yield left
        for other in ascii_lowercase:
            yield "".join(sorted(left + other))
