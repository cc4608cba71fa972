"""Places in a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_BASIC_PLANE = 0xFFFF


class Span(NamedTuple):
    """A half-open range of code points, `text[begin:end]`."""

    begin: int
    end: int

    def quote(self, text: str) -> str:
        """Return the characters of `text` in this range."""
        return text[self.begin : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether every character of the other range is in this one."""
        return self.begin <= other.begin and other.end <= self.end


class Cover:
    """Ranges that do not overlap, from left to right, ready to be asked what they cover."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take the ranges in their order."""
        self._spans = list(spans)
        self._begins = [span.begin for span in self._spans]

    def __contains__(self, span: Span) -> bool:
        """Whether one of the ranges covers all of this one."""
        place = bisect_right(self._begins, span.begin) - 1
        return place >= 0 and self._spans[place].covers(span)

    def within(self, span: Span) -> bool:
        """Whether one of the ranges lies inside this one."""
        place = bisect_left(self._begins, span.begin)
        return place < len(self._spans) and span.covers(self._spans[place])


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """
    Return code-point offsets as offsets in UTF-16 code units, in the order given.

    JavaScript, Java and Google's wire format count a character outside the basic plane as two.
    """
    wanted = list(offsets)
    if text.isascii():
        return wanted
    astral = [place for place, char in enumerate(text) if ord(char) > _BASIC_PLANE]
    if not astral:
        return wanted
    known: dict[int, int] = {}
    seen = 0
    for offset in sorted(set(wanted)):
        while seen < len(astral) and astral[seen] < offset:
            seen += 1
        known[offset] = offset + seen
    return [known[offset] for offset in wanted]
