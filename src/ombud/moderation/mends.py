"""
Mends that are proposed for a comment that is quoted: only what is sure.

Names, dialect, numbers and every correct word stay; nothing is added to what was said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ombud.lexicon import words
from ombud.moderation import spelling
from ombud.moderation.wording import CUT, Word, Worded, worded
from ombud.text import Span, sentences

Kind = Literal["spelling", "punctuation", "capital"]
_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july"
    " september october november december english british american europe".split()
)
_CLOSERS: Final = ",;:!?"
_FEWEST: Final = 3
_ENGLISH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mend:
    """Characters of the original that others are proposed for, and why."""

    kind: Kind
    span: Span
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text as it would read with all that is proposed."""

    original: str
    text: str
    mends: tuple[Mend, ...]


def mended(original: str) -> Proposal:
    """Return what can surely be mended in a text, and the text so mended."""
    parts = worded(original)
    found = sorted(_mends(original, parts), key=lambda mend: mend.span) if parts.words else []
    pieces, place = [], 0
    for mend in found:
        pieces += [original[place : mend.span.begin], mend.after]
        place = mend.span.end
    return Proposal(original, "".join([*pieces, original[place:]]), tuple(found))


def _mends(original: str, parts: Worded) -> Iterator[Mend]:
    """Yield what can be mended, in no order; no two of them overlap."""
    # Of a text in another language nothing is sure.
    ours = sum(spelling.known(word.key) for word in parts.words) >= _ENGLISH * len(parts.words)
    begins = iter([*(sentence.begin for sentence in sentences(original)), len(original) + 1])
    begin = next(begins)
    last: Word | None = None
    for word in parts.words:
        begun = word.span.begin >= begin
        while word.span.begin >= begin:
            begin = next(begins)
        # After an ellipsis the sentence may go on.
        begun = begun and CUT not in word.before
        if ours and (mend := _word(word, begun=begun)):
            yield mend
        if last is not None:
            yield from _between(original, last, word)
        last = word
    if last is not None:
        yield from _ending(original, last, len(parts.words))


def _word(word: Word, *, begun: bool) -> Mend | None:
    """Return how a word is mended, if it is."""
    text, why = word.text, ""
    kind: Kind = "capital"
    # What has a capital may be a name.
    listed = words("misspelled").get(word.key) if begun and text[1:].islower() else None
    if right := listed or (spelling.sure(word.key) if text.islower() else None):
        text, kind, why = _like(text, right), "spelling", f"'{text}' is spelled '{right}'"
    elif word.key.partition("'")[0] == "i" and text[0] == "i" and spelling.known(word.key):
        text, why = "I" + text[1:], "'I' is a capital"
    elif word.key in _DAYS and text.islower():
        text, why = text.capitalize(), "a day, a month or a place has a capital"
    if begun and text[0].islower() and text[0].isascii() and word.text.replace("'", "").isalpha():
        text = text[0].upper() + text[1:]
        why = why or "a sentence begins with a capital"
    return Mend(kind, word.span, word.text, text, why) if text != word.text else None


def _like(word: str, right: str) -> str:
    """Return the right spelling with a capital where the word has one."""
    return right[0].upper() + right[1:] if word[0].isupper() else right


def _between(original: str, last: Word, word: Word) -> Iterator[Mend]:
    """Yield how the marks between two words are mended."""
    span = Span(last.span.end, word.span.begin)
    text = span.quote(original)
    bare = text.strip(" \t")
    after = text
    if len(bare) == 1 and bare in _CLOSERS and _letters(last) and _letters(word):
        after = f"{bare} "
    elif text == "." and _ran_together(last, word):
        after = ". "
    elif len(bare) > 1 and len(set(bare)) == 1 and bare[0] in "!?," and _letters(word):
        after = f"{bare[0]} "
    elif not bare and len(text) > 1 and not text.strip(" "):
        after = " "
    if after != text:
        yield Mend("punctuation", span, text, after, "one mark, and a blank after it")


def _ran_together(last: Word, word: Word) -> bool:
    """Whether a full stop between two words ends a sentence, and is no part of an address."""
    known = last.key in words("everyday") and word.key in words("everyday")
    return known and last.text.islower() and word.text[:1].isupper()


def _letters(word: Word) -> bool:
    """Whether a word is made of letters."""
    return word.text.replace("'", "").replace("’", "").isalpha()


def _ending(original: str, last: Word, count: int) -> Iterator[Mend]:
    """Yield how the end of a text is mended."""
    span = Span(last.span.end, len(original))
    text = span.quote(original)
    if not text.strip() and count >= _FEWEST and _letters(last):
        yield Mend("punctuation", span, text, ".", "a sentence ends with a full stop")
    elif len(bare := text.strip()) > 1 and set(bare) in ({"!"}, {"?"}):
        yield Mend("punctuation", span, text, bare[0], "one mark is enough")
