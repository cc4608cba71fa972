"""Whose a noun that attributes is: "Norr's claim that", "her hopes for", "criticism from Berg"."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import Range, only_verb, phrase_until, subject_before
from ombud.stories.cues import Cue
from ombud.stories.subjects import main_subject, subject_after
from ombud.stories.wording import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    Token,
    adverb,
    possessive,
)

_OWN: Final = frozenset("his her their my our its".split())
_FROM: Final = frozenset({"from", "among"})
_GIVEN: Final = frozenset("support backing".split())
"""What somebody has "of" those who give it: "the backing of two boards"."""
_HAVING: Final = HAVE | frozenset(
    "with won wins winning win got gets gained gains secured secures enjoys enjoyed received"
    " receives drew draws earned earns".split()
)
"""What stands before what somebody has."""
_MAKING: Final = frozenset(
    "made makes make making has have had having gave gives give giving offered offers issued issues"
    " delivered delivers voiced voices repeated repeats renewed renews reiterated reiterates"
    " expressed expresses raised raises retracted withdrew avoided avoids".split()
)
"""Verbs of which who says something is the subject, and what is said the object."""
_RECEIVED: Final = frozenset("support backing endorsement criticism praise opposition".split())
"""What whoever has it gets from others."""
_NEAR: Final = 4
"""Words before a noun, at most, among which its owner stands."""


def owner(words: Sequence[Token], cue: Cue, quoted: Sequence[bool]) -> Range | None:
    """Return whose claim, call or support it is: "Trump's", "his", or the subject of "is"."""
    if giver_follows(words, cue):
        return subject_after(words, cue.end, quoted)
    if cue.begin < cue.head:
        return subject_before(words, cue, quoted)
    for place in range(cue.head - 1, max(-1, cue.head - _NEAR), -1):
        token = words[place]
        plural = token.low in {"'", "’"} and place and words[place - 1].low.endswith("s")
        if quoted[place] or not (token.word or plural):
            break
        if token.low in _OWN:
            return place, place + 1
        if possessive(token.low) or plural:
            end = place if plural else place + 1
            return phrase_until(words, end, quoted) or _possessor(words, place + 1, quoted)
    if maker := _maker(words, cue.head, quoted):
        return maker
    before = words[cue.head - 1] if cue.head else None
    named = before is not None and before.capital and not quoted[cue.head - 1]
    return subject_before(words, cue, quoted) if named else None


def _maker(words: Sequence[Token], head: int, quoted: Sequence[bool]) -> Range | None:
    """Return who makes a claim, has a hope: "Norr made no | mention of"."""
    for place in range(head - 1, max(0, head - _NEAR), -1):
        if quoted[place] or not words[place].word:
            return None
        if words[place].low in _MAKING:
            if words[place].low in HAVE and words[head].low in _RECEIVED:
                return None
            end = place
            while end and (words[end - 1].low in AUXILIARIES or adverb(words[end - 1].low)):
                end -= 1
            return phrase_until(words, end, quoted) or main_subject(words, place, quoted)
    return None


def giver_follows(words: Sequence[Token], cue: Cue) -> bool:
    """Whether after a noun stands who it comes from: "criticism from sailors", "backing of"."""
    last, head = words[cue.end - 1].low, cue.head
    had = last == "of" and head > 1 and words[head - 1].low == "the" and _has(words, head - 2)
    return cue.kind == "noun" and (last in _FROM or (had and words[head].low in _GIVEN))


def _has(words: Sequence[Token], place: int) -> bool:
    """Whether somebody has something, and does not lack, lose or seek it."""
    before = words[place - 1].low if place else ""
    return words[place].low in _HAVING and before not in {"never", "not"}


def receiver(words: Sequence[Token], cue: Cue, quoted: Sequence[bool]) -> Range | None:
    """Return who gets what somebody gives: "The plan | drew | criticism from sailors"."""
    return main_subject(words, cue.begin, quoted) if cue.begin else None


def _possessor(words: Sequence[Token], end: int, quoted: Sequence[bool]) -> Range | None:
    """Return the possessor that ends here within a larger phrase: "a boost to the port's hopes"."""
    begin = end - 1 - (not words[end - 1].word)
    while begin and words[begin - 1].word and not quoted[begin - 1]:
        low = words[begin - 1].low
        if low in PREPOSITIONS | COORDINATORS | AUXILIARIES or only_verb(words, begin - 1):
            break
        begin -= 1
        if low in DETERMINERS:
            break
    first = words[begin]
    opened = first.capital or first.low in DETERMINERS or not words[end - 1].word
    return (begin, end) if opened else None
