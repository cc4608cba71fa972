"""What a text says in its own words, and what it takes from somewhere else."""

from functools import lru_cache
from typing import Final

import re2

from ombud.text.folding import fold
from ombud.text.segments import folded_words

_RUN: Final = 5
"""Words in a row, at least, that come from the source and not by chance."""
_QUOTED: Final = re2.compile(
    r"“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|\"[^\"]+\""
    r"|(?m:^[ \t]*>.*$)"
)


def own_words(text: str, source: str = "") -> list[str]:
    """
    Return the folded words of a text that are its own.

    Left out is what stands in quotation marks, lines that begin with `>`, and every five words or
    more in a row that `source` has too.
    """
    said = [word for word, _, _ in folded_words(fold(_QUOTED.sub(" ", text)).text)]
    known = _runs(source) if source and len(said) >= _RUN else frozenset()
    taken: set[int] = set()
    for begin in range(len(said) - _RUN + 1):
        if tuple(said[begin : begin + _RUN]) in known:
            taken.update(range(begin, begin + _RUN))
    return [word for place, word in enumerate(said) if place not in taken]


@lru_cache(maxsize=32)
def _runs(source: str) -> frozenset[tuple[str, ...]]:
    """Return all runs of words of a source."""
    said = [word for word, _, _ in folded_words(fold(source).text)]
    return frozenset(tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))
