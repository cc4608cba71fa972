"""
How far a cue reaches: the words about a verb or a noun that say that somebody says something.

"was trying to explain", "made no mention of", "expressed concern about", "said Tuesday": PolNeAR's
annotators mark these whole (Newell, Margolin and Ruths 2018).
"""

from typing import Final

from ombud.stories.clauses import Range
from ombud.stories.cues import Cue
from ombud.stories.passages import Passage
from ombud.stories.wording import AUXILIARIES, DAYS, DETERMINERS, HAVE, PRONOUNS, adverb

_LEADING_TO: Final = frozenset(
    "try tries trying tried want wants wanted wanting need needs needed likely able unable ready"
    " eager quick willing expected expecting continue continues continued continuing begin begins"
    " began beginning start started starting going plans planning intends intended hopes chose"
    " chooses seems seemed forced set here pains bound free hard easy way used seeking sought"
    " failed fails refuses refused declined went come came pivoted".split()
)
"""Words before "to" and the verb that says something: "was trying to explain"."""
_MAKING: Final = HAVE | frozenset(
    "made makes make making gave gives give giving offered offers issued issues won wins winning"
    " delivered delivers voiced repeated renewed reiterated expressed expresses raised raises"
    " avoided drew draws draw drawn drawing received earned gained took takes taking".split()
)
"""Verbs of which a noun that attributes is the object: "made no mention of"."""
_OPENING: Final = frozenset("a an the no any little much more less such some".split())
_FAR: Final = 3
"""Words of a noun with what stands before it, at most: "a more forceful | promise"."""
_UTTERING: Final = frozenset(
    f"{base}{end}" for base in ("voice", "express") for end in ("", "s", "d", "es", "ed")
) | {"issue", "issues", "issued", "voicing", "expressing", "issuing"}
"""Verbs that say nothing without their object: "voiced concern about"."""
_STATEMENTS: Final = frozenset("statement letter memo tweet op-ed email message ad report".split())
_ABOUT: Final = frozenset("about for over of against on with at in".split())
_WISHES: Final = frozenset(
    "willing unwilling eager reluctant refusal promise promises pledge vow vows desire inclined"
    " reluctance eagerness unwillingness glad happy".split()
)
"""Words after which "to" is no part of the cue."""
_STOPS: Final = frozenset("that to , ; : .".split())


def whole_cue(sentence: Passage, cue: Cue, source: Range | None) -> Range:
    """Return a cue with the words that belong to it; never one of those of its source."""
    if cue.kind in {"source", "view", "adverb"}:
        return cue.begin, cue.end
    begin = _noun_begins(sentence, cue) if cue.kind == "noun" else _verb_begins(sentence, cue)
    end = _ends(sentence, cue)
    if source and source[1] <= cue.begin:
        begin = max(begin, source[1])
    if source and source[0] >= cue.end:
        end = min(end, source[0])
    return begin, end


def _verb_begins(sentence: Passage, cue: Cue) -> int:
    """Return where the words before an infinitive or a participle begin that lead to it."""
    begin = cue.begin
    if cue.form == "ing" and sentence.low(begin - 1) in _STATEMENTS:
        begin -= 1 + (sentence.low(begin - 2) in {"a", "an", "the"})
        return begin - (sentence.low(begin - 1) in {"issued", "released"})
    if sentence.low(begin - 1) != "to" or sentence.quoted[begin - 1]:
        return begin
    begin -= 1
    while begin and not sentence.quoted[begin - 1] and not sentence.words[begin - 1].capital:
        low = sentence.low(begin - 1)
        chained = low in _LEADING_TO or (low == "to" and sentence.low(begin) in _LEADING_TO)
        if not (chained or low in AUXILIARIES or adverb(low)):
            break
        begin -= 1
    return begin


def _noun_begins(sentence: Passage, cue: Cue) -> int:
    """Return where what stands before a noun begins: "made no | mention of", "in | support of"."""
    begin = cue.begin
    if sentence.low(begin - 1) == "in":
        begin -= 1
    else:
        for place in range(begin - 1, max(-1, begin - _FAR - 1), -1):
            if not sentence.words[place].word or sentence.quoted[place]:
                break
            if sentence.low(place) in _MAKING:
                begin = place + 1
                break
            if sentence.low(place) in _OPENING:
                made = sentence.low(place) != "the" or sentence.low(place - 1) in _MAKING
                begin = place if made else begin
                break
    if not (begin and sentence.low(begin - 1) in _MAKING) or sentence.quoted[begin - 1]:
        return begin
    begin -= 1
    while begin and (sentence.low(begin - 1) in AUXILIARIES or adverb(sentence.low(begin - 1))):
        begin -= 1
    return begin


def _ends(sentence: Passage, cue: Cue) -> int:
    """Return the end of a cue with how or when something was said, or with what was voiced."""
    end = cue.end
    last = sentence.low(end - 1)
    if end > cue.head + 1 and (
        last in {"among", "from"} or (last == "to" and _wishes(sentence, cue))
    ):
        return end - 1
    if sentence.low(cue.end - 1) in _UTTERING:
        return _uttered(sentence, end)
    while end < len(sentence.words) and not sentence.quoted[end]:
        low = sentence.low(end)
        how = (low.endswith("ly") and adverb(low)) or low in {"again", "back"}
        if low not in DAYS and not how:
            break
        end += 1
    return end


def _wishes(sentence: Passage, cue: Cue) -> bool:
    """Whether "to" begins what somebody will do: "willing | to stay", not "opposition to it"."""
    after = sentence.words[cue.end] if cue.end < len(sentence.words) else None
    if after is None or after.capital or after.low in DETERMINERS | PRONOUNS:
        return False
    return cue.kind == "deed" or sentence.low(cue.head) in _WISHES


def _uttered(sentence: Passage, begin: int) -> int:
    """Return the end of what is voiced, with its preposition: "sharp concern about"."""
    for place in range(begin, min(begin + _FAR + 2, len(sentence.words))):
        low = sentence.low(place)
        if low in _STOPS or low.endswith("ing") or sentence.quoted[place]:
            return place
        if low in _ABOUT:
            return place + 1
    return begin
