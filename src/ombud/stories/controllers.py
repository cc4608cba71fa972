"""Who is to do what an infinitive says: "for Norr to say", "it forced Norr to admit"."""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.clauses import Range, inside_name
from ombud.stories.cue_forms import inflected
from ombud.stories.wording import AUXILIARIES, RELATIVES, SUBORDINATORS, Token

_HELD: Final = 9
"""Words before "to", at most, in which somebody stands who is made to do something."""
_PRONOUNS: Final = frozenset("him them me us you everyone somebody someone people".split())
_MOVING: Final = frozenset(
    form
    for base in (
        "force cause urge ask allow push press pressure prompt persuade encourage invite"
        " enable require order help lead"
    ).split()
    for form, _ in inflected(base)
) | {"led", "compelled", "compelling", "compels", "compel"}
"""Verbs that make somebody do something."""


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
