"""Subjects that stand elsewhere than before their verb: after it, at the front, as an owner."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ombud import lexicon
from ombud.stories.clauses import (
    EMPTY,
    LEADING,
    LONGEST,
    STARTS,
    TIMES,
    Range,
    inside_name,
    nobody,
    only_verb,
)
from ombud.stories.cue_forms import verbs
from ombud.stories.wording import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Token,
    adverb,
    named_like_adverb,
    named_like_auxiliary,
    numeral,
)

_TITLE: Final = 4
"""Letters of a title or an initial before a full stop, at most."""
_ARTICLES: Final = frozenset("a an the one his her its their who".split())
_LONGEST_MAIN: Final = 12
_WHEN: Final = frozenset(
    "here to back throughout unlike seconds minutes hours days weeks months years moments".split()
)
"""First words of when or where something happened: "Here in Norrvik, Norr", "Minutes later, he"."""
_WHEN_DONE: Final = frozenset("this last earlier late".split())
_QUANTITIES: Final = frozenset("many most more several numerous other few".split())
_DASHES: Final = frozenset("—–―-")
_PARTICIPLES: Final = ("ed", "led", "held", "made", "seen", "given", "taken", "written")
_NO_SUBJECT: Final = PREPOSITIONS - {"about", "over", "under", "between"}
"""What begins where or when something was said: "said on Monday in Bergen"."""
_LATER: Final = 5
"""Words of "a few minutes later", at most."""
_DATELINE: Final = 12
"""Words and marks of a dateline, at most."""


def subject_after(words: Sequence[Token], begin: int, quoted: Sequence[bool]) -> Range | None:
    """Return the subject that begins after an inverted verb, or after "by" and "according to"."""
    while begin < len(words) and (words[begin].low in DAYS or _says_how(words[begin])):
        begin += 1
    if begin < len(words) and words[begin].low in _NO_SUBJECT and not words[begin].capital:
        return None
    end = begin
    while end < len(words) and end - begin < LONGEST and not quoted[end]:
        if _closes(words, end) or (end > begin and _ends(words, end)):
            break
        end += 1
    if end == begin or nobody(words, begin, end):
        return None
    return begin, _past_aside(words, end, quoted)


def _says_how(word: Token) -> bool:
    """Whether a word is an adverb, and no name that looks like one."""
    return adverb(word.low) and not named_like_adverb(word)


def _closes(words: Sequence[Token], at: int) -> bool:
    """Whether no subject can hold the word or the mark here."""
    if not words[at].word:
        return not inside_name(words, at, len(words)) and not _title_stop(words, at)
    return words[at].low in STARTS - {"that"} and not named_like_auxiliary(words, at)


def _ends(words: Sequence[Token], at: int) -> bool:
    """Whether a subject that has begun ends before the word here."""
    low = words[at].low
    if low in COORDINATORS:
        return not _joins_after(words, at)
    if low in {"on", "in", "during", "to", "for"} and _adjunct(words, at):
        return True
    return low in SUBORDINATORS or only_verb(words, at)


def _past_aside(words: Sequence[Token], end: int, quoted: Sequence[bool]) -> int:
    """Return the end of what is said of a name after a comma: ", a spokeswoman for the port"."""
    first = words[end + 1] if end + 1 < len(words) and words[end].low == "," else None
    if first is None or not (first.low in _ARTICLES or first.low in lexicon.words("source_roles")):
        return end
    clause = first.low == "who"
    place = end + 2
    while place < len(words) and not quoted[place] and place - end < LONGEST:
        low = words[place].low
        if low in {",", ";", '"'} or (not clause and low in STARTS | COORDINATORS):
            break
        if low == "." and not inside_name(words, place, len(words)):
            return place
        place += 1
    return place if place < len(words) and words[place].low == "," else end


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


def _doing(word: Token) -> bool:
    """Whether a word is a participle, and no name."""
    return word.low.endswith("ing") and not word.capital


def _adjunct(words: Sequence[Token], place: int) -> bool:
    """Whether a preposition begins when or where it was said."""
    if words[place].low == "to":
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    if words[place].low == "for":  # "criticized by Norr for closing it"
        return after is not None and (after.low == "not" or _doing(after))
    return after is not None and (after.low in DAYS or after.low in {"a", "an", "his", "her"})


def main_subject(words: Sequence[Token], before: int, quoted: Sequence[bool]) -> Range | None:
    """Return the subject that the sentence begins with, up to its first verb."""
    begin = _past_leading(words, after_dateline(words, before), before)
    first = words[begin].low if begin < before else ""
    if first in SUBORDINATORS or _opens(words, begin, before):
        commas = [at for at in range(begin, before) if words[at].low == "," and not quoted[at]]
        if not commas and first not in SUBORDINATORS:
            return None
        begin = commas[0] + 1 if commas else begin + 1
    begin = _past_leading(words, begin, before)
    end = begin
    while end < before and (words[end].word or inside_name(words, end, before)) and not quoted[end]:
        low = words[end].low
        if (
            low in STARTS
            or (low in COORDINATORS and not _nouns_joined(words, end, before))
            or (_says_how(words[end]) and words[end - 1].low not in DETERMINERS)
            or (end > begin and only_verb(words, end))
        ):
            break
        if end > begin and low in PREPOSITIONS - {"of", "for"}:
            break
        end += 1
    known = DETERMINERS | PRONOUNS | _QUANTITIES
    named = begin < end and (
        words[begin].capital
        or words[begin].low in known
        or (end < before and words[end].low == "who")
    )
    alone = words[begin].low if end - begin == 1 else ""
    those = alone == "those" and end < before and words[end].low == "who"
    nobody_yet = EMPTY | _ARTICLES - {"his", "her", "one"}
    # "Most recently, Norr": how, not who.
    empty = (alone in nobody_yet and not those) or (alone == "most" and adverb(words[end].low))
    empty = empty or _expletive(words, begin, before)
    return (
        (begin, end)
        if named and not empty and end < before and end - begin < _LONGEST_MAIN
        else None
    )


def _lows(words: Sequence[Token], begin: int, before: int) -> set[str]:
    """Return the first few words from a place."""
    return {word.low for word in words[begin : min(begin + _LATER, before)]}


def _past_leading(words: Sequence[Token], begin: int, before: int) -> int:
    """Return the place after what may stand before the subject: "But Monday", "a day later"."""
    while begin < before and _leads(words[begin].low):
        begin += 1
    first = words[begin].low if begin < before else ""
    counted = first in {"a", "an"} or numeral(first) or first in _WHEN
    for place in range(begin + 1, min(begin + _LATER, before) if counted else 0):
        if words[place].low in {"later", "ago", "earlier"}:
            return _past_leading(words, place + 1, before)
        if not words[place].word:
            break
    return begin


def _expletive(words: Sequence[Token], begin: int, before: int) -> bool:
    """Whether "it" stands for nobody: "It was at the pier that Norr spoke"."""
    return words[begin].low == "it" and begin + 1 < before and words[begin + 1].low in BE


def _nouns_joined(words: Sequence[Token], place: int, before: int) -> bool:
    """Whether "and" joins two nouns of one subject: "sailors and officers"."""
    if place + 1 >= before or not place or only_verb(words, place + 1):
        return False
    one, other = words[place - 1], words[place + 1]
    if other.low in PRONOUNS | AUXILIARIES or adverb(other.low):
        return False
    if place > 1 and one.capital != other.capital:
        return False
    return one.word and (other.capital or other.low.endswith("s"))


def _opens(words: Sequence[Token], begin: int, before: int) -> bool:
    """Whether a sentence opens with when, where or how: "This year,", "Reached by mail,"."""
    first = words[begin].low
    following = words[begin + 1].low if begin + 1 < before else ""
    return (
        first in PREPOSITIONS | _WHEN
        or first.endswith("ing")
        or (first in {"last", "this", "next"} and following in TIMES)
        or (numeral(first) and not {"after", "before"}.isdisjoint(_lows(words, begin, before)))
        or (first.endswith("ed") and following in PREPOSITIONS)
    )


def _leads(low: str) -> bool:
    """Whether a word or a comma may stand before the subject: "However, Norr"."""
    return low in COORDINATORS | LEADING | DAYS | {","} or (
        adverb(low) and low not in SUBORDINATORS
    )


def after_dateline(words: Sequence[Token], before: int) -> int:
    """Return where a sentence begins after a dateline: "NORRVIK (AP) — The port"."""
    for at in range(1, min(_DATELINE, before)):
        if words[at].low in _DASHES and words[at].begin > words[at - 1].end:
            return at + 1
        if words[at].word and not words[at].capital and not words[at].low[0].isdigit():
            break
    return 0


def subject_with_clause(
    words: Sequence[Token], before: int, quoted: Sequence[bool]
) -> Range | None:
    """
    Return the subject of a verb that a clause parts from it: "Voters who came to Norrvik say".

    It opens the sentence, and between the two stands no mark and nothing that opens more clauses.
    """
    found = main_subject(words, before, quoted)
    if found is None:
        return None
    first, *rest = words[found[1] : before]
    released = (
        first.low.endswith(_PARTICIPLES)
        and rest
        and rest[0].low in PREPOSITIONS | DAYS | _WHEN_DONE
    )
    released = released or (first.low in PREPOSITIONS and _released(rest))
    if first.low not in {"who", "whose", "that"} and not released:
        return None
    plain = all(
        word.word and word.low not in COORDINATORS | SUBORDINATORS | RELATIVES for word in rest
    )
    return found if plain and not any(quoted[found[1] : before]) else None


def _released(words: Sequence[Token]) -> bool:
    """Whether a participle among words says when something came: "released Monday"."""
    when = PREPOSITIONS | DAYS | _WHEN_DONE
    return any(
        word.low.endswith(_PARTICIPLES) and following.low in when
        for word, following in pairwise(words)
    )


def acts(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a finite verb stands in a range: "who | spoke with Norr |"."""
    return any(
        words[at].low in AUXILIARIES
        or words[at].low in verbs()
        or only_verb(words, at)
        or words[at].low.endswith("ed")
        for at in range(begin, end)
    )
