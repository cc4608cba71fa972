"""
Near-duplicates: which earlier comments are nearly the same as this one.

Signatures are MinHash over character shingles of the folded text, banded for look-up (rensa); what
the bands propose is compared letter by letter and word by word (rapidfuzz).
Source of the method: A. Broder, "On the resemblance and containment of documents", 1997.
"""

from collections import OrderedDict
from dataclasses import dataclass

from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH

from ombud.case import Case
from ombud.newsroom import Repeat

# Three rows a band: with two, chance meetings grow with the index and drown the true ones.
_PERMUTATIONS = 96
_BANDS = 32
_SHINGLE = 5
_SEED = 20260101
_LONGEST = 4000
_ENOUGH = 20
_MOST_PROPOSED = 500
_MIN_WORDS = 4
# Two comments that share less of their shingles meet in a band by chance; to compare them letter
# by letter would take longer than everything else together.
_MIN_RESEMBLANCE = 0.15
_WHOLE = 100
# Something put before or after costs a little, so that a true copy always counts as closer.
_PARTIAL = 0.95
# To slide one text along the other takes milliseconds when they are long.
_LONGEST_PARTIAL = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """One earlier comment."""

    text: str
    folded: str
    author: str | None
    where: str
    signature: RMinHash


class Repeats:
    """An index of earlier comments, held in memory."""

    def __init__(self, *, min_likeness: float = 0.6, most: int = 1_000_000) -> None:
        """Take the likeness below which comments are not alike, and how many are remembered."""
        self._min_likeness = min_likeness
        self._most = most
        self._bands = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._known: OrderedDict[int, _Known] = OrderedDict()
        self._next = 0

    def seen(self, case: Case, where: str = "") -> tuple[Repeat, ...]:
        """
        Return earlier comments nearly the same, the closest first, and remember this one.

        `where` says where the comment stands.
        """
        folded = _comparable(case)
        if folded is None:
            return ()
        signature = _signature(folded)
        author = case.author.name if case.author else None
        found = []
        for known in self._proposed(signature):
            likeness = _likeness(folded, known.folded, self._min_likeness)
            if likeness >= self._min_likeness:
                same = None if author is None or known.author is None else author == known.author
                found.append(Repeat(known.text, likeness, same_reader=same, where=known.where))
        self._bands.insert(self._next, signature)
        self._known[self._next] = _Known(case.text, folded, author, where, signature)
        self._next += 1
        if len(self._known) > self._most:
            oldest, _ = self._known.popitem(last=False)
            self._bands.remove(oldest)
        return tuple(sorted(found, key=lambda repeat: -repeat.likeness))

    def _proposed(self, signature: RMinHash) -> list[_Known]:
        """Return the earlier comments that resemble this one most, by their signatures."""
        # Of a flood of copies the latest few hundred tell all there is to tell.
        numbers = self._bands.query(signature)[-_MOST_PROPOSED:]
        proposed = [self._known[number] for number in numbers]
        ranked = [(signature.jaccard(known.signature), known) for known in proposed]
        alike = [pair for pair in ranked if pair[0] >= _MIN_RESEMBLANCE]
        alike.sort(key=lambda pair: -pair[0])
        return [known for _, known in alike[:_ENOUGH]]


def _comparable(case: Case) -> str | None:
    """Return the folded words of a comment, or None where it is too short to be a repeat."""
    spoken = [word for word, _, _ in case.words]
    return " ".join(spoken)[:_LONGEST] if len(spoken) >= _MIN_WORDS else None


def _signature(folded: str) -> RMinHash:
    """Return the MinHash of the shingles of a text."""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update([folded[i : i + _SHINGLE] for i in range(max(1, len(folded) - _SHINGLE + 1))])
    return minhash


def _likeness(one: str, other: str, least: float) -> float:
    """
    Return how much of two texts is the same, from 0 to 1; below `least` it may say 0.

    The order of words does not count, nor does something put before or after, as long as most of
    the longer text is common to both.
    """
    enough = _WHOLE * least
    whole = fuzz.ratio(one, other, score_cutoff=enough)
    whole = max(whole, fuzz.token_sort_ratio(one, other, score_cutoff=max(enough, whole)))
    shorter, longer = sorted((one, other), key=len)
    needed = max(enough, whole) / _PARTIAL
    comparable = 2 * len(shorter) > len(longer) and len(longer) <= _LONGEST_PARTIAL
    if comparable and needed <= _WHOLE:
        whole = max(whole, _PARTIAL * fuzz.partial_ratio(shorter, longer, score_cutoff=needed))
    return round(whole / _WHOLE, 4)
