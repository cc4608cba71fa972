"""
Why the comments of a campaign may be of one hand, in plain words with numbers.

Pure: from a sample of the latest copies to reasons with weights.
They raise a campaign's place in the queue; nothing is deleted because of them.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ombud.store.campaigns import QUOTES
from ombud.store.onehand import Copy
from ombud.text import fold, words
from ombud.vectors import UNKNOWN, shared

_BURST: Final = timedelta(minutes=10)
_SAME_HOUR: Final = timedelta(hours=1)
_FEWEST: Final = 3
_HALF: Final = 0.5
_SHOWN: Final = 3
_SHORTEST: Final = 4
"""Letters of a word that can be misspelled in a telling way."""
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to think of one hand: its kind, what was seen, and how much it weighs."""

    kind: str
    why: str
    weight: float


def reasons(found: Sequence[Copy], sources: Collection[str]) -> list[Reason]:
    """
    Return the reasons in a sample of copies, newest first, that weigh most.

    `sources`: the texts of their articles, whose words and names nobody misspells.
    """
    if len(found) < _FEWEST:
        return []
    every = [
        *_burst(found),
        *_place(found),
        *_accounts(found),
        *_newcomers(found),
        *_spelling(found, sources),
    ]
    return sorted(every, key=lambda reason: -reason.weight)


def _burst(found: Sequence[Copy]) -> Iterator[Reason]:
    """Look for many at a time."""
    begin, end = _densest([copy.at for copy in found], _BURST)
    many, span = end - begin, sorted(copy.at for copy in found)[begin:end]
    if many >= _FEWEST and many >= _HALF * len(found):
        yield Reason("burst", f"{_of(many, found)} came within {_lasting(span[-1] - span[0])}.", 1)


def _place(found: Sequence[Copy]) -> Iterator[Reason]:
    """Look for one address, or else one block of addresses, under several names."""
    for kind, place, weight in (
        ("address", "one address", 3.0),
        ("block", "one block of addresses", 2.0),
    ):
        traced = [(getattr(copy, kind), copy.reader) for copy in found if getattr(copy, kind)]
        [(most, many)] = Counter(where for where, _ in traced).most_common(1) or [(None, 0)]
        readers = len({reader for where, reader in traced if where == most})
        if many >= _FEWEST and many >= _HALF * len(traced) and readers > 1:
            why = f"{_of(many, found)} came from {place}, under {readers} names."
            yield Reason(kind, why, weight * many / len(traced))
            return


def _accounts(found: Sequence[Copy]) -> Iterator[Reason]:
    """Look for accounts that were made in the same hour."""
    joined = sorted({copy.reader: copy.joined_at for copy in found if copy.account}.values())
    if not joined:
        return
    begin, end = _densest(joined, _SAME_HOUR)
    many = end - begin
    if many >= _FEWEST and many >= _HALF * len(joined):
        since = f"{joined[begin].day} {joined[begin]:%B, %H:%M} UTC"
        why = f"{many} of their {len(joined)} accounts were made within one hour, from {since} on."
        yield Reason("accounts", why, 2 * many / len(joined))


def _newcomers(found: Sequence[Copy]) -> Iterator[Reason]:
    """Look for readers who wrote for the first time."""
    readers = {copy.reader for copy in found}
    new = {c.reader for c in found if not c.account and c.at - c.joined_at < _SECOND}
    if len(new) >= _FEWEST and len(new) >= _HALF * len(readers):
        why = f"{len(new)} of {len(readers)} readers had never written here before."
        yield Reason("newcomers", why, 1)


def _spelling(found: Sequence[Copy], sources: Collection[str]) -> Iterator[Reason]:
    """Look for words that hardly anybody spells so, in copies that are not all the same."""
    folded = [fold(copy.text).text for copy in found]
    seen = shared().words([*folded, *(fold(source).text for source in sources)])
    rare: list[set[str]] = []
    for row in range(len(seen)):
        text = folded[row] if row < len(folded) else ""
        places = range(int(seen.rows[row]), int(seen.rows[row + 1])) if text else ()
        rare.append(
            {
                text[seen.begins[place] : seen.ends[place]]
                for place in places
                if seen.ids[place] == UNKNOWN
            }
        )
    named = _words(sources)
    counted = Counter(
        word
        for copy, unknown in zip(found, rare, strict=False)
        for word in unknown - named
        # What is always written with a capital is a name.
        if len(word) >= _SHORTEST and word.isalpha() and word in copy.text
    )
    telling = [word for word, many in counted.most_common() if many >= _HALF * len(found)]
    if telling:
        many = counted[telling[0]]
        variants = len(set(folded))
        quoted = ", ".join(f"“{word}”" for word in telling[:_SHOWN])
        why = f"{_of(many, found)} spell alike what hardly anybody spells so: {quoted}."
        yield Reason(QUOTES, why, 1.5 if variants >= _FEWEST else 0.3)


def _words(sources: Collection[str]) -> set[str]:
    """Return all words of some texts, folded."""
    folded = (fold(source).text for source in sources)
    return {span.quote(text) for text in folded for span in words(text)}


def _densest(moments: Sequence[datetime], within: timedelta) -> tuple[int, int]:
    """Return begin and end of the most moments, in their order, that lie close together."""
    ordered = sorted(moments)
    best, begin = (0, 0), 0
    for end, moment in enumerate(ordered, 1):
        while moment - ordered[begin] > within:
            begin += 1
        best = max(best, (begin, end), key=lambda pair: pair[1] - pair[0])
    return best


def _of(many: int, found: Sequence[Copy]) -> str:
    """Say how many of the sample."""
    return (
        f"All of the latest {len(found)}"
        if many == len(found)
        else (f"{many} of the latest {len(found)}")
    )


def _lasting(span: timedelta) -> str:
    """Say how long something lasted."""
    seconds = round(span.total_seconds())
    if seconds < 1:
        return "a second"
    return f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"  # noqa: PLR2004
