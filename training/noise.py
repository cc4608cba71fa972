"""Misspell words as people do: letters swapped, left out, doubled, or hit beside their key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST: Final = 4
_WORDS_PER_ERROR: Final = 8


def misspelt(text: str, random: np.random.Generator) -> str:
    """Misspell one word in eight of a text, at least one if any is long enough."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST]
    if not long:
        return text
    count = max(1, len(words) // _WORDS_PER_ERROR)
    for place in random.choice(long, min(count, len(long)), replace=False):
        words[place] = _with_error(words[place], random)
    return " ".join(words)


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
