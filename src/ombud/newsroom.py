"""What a newsroom works with: articles, readers and what they wrote.  Frozen, without I/O."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One text that an outlet published; paragraphs are lines."""

    title: str = ""
    text: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who writes comments, by the name that others see."""

    name: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """
    An earlier comment that is nearly the same.

    `likeness` is the share of text the two have in common, from 0 to 1.
    `same_reader` is None where it is not known who wrote one of them.
    """

    text: str
    likeness: float
    same_reader: bool | None = None
    where: str = ""
