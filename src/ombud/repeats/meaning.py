"""
How much two folded texts say the same, though in other words.

Half of it is the cosine of the means of their words' vectors, half that of the words themselves:
the vectors know synonyms, and the words tell a matter from its opposite a little better.
On comments under one article no threshold parts what is reworded from what is about the same
thing, so this is for people who look for the like, and never a reason to hold a comment.
Measured by `benchmarks/repeats_quality.py`.
"""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import Final

from ombud.repeats.sketch import rank
from ombud.vectors import shared

_UNLISTED: Final = 30_000
"""The rank that a word counts with which is in no list."""


def meanings(one: str, others: Sequence[str]) -> list[float]:
    """Return how much each of the other texts says what one says, from 0 to 1."""
    vectors = shared()
    means = vectors.means(vectors.words([one, *others]))
    spoken = _weighted(one)
    cosines = (means[1:] @ means[0]).tolist()
    both = zip(cosines, others, strict=True)
    return [max(0.0, cosine + _cosine(spoken, _weighted(other))) / 2 for cosine, other in both]


def _weighted(folded: str) -> dict[str, float]:
    """Return each word with how much it says: by how rare it is, and how often it stands there."""
    counts = Counter(folded.split(" "))
    return {
        word: (1 + log(count)) * log(1 + (rank(word) or _UNLISTED))
        for word, count in counts.items()
    }


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of two texts as vectors of their words."""
    common = sum(one[word] * other[word] for word in one.keys() & other.keys())
    return common / sqrt(_square(one) * _square(other))


def _square(text: dict[str, float]) -> float:
    """Return the square of the length of a text as a vector of its words."""
    return sum(weight**2 for weight in text.values())
