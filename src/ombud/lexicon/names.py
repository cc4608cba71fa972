"""
People's names: which ones a text speaks of, and which of them a signature looks like.

Names are compared by their skeletons: look-alikes, case, marks, spacing, order, digits and signs
do not make another name.
"""

from functools import lru_cache

import re2
from rapidfuzz.distance import OSA

from ombud.text import fold, words

# What may stand before a name without being part of it.
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev revd reverend father sister"
    " brother mayor deputy president premier minister chancellor secretary senator governor"
    " councillor cllr congressman congresswoman representative judge justice chief inspector"
    " sergeant constable superintendent captain colonel general major lieutenant king queen"
    " prince princess pope bishop archbishop cardinal rabbi imam ayatollah chairman chairwoman"
    " chair director editor reporter correspondent by and the of a an in on at to for from as"
    " but if when while after before since with also then now yesterday today monday tuesday"
    " wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december headteacher head coach manager striker"
    " officer spokesman spokeswoman spokesperson mp mep td msp ceo sheriff detective trooper"
    " marshal commissioner coun hon ambassador prime vice former leader us uk eu american"
    " british irish indian canadian".split()
)
_PARTICLES = "de|da|di|du|la|le|van|von|der|den|bin|ibn|al|el|ap|ni|o"
_NAME = re2.compile(
    r"\b[A-Z][\w'’\-]*\.?(?:\s+(?:" + _PARTICLES + r")\b)*(?:\s+[A-Z][\w'’\-]*\.?)+"
)
_LONGEST = 50_000
_MIN_TYPO = 8
_MIN_JOINED = 5
_MIN_TWO_TYPOS = 14
_DECORATION = ("the", "real", "official", "therealone", "mr", "not", "actual")


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[str, ...]:
    """
    Return runs of two words or more that begin with capitals, without titles before them.

    Many comments stand under one article, so what was found is remembered.
    """
    found: list[str] = []
    for line in text[:_LONGEST].splitlines():
        for match in _NAME.finditer(line.encode("utf-8", "replace").decode()):
            parts = match.group().split()
            while parts and parts[0].strip(".").lower() in _TITLES:
                parts = parts[1:]
            if 1 < len(parts) <= 4:  # noqa: PLR2004 - longer runs are headlines
                found.append(" ".join(parts))
            if len(parts) > 2:  # noqa: PLR2004 - a title that is not listed may stand before
                found.append(" ".join(parts[-2:]))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def skeleton(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case with disguises, titles, digits and signs undone."""
    split = "".join(
        f" {char}" if char.isupper() and before.islower() else char
        for before, char in zip(f" {name}", name, strict=False)
    )
    folded = fold(split.replace("_", " ").replace(".", " ")).text
    parts = [folded[begin:end].replace("'", "").replace("-", "") for begin, end in words(folded)]
    letters = [part.strip("0123456789") for part in parts]
    return tuple(part for part in letters if part and (len(part) == 1 or part not in _TITLES))


def likeness(signed: str, name: str, *, alone: bool = False) -> float:
    """
    Return how surely a signature would be taken for a name, from 0 to 1.

    1.0: the same name but for spelling, order, spacing or signs.
    0.8: one letter apart; 0.7: two letters apart in a long name.
    0.7 too: the same name of one word, which is too common to protect unless it stands `alone`.
    0.6: the same last name with the initial of the first.
    """
    one, other = skeleton(signed), skeleton(name)
    if not one or len(other) < len(("first", "last")):
        return 0.7 if alone and one and one == other else 0.0
    bare = tuple(part for part in one if part not in _DECORATION)
    if sorted(one) == sorted(other) or sorted(bare) == sorted(other):
        return 1.0
    joined, target = "".join(bare), "".join(other)
    return max(_run_together(joined, target), _shortened(one, other), _initials(joined, other))


def _run_together(joined: str, target: str) -> float:
    """Compare two names without their spaces."""
    for word in _DECORATION:
        joined = joined.removeprefix(word)
    if joined == target and len(target) >= _MIN_JOINED:
        return 1.0
    if len(target) >= _MIN_TYPO and OSA.distance(joined, target, score_cutoff=1) <= 1:
        return 0.8
    long = len(target) >= _MIN_TWO_TYPOS
    return 0.7 if long and OSA.distance(joined, target, score_cutoff=2) <= len("ab") else 0.0


def _shortened(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Compare two names one of which leaves out or adds middle names."""
    if len(other) > len(one) and sorted(one) == sorted((other[0], other[-1])):
        return 0.9
    if len(one) > len(other) and sorted((one[0], one[-1])) == sorted(other):
        return 0.7 if all(len(part) == 1 for part in one[1:-1]) else 0.55
    pair = len(one) == len(("first", "last"))
    return 0.6 if pair and one[1] == other[-1] and one[0] == other[0][:1] else 0.0


def _initials(joined: str, other: tuple[str, ...]) -> float:
    """Compare a name in one word with initial and last name, or first name and initial."""
    short = {other[0][:1] + other[-1], other[0] + other[-1][:1]}
    return 0.6 if joined in short and len(joined) >= _MIN_JOINED else 0.0
