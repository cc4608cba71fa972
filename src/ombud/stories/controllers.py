"""Who is to do what an infinitive says: "for Norr to say", "it forced Norr to admit"."""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.clauses import Range, inside_name
from ombud.stories.cue_forms import inflected
from ombud.stories.wording import AUXILIARIES, COORDINATORS, RELATIVES, SUBORDINATORS, Token

_HELD: Final = 9
"""Words before "to", at most, in which somebody stands who is made to do something."""
_PRONOUNS: Final = frozenset(
    "him them me us you everyone somebody someone people some many others".split()
)
_MOVING: Final = frozenset(
    form
    for base in (
        "force cause urge ask allow push press pressure prompt persuade encourage invite"
        " enable require order help lead"
    ).split()
    for form, _ in inflected(base)
) | {"led", "compelled", "compelling", "compels", "compel"}
"""Verbs that make somebody do something."""


_MAKING: Final = frozenset("make makes made making let lets letting help helps helped".split())
"""Verbs after which an infinitive has no "to"."""
_UNREAL: Final = frozenset(
    "hard difficult impossible time want wants wanted wanting call calls called calling "
    "not never no nothing nobody none neither nor without if unless whether hardly cannot would"
    " could might should may to refused refuse refuses declined failed unable".split()
)
"""Words before a verb that makes somebody do something after which it may not have come to it."""
_REACH: Final = 8
"""Words before that verb, at most, among which such a word stands."""


def put_off(words: Sequence[Token], verb: int, quoted: Sequence[bool]) -> bool:
    """
    Whether it is not said that it came to an infinitive that somebody else brings about.

    "nothing could force Norr to say", "nobody made Norr say", "it is hard for Norr to say".
    """
    to = verb - 1 if verb and words[verb - 1].low == "to" else verb
    moving = _MOVING | {"for"} if to < verb else _MAKING
    for place in range(to - 1, max(-1, to - _HELD), -1):
        if quoted[place] or not (words[place].word or inside_name(words, place, to)):
            return False
        if words[place].low in moving and not words[place].capital:
            return _unreal(words, place)
    return False


def _unreal(words: Sequence[Token], verb: int) -> bool:
    """Whether a verb is denied, wished for, or supposed, in its own clause."""
    for place in range(verb - 1, max(-1, verb - _REACH - 1), -1):
        low = words[place].low
        if low in _UNREAL or low.endswith(("n't", "n’t")):
            return True
        if not words[place].word or low in RELATIVES | COORDINATORS:
            return False
    return False


def controller(words: Sequence[Token], to: int, quoted: Sequence[bool]) -> Range | None:
    """Return who is to do what follows the "to" at a place, where the sentence says so."""
    for begin in range(to - 1, max(0, to - _HELD), -1):
        token = words[begin]
        if quoted[begin] or not (token.word or inside_name(words, begin, to)):
            return None
        if token.low == "for" or (token.low in _MOVING and not token.capital):
            return (begin + 1, to) if _people(words[begin + 1 : to]) else None
        if token.low in AUXILIARIES | SUBORDINATORS | RELATIVES | {"to"}:
            return None
    return None


def _people(words: Sequence[Token]) -> bool:
    """Whether a phrase names somebody, or what people are called: "Norr", "the mayor", "him"."""
    roles = lexicon.words("source_roles")
    pronoun = bool(words) and words[0].low in _PRONOUNS
    return pronoun or any(word.capital or word.low in roles for word in words)
