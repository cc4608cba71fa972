"""Whether a verb stands before its subject: "…," said the mayor."""

from typing import Final

from ombud import lexicon
from ombud.stories.clauses import subject_before
from ombud.stories.cues import Cue
from ombud.stories.passages import Passage
from ombud.stories.subjects import acts, subject_after
from ombud.stories.wording import (
    DAYS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)

_ARTICLES: Final = frozenset(
    "a an the one his her former two three several some many senior".split()
)
_NOT_DESCRIBING: Final = PRONOUNS | RELATIVES | SUBORDINATORS | DAYS | (PREPOSITIONS - {"of"})
_DESCRIBED: Final = 5
"""Words before a name, at most, that say what somebody is."""


def inverted(sentence: Passage, cue: Cue) -> bool:
    """Whether the subject follows the verb, as after a quotation: "…," said the mayor."""
    words, quoted = sentence.words, sentence.quoted
    spoken_of = sentence.low(cue.end - 1) in PREPOSITIONS  # "…, said of Norr"
    if cue.form == "ing" or cue.kind not in {"clause", "listener", "quote"} or spoken_of:
        return False
    if cue.begin != cue.head or cue.end >= len(words) or not words[cue.end].word:
        return False
    if not _somebody(sentence, cue):
        return False
    if cue.begin and quoted[cue.begin - 1]:
        return True
    after_mark = not cue.begin or words[cue.begin - 1].low == ","
    found = subject_after(words, cue.end, quoted) if after_mark else None
    return found is not None and _closes(sentence, found[1]) and _sure(sentence, cue, found[1])


def _somebody(sentence: Passage, cue: Cue) -> bool:
    """Whether what follows a verb can name somebody."""
    after = (word for word in sentence.words[cue.end :] if word.low not in DAYS)
    first = next(after, sentence.words[cue.end])
    if first.capital or first.low in _ARTICLES or first.low in lexicon.words("source_roles"):
        return True
    return cue.begin > 0 and sentence.quoted[cue.begin - 1] and _described(sentence, cue.end)


def _sure(sentence: Passage, cue: Cue, end: int) -> bool:
    """Whether nobody else can be the subject: nothing before the verb, or nothing after it."""
    if subject_before(sentence.words, cue, sentence.quoted) is None:
        return True
    return sentence.low(cue.head) in {"said", "says"} and _ends(sentence, end)


def _ends(sentence: Passage, place: int) -> bool:
    """Whether a sentence ends here, or goes on only with who somebody is."""
    rest = [word.low for word in sentence.words[place:] if word.word]
    if not rest:
        return True
    aside = sentence.low(place) == "," and not acts(sentence.words, place, len(sentence.words))
    marks = [word.low for word in sentence.words[place:] if not word.word]
    return aside or (rest[0] == "who" and marks.count(",") == 1)


def _described(sentence: Passage, begin: int) -> bool:
    """Whether a name follows with what is said of it before: "retired fisherman Ida Norr"."""
    for word in sentence.words[begin : begin + _DESCRIBED]:
        if word.capital:
            return True
        if not word.word or word.low in _NOT_DESCRIBING:
            return False
    return False


def _closes(sentence: Passage, place: int) -> bool:
    """Whether a clause ends before a place, or goes on with when or where something was said."""
    low = sentence.low(place)
    return not low or not sentence.words[place].word or low in PREPOSITIONS | RELATIVES | DAYS
