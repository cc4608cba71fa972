"""
Word lists, and the forms they stand for.

A list is a text file beside this one: a word or a phrase a line, `#` begins a comment.
`pre|fix+stem+suf|fix` stands for every combination; an empty alternative stands for nothing.
`word = reading` says what a disguised or shortened word stands for.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType

from ombud.text import Pattern


@cache
def phrases(name: str) -> Pattern:
    """Return the turns of phrase in one list: an RE2 expression a line."""
    return Pattern(*_entries(name))


def _entries(name: str) -> Iterator[str]:
    """Yield the lines of one list without comments."""
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if entry := line.partition("#")[0].strip():
            yield entry


@cache
def words(name: str) -> Mapping[str, str]:
    """Return every form in one list, and the reading of each (itself, unless the list says)."""
    found: dict[str, str] = {}
    for entry in _entries(name):
        forms, _, reading = entry.partition(" = ")
        for form in _forms(forms):
            found.setdefault(form, reading or form)
    return MappingProxyType(found)


def _forms(entry: str) -> Iterator[str]:
    """Yield the forms that an entry with alternatives stands for."""
    for parts in product(*(part.split("|") for part in entry.split("+"))):
        yield "".join(parts)
