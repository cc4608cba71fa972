"""
Fold a text: undo the disguises of letters, and keep the way back to the original.

The shadow copy is lower case.
Undone are look-alikes, full width and mathematical letters, invisible and combining characters,
letters spelled one by one, digits and signs that stand for letters, and elongation.
Every step walks the text once, so the worst input costs linear time.
"""

import re
from dataclasses import dataclass

import numpy as np
import re2
from numpy.typing import NDArray

from ombud.text.lookalikes import FOLDS, LATIN, LETTER, LOOK, LOOKS, WIDTH, shapes
from ombud.text.span import Span

Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint32]

# Control characters other than white space hide letters as well as invisible ones do.
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f") | {"\x7f"}
_LEET = str.maketrans("013457@$!|+€¢£", "oieastasiitecl")
_SIGNS_AND_DIGITS = "0-9@$!|+€¢£"
# The gates below only ask whether a step has anything to do; the steps themselves decide.
_SPELLED = re2.compile(r"(?:^|[^a-z0-9])[a-z0-9@$!](?:[ ._\-*|/~][a-z0-9@$!]){2}")
_LEET_GATE = re2.compile(
    rf"[a-z][{_SIGNS_AND_DIGITS}]+[a-z]|[{_SIGNS_AND_DIGITS}][a-z]{{2}}|[a-z][$@€]"
)
_STRETCHED = re2.compile("|".join(f"{letter}{{3}}" for letter in "abcdefghijklmnopqrstuvwxyz"))
# A character that stands alone, before a separator and another; each character is tried once.
_ALONE = re.compile(r"(?<![^\W_])[a-z0-9@$!](?=[ ._\-*|/~][a-z0-9@$!])")
_SPELLED_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@$!")
# One run of one character class: each character is tried once.
_LEET_WORD = re.compile(r"(?:[^\W_]|[@$!|+€¢£])+")
_MIN_SPELLED = 3
_MIN_LEET_LETTERS = 2
_MIN_STRETCH = 3
_OFTEN_DOUBLE = tuple(map(ord, "eols"))
_UNITS = frozenset(
    "st nd rd th am pm km cm mm kg mph kph yr yrs gb mb tb bn mn hrs mins secs".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """
    A shadow copy, and for each of its characters the range of the original it came from.

    `begins` and `ends` are integer arrays of the length of `text`; both rise, so any range of the
    copy maps to one of the original.
    """

    text: str
    begins: Places
    ends: Places

    def span(self, begin: int, end: int) -> Span:
        """Return the range of the original that `text[begin:end]` came from."""
        if begin < end:
            return Span(int(self.begins[begin]), int(self.ends[end - 1]))
        place = int(self.begins[begin]) if begin < len(self.begins) else 0
        return Span(place, place)

    def keep(self, kept: Flags) -> "Folded":
        """Return only the characters that are flagged."""
        return Folded(_text(_codes(self.text)[kept]), self.begins[kept], self.ends[kept])


def _codes(text: str) -> Codes:
    """Return the code points of a text; lone surrogates are some."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _text(codes: Codes) -> str:
    """Return the text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold(text: str) -> Folded:
    """Return the shadow copy of `text` with every disguise undone."""
    return undisguise(unveil(text))


def undisguise(folded: Folded) -> Folded:
    """Undo the disguises that take several characters: spelling out, leet and elongation."""
    if _SPELLED.search(folded.text):
        folded = unspell(folded)
    if _LEET_GATE.search(folded.text):
        folded = unleet(folded)
    if _STRETCHED.search(folded.text):
        folded = unstretch(folded)
    return folded


def unveil(text: str) -> Folded:
    """Undo what single characters hide: case, look-alikes, invisible and combining characters."""
    if text.isascii() and _CONTROLS.isdisjoint(text):
        places = np.arange(len(text) + 1, dtype=np.intp)
        return Folded(text.lower(), places[:-1], places[1:])
    codes = _codes(text)
    found = shapes(codes)
    if (found & LOOK).any():
        text = _text(np.where(_stand_ins(found), LOOKS[codes], codes))
    widths = found & WIDTH
    visible = np.flatnonzero(widths)
    # A mark or an invisible character belongs to the visible one before it.
    ends = np.append(visible[1:], len(text))[: len(visible)]
    repeats = widths[visible]
    return Folded(text.translate(FOLDS), np.repeat(visible, repeats), np.repeat(ends, repeats))


def _stand_ins(found: NDArray[np.uint8]) -> Flags:
    """
    Return for each character whether it is a letter of another script in place of a Latin one.

    Only in words that mix scripts, or in words made of nothing but look-alikes inside a text that
    is Latin for the most part: a sentence that is really Russian or Greek stays what it is.
    Invisible characters do not end a word.
    """
    letter, latin, look, visible = (found & flag > 0 for flag in (LETTER, LATIN, LOOK, WIDTH))
    word = np.cumsum(visible & ~letter)
    count = int(word[-1]) + 1
    mixed = np.bincount(word[latin], minlength=count) > 0
    only_looks = np.bincount(word[letter & ~look], minlength=count) == 0
    mostly_latin = 2 * int(latin.sum()) > int(letter.sum())
    disguised: Flags = mixed | only_looks if mostly_latin else mixed
    return look & disguised[word]


def unspell(folded: Folded) -> Folded:
    """Join letters that stand alone with one and the same separator between them: s.h.o.u.t."""
    text = folded.text
    kept = np.ones(len(text), dtype=np.bool_)
    done = 0
    for match in _ALONE.finditer(text):
        place = match.start()
        if place >= done:
            done = _end_of_spelling(text, place)
            if done - place >= 2 * _MIN_SPELLED - 1:
                kept[place + 1 : done : 2] = False
    return folded if kept.all() else folded.keep(kept)


def _end_of_spelling(text: str, begin: int) -> int:
    """Return the end of a word spelled letter by letter that begins here."""
    separator = text[begin + 1]
    end = begin + 1
    while (
        end + 1 < len(text)
        and text[end] == separator
        and text[end + 1] in _SPELLED_CHARACTERS
        and not (end + 2 < len(text) and text[end + 2].isalnum())
    ):
        end += 2
    return end


def unleet(folded: Folded) -> Folded:
    """Read digits and signs as the letters they stand for, in words that are letters otherwise."""
    read = _LEET_WORD.sub(lambda match: _unleet_word(match[0]), folded.text)
    return Folded(read, folded.begins, folded.ends)


def _unleet_word(word: str) -> str:
    """Return the reading of one word; ordinals, units and plain numbers stay as they are."""
    if word.isalpha():
        return word
    letters = sum(map(str.isalpha, word))
    if letters < _MIN_LEET_LETTERS or 5 * letters < 2 * len(word):
        return word
    head = len(word) - len(word.lstrip("0123456789"))
    if head and (head > 1 or word[head:] in _UNITS or len(word) - head < _MIN_SPELLED):
        return word
    body = word.rstrip("0123456789!|+")
    return body.translate(_LEET) + word[len(body) :]


def unstretch(folded: Folded) -> Folded:
    """Shorten a letter that is repeated three times or more, as in "sooo"."""
    codes = _codes(folded.text)
    begins = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))
    lengths = np.diff(np.append(begins, len(codes)))
    letters = codes[begins]
    stretched = (lengths >= _MIN_STRETCH) & (shapes(letters) & LETTER > 0)
    wanted = np.where(stretched, 1 + np.isin(letters, _OFTEN_DOUBLE), lengths)
    kept = np.arange(len(codes)) - np.repeat(begins, lengths) < np.repeat(wanted, lengths)
    shortened = folded.keep(kept)
    # The last letter kept stands for all that were dropped after it.
    following = np.append(np.flatnonzero(kept)[1:], len(codes))
    return Folded(shortened.text, shortened.begins, folded.ends[following - 1])
