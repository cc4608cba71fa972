"""
How far a source reaches: what is said of somebody belongs to the words that name him.

"Ida Norr, who runs the port", "Berg, president of the union", "sailors surveyed in May": PolNeAR's
annotators mark these whole (Newell, Margolin and Ruths 2018), and so do editors who quote a source.
"""

from typing import Final

import re2

from ombud import lexicon
from ombud.stories.clauses import Range, before_time
from ombud.stories.cue_forms import verbs
from ombud.stories.cues import Cue
from ombud.stories.passages import Passage
from ombud.stories.subjects import acts
from ombud.stories.wording import (
    AUXILIARIES,
    COORDINATORS,
    DAYS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    adverb,
    numeral,
)
from ombud.text import Span

_RELATIVE: Final = re2.compile(r",? (?:who|whose|which|that)\b")
_WHO: Final = frozenset("who whose whom which".split())
_ARTICLES: Final = frozenset("a an the his her their another one former".split())
_NO_ROLE: Final = (
    (PREPOSITIONS - {"of", "including"})
    | PRONOUNS
    | AUXILIARIES
    | SUBORDINATORS
    | COORDINATORS
    | DAYS
    | frozenset("last this next early late earlier not then here there".split())
)
"""First words of what says when, where or how something was said, not by whom."""
_PARTICIPLES: Final = ("ed", "led", "held", "made", "seen", "given", "taken", "written")
_PAUSES: Final = frozenset(",—–")
_LONGEST: Final = 45
"""Words of what is said of a source, at most."""


def bare(text: str, source: Span) -> Span:
    """Return a source without the clause that says more of it."""
    found = _RELATIVE.search(source.quote(text))
    return Span(source.begin, source.begin + found.start()) if found else source


def described(sentence: Passage, cue: Cue, source: Range) -> Range:
    """Return a source with what is said of it in apposition or in a clause of its own."""
    begin, end = source
    if sentence.low(begin) in _WHO | PRONOUNS | {"that"} or cue.kind in {"noun", "view"}:
        return source
    if end <= cue.begin:
        return begin, _up_to_verb(sentence, end, cue)
    if begin >= cue.end:
        return begin, _after_verb(sentence, end, cue)
    return source


def _up_to_verb(sentence: Passage, end: int, cue: Cue) -> int:
    """Return the end of what stands between a subject and its verb, if all of it is said of it."""
    comma = sentence.low(end) in _PAUSES
    first = sentence.low(end + comma)
    if not (first in _WHO or (not comma and (first == "that" or _participle(sentence, end)))):
        return end
    close = before_time(sentence.words, cue.begin) if first in _WHO or comma else cue.begin
    if close <= end + comma + 1:
        return end
    commas = [at for at in range(end + 1, close) if sentence.low(at) == sentence.low(end)]
    if comma:
        if not commas or (cue.form != "ing" and commas[-1] != close - 1):
            return end
        close = commas[0] if cue.form == "ing" else commas[-1]
    elif any(sentence.low(at) in _PAUSES for at in range(end, close)):
        return end
    whole = close - end <= _LONGEST and not any(sentence.quoted[end:close])
    return close if whole and sentence.low(close - 1) not in COORDINATORS else end


def _after_verb(sentence: Passage, end: int, cue: Cue) -> int:
    """
    Return the end of what is said of a subject that stands after its verb.

    Where the verb opens the sentence, the comma that ends it must stand there, as the clause that
    was said follows.
    """
    sure = cue.kind == "source" or cue.passive
    opening = not cue.begin or (cue.begin == 1 and sentence.low(0) == "as")
    found = end
    while (place := _next(sentence, found, sure=sure)) > found:
        if opening:
            return place if sentence.low(place) == "," else end
        found = place
    return found


def _next(sentence: Passage, end: int, *, sure: bool) -> int:
    """
    Return where the next thing said of a source ends, or the same place where nothing is.

    sure: what a clause may begin with is not taken for who somebody is.
    """
    words = sentence.words
    comma = sentence.low(end) == ","
    begin = end + comma
    if begin >= len(words) or sentence.quoted[begin]:
        return end
    close = _close(sentence, begin)
    low = sentence.low(begin)
    clause = low in _WHO or (not comma and low == "that")
    if clause:
        return close if close > begin + 1 else end
    if not comma:
        return close if _participle(sentence, begin) else end
    return close if _says_who(sentence, begin, close, sure=sure) else end


def _close(sentence: Passage, begin: int) -> int:
    """Return where the mark stands that ends what begins here."""
    words = sentence.words
    place = begin
    while place < len(words) and place - begin < _LONGEST and not sentence.quoted[place]:
        low = words[place].low
        if low in {",", ";", ":", "—", "–"} or (low == "." and place + 1 == len(words)):
            break
        place += 1
    return place


def _says_who(sentence: Passage, begin: int, end: int, *, sure: bool) -> bool:
    """Whether what stands between two commas says who somebody is, how old, or where from."""
    words = sentence.words
    first = words[begin]
    low = first.low
    if begin == end or low in _NO_ROLE or low.endswith("ing") or adverb(low):
        return low == "of" and end - begin > 1
    known = low in _ARTICLES or low in lexicon.words("source_roles")
    if not sure and (known or numeral(low)):
        return True
    clause = next((at for at in range(begin, end) if words[at].low in _WHO), end)
    return (known or not sure) and not acts(words, begin, clause)


def _participle(sentence: Passage, place: int) -> bool:
    """Whether a participle that says more of a noun stands here: "a poll conducted by"."""
    following = sentence.low(place + 1)
    return (
        sentence.low(place).endswith(_PARTICIPLES)
        and sentence.low(place) not in verbs()
        and not sentence.words[place].capital
        and place > 0
        and sentence.words[place - 1].word
        and not sentence.words[place - 1].capital
        and following in PREPOSITIONS | DAYS | {"last", "this"}
    )
