"""How far what was said reaches in a sentence."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import Range
from ombud.stories.cues import Cue
from ombud.stories.wording import DAYS, PREPOSITIONS, PRONOUNS, RELATIVES, Token

_TIGHT: Final = frozenset(
    "and but while who which though although as after before when because".split()
)
_ADJUNCTS: Final = frozenset(
    "on in at during to when after before as of last this by via from".split()
)
_CLAUSE: Final = frozenset("that whether how why what if :".split())
_LISTENER: Final = 14
"""Words that a listener takes, at most."""
_OBJECTS: Final = frozenset("him her them me us you it".split())


def after(
    words: Sequence[Token], cue: Cue, begin: int, stop: int, quoted: Sequence[bool]
) -> Range | None:
    """Return what follows a cue, from `begin` to `stop` at most, without the marks around it."""
    if cue.kind == "listener":
        begin = _past_listener(words, begin, stop, quoted)
    while begin < stop and not quoted[begin] and words[begin].low in DAYS | {",", ":", "—", "–"}:
        begin += 1
    end = begin
    tight = cue.kind in {"object", "past", "deed", "noun"}
    while end < stop:
        if not quoted[end] and _breaks(words, end, stop, tight=tight):
            break
        end += 1
    while (
        end > begin
        and not quoted[end - 1]
        and words[end - 1].low in {",", ";", ".", ":", "—", "and", "but"}
    ):
        end -= 1
    return (begin, end) if begin < end else None


def _breaks(words: Sequence[Token], place: int, stop: int, *, tight: bool) -> bool:
    """Whether what was said ends before the mark here."""
    low = words[place].low
    if low == ";":
        return True
    if not tight or low not in {",", "—", "–"} or place + 1 >= stop:
        return False
    following = words[place + 1].low
    return (
        following in _TIGHT
        or following in RELATIVES
        or following.endswith("ing")
        or following in PRONOUNS
    )


def _past_listener(words: Sequence[Token], begin: int, stop: int, quoted: Sequence[bool]) -> int:
    """Return where what was said begins after who was told."""
    for place in range(begin, min(stop, begin + _LISTENER)):
        if quoted[place] or words[place].low in _CLAUSE:
            return place
        if words[place].low in {",", "to", "about"} and place > begin:
            return place
    if begin < stop and words[begin].low in _OBJECTS:
        return begin + 1
    if begin + 1 < stop and words[begin].low == "the" and words[begin + 1].capital:
        begin += 1
    end = begin
    while end < stop and words[end].capital:
        end += 1
    if end > begin or begin >= stop or words[begin].low in PRONOUNS:
        return end
    return _past_noun(words, begin, stop)


def _past_noun(words: Sequence[Token], begin: int, stop: int) -> int:
    """Return where a listener without a name ends: at a day, or before a pronoun."""
    for place in range(begin + 1, min(stop, begin + _LISTENER // 2)):
        if words[place].low in DAYS:
            return place + 1
        if words[place].low in PRONOUNS:
            return place
    return begin + 1


def adjunct_follows(words: Sequence[Token], begin: int) -> bool:
    """Whether after a cue only comes when, where or to whom it was said, or nothing."""
    if begin >= len(words):
        return True
    low = words[begin].low
    if low in {"that", "how", "why", "whether"}:
        return False
    return not words[begin].word or low in _ADJUNCTS or low in DAYS or low in PREPOSITIONS
