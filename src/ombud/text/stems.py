"""What the forms of an English word share, about: enough to see that two texts name one thing."""

from functools import lru_cache
from typing import Final

import re2

_ENDING: Final = re2.compile(r"(?:ies|es|s|ed|e|ing|ly|ments?|ions?)$")
_LEAST: Final = 3
"""Letters that an ending leaves: "king" and "bus" have none."""
_MOST: Final = 8
"""Letters of a word that count: "cooperate" and "cooperation" are one."""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return the stem of a word in small letters; numbers are their own."""
    if word[0].isdigit():
        return word
    ending = _ENDING.search(word, _LEAST)
    if ending:
        word = word[: ending.start()] + ("y" if ending.group() == "ies" else "")
    return word[:_MOST]
