"""Words, sentences and paragraphs as exact ranges of the text."""

import re
from collections.abc import Iterator

from ombud.text.span import Span

# One run of letters and digits, with inner apostrophes and hyphens; each character is tried once.
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# The same with apostrophes only: folding has made them straight, and a hyphen parts words.
_FOLDED_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE_ENDS = frozenset(".!?…")
_ENDS_AND_CLOSERS = _SENTENCE_ENDS | frozenset("\"'”’)]»")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st prof rev hon gen col sgt lt capt sen rep gov pres jr sr inc ltd co corp vs etc"
    " vol fig al e.g i.e u.s u.k a.m p.m"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


def words(text: str) -> list[Span]:
    """Return the words: runs of letters and digits, with apostrophes and hyphens inside."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def folded_words(folded: str) -> list[tuple[str, int, int]]:
    """Return the words of a folded text, each with its begin and end there."""
    return [(match[0], *match.span()) for match in _FOLDED_WORD.finditer(folded)]


def paragraphs(text: str) -> list[Span]:
    """Return the lines that hold more than white space, without the white space around them."""
    found = []
    begin = 0
    for line in text.splitlines(keepends=True):
        trimmed = _trim(text, begin, begin + len(line))
        if trimmed is not None:
            found.append(trimmed)
        begin += len(line)
    return found


def sentences(text: str) -> list[Span]:
    """
    Return the sentences, without the white space around them.

    A sentence ends at a line break, or at a full stop, question or exclamation mark before white
    space, unless the stop belongs to an abbreviation or an initial.
    """
    return [
        sentence
        for paragraph in paragraphs(text)
        for cut in _cuts(text, paragraph)
        if (sentence := _trim(text, cut.begin, cut.end)) is not None
    ]


def _cuts(text: str, paragraph: Span) -> Iterator[Span]:
    """Cut one paragraph after each mark that ends a sentence."""
    begin = place = paragraph.begin
    while place < paragraph.end:
        if text[place] not in _SENTENCE_ENDS:
            place += 1
            continue
        first = place
        while place < paragraph.end and text[place] in _ENDS_AND_CLOSERS:
            place += 1
        ended = place == paragraph.end or text[place].isspace()
        if ended and not (text[first:place] == "." and _is_abbreviation(text, begin, first)):
            yield Span(begin, place)
            begin = place
    if begin < paragraph.end:
        yield Span(begin, paragraph.end)


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    """Whether the word before the full stop at `stop` is an abbreviation or an initial."""
    first = stop
    while first > max(begin, stop - 8) and not text[first - 1].isspace():
        first -= 1
    word = text[first:stop].lstrip("(\"'“‘")
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")


def _trim(text: str, begin: int, end: int) -> Span | None:
    """Return the range without white space at its ends, or None if nothing is left."""
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return Span(begin, end) if begin < end else None
