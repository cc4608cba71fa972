"""Subjects that stand elsewhere than before their verb: after it, at the front, as an owner."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import (
    EMPTY,
    LEADING,
    LONGEST,
    STARTS,
    Range,
    inside_name,
    nobody,
    only_verb,
    phrase_until,
    subject_before,
)
from ombud.stories.cues import Cue
from ombud.stories.wording import (
    COORDINATORS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    Token,
    adverb,
    possessive,
)

_TITLE: Final = 4
"""Letters of a title or an initial before a full stop, at most."""
_LONGEST_MAIN: Final = 12


def subject_after(words: Sequence[Token], begin: int, quoted: Sequence[bool]) -> Range | None:
    """Return the subject that begins after an inverted verb, or after "by" and "according to"."""
    while begin < len(words) and (words[begin].low in DAYS or adverb(words[begin].low)):
        begin += 1
    end = begin
    while end < len(words) and end - begin < LONGEST and not quoted[end]:
        token = words[end]
        if (
            not token.word
            and not inside_name(words, end, len(words))
            and not _title_stop(words, end)
        ):
            break
        if token.low in STARTS - {"that"} or (token.low in SUBORDINATORS and end > begin):
            break
        if end > begin and token.low in COORDINATORS and not _joins_after(words, end):
            break
        if end > begin and token.low in {"on", "in", "during", "to"} and _adjunct(words, end):
            break
        if end > begin and only_verb(words, end):
            break
        end += 1
    return None if end == begin or nobody(words, begin, end) else (begin, end)


def _title_stop(words: Sequence[Token], place: int) -> bool:
    """Whether a full stop ends a title or an initial."""
    return (
        words[place].low == "."
        and place + 1 < len(words)
        and words[place - 1].capital
        and len(words[place - 1].low) <= _TITLE
        and words[place + 1].capital
    )


def _joins_after(words: Sequence[Token], place: int) -> bool:
    """Whether "and" after a name joins another name."""
    return place + 1 < len(words) and (
        words[place + 1].capital or words[place + 1].low in DETERMINERS
    )


def _adjunct(words: Sequence[Token], place: int) -> bool:
    """Whether a preposition begins when or where it was said."""
    if words[place].low == "to":
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    return after is not None and (after.low in DAYS or after.low in {"a", "an", "his", "her"})


def main_subject(words: Sequence[Token], before: int, quoted: Sequence[bool]) -> Range | None:
    """Return the subject that the sentence begins with, up to its first verb."""
    begin = 0
    if words[0].low in PREPOSITIONS | SUBORDINATORS or words[0].low.endswith("ing"):
        commas = [at for at in range(before) if words[at].low == "," and not quoted[at]]
        if not commas:
            return None
        begin = commas[0] + 1
    while begin < before and words[begin].low in COORDINATORS | LEADING:
        begin += 1
    end = begin
    while end < before and (words[end].word or inside_name(words, end, before)) and not quoted[end]:
        low = words[end].low
        if (
            low in STARTS
            or low in COORDINATORS
            or adverb(low)
            or (end > begin and only_verb(words, end))
        ):
            break
        if end > begin and low in PREPOSITIONS - {"of", "for"}:
            break
        end += 1
    named = begin < end and (words[begin].capital or words[begin].low in DETERMINERS | PRONOUNS)
    empty = end - begin == 1 and words[begin].low in EMPTY
    return (
        (begin, end)
        if named and not empty and end < before and end - begin < _LONGEST_MAIN
        else None
    )


def owner(words: Sequence[Token], cue: Cue, quoted: Sequence[bool]) -> Range | None:
    """Return whose claim, call or support it is: "Trump's", "his", or the subject of "is"."""
    if cue.begin < cue.head:
        return subject_before(words, cue, quoted)
    for place in range(cue.head - 1, max(-1, cue.head - 4), -1):
        token = words[place]
        if quoted[place] or not token.word:
            return None
        if token.low in {"his", "her", "their", "my", "our", "its"}:
            return place, place + 1
        if possessive(token.low):
            return phrase_until(words, place + 1, quoted)
    return None
