"""
Read rude words as they are meant: misspelt, in digits and signs, or spelled out in one run.

A model that has seen "idiot" a thousand times has not seen "idoit", "1d10+" or "y o u i d i o t".
Only rude words are mended, and only from what means nothing else: no word of the dictionary, no
slip in a frequent word ("hte") and no name becomes one.
Words that hide behind digits and signs are read whatever they are, since no name is written so;
short codes such as "TW17" are left alone.
A misspelling leaves out, doubles or swaps letters behind the first, which readers need most to
understand a word (Rawlinson 1976, "The significance of letter position in word recognition").
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
import re2

from ombud.lexicon import words
from ombud.lexicon.dictionary import counts
from ombud.lexicon.names import GIVEN, SURNAMES
from ombud.text import Folded

_TOKEN: Final = re2.compile(r"[a-z0-9@$!|+]{3,}")
_LEET: Final = tuple(str.maketrans("013457@$!|+", f"o{i}eastas{i}{i}t") for i in "il")
_SWAPPED: Final = 4
"""Letters from which on a word is mended if two are swapped, or a weak one is left out."""
_CHANGED: Final = 5
"""Letters from which on a word is mended if one is left out or doubled."""
_WEAK: Final = frozenset("aeiou")
"""Letters that a word is known without, also a short one; so is one of two that are the same."""
_SURE: Final = 6
"""Letters, digits and signs from which on they stand for any word of the dictionary."""
_NEAR: Final = 8
"""Characters before and after a word in which a sentence may end and another name begin."""
_OPENING: Final = " \t\"'(“‘*"
_CLOSING: Final = ".!?:;\n\r…"
_SHORTENED: Final = re2.compile(r"\b(?:\p{Lu}\pL{0,3}|\pL|vs)\.$")
"""A title, an initial or another short word whose stop ends no sentence."""
_CODE: Final = re2.compile(r"\p{Lu}+[0-9]+|[0-9]+\p{Lu}+")
"""How postcodes and names of models are written: digits before or after capitals."""
_LONGEST: Final = 20
_LETTERS: Final = 2_000
"""Letters in all runs of one text that are cut into words."""
_MOST: Final = 400
"""Words that are mended in one text; who hides more has been found out by these."""
_ALONE: Final = frozenset("ai")
"""Letters that are words."""


def mended(folded: Folded, original: str) -> Folded:
    """
    Return a folded text with the rude words as they are meant, and the way back to the original.

    A word with a capital may be a name and is left alone, unless it begins a sentence, is no name
    that is known and has no other capital after it.
    """
    plain = _plain()
    parts, after, letters = [], 0, 0
    for match in _TOKEN.finditer(folded.text):
        begin = match.start()
        token = match[0].rstrip("!")
        end = begin + len(token)
        if token in plain:
            continue
        meant = None
        if _is_spelled_out(folded, begin, end):
            letters += len(token)
            meant = _split(folded, begin, end) if letters <= _LETTERS else None
        if meant is None:
            meant = _word(folded, begin, end, original)
        if meant:
            parts += [_cut(folded, after, begin), meant]
            after = end
            if len(parts) == 2 * _MOST:
                break
    if not parts:
        return folded
    parts.append(_cut(folded, after, len(folded.text)))
    return Folded(
        "".join(part.text for part in parts),
        np.concatenate([part.begins for part in parts]),
        np.concatenate([part.ends for part in parts]),
    )


def _cut(folded: Folded, begin: int, end: int) -> Folded:
    return Folded(folded.text[begin:end], folded.begins[begin:end], folded.ends[begin:end])


def _may_be_named(folded: Folded, begin: int, end: int, original: str) -> bool:
    """Whether a token is initials, or has a capital that need not be that of its sentence."""
    first, last = int(folded.begins[begin]), int(folded.ends[end - 1])
    if end - begin <= _SWAPPED and original[first : first + 2].isupper():
        return True
    if not original[first : first + 2].istitle():
        return False
    before = original[max(0, first - _NEAR) : first].rstrip(_OPENING)
    after = original[last : last + _NEAR].lstrip()
    begins = not before or (before[-1] in _CLOSING and not _SHORTENED.search(before))
    known = folded.text[begin:end]
    return not begins or known in GIVEN or known in SURNAMES or after[:2].istitle()


def _word(folded: Folded, begin: int, end: int, original: str) -> Folded | None:
    """Return the word that a token stands for; each letter of it for all of the token."""
    token = folded.text[begin:end]
    if token.isalpha():
        meant = _misspellings().get(token)
        if meant and _may_be_named(folded, begin, end, original):
            return None
    elif any(map(str.isalpha, token)) and not _is_code(folded, begin, end, original):
        meant = _in_signs(token)
    else:
        meant = None
    if meant is None:
        return None
    first, last = folded.begins[begin], folded.ends[end - 1]
    return Folded(meant, np.full(len(meant), first), np.full(len(meant), last))


def _is_code(folded: Folded, begin: int, end: int, original: str) -> bool:
    """Whether a short token is written as codes are."""
    written = original[folded.begins[begin] : folded.ends[end - 1]]
    return end - begin < _SURE and bool(_CODE.fullmatch(written))


def _in_signs(token: str) -> str | None:
    """Return the word that letters, digits and signs together stand for; a short one if rude."""
    known = counts() if len(token) >= _SURE else words("rude")
    readings = (token.translate(table) for table in _LEET)
    return next((word for word in readings if word in known or word in words("rude")), None)


def _is_spelled_out(folded: Folded, begin: int, end: int) -> bool:
    """Whether a token is letters that stood alone, and together are no word."""
    token = folded.text[begin:end]
    apart = folded.begins[end - 1] - folded.begins[begin] >= 2 * (len(token) - 1)
    return bool(apart) and token.isalpha() and token not in _known() and token not in counts()


def _split(folded: Folded, begin: int, end: int) -> Folded | None:
    """Return the words that a run of letters is made of, if they are known."""
    token = folded.text[begin:end]
    ends = _best_ends(token)
    parts = [token[one:two] for one, two in pairwise([0, *ends])]
    if words("rude").keys().isdisjoint(parts):
        return None
    text = " ".join(parts)
    # A space stands for what was between the letters around it.
    gaps = [begin + place for place in ends[:-1]]
    places = np.array(ends[:-1], dtype=np.intp)
    begins = np.insert(folded.begins[begin:end], places, [folded.ends[gap - 1] for gap in gaps])
    closes = np.insert(folded.ends[begin:end], places, [folded.begins[gap] for gap in gaps])
    return Folded(text, begins, closes)


def _best_ends(token: str) -> list[int]:
    """Return where the fewest known words that make up the token end; none if none do."""
    counts, origins = [0.0], [0]
    for end in range(1, len(token) + 1):
        count, origin = min(
            (counts[begin] + 1 if token[begin:end] in _known() else np.inf, begin)
            for begin in range(max(0, end - _LONGEST), end)
        )
        counts.append(count)
        origins.append(origin)
    if np.isinf(counts[-1]):
        return []
    ends, place = [], len(token)
    while place:
        ends.append(place)
        place = origins[place]
    return ends[::-1]


@cache
def _known() -> frozenset[str]:
    """Return the words that a run of letters may be made of."""
    listed = (*words("everyday"), *words("rude"), *words("profanity"))
    return frozenset((*_ALONE, *(word for word in listed if word.isalpha() and len(word) > 1)))


@cache
def _plain() -> frozenset[str]:
    """Return the words that are what they look like; most words of a text are among them."""
    return _known() - _misspellings().keys()


@cache
def _misspellings() -> Mapping[str, str]:
    """Return every misspelling and the word that is meant."""
    rude = words("rude")
    innocent = {*rude, *words("everyday"), *words("rude_innocent"), *counts()}
    slips = {form for word in words("frequent") if word not in rude for form in _misspelt(word)}
    listed = ((form, word) for form, word in words("profanity").items() if word in rude)
    made = ((form, word) for word in rude for form in _misspelt(word) if form not in slips)
    found: dict[str, str] = {}
    for form, word in chain(listed, made):
        if form not in innocent:
            found.setdefault(form, word)
    return MappingProxyType(found)


def _misspelt(word: str) -> Iterator[str]:
    """Yield what a word becomes if two letters are swapped, or one is left out or doubled."""
    for place in range(1, len(word) - 1):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        if len(word) >= _SWAPPED:
            yield before + after[0] + letter + after[1:]
            if len(word) >= _CHANGED or letter in _WEAK or letter in (before[-1], after[0]):
                yield before + after
        if len(word) >= _CHANGED:
            yield before + 2 * letter + after
