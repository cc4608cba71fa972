"""Where records come from, and how far they have been read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ombud.records.fields import Fault, Record

Items = Iterator[Record | Fault]


@dataclass(frozen=True, slots=True)
class Source:
    """
    Comments of one origin.

    `items` reads them once, from the beginning.
    `share` tells how much has been read, from 0 to 1, or None where the end is not known.
    `note` says what had to be found out about the origin, such as its encoding.
    """

    name: str
    items: Callable[[], Items]
    share: Callable[[], float | None] = lambda: None
    note: str = ""
