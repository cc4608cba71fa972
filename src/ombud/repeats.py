"""
Near-duplicates: which earlier comments are nearly the same as this one.

Signatures are MinHash over character shingles of the folded text, banded for look-up (rensa); what
the bands propose is compared letter by letter and word by word (rapidfuzz).
Comments whose folded text is the same share one entry, so a flood of one text costs a look-up each.
Source of the method: A. Broder, "On the resemblance and containment of documents", 1997.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

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
class _Posted:
    """One earlier comment."""

    number: int
    text: str
    author: str | None
    where: str
    comment: int | None


@dataclass(slots=True)
class _Known:
    """All earlier comments of one folded text: how many, and the latest of each author."""

    number: int
    folded: str
    signature: RMinHash
    count: int = 0
    posted: dict[str | None, list[_Posted]] = field(default_factory=dict)

    def add(self, comment: _Posted) -> None:
        """Remember one more comment."""
        latest = self.posted.setdefault(comment.author, [])
        latest.append(comment)
        # More than are ever told need not be kept.
        del latest[:-_ENOUGH]
        self.count += 1

    def forget(self, comment: _Posted) -> None:
        """Forget a comment; of many the latest only are kept here, so it may be gone already."""
        self.count -= 1
        latest = self.posted.get(comment.author, [])
        if comment in latest:
            latest.remove(comment)
        if not latest:
            self.posted.pop(comment.author, None)

    def latest(self, author: str | None) -> Iterator[_Posted]:
        """Yield the comments, this author's before the others', the latest of each first."""
        if author in self.posted:
            yield from reversed(self.posted[author])
        for other in reversed(self.posted):
            if other != author:
                yield from reversed(self.posted[other])


class Repeats:
    """An index of earlier comments, held in memory."""

    def __init__(self, *, min_likeness: float = 0.6, most: int = 1_000_000) -> None:
        """Take the likeness below which comments are not alike, and how many are remembered."""
        self._min_likeness = min_likeness
        self._most = most
        self._bands = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._by_text: dict[str, _Known] = {}
        self._by_number: dict[int, _Known] = {}
        self._order: deque[tuple[_Known, _Posted]] = deque()
        self._next = 0

    def seen(self, case: Case, where: str = "") -> tuple[Repeat, ...]:
        """Return what `alike` does, and remember the comment."""
        looked = self._look(case)
        if looked is None:
            return ()
        found = self._told(looked, case)
        self._keep(looked, case, where, None)
        return found

    def alike(self, case: Case) -> tuple[Repeat, ...]:
        """
        Return earlier comments nearly the same, the closest first.

        Of more than a few the closest are returned, of the same text the reader's own first.
        """
        looked = self._look(case)
        return self._told(looked, case) if looked else ()

    def remember(self, case: Case, where: str = "", comment: int | None = None) -> None:
        """Remember a comment: where it stands, and its number if it is kept anywhere."""
        if looked := self._look(case):
            self._keep(looked, case, where, comment)

    def _look(self, case: Case) -> "tuple[str, RMinHash, _Known | None] | None":
        """Return the folded text, its signature and its entry, unless it is too short."""
        folded = _comparable(case)
        if folded is None:
            return None
        known = self._by_text.get(folded)
        return folded, known.signature if known else _signature(folded), known

    def _told(
        self, looked: "tuple[str, RMinHash, _Known | None]", case: Case
    ) -> tuple[Repeat, ...]:
        """Return the earlier comments that are alike."""
        author = case.author.name if case.author else None
        found = [
            (likeness, posted)
            for likeness, alike in self._alike(*looked)
            for posted in islice(alike.latest(author), _ENOUGH)
        ][:_ENOUGH]
        found.sort(key=lambda pair: (-pair[0], pair[1].number))
        return tuple(_repeat(likeness, posted, author) for likeness, posted in found)

    def _keep(
        self,
        looked: "tuple[str, RMinHash, _Known | None]",
        case: Case,
        where: str,
        comment: int | None,
    ) -> None:
        """Enter a comment."""
        folded, signature, known = looked
        author = case.author.name if case.author else None
        posted = _Posted(self._next, case.text, author, where, comment)
        self._remember(known or self._entered(folded, signature), posted)

    def _alike(
        self, folded: str, signature: RMinHash, same: _Known | None
    ) -> list[tuple[float, _Known]]:
        """Return the texts that are alike, the closest first; `same` is this very text."""
        if same and same.count >= _ENOUGH:
            # Nothing is closer than the same text, and there is enough of it.
            return [(1.0, same)]
        alike = [(1.0, same)] if same else []
        for known in self._proposed(signature):
            if known is not same:
                likeness = _likeness(folded, known.folded, self._min_likeness)
                if likeness >= self._min_likeness:
                    alike.append((likeness, known))
        return sorted(alike, key=lambda pair: -pair[0])

    def _entered(self, folded: str, signature: RMinHash) -> _Known:
        """Return a new entry for a text."""
        known = _Known(self._next, folded, signature)
        self._bands.insert(known.number, signature)
        self._by_text[folded] = self._by_number[known.number] = known
        return known

    def _remember(self, known: _Known, comment: _Posted) -> None:
        """Add a comment to the entry of its text, and forget the oldest one if there are many."""
        known.add(comment)
        self._order.append((known, comment))
        self._next += 1
        if len(self._order) > self._most:
            self._let_go(*self._order.popleft())

    def forget(self, comment: int) -> None:
        """Forget the comment with a number, as when it was erased."""
        gone = [(known, posted) for known, posted in self._order if posted.comment == comment]
        for known, posted in gone:
            self._order.remove((known, posted))
            self._let_go(known, posted)

    def _let_go(self, known: _Known, posted: _Posted) -> None:
        """Take a comment out of its entry, and the entry out of the index if it was the last."""
        known.forget(posted)
        if not known.count:
            self._bands.remove(known.number)
            del self._by_text[known.folded], self._by_number[known.number]

    def _proposed(self, signature: RMinHash) -> list[_Known]:
        """Return the earlier texts that resemble this one most, by their signatures."""
        # Of a flood of variants the latest few hundred tell all there is to tell.
        numbers = self._bands.query(signature)[-_MOST_PROPOSED:]
        proposed = [self._by_number[number] for number in numbers]
        ranked = [(signature.jaccard(known.signature), known) for known in proposed]
        alike = [pair for pair in ranked if pair[0] >= _MIN_RESEMBLANCE]
        alike.sort(key=lambda pair: -pair[0])
        return [known for _, known in alike[:_ENOUGH]]


def _repeat(likeness: float, posted: _Posted, author: str | None) -> Repeat:
    """Return an earlier comment as a repeat of one by this author."""
    same = None if author is None or posted.author is None else author == posted.author
    return Repeat(posted.text, likeness, same, posted.where, posted.comment)


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
