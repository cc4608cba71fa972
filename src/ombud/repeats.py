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

_PERMUTATIONS = 64
_BANDS = 32
_SHINGLE = 5
_SEED = 20260101
_LONGEST = 4000
_ENOUGH = 20
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Known:
    """One earlier comment."""

    text: str
    folded: str
    author: str | None
    where: str


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
        for number in self._bands.query(signature)[:_ENOUGH]:
            known = self._known[number]
            likeness = _likeness(folded, known.folded)
            if likeness >= self._min_likeness:
                same = None if author is None or known.author is None else author == known.author
                found.append(Repeat(known.text, likeness, same_reader=same, where=known.where))
        self._bands.insert(self._next, signature)
        self._known[self._next] = _Known(case.text, folded, author, where)
        self._next += 1
        if len(self._known) > self._most:
            oldest, _ = self._known.popitem(last=False)
            self._bands.remove(oldest)
        return tuple(sorted(found, key=lambda repeat: -repeat.likeness))


def _comparable(case: Case) -> str | None:
    """Return the folded words of a comment, or None where it is too short to be a repeat."""
    spoken = [word for word, _, _ in case.words]
    return " ".join(spoken)[:_LONGEST] if len(spoken) >= _MIN_WORDS else None


def _signature(folded: str) -> RMinHash:
    """Return the MinHash of the shingles of a text."""
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update([folded[i : i + _SHINGLE] for i in range(max(1, len(folded) - _SHINGLE + 1))])
    return minhash


def _likeness(one: str, other: str) -> float:
    """
    Return how much of two texts is the same, from 0 to 1.

    The order of words does not count, nor does something put before or after, as long as most of
    the longer text is common to both.
    """
    whole = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    shorter, longer = sorted((one, other), key=len)
    if 2 * len(shorter) > len(longer):
        whole = max(whole, 0.95 * fuzz.partial_ratio(shorter, longer))
    return round(whole / 100, 4)
