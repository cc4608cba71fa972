"""Whose name a signature looks like, among many that are protected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from ombud.lexicon import words
from ombud.lexicon.likeness import cores, likeness
from ombud.lexicon.names import TITLES, Name, readings, shape, skeleton

_OFFICES: Final = words("offices")
_COMPANIONS: Final = frozenset(
    "the a team site comment chief in staff desk official news community our your web from at of"
    " for head senior deputy support service live online digital com co uk org net and".split()
)
_MANNERS: Final = frozenset("mr mrs ms miss mx".split())
_NEAR: Final = 4
"""By how many letters names may differ, in any order, that are compared closely."""
_MIN_LAST: Final = 3
_MIN_TYPO: Final = 8
_READS_AS_STAFF: Final = 0.8
_BY_OFFICE: Final = 0.6
_INTRODUCED: Final = 0.8
_OWN: Final = 0.9


@dataclass(frozen=True, slots=True)
class Protected:
    """
    Names that others may not sign with, and whose they are.

    `alone`: even where one is a single word, or words that many sign with.
    `known`: of those one speaks by office and last name, as "Mayor Quill".
    """

    whose: str
    names: tuple[str, ...]
    alone: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """A protected name that a signature looks like: whose it is, and how surely it is taken so."""

    sure: float
    name: str
    whose: str


def alike(signed: str, protected: Sequence[Protected]) -> list[Likeness]:
    """Return the protected names that a signature looks like, the surest first."""
    found = [
        Likeness(sure, name, group.whose)
        for group in protected
        for name in _near(signed, group.names)
        if (sure := _sure(signed, name, group))
    ]
    return sorted(found, key=lambda one: -one.sure)


def _sure(signed: str, name: str, group: Protected) -> float:
    """Return how surely a signature would be taken for one name of a group."""
    sure = likeness(signed, name, alone=group.alone)
    return max(sure, _BY_OFFICE) if group.known and _by_office(signed, name) else sure


def _near(signed: str, names: tuple[str, ...]) -> list[str]:
    """Return the names that share a word with a signature, or nearly all letters."""
    own = cores(signed)
    keys = {key for core in own for key in _keys(core)}
    shared, letters = _all_marks(names)
    near = {n for n, marks in enumerate(shared) if not keys.isdisjoint(marks)}
    for bag in {"".join(sorted(core.joined)) for core in own}:
        close = process.extract(bag, letters, scorer=Indel.distance, score_cutoff=_NEAR, limit=None)
        near.update(n for _, _, n in close)
    return [names[n] for n in sorted(near)]


@lru_cache(maxsize=64)
def _all_marks(names: tuple[str, ...]) -> tuple[list[frozenset[str]], list[str]]:
    """Return what each of many names is found by."""
    marks = [_marks(name) for name in names]
    return [keys for keys, _ in marks], [letters for _, letters in marks]


@lru_cache(maxsize=16_384)
def _marks(name: str) -> tuple[frozenset[str], str]:
    """Return what a name is found by: its words and short forms, and its letters, sorted."""
    own = readings(name)
    parted = readings(name.replace("-", " "))
    keys = frozenset(key for one in (*own, *parted) for key in _keys(one))
    return keys, "".join(sorted(own[0].joined)) if own else ""


def _keys(name: Name) -> Iterator[str]:
    """Yield the words of a name, and the forms in which it is run together."""
    yield from (part for part in name.shapes if len(part) > 1)
    yield name.joined
    first, last = name.shapes[0], name.shapes[-1]
    yield from (first[:1] + last, last + first[:1], first + last[:1])


def _by_office(signed: str, name: str) -> bool:
    """Whether a signature is an office and the last name of somebody."""
    *titles, last = skeleton(signed) or ("",)
    office = any(title in TITLES and title not in _MANNERS for title in titles)
    whole = skeleton(name)
    known = len(whole) > 1 and len(last) >= _MIN_LAST and shape(last) == shape(whole[-1])
    return office and known and all(title in TITLES for title in titles)


def as_written(name: str) -> str:
    """Return a name without regard to case and spaces, but with its disguises."""
    return " ".join(name.casefold().split())


def introduced(words_of: str, protected: Sequence[Protected], *, unless: str) -> Likeness | None:
    """
    Return who is said to speak: the whole name, or the last one with "here", as in "Quill here".

    `unless`: the name of who does speak, which anybody may give.
    """
    claimed = frozenset(skeleton(words_of))
    looks = frozenset(map(shape, claimed))
    here = words_of.lower().rstrip().endswith("here")
    for group in protected:
        for known in group.names:
            if looks.isdisjoint(_marks(known)[0]):
                continue
            name = skeleton(known)
            given = claimed >= set(name) or (here and name[-1] in claimed)
            if len(name) > 1 and given and likeness(unless, known) < _OWN:
                return Likeness(_INTRODUCED, known, group.whose)
    return None


def speaks_for(signed: str, outlet: str) -> float:
    """
    Return how surely a signature would be taken for the paper's own, from 0 to 1.

    It names an office of the paper or the paper itself, and nobody in particular.
    """
    title = frozenset(map(shape, skeleton(outlet))) - _THE
    for one in readings(signed.replace("-", " ")):
        parts = frozenset(one.shapes)
        whole = (title and title <= parts) or parts & _OFFICE_SHAPES
        if whole and parts <= _COMPANION_SHAPES | title:
            return _READS_AS_STAFF
        if one.joined in _run_together(outlet) or _mistyped(one.joined, "".join(skeleton(outlet))):
            return _READS_AS_STAFF
    return 0.0


def _mistyped(joined: str, outlet: str) -> bool:
    """Whether a signature is the paper's name but for a letter."""
    paper = shape(outlet).removeprefix("the")
    joined = joined.removeprefix("the")
    return len(paper) >= _MIN_TYPO and OSA.distance(joined, paper, score_cutoff=1) <= 1


@lru_cache(maxsize=64)
def _run_together(outlet: str) -> frozenset[str]:
    """Return offices and the paper as they read without spaces."""
    paper = "".join(map(shape, skeleton(outlet)))
    bare = paper.removeprefix("the")
    papers = {paper, bare} - {""}
    offices = {
        before + office for office in _OFFICE_SHAPES for before in ("", "the", shape("site"))
    }
    spoken = {run + office for run in papers for office in _OFFICE_SHAPES}
    return frozenset(papers | offices | spoken | {office + "team" for office in _OFFICE_SHAPES})


_THE: Final = frozenset({"the"})
_OFFICE_SHAPES: Final = frozenset(map(shape, _OFFICES))
_COMPANION_SHAPES: Final = _OFFICE_SHAPES | frozenset(map(shape, _COMPANIONS))
