"""
Sketches: a few keys of a text, of which a changed copy of it still has some.

The tokens of a text are drawn by lot, rare ones with better chances, and always in the same order
whatever the text: the first few are its sketch, and each pair of them is a key.
Two texts that share two tokens of their sketches share a key; that both were drawn by chance is
rare, because a pair of rare words is.
What is looked up is drawn a little deeper than what is kept, so that words put into a copy push
none of the others out.
Sources: A. Broder, "On the resemblance and containment of documents", 1997 (the sketch);
E. Cohen and H. Kaplan, "Summarizing data using bottom-k sketches", 2007 (the weights).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations
from math import log
from typing import Final

from ombud.case import Case
from ombud.lexicon import words

MIN_WORDS: Final = 4
"""Shorter comments are the same as too many others by chance."""
MIN_LETTERS: Final = 40
"""Unless they have so many letters, as in scripts that put no spaces between words."""
MOST: Final = 20
"""Earlier comments that are told of one."""
LATEST: Final = 100
"""Texts of one key that are looked at: of a flood of variants they tell all there is to tell."""
LEAST: Final = 0.6
"""Likeness below which comments are not told of."""
LONGEST: Final = 4000
"""Characters of the folded text that are looked at."""
_KEPT: Final = 6
_ASKED_WORDS: Final = 9
_ASKED_ENDS: Final = 8
_END: Final = 4
"""Letters of the beginning and of the end of a word: a slip of the pen spoils one of them."""
# Word number r of a language has a share of about 0.12 / r (Zipf); a word that makes up 1 in
# 10,000, or 3 in 100,000 where its ends stand for it, is drawn half as often as a rare one.
_HALF_WORDS: Final = 1200
_HALF_ENDS: Final = 4000


@dataclass(frozen=True, slots=True)
class Sketch:
    """
    What a comment is found by.

    `folded`: its words with every disguise undone.
    `digest`: the same for the same folded text; a signed number of 64 bits, like every key.
    `kept`, `asked`: the keys to keep it under, and those under which to look for near ones.
    """

    folded: str
    digest: int
    kept: tuple[int, ...]
    asked: tuple[int, ...]


def sketch(case: Case) -> Sketch | None:
    """Return the sketch of a comment, or None where it is too short to be a repeat."""
    return sketch_of(" ".join(_spoken(case))[:LONGEST]) if says_enough(case, MIN_WORDS) else None


def says_enough(case: Case, min_words: int) -> bool:
    """Whether a comment has so many words, or as many letters as they would have."""
    spoken = _spoken(case)
    return len(spoken) >= min_words or sum(map(len, spoken)) >= MIN_LETTERS


def _spoken(case: Case) -> list[str]:
    """Return the folded words of a comment."""
    return [word for word, _, _ in case.words]


@lru_cache(1 << 10)
def sketch_of(folded: str) -> Sketch:
    """Return the sketch of the folded words of a comment; looked for once, it is then entered."""
    spoken = dict.fromkeys(folded.split(" "))
    drawn = sorted((_chance(word), word) for word in spoken)
    ends = sorted(set(_ends(spoken)))
    tokens = [word for _, word in drawn[:_ASKED_WORDS]]
    pieces = list(dict.fromkeys(piece for _, piece in ends))[:_ASKED_ENDS]
    kept = [*_keys(tokens[:_KEPT]), *_keys(pieces[:_KEPT])]
    asked = [*_keys(tokens), *_keys(pieces)]
    return Sketch(folded, _number(folded), tuple(sorted({*kept})), tuple(sorted({*asked})))


def _ends(spoken: Iterator[str] | dict[str, None]) -> Iterator[tuple[float, str]]:
    """Yield the beginning and the end of each longer word with its place in the lot."""
    for word in spoken:
        if len(word) > _END:
            yield from _chances_of_ends(word)


@lru_cache(1 << 16)
def _chance(word: str) -> float:
    """Return the place of a word in the lot: an exponential variable of its weight as rate."""
    return _drawn(word, _weight(word, _HALF_WORDS))


@lru_cache(1 << 16)
def _chances_of_ends(word: str) -> tuple[tuple[float, str], ...]:
    """Return the places of a word's beginning and end in the lot."""
    weight = _weight(word, _HALF_ENDS)
    pieces = (f"{word[:_END]}-", f"-{word[-_END:]}")
    return tuple((_drawn(piece, weight), piece) for piece in pieces)


def _drawn(token: str, weight: float) -> float:
    """Return when a token is drawn, the same for ever."""
    chance = (_number(token) + 2**63 + 1) / 2**64
    return -log(chance) / weight


def _weight(word: str, half: int) -> float:
    """Return how much a word says: from 0 for the most common to 1."""
    place = rank(word)
    return 1.0 if place is None else place / (place + half)


def rank(word: str) -> int | None:
    """Return the place of a word among the frequent ones, from 1; None if it is none of them."""
    return _ranks().get(word)


@cache
def _ranks() -> dict[str, int]:
    """Return the place of each frequent word, from 1 for the most frequent."""
    return {word: rank for rank, word in enumerate(words("frequent"), 1)}


def _keys(tokens: Sequence[str]) -> Iterator[int]:
    """Yield the key of each pair of tokens."""
    for pair in combinations(sorted(tokens), 2):
        yield _number(" ".join(pair))


def _number(text: str) -> int:
    """Return the first eight bytes of a digest of a text, as a signed number."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
