"""What a headline attributes with a colon: "Mayor: Pier 4 will close"."""

from typing import Final

from ombud.stories.document import Attribution, Document
from ombud.text import Span

_LONGEST: Final = 3
"""Words before the colon, at most."""


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
    name = source.split(" on ")[0].rstrip()
    place = begin + len(source)
    first = place + 1 + len(said) - len(said.lstrip())
    return [
        Attribution(
            source=Span(begin, begin + len(name)),
            speaker=None,
            cue=Span(place, place + 1),
            content=(Span(first, begin + len(line.rstrip())),),
            mode="headline",
            strength="unspecified",
        )
    ]
