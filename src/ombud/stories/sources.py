"""Who says it: the source of each cue of a sentence, or nobody where the sentence does not say."""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.clauses import Range, subject_before
from ombud.stories.cues import Cue
from ombud.stories.passages import Passage
from ombud.stories.subjects import main_subject, owner, subject_after, subject_with_clause
from ombud.stories.wording import (
    COORDINATORS,
    DAYS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Token,
)

_ARTICLES: Final = frozenset(
    "a an the one his her former two three several some many senior".split()
)
_SHARING: Final = COORDINATORS | frozenset("to by in before after then".split())
_DESCRIBED: Final = 5
"""Words before a name, at most, that say what somebody is."""
_BY: Final = 3
"""Words after a passive cue within which "by" names who says it."""


def sources_of(sentence: Passage, marks: Sequence[Cue]) -> list[Range | None]:
    """Return the source of each cue."""
    found: list[Range | None] = []
    active: list[Range | None] = []
    for number, cue in enumerate(marks):
        source = _source(sentence, cue, active)
        if source is None and cue.form == "ing" and _opens(sentence.words, cue):
            source = _after_comma(sentence, cue)
        if source and number:
            source = _after_cue(source, marks[number - 1])
        found.append(source)
        active.append(None if cue.passive else source)
    return found


def _after_cue(source: Range, earlier: Cue) -> Range:
    """Return a source without the cue before it: "declined to deny | a report alleging"."""
    begin, end = source
    return (earlier.end, end) if earlier.begin <= begin < earlier.end < end else source


def _after_comma(sentence: Passage, cue: Cue) -> Range | None:
    """Return the subject of the clause after a participle: "While denying it, Norr said"."""
    words = sentence.words
    commas = (at for at in range(cue.end, len(words)) if sentence.low(at) == ",")
    comma = next((at for at in commas if not sentence.quoted[at]), None)
    return subject_after(words, comma + 1, sentence.quoted) if comma else None


def _opens(words: Sequence[Token], cue: Cue) -> bool:
    """Whether a participle opens the sentence, before the subject: "Denying it, Norr said"."""
    return not cue.begin or words[cue.begin - 1].low in SUBORDINATORS | PREPOSITIONS


def _source(sentence: Passage, cue: Cue, earlier: Sequence[Range | None]) -> Range | None:
    """Return the source of one cue, which may be that of an earlier one."""
    words, quoted = sentence.words, sentence.quoted
    if cue.kind == "source":
        return subject_after(words, cue.end, quoted)
    if cue.passive:
        places = range(cue.end, min(cue.end + _BY, len(words)))
        by = next((at for at in places if words[at].low == "by"), None)
        return subject_after(words, by + 1, quoted) if by is not None else None
    if cue.kind == "noun":
        return owner(words, cue, quoted)
    if cue.kind == "adverb":
        return None
    return _of_verb(sentence, cue, earlier)


def _of_verb(sentence: Passage, cue: Cue, earlier: Sequence[Range | None]) -> Range | None:
    """Return the subject of an active verb: after it, before it, or shared with another."""
    words, quoted = sentence.words, sentence.quoted
    if cue.form == "ing" and sentence.low(cue.begin) in {"all", "both"}:
        return None  # "Norr met sailors, all saying": not the subject.
    if _inverted(sentence, cue):
        return subject_after(words, cue.end, quoted)
    before = sentence.low(cue.begin - 1)
    if cue.form == "ing" and _opens(words, cue) and not any(earlier):
        found = main_subject(words, cue.begin, quoted) if cue.begin > 1 else None
        return found or _after_comma(sentence, cue)
    aside = before == "," or (cue.begin > 0 and quoted[cue.begin - 1])
    then = before == "," and sentence.low(cue.begin) == "then"
    if before in _SHARING or then or (cue.form == "ing" and aside):
        return _shared(words, earlier) or main_subject(words, cue.begin, quoted)
    found = subject_before(words, cue, quoted)
    if found is None and cue.form == "ing":
        return main_subject(words, cue.begin, quoted)
    return found or subject_with_clause(words, cue.begin, quoted)


def _shared(words: Sequence[Token], earlier: Sequence[Range | None]) -> Range | None:
    """Return the first source before, one that is no "who" if there is one."""
    known = [source for source in earlier if source]
    main = (source for source in known if words[source[0]].low not in RELATIVES)
    return next(main, known[0] if known else None)


def _inverted(sentence: Passage, cue: Cue) -> bool:
    """Whether the subject follows the verb, as after a quotation: "…," said the mayor."""
    words, quoted = sentence.words, sentence.quoted
    if cue.form == "ing" or cue.kind not in {"clause", "listener", "quote"}:
        return False
    if sentence.low(cue.end - 1) in PREPOSITIONS:  # "…, said of Norr": he is spoken of.
        return False
    if cue.begin != cue.head or cue.end >= len(words) or not words[cue.end].word:
        return False
    first = words[cue.end]
    someone = first.low in _ARTICLES or first.low in lexicon.words("source_roles")
    someone = someone or (cue.begin > 0 and quoted[cue.begin - 1] and _described(sentence, cue.end))
    if not (first.capital or someone):
        return False
    if cue.begin and quoted[cue.begin - 1]:
        return True
    after_mark = not cue.begin or words[cue.begin - 1].low == ","
    alone = after_mark and subject_before(words, cue, quoted) is None
    found = subject_after(words, cue.end, quoted) if alone else None
    return found is not None and _closes(sentence, found[1])


def _described(sentence: Passage, begin: int) -> bool:
    """Whether a name follows with what is said of it before: "retired fisherman Ida Norr"."""
    for word in sentence.words[begin : begin + _DESCRIBED]:
        if word.capital:
            return True
        if not word.word or word.low in PRONOUNS | RELATIVES | SUBORDINATORS | PREPOSITIONS | DAYS:
            return False
    return False


def _closes(sentence: Passage, place: int) -> bool:
    """Whether a clause ends before a place, or goes on with when or where something was said."""
    low = sentence.low(place)
    return not low or not sentence.words[place].word or low in PREPOSITIONS | RELATIVES | DAYS
