"""
The words of a text with the marks between them, and where a quotation of it stands.

A word is what must stay: letters and digits, numbers with their signs, addresses, emoji.
Between words stand marks: punctuation, white space, and the signs of Markdown, which are none of
them and do not count.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import re2
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ombud.text import Span

CUT: Final = "…"
_MARK: Final = "\x01"
_MEMORY: Final = re2.Options()
# Classes of all letters there are take more than the default.
_MEMORY.max_mem = 64 << 20
_WORD: Final = re2.compile(
    r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]]"
    r"|[\p{L}\p{N}._+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+"
    r"|[#@][\p{L}\p{N}_]+"
    r"|\p{L}{1,2}[*\-]{2,}\p{L}*"
    r"|(?:[\p{L}\p{M}]+[*#@$]+)+[\p{L}\p{M}]+"
    r"|\p{N}[\p{L}\p{N}\p{M}]*(?:[.,:/][\p{N}]+)*"
    r"|\p{L}(?:\.\p{L})+\b"
    r"|[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}]*(?:['’ʼ‘`´][\p{L}\p{M}\p{N}\p{Cf}]+)*"
    r"|[\p{S}&%§@#\\/†‡](?:[\p{S}\p{M}\x{200D}\x{FE0F}\x{20E3}])*",
    _MEMORY,
)
_SIGNS: Final = frozenset("-−+±")
_FORMATTING: Final = str.maketrans("", "", "*_`~")
_STARRED: Final = str.maketrans("`~", "**")
_HIDDEN: Final = re2.compile(r"[\p{Cf}\x{FE0F}\x{00AD}]")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ‘`´＇", "'"))
_DOTS: Final = r"(?:…|\.\s?\.\s?\.)"
_ELLIPSES: Final = re2.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|\.{{3,}}|\. \. \.")
_NEAR: Final = 1
_LOST: Final = 4
_OTHER: Final = 6
"""What it costs to take a word for one like it, to leave one out or add one, and for another."""


_ENDS: Final = frozenset(".!?…")
_PARTS: Final = frozenset(',;:()-"') | _ENDS
_ASKING: Final = frozenset(
    "who what when where why which whose how do does did is are was were am can could will would"
    " should shall may might must has have had isn't aren't don't doesn't didn't won't".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """
    One word, and the marks between it and the word before.

    `blank` is the white space there: none, a blank, or a line break.
    """

    text: str
    span: Span
    before: str
    blank: str

    @property
    def key(self) -> str:
        """What two writings of one word have in common: case, apostrophes, what is hidden."""
        return key(self.text)


@dataclass(frozen=True, slots=True)
class Worded:
    """A text as its words, and the marks after the last."""

    words: tuple[Word, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """Ranges of words of the original and of the excerpt that stand for one another."""

    original: Span
    excerpt: Span


def key(word: str) -> str:
    """Return a word without what two writings of it may differ in."""
    bare = _HIDDEN.sub("", unicodedata.normalize("NFC", word)).translate(_APOSTROPHES)
    return unicodedata.normalize("NFC", bare.casefold())


def worded(text: str) -> Worded:
    """Return the words of a text in their order."""
    found: list[Word] = []
    last = 0
    fit = _plain(text)
    for match in _WORD.finditer(fit):
        begin, end = match.span()
        if _signed(fit, begin, last):
            begin -= 1
        between = fit[last:begin]
        found.append(Word(fit[begin:end], Span(begin, end), marks(between), _blank(between)))
        last = end
    return Worded(tuple(found), marks(fit[last:]))


def marks(between: str) -> str:
    """Return the punctuation between two words, in one way of writing it."""
    # The library can put only ASCII in the place of what it finds.
    cuts = _ELLIPSES.sub(_MARK, between.replace(_MARK, "")).replace(_MARK, CUT)
    bare = cuts.translate(_FORMATTING)
    kept = "".join(bare.split())
    shown: str = _HIDDEN.sub("", kept)
    return shown.translate(_WRITINGS)


def steps(original: Sequence[Word], excerpt: Sequence[Word], after: str) -> list[Step]:
    """
    Return how the words of an excerpt follow those of the original, in order.

    Where the excerpt has an ellipsis, words of the original may be left out at no cost; `after`
    are the marks after its last word.
    """
    table = _Table(original, excerpt, after)
    return table.traced()


def cut_before(word: Word) -> bool:
    """Whether an ellipsis stands before a word."""
    return CUT in word.before


def starts(of: Worded, span: Span) -> bool:
    """Whether a word begins a sentence."""
    word = of.words[span.begin]
    return span.begin == 0 or bool(_ENDS & set(word.before)) or word.blank == "\n"


def clauses(of: Worded) -> list[int]:
    """Return the number of the clause that each word stands in."""
    parts = (bool(_PARTS & set(word.before)) or word.blank == "\n" for word in of.words)
    return list(accumulate(parts, initial=0))[1:]


def asking(of: Worded) -> list[bool]:
    """Return for each word whether its sentence begins as a question does."""
    asks, found = False, []
    for place, word in enumerate(of.words):
        if starts(of, Span(place, place + 1)):
            asks = word.key in _ASKING
        found.append(asks)
    return found


def _plain(text: str) -> str:
    """Return a text of the same length, with the signs of Markdown as stars."""
    fit = text.encode("utf-8", "replace").decode().translate(_STARRED)
    if ">" not in fit:
        return fit
    lines = fit.split("\n")
    quoted = [len(line) - len(line.lstrip(" >")) for line in lines]
    return "\n".join(
        line[:size].replace(">", "*") + line[size:]
        for line, size in zip(lines, quoted, strict=True)
    )


def _signed(text: str, begin: int, last: int) -> bool:
    """Whether a sign before a number belongs to it."""
    if not text[begin].isdigit() or begin <= last or text[begin - 1] not in _SIGNS:
        return False
    return begin - 1 == 0 or text[begin - 2].isspace() or text[begin - 2] == "("


def _blank(between: str) -> str:
    """Return the white space between two words, in one way of writing it."""
    if "\n" in between or "\r" in between:
        return "\n"
    return " " if any(map(str.isspace, between)) else ""


_WRITINGS: Final = str.maketrans(
    dict.fromkeys('“”„‟«»‹›"', '"') | dict.fromkeys("’‘‚‛'`´", "'") | dict.fromkeys("–—―‒−‐‑", "-")
)


def _unlike(
    excerpt: Sequence[str], original: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the row of each word of the excerpt, and (rows, original) what it costs to take it."""
    kinds = {one: number for number, one in enumerate(dict.fromkeys(excerpt))}
    rows = np.array([kinds[one] for one in excerpt], dtype=np.int32)
    if not kinds or not original:
        return rows, np.zeros((len(kinds), len(original)), dtype=np.int32)
    alike = process.cdist(list(kinds), original, scorer=Levenshtein.normalized_similarity)
    costs = np.where(alike == 1, 0, _NEAR + np.floor((_OTHER - _NEAR) * (1 - alike)))
    return rows, np.minimum(costs, _OTHER).astype(np.int32)


