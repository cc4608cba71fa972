"""
What a colon attributes: in a headline, "Mayor: Pier 4 will close", and in an interview as printed.

A line of an interview begins with who speaks, "IDA NORR: …", and is all theirs.
"""

from typing import Final

import re2

from ombud.stories.document import Attribution, Document, Mode
from ombud.text import Span

_LONGEST: Final = 3
"""Words before the colon of a headline, at most."""
_LABELS: Final = re2.compile(
    r"(?i)^(?:the latest|exclusive|revealed|breaking|boom|wow|video|watch|photos?|update|analysis"
    r"|opinion|editorial|byline|by|live|correction|note|related|source|location|when|where"
    r"|editor[’']s note|report|fact check)\b"
)
"""What stands before a colon and names nobody."""
_TURN: Final = re2.compile(
    r"^([A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}):\s*\S"
)
"""A name before a colon: one word if all of it is in capitals, or several."""
_TURN_WORDS: Final = 5
"""Words that somebody says in a line of an interview, at least."""


def headline(document: Document) -> list[Attribution]:
    """Return what the first line attributes with a colon: the title, or the body's first."""
    text = document.text
    begin = text.find(document.title) if document.title else document.body.begin
    line = text[max(begin, 0) :].split("\n", maxsplit=1)[0]
    source, colon, said = line.partition(":")
    words = source.split()
    named = words and len(words) <= _LONGEST and all(word[0].isupper() for word in words)
    if begin < 0 or not colon or not said.strip() or not named or said[0] != " ":
        return []
    if _LABELS.search(source):
        return []
    name = source.split(" on ")[0].rstrip()
    place = begin + len(source)
    return [_colon(text, Span(begin, begin + len(name)), place, begin + len(line), "headline")]


def turn(text: str, line: Span) -> Attribution | None:
    """Return what a line of an interview attributes to whoever it begins with."""
    said = line.quote(text)
    match = _TURN.match(said)
    if match is None or _LABELS.search(said) or len(said.split()) < _TURN_WORDS:
        return None
    place = line.begin + match.end(1)
    return _colon(text, Span(line.begin, place), place, line.end, "direct")


def _colon(text: str, source: Span, place: int, end: int, mode: Mode) -> Attribution:
    """Return what a colon attributes that stands at a place; it is all up to an end."""
    begin = place + 1 + len(text[place + 1 : end]) - len(text[place + 1 : end].lstrip())
    last = begin + len(text[begin:end].rstrip())
    cue = Span(place, place + 1)
    return Attribution(source, None, cue, (Span(begin, last),), mode, "unspecified")
