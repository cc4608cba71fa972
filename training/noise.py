"""
Misspell words as people do: letters swapped, left out, doubled, or hit beside their key.

Some write digits for letters.
Who wants to get past a filter does it to the words that matter: `disguised` looks for those that
the linear model takes to be toxic.
Texts that are not toxic must look as odd as often, or "the A1 to the M25" becomes an insult.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from ombud.features import LinearHeads, hashed
from ombud.weights import load
from training.toxicity import SPEC

if TYPE_CHECKING:
    import numpy as np

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST: Final = 4
_WORDS_PER_ERROR: Final = 8
_MOST_DISGUISED: Final = 3
_TELLING: Final = 0.0
"""Margin of toxicity from which on a word by itself tells."""
_DIGITS: Final = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
_IN_DIGITS: Final = 0.15


def misspelt(text: str, random: np.random.Generator) -> str:
    """Misspell one word in eight of a text, at least one if any is long enough."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST]
    if not long:
        return text
    count = max(1, len(words) // _WORDS_PER_ERROR)
    for place in random.choice(long, min(count, len(long)), replace=False):
        words[place] = _changed(words[place], random)
    return " ".join(words)


def disguised(text: str, random: np.random.Generator) -> str:
    """Misspell the words of a text that tell most, as somebody who wants to get past a filter."""
    words = text.split(" ")
    told = [(_telling(word), place) for place, word in enumerate(words) if len(word) >= _SHORTEST]
    telling = sorted((one for one in told if one[0] >= _TELLING), reverse=True)
    if not telling:
        return misspelt(text, random)
    for _, place in telling[:_MOST_DISGUISED]:
        words[place] = _changed(words[place], random)
    return " ".join(words)


@cache
def _linear() -> LinearHeads:
    return LinearHeads.from_arrays(load("toxicity", "toxicity.npz"))


@lru_cache(maxsize=200_000)
def _telling(word: str) -> float:
    """Return how toxic a word is by itself, to the linear model."""
    return float(_linear().margins(hashed([word], spec=SPEC))[0, 0])


def _changed(word: str, random: np.random.Generator) -> str:
    if random.random() < _IN_DIGITS:
        return "".join(_DIGITS.get(letter, letter) for letter in word)
    return _with_error(word, random)


def _with_error(word: str, random: np.random.Generator) -> str:
    place = int(random.integers(1, len(word) - 1))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match int(random.integers(4)):
        case 0:
            return before + after[:1] + letter + after[1:]
        case 1:
            return before + after
        case 2:
            return before + letter * 2 + after
        case _:
            return before + _beside(letter, random) + after


def _beside(letter: str, random: np.random.Generator) -> str:
    for row in _ROWS:
        place = row.find(letter)
        if place >= 0:
            return row[max(0, min(len(row) - 1, place + int(random.choice((-1, 1)))))]
    return letter