class _Table:
    """
    The cheapest way to come from the original to the excerpt, as a table filled row by row.

    Row i has the first i words of the excerpt, column j the first j of the original.
    """

    def __init__(self, original: Sequence[Word], excerpt: Sequence[Word], after: str) -> None:
        self._original = [word.key for word in original]
        self._excerpt = [word.key for word in excerpt]
        self._cuts = [*map(cut_before, excerpt), CUT in after]
        codes = {one: number for number, one in enumerate(dict.fromkeys(self._original))}
        self._codes = codes
        self._columns = np.array([codes[one] for one in self._original], dtype=np.int32)
        pairs = [a + b for a, b in zip(self._original, self._original[1:], strict=False)]
        self._pairs: dict[str, list[int]] = {}
        for place, pair in enumerate(pairs):
            self._pairs.setdefault(pair, []).append(place + 2)
        self._rows_of, self._unlike = _unlike(self._excerpt, list(codes))
        self._rows = self._filled()

    def _filled(self) -> list[NDArray[np.int32]]:
        """Fill the table."""
        width = len(self._original) + 1
        lost = np.arange(width, dtype=np.int32) * _LOST
        first = np.zeros(width, dtype=np.int32) if self._cuts[0] else lost.copy()
        rows = [first]
        for number, word in enumerate(self._excerpt):
            before = rows[-1]
            row = before + _LOST
            row[1:] = np.minimum(row[1:], before[:-1] + self._costs(number))
            for place in self._pairs.get(word, ()):
                row[place] = min(row[place], before[place - 2] + _NEAR)
            if number:
                joined = self._codes.get(self._excerpt[number - 1] + word)
                if joined is not None:
                    places = np.flatnonzero(self._columns == joined) + 1
                    row[places] = np.minimum(row[places], rows[-2][places - 1] + _NEAR)
            rows.append(self._passed(row, lost, free=self._cuts[number + 1]))
        return rows

    @staticmethod
    def _passed(
        row: NDArray[np.int32], lost: NDArray[np.int32], *, free: bool
    ) -> NDArray[np.int32]:
        """Let words of the original be left out after a row."""
        if free:
            return np.minimum.accumulate(row)
        passed: NDArray[np.int32] = np.minimum.accumulate(row - lost) + lost
        return passed

    def _costs(self, number: int) -> NDArray[np.int32]:
        """Return what it costs to take a word for each of the original."""
        found: NDArray[np.int32] = self._unlike[self._rows_of[number]][self._columns]
        return found

    def traced(self) -> list[Step]:
        """Go the cheapest way back from the end."""
        i, j = len(self._excerpt), len(self._original)
        found: list[Step] = []
        while i or j:
            to, back = self._move(i, j)
            found.append(Step(Span(j - back, j), Span(i - to, i)))
            i, j = i - to, j - back
        return found[::-1]

    def _move(self, i: int, j: int) -> tuple[int, int]:
        """Return how many words of the excerpt and of the original the last step took."""
        here = int(self._rows[i][j])
        if i and j:
            cost = int(self._costs(i - 1)[j - 1])
            if here == self._rows[i - 1][j - 1] + cost:
                return 1, 1
        for to, back in ((1, 2), (2, 1)):
            if i >= to and j >= back and here == self._rows[i - to][j - back] + _NEAR:
                one = "".join(self._excerpt[i - to : i])
                if one == "".join(self._original[j - back : j]):
                    return to, back
        if j and here == self._rows[i][j - 1] + (0 if self._cuts[i] else _LOST):
            return 0, 1
        return 1, 0
