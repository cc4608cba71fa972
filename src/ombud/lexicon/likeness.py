"""How surely a signature would be taken for a name that is another's."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from ombud.lexicon import words
from ombud.lexicon.names import PARTICLES, SURNAMES, Name, is_common, is_known, readings, sound

DECORATIONS: Final = frozenset({*words("name_decorations"), *words("titles"), *words("offices")})
_GLUED: Final = tuple(sorted((one for one in DECORATIONS if len(one) > 2), key=len, reverse=True))  # noqa: PLR2004 - shorter ones begin many names
_NICKNAMES: Final = words("nicknames")
_MIN_TYPO: Final = 7
_MIN_HANDLE_TYPO: Final = 8
_MIN_JOINED: Final = 5
_MIN_TWO_TYPOS: Final = 14
_MIN_WORD: Final = 3
_PAIR: Final = 2


def likeness(signed: str, name: str, *, alone: bool = False) -> float:
    """
    Return how surely a signature would be taken for a name, from 0 to 1.

    1.0: the same name but for disguise, order, spacing, signs or what decorates it.
    0.9: middle names or particles left out; 0.8: one letter apart.
    0.7: two letters apart in a long name, initials added, or the same name of one word, if it is a
    rare one or stands `alone` for somebody.
    0.6: the last name with the initial of the first.
    0.55: first name and initial, more names between them, a short form of the first name.
    0.0 where a word that differs is a name of its own: Dan is not Don.
    """
    targets = [one for one in _targets(name) if alone or not is_common(one.words)]
    return max((_alike(core, one) for one in targets for core in cores(signed)), default=0.0)


def _targets(name: str) -> tuple[Name, ...]:
    """Return the readings of a protected name; hyphens join names or part them."""
    parted = readings(name.replace("-", " ")) if "-" in name else ()
    return (*readings(name), *parted)


@lru_cache(maxsize=1024)
def cores(signed: str) -> tuple[Name, ...]:
    """Return the readings of a signature, each whole and without what decorates it."""
    found: dict[tuple[str, ...], Name] = {}
    before, _, aside = signed.partition("(")
    for whole in (*readings(signed), *(readings(before) if aside else ())):
        kept = [n for n, word in enumerate(whole.words) if word not in DECORATIONS]
        bare = tuple(whole.words[n] for n in kept) or whole.words
        if len(bare) == 1:
            bare = (_unglued(bare[0]),)
        for core in (whole, Name.of(bare, natural=whole.natural)):
            found.setdefault(core.words, core)
    return tuple(found.values())


def _unglued(word: str) -> str:
    """Return a name that is run together without what decorates it at its ends."""
    while True:
        ends = (
            cut
            for one in _GLUED
            if (cut := word.removeprefix(one)) != word or (cut := word.removesuffix(one)) != word
        )
        cut = next((cut for cut in ends if len(cut) >= _MIN_JOINED), word)
        if cut == word:
            return word
        word = cut


def _alike(core: Name, target: Name) -> float:
    """Compare one reading of a signature with one of a name."""
    if len(target.words) == 1:
        return _handle(core, target)
    nickname = _nickname(core, target)
    if nickname or _another(core, target):
        return nickname
    return max(
        _same(core, target),
        _mistyped(core, target),
        _longer(core.shapes, target.shapes),
        _initials(_without_particles(core), _without_particles(target)),
    )


def _handle(core: Name, target: Name) -> float:
    """Compare with a name of one word."""
    one, other = core.joined, target.joined
    if core.natural and core.words != target.words and is_known("".join(core.words)):
        return 0.0
    if one == other:
        return 0.7
    long = len(other) >= _MIN_HANDLE_TYPO
    return 0.6 if long and OSA.distance(one, other, score_cutoff=1) <= 1 else 0.0


def _another(core: Name, target: Name) -> bool:
    """Whether a word that differs is a name of its own, and written as one."""
    return core.natural and any(
        len(mine) > 1 and is_known(mine) and sound(mine) != sound(theirs)
        for mine, theirs in _differing(core.words, target.words)
    )


def _differing(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the words in which two names differ, each beside what stands in its place."""
    if len(mine) == len(theirs):
        own = (word for word in mine if word not in theirs)
        yield from zip(own, (word for word in theirs if word not in mine), strict=False)
    elif len(mine) == 1:
        first, last = "".join(theirs[:-1]), theirs[-1]
        for kept, other in ((first, last), (last, first)):
            for rest in (mine[0].removeprefix(kept), mine[0].removesuffix(kept)):
                if rest not in (mine[0], other, ""):
                    yield rest, other


