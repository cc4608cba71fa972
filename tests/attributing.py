"""Attributions of a short text for the tests."""

from ombud.stories.attributing import attribute
from ombud.stories.document import Attribution, Document
from ombud.text import Span, sentences


def article(text: str, outlet: str = "Gull Post") -> Document:
    """Return a text as an article that is all body."""
    return Document("1", outlet, text, Span(0, len(text)), tuple(sentences(text)))


def found(text: str) -> list[tuple[str | None, str | None, tuple[str, ...], str]]:
    """Return the source, cue, content and mode of every attribution, as they stand."""

    def quote(span: Span | None) -> str | None:
        return span.quote(text) if span else None

    return [
        (quote(one.source), quote(one.cue), tuple(s.quote(text) for s in one.content), one.mode)
        for one in attribute(article(text))
    ]


def only(text: str) -> Attribution:
    """Return the one attribution of a text."""
    (one,) = attribute(article(text))
    return one
