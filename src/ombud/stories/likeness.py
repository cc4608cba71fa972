"""
How alike sentences and articles are by their words: rare words, names and numbers weigh most.

A word weighs the more the rarer it is in English (`ombud.vectors`) and among the texts compared:
what stands in every sentence of a story tells none of them apart.
Measured in `benchmarks/stories_quality.py`; meanings of words by their vectors made it no better.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np
import re2

from ombud.text import stem
from ombud.vectors import UNKNOWN, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Singles = NDArray[np.float32]

_KNOWN: Final = 40
"""Letters of a chunk that is remembered: longer ones are words of no language, or addresses."""
_OFTEN: Final = 24
"""Texts in which a word stands that is worth a column of a dense product."""
_WORD: Final = re2.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTENED: Final = re2.compile(r"['’](?:s|ve|ll|re|d|m)\b|n['’]t\b")
"""What is no word of its own: "the mayor's", "I've", "don't"."""
_RAREST: Final = 14.0
"""Minus the logarithm of the share of words that `ombud.vectors` does not know."""
_EVERYWHERE: Final = 0.3
"""What a word still weighs that stands in all texts."""
_IDLE: Final = frozenset(
    "a an the and or but of in on at to for from by with as is are was were be been being it its he"
    " she his her they their them him that this these those which who whom what when where while"
    " has have had not no nor do does did will would can could may might should than then there"
    " here after before over under into out up down more most other some such so if about i we you"
    " us our your my one two ca wo"
    # How something is known says nothing of what is known.
    " said say says saying told tell tells also confirm confirmed confirming deny denied denying"
    " condition anonymity anonymous source sources official officials existence exist separately"
    " independently verified verify report reported reports reporting reportedly reporters comment"
    " decline declined declining allege alleged alleging allegedly publish published"
    " according".split()
)


def terms(text: str) -> list[tuple[str, str]]:
    """Return the words that matter, each with its stem; "Iran's" counts as "iran"."""
    return [
        term
        for chunk in text.lower().split()
        for term in (_known_terms if len(chunk) <= _KNOWN else _terms)(chunk)
    ]


def _terms(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the words that matter between two spaces."""
    return tuple(
        (word, stem(word))
        for word in _WORD.findall(_SHORTENED.sub("", chunk))
        if word not in _IDLE and (len(word) > 1 or word.isdigit())
    )


_known_terms: Final = lru_cache(maxsize=1 << 14)(_terms)
"""Most chunks stand in many texts."""


class Likeness:
    """What each of several texts is about, ready to be compared with the others."""

    def __init__(
        self, texts: Sequence[str], besides: Sequence[str] = (), rarity: float = 1.0
    ) -> None:
        """
        Weigh the words of the texts; those `besides` are compared too, but not counted.

        rarity: the power of how rare a word is in English.
        """
        counted = [terms(text) for text in texts]
        self._texts = len(texts)
        others = [terms(text) for text in besides]
        words = sorted({word for found in [*counted, *others] for word, _ in found})
        rare = {word: one**rarity for word, one in zip(words, _rarities(words), strict=True)}
        seen: dict[str, int] = {}
        for found in counted:
            for root in {root for _, root in found}:
                seen[root] = seen.get(root, 0) + 1
        self.seen = seen
        self.weights = [self._weighed(found, rare) for found in [*counted, *others]]

    def _weighed(self, found: list[tuple[str, str]], rarity: dict[str, float]) -> dict[str, float]:
        """Return the weight of each stem of a text."""
        times = Counter(root for _, root in found)
        rarest: dict[str, float] = {}
        for word, root in found:
            rarest[root] = max(rarest.get(root, 0.0), rarity[word])
        texts = self._texts + 1
        return {
            root: rare
            * (log(texts / self.seen.get(root, 1)) + _EVERYWHERE)
            * (1 + log(times[root]))
            for root, rare in rarest.items()
        }

    @cached_property
    def matrix(self) -> "Singles":
        """
        Return (all, all) float32, the cosine of every two texts from 0 to 1.

        Words of many texts are multiplied as a table; of the others only the pairs of texts that
        share them are looked at, so that rare words, which are most, cost next to nothing.
        """
        postings: dict[str, list[tuple[int, float]]] = {}
        for row, weights in enumerate(self.weights):
            length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for root, weight in weights.items():
                postings.setdefault(root, []).append((row, weight / length))
        often = [found for found in postings.values() if len(found) > _OFTEN]
        table = np.zeros((len(self.weights), len(often)), dtype=np.float32)
        for column, found in enumerate(often):
            rows, weighed = zip(*found, strict=True)
            table[list(rows), column] = weighed
        product: Singles = table @ table.T
        by_size: dict[int, list[list[tuple[int, float]]]] = {}
        for found in postings.values():
            if len(found) <= _OFTEN:
                by_size.setdefault(len(found), []).append(found)
        for same in by_size.values():
            _add(product, np.array(same))
        return product


def _add(product: "Singles", found: "NDArray[np.float64]") -> None:
    """Add what words of as many texts each give; found: (words, texts, 2), rows and weights."""
    rows, weights = found[:, :, 0].astype(np.int64), found[:, :, 1].astype(np.float32)
    pairs = rows[:, :, None] * len(product) + rows[:, None, :]
    shares = weights[:, :, None] * weights[:, None, :]
    np.add.at(product.reshape(-1), pairs.reshape(-1), shares.reshape(-1))


def _rarities(words: Sequence[str]) -> list[float]:
    """Return how rare each word is in English, 1 for one that is not known."""
    vectors = shared()
    found = vectors.words(words)
    rarities = []
    for number, word in enumerate(words):
        ids = found.ids[found.rows[number] : found.rows[number + 1]]
        known = len(ids) > 0 and ids[0] != UNKNOWN and not word[0].isdigit()
        rarities.append(-log(vectors.share[ids[0]]) / _RAREST if known else 1.0)
    return rarities