def _same(core: Name, target: Name) -> float:
    """Compare without regard to order, spaces and particles."""
    if sorted(core.shapes) == sorted(target.shapes):
        return 1.0
    if len(core.joined) >= _MIN_JOINED and core.joined in target.runs:
        return 1.0
    one, other = _without_particles(core), _without_particles(target)
    return 0.9 if (one, other) != (core, target) and one.joined in other.runs else 0.0


def _without_particles(name: Name) -> Name:
    """Return a name without "van", "de" and the like."""
    if PARTICLES.isdisjoint(name.words):
        return name
    parts = tuple(part for part in name.words if part not in PARTICLES)
    return name if len(parts) < _PAIR else Name.of(parts, natural=name.natural)


def _mistyped(core: Name, target: Name) -> float:
    """
    Compare letter by letter, and by sound.

    A short word has too few letters to be mistyped, and so have words of other scripts.
    """
    one, other = core.shapes, target.shapes
    run, turned = target.runs
    if not run.isascii() or any(min(map(len, pair)) < _MIN_WORD for pair in _differing(one, other)):
        return 0.0
    if sorted(map(sound, core.words)) == sorted(map(sound, target.words)):
        return 0.8
    apart = min(OSA.distance(core.joined, way, score_cutoff=2) for way in (run, turned))
    if apart <= 1 and len(run) >= _MIN_TYPO:
        return 0.8
    return 0.7 if apart <= len("ab") and len(run) >= _MIN_TWO_TYPOS else 0.0


def _longer(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Compare two names one of which leaves out or adds middle names."""
    ends = (other[0], other[-1])
    if len(other) > _PAIR:
        middle = "".join(part[:1] for part in other[1:-1])
        bare = one[0] == ends[0] and one[-1] == ends[1] and "".join(one[1:-1]) == middle
        return 0.9 if bare or sorted(one) == sorted(ends) else 0.0
    if len(one) <= _PAIR:
        return 0.0
    if sorted(part for part in one if len(part) > 1) == sorted(ends):
        return 0.7
    return 0.55 if (one[0], one[-1]) == ends else 0.0


def _initials(core: Name, target: Name) -> float:
    """Compare a name that is shortened to an initial."""
    first, last = target.words[0], target.words[-1]
    short = "".join(word[:1] for word in target.words[:-1])
    given, joined = "".join(core.words[:-1]), "".join(core.words)
    if core.shapes[-1] == target.shapes[-1] and len(last) >= _MIN_WORD:
        spelled = all(len(word) == 1 for word in core.words[:-1]) and given[:1] == first[0]
        return 0.6 if spelled or given == short else 0.0
    if core.words in ((last, short), (last, first[0])) and len(last) >= _MIN_WORD:
        return 0.6
    if len(joined) >= _MIN_JOINED and joined in (first[0] + last, last + first[0]):
        return 0.6
    alone = len(first) >= _MIN_WORD and joined == first + last[0]
    return 0.55 if alone and len(joined) >= _MIN_JOINED else 0.0


def _nickname(core: Name, target: Name) -> float:
    """Compare a name with a short form of the first name; only with a rare last name."""
    if len(core.words) != _PAIR or len(target.words) != _PAIR or target.words[1] in SURNAMES:
        return 0.0
    mine, theirs = core.words[0], target.words[0]
    short = _NICKNAMES.get(mine) == theirs or _NICKNAMES.get(theirs) == mine
    return 0.55 if short and core.shapes[1] == target.shapes[1] else 0.0
