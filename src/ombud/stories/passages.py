"""A sentence as attributions read it: its words, and which of them are quoted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import re2

from ombud.stories.clauses import Range
from ombud.stories.wording import PRONOUNS, Token, tokens
from ombud.text import Cover, Span

_ASKS: Final = frozenset("?!")
LONGEST_SENTENCE: Final = 4_000
"""Characters; what is longer is a table or a list, and is not read."""
_PAIR: Final = 2
_SHORT: Final = frozenset(
    "del. sens. reps. gov. govs. adm. amb. no. gen. messrs. lt. sgt. d. r. v. vs.".split()
)
_GOES_ON: Final = frozenset(")]—–-,;:")
_AGENCY: Final = re2.compile(r"^\([^)]{2,30}\) ?(?:--|—|–|-)")
"""What goes on in a dateline after the place: "Colo. (AP) —"."""
_MARKS: Final = "”»\"'’"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its words; `quoted` says which of them stand in a quotation of `quotes`."""

    words: Sequence[Token]
    quoted: Sequence[bool]
    quotes: Sequence[Span]

    def span(self, part: Range) -> Span:
        """Return the range of the text that a range of words takes."""
        return Span(self.words[part[0]].begin, self.words[part[1] - 1].end)

    def low(self, place: int) -> str:
        """Return the word at a place, or nothing outside the sentence."""
        return self.words[place].low if 0 <= place < len(self.words) else ""


def passage(text: str, span: Span, quotes: Sequence[Span]) -> Passage:
    """Return a sentence with its words; the quotations are those of its paragraph, in order."""
    words = tokens(text, span)
    first = bisect_right(quotes, span.begin, key=lambda quote: quote.end)
    last = bisect_left(quotes, span.end, key=lambda quote: quote.begin)
    near = Cover(quotes[first:last])
    quoted = [Span(word.begin, word.begin + 1) in near for word in words]
    return Passage(words, quoted, quotes[first:last])


def joined(text: str, sentences: Iterable[Span]) -> list[Span]:
    """
    Return the sentences of a paragraph, those joined that belong together.

    A full stop in an abbreviation or a question mark before closing marks ends no sentence where a
    small letter or a dash follows, or who said it: "Why?" Norr asked.
    A new line always begins a new one.
    """
    found: list[Span] = []
    for span in sentences:
        if found and _goes_on(text, found[-1], span):
            found[-1] = Span(found[-1].begin, span.end)
        else:
            found.append(span)
    return found


def _goes_on(text: str, before: Span, span: Span) -> bool:
    """Whether a sentence goes on with the one before it."""
    if "\n" in text[before.end : span.begin]:
        return False
    last = text[before.begin : before.end].rsplit(maxsplit=1)[-1].lower()
    said = span.quote(text)
    goes_on = said[0].islower() or said[0] in _GOES_ON or _AGENCY.match(said)
    if goes_on or last in _SHORT or _initials(last):
        return True
    closed = before.quote(text).rstrip(_MARKS)
    asked = len(closed) < before.end - before.begin and closed[-1:] in _ASKS
    if not asked or not text[span.begin].isupper():
        return False
    first = text[span.begin : span.end].split(maxsplit=1)[0].lower()
    return first not in PRONOUNS


def _initials(word: str) -> bool:
    """Whether a word is initials, as in "G.K. Norr"."""
    *letters, rest = word.split(".")
    return not rest and len(letters) == _PAIR and all(len(letter) == 1 for letter in letters)
