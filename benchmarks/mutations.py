"""Comments changed as people change them who post the same again, and comments made up."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

ADDED: Final = (
    "Totally agree with this:",
    "I said it before and I will say it again.",
    "Folks, listen up, this matters more than anything the paper prints:",
    "Yes!!",
    "Wake up, people!",
)
_LOOKS: Final = str.maketrans(dict(zip("aeopcxyi", "аеорсхуі", strict=True)))
_LONGEST: Final = 200
"""Words of a text that is made up."""
_NO_MARKS: Final = str.maketrans("", "", ".,;:!?\"'-")


def mutations(text: str, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield changed copies of a text, each with the name of the change."""
    words = text.split()
    parts = [text[one.begin : one.end] for one in sentences(text)]
    cased = "".join(one.upper() if chance.random() < 0.5 else one.lower() for one in text)  # noqa: PLR2004
    yield "case and punctuation", cased.translate(_NO_MARKS)
    yield "prefix", f"{chance.choice(ADDED)} {text}"
    yield "suffix", f"{text} {chance.choice(ADDED)}"
    yield "typos, 3 %", typos(text, 0.03, chance)
    yield "typos, 8 %", typos(text, 0.08, chance)
    gone = set(chance.sample(range(len(words)), round(len(words) / 4)))
    yield "25 % of words dropped", " ".join(w for n, w in enumerate(words) if n not in gone)
    if len(parts) > 1:
        yield "sentences reordered", " ".join(chance.sample(parts, len(parts)))
    yield "look-alikes", text.translate(_LOOKS)
    yield "synonyms, 10 %", _reworded(words, 0.1, chance)


def typos(text: str, share: float, chance: Random) -> str:
    """Return a text in which a share of the letters is replaced, lost, doubled or swapped."""
    written: list[str] = []
    letters = iter(range(len(text)))
    for place in letters:
        letter = text[place]
        if not letter.isalpha() or chance.random() >= share:
            written.append(letter)
            continue
        other = chance.choice(string.ascii_lowercase)
        following = text[place + 1 : place + 2]
        slips = (other, "", letter + other, following + letter)
        slip = chance.randrange(len(slips))
        written.append(slips[slip])
        if slip == len(slips) - 1:
            next(letters, None)
    return "".join(written)


def _reworded(words: Sequence[str], share: float, chance: Random) -> str:
    """
    Return words of which a share is replaced by another word.

    No list of synonyms is at hand, so a made-up word stands for one: to an index of letters and
    words a synonym is another word.
    """
    count = max(1, round(share * len(words)))
    changed = set(chance.sample(range(len(words)), count))
    letters = string.ascii_lowercase
    return " ".join(
        "".join(chance.choices(letters, k=len(word))) if place in changed else word
        for place, word in enumerate(words)
    )


def made_up(spoken: Sequence[Sequence[str]], count: int, seed: int = 1) -> list[str]:
    """
    Return texts of words that follow one another in real ones: as many, and as long, as wanted.

    Each word is followed by one that follows it somewhere in the texts (a Markov chain).
    """
    rng = np.random.default_rng(seed)
    lengths = np.array([min(len(words), _LONGEST) for words in spoken])
    numbers: dict[str, int] = {}
    ids = np.array([numbers.setdefault(word, len(numbers)) for words in spoken for word in words])
    vocabulary = list(numbers)
    places = np.argsort(ids, kind="stable")
    counts = np.bincount(ids)
    begins = np.cumsum(counts) - counts
    long = rng.choice(lengths, count)
    at = rng.integers(len(ids), size=count)
    steps = np.empty((count, _LONGEST), dtype=np.int32)
    for step in range(_LONGEST):
        steps[:, step] = ids[at]
        following = places[begins[ids[at]] + (rng.random(count) * counts[ids[at]]).astype(int)]
        at = (following + 1) % len(ids)
    rows = zip(steps, long, strict=True)
    return [" ".join([vocabulary[word] for word in row[:length]]) for row, length in rows]
