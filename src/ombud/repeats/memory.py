"""
An index of earlier comments in memory, as for one run over a file.

Comments whose folded text is the same share one entry, so a flood of one text costs a look-up each.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from ombud.case import Case
from ombud.newsroom import Repeat
from ombud.repeats.likeness import likeness
from ombud.repeats.sketch import LATEST, LEAST, MOST, Sketch, sketch


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
    keys: tuple[int, ...]
    count: int = 0
    posted: dict[str | None, list[_Posted]] = field(default_factory=dict)

    def add(self, comment: _Posted) -> None:
        """Remember one more comment."""
        latest = self.posted.setdefault(comment.author, [])
        latest.append(comment)
        # More than are ever told need not be kept.
        del latest[:-MOST]
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

    def __init__(self, *, min_likeness: float = LEAST, most: int = 1_000_000) -> None:
        """Take the likeness below which comments are not alike, and how many are remembered."""
        self._min_likeness = min_likeness
        self._most = most
        # Most keys have one text, which stands there alone: a list for each would fill the memory.
        self._by_key: dict[int, int | list[int]] = {}
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

    def _look(self, case: Case) -> "tuple[Sketch, _Known | None] | None":
        """Return the sketch of a comment and the entry of its text, unless it is too short."""
        drawn = sketch(case)
        return (drawn, self._by_text.get(drawn.folded)) if drawn else None

    def _told(self, looked: "tuple[Sketch, _Known | None]", case: Case) -> tuple[Repeat, ...]:
        """Return the earlier comments that are alike."""
        author = case.author.name if case.author else None
        found = [
            (likeness, posted)
            for likeness, alike in self._alike(*looked)
            for posted in islice(alike.latest(author), MOST)
        ][:MOST]
        found.sort(key=lambda pair: (-pair[0], pair[1].number))
        return tuple(_repeat(likeness, posted, author) for likeness, posted in found)

    def _keep(
        self,
        looked: "tuple[Sketch, _Known | None]",
        case: Case,
        where: str,
        comment: int | None,
    ) -> None:
        """Enter a comment."""
        drawn, known = looked
        author = case.author.name if case.author else None
        posted = _Posted(self._next, case.text, author, where, comment)
        self._remember(known or self._entered(drawn), posted)

    def _alike(self, drawn: Sketch, same: _Known | None) -> list[tuple[float, _Known]]:
        """Return the texts that are alike, the closest first; `same` is this very text."""
        if same and same.count >= MOST:
            # Nothing is closer than the same text, and there is enough of it.
            return [(1.0, same)]
        alike = [(1.0, same)] if same else []
        for known in self._proposed(drawn):
            if known is not same:
                near = likeness(drawn.folded, known.folded, self._min_likeness)
                if near >= self._min_likeness:
                    alike.append((near, known))
        return sorted(alike, key=lambda pair: -pair[0])

    def _entered(self, drawn: Sketch) -> _Known:
        """Return a new entry for a text."""
        known = _Known(self._next, drawn.folded, drawn.kept)
        for key in drawn.kept:
            there = self._by_key.setdefault(key, known.number)
            if isinstance(there, list):
                there.append(known.number)
                del there[:-LATEST]
            elif there != known.number:
                self._by_key[key] = [there, known.number]
        self._by_text[drawn.folded] = self._by_number[known.number] = known
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
            for key in known.keys:
                if left := [number for number in self._under(key) if number != known.number]:
                    self._by_key[key] = left
                else:
                    self._by_key.pop(key, None)
            del self._by_text[known.folded], self._by_number[known.number]

    def _under(self, key: int) -> list[int]:
        """Return the texts of a key."""
        found = self._by_key.get(key, [])
        return found if isinstance(found, list) else [found]

    def _proposed(self, drawn: Sketch) -> list[_Known]:
        """Return the earlier texts that share most keys with this one."""
        shared = Counter(number for key in drawn.asked for number in self._under(key))
        return [self._by_number[number] for number, _ in shared.most_common(MOST)]


def _repeat(likeness: float, posted: _Posted, author: str | None) -> Repeat:
    """Return an earlier comment as a repeat of one by this author."""
    same = None if author is None or posted.author is None else author == posted.author
    return Repeat(posted.text, likeness, same, posted.where, posted.comment)
