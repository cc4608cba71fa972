"""
Where a text quotes.

Curly, straight and doubled single marks open a quotation, and any closing mark of their kind ends
it, since copy mixes them.
A quotation that is not closed ends with its paragraph; where the next paragraph opens with a mark
again, it runs on, as newspapers set it.
Single marks count only outside double ones, and only where they are no apostrophes.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ombud.text import Span

_DOUBLE: Final = frozenset('“”„«»"')
_ONLY_OPEN: Final = frozenset("“„«")
_ONLY_CLOSE: Final = frozenset("”»")
_SINGLE_OPEN: Final = frozenset("‘'")
_SINGLE_CLOSE: Final = frozenset("’'")
_BEFORE_OPEN: Final = frozenset("([{—–-:/…")
_STOPS: Final = frozenset(",.!?;:…")
_LONGEST_SINGLE: Final = 600


class Quotation(NamedTuple):
    """A quotation with its marks; `continued` if it runs on from the paragraph before."""

    span: Span
    continued: bool
    closed: bool


def quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Return the outermost quotations of all paragraphs, in order."""
    found: list[Quotation] = []
    running = False
    for paragraph in paragraphs:
        first = len(found)
        for span, closed in _in_paragraph(text, paragraph):
            continued = running and len(found) == first and span.begin == paragraph.begin
            found.append(Quotation(span, continued, closed))
        running = len(found) > first and not found[-1].closed
    return found


def _in_paragraph(text: str, paragraph: Span) -> Iterator[tuple[Span, bool]]:
    """Yield the quotations of one paragraph, and whether each is closed."""
    place = paragraph.begin
    while place < paragraph.end:
        width = _mark(text, place)
        if width and _opens(text, place, width, paragraph):
            end, closed = _closing(text, place + width, paragraph.end)
        elif text[place] in _SINGLE_OPEN and _opens(text, place, 1, paragraph):
            end = _closing_single(text, place + 1, paragraph.end)
            closed = end > 0
        else:
            place += 1
            continue
        if end > place + 1:
            yield Span(place, end), closed
        place = max(end, place + 1)


def _mark(text: str, place: int) -> int:
    """Return how many characters the double mark here takes, 0 where there is none."""
    if text[place] in _DOUBLE:
        return 1
    pair = text[place : place + 2]
    return 2 if pair in {"''", "``", "‘‘", "’’"} else 0


def _opens(text: str, place: int, width: int, paragraph: Span) -> bool:
    """Whether the mark here can open a quotation."""
    if text[place] in _ONLY_OPEN:
        return True
    if text[place] in _ONLY_CLOSE:
        return False
    before = text[place - 1] if place > paragraph.begin else " "
    after = text[place + width] if place + width < paragraph.end else " "
    return (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()


def _closing(text: str, begin: int, end: int) -> tuple[int, bool]:
    """Return the end of a quotation in double marks, and whether a mark closes it."""
    place = begin
    while place < end:
        if text[place : place + 3] == "'''":  # A quotation in the quotation ends here too.
            place += 1
        width = _mark(text, place)
        if width and _closes(text, place, width, end):
            return place + width, True
        place += width or 1
    return end, False


def _closes(text: str, place: int, width: int, end: int) -> bool:
    """Whether the double mark here closes what is open."""
    if text[place] in _ONLY_OPEN:
        return False
    if text[place] in _ONLY_CLOSE:
        return True
    after = text[place + width] if place + width < end else " "
    return not (after.isalnum() and text[place - 1].isspace())


def _closing_single(text: str, begin: int, end: int) -> int:
    """
    Return the end of a quotation in single marks, 0 where the mark was an apostrophe.

    The apostrophe of a plural, as in "the towns' pier", ends it only if no mark after a stop does.
    """
    plural = 0
    for place in range(begin + 1, min(end, begin + _LONGEST_SINGLE)):
        if text[place] not in _SINGLE_CLOSE or text[place - 1].isspace():
            continue
        after = text[place + 1] if place + 1 < end else " "
        if after.isalnum():
            continue
        if text[place - 1] in _STOPS or not (text[place - 1] == "s" and after == " "):
            return plural if plural and text[place - 1] not in _STOPS else place + 1
        plural = plural or place + 1
    return plural
