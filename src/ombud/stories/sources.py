"""Who says it: the source of each cue of a sentence, or nobody where the sentence does not say."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import Range, before_time, only_verb, subject_before
from ombud.stories.controllers import controller
from ombud.stories.cue_forms import verbs
from ombud.stories.cues import Cue
from ombud.stories.inversion import inverted
from ombud.stories.owners import owner
from ombud.stories.passages import Passage
from ombud.stories.subjects import (
    acts,
    main_subject,
    subject_after,
    subject_with_clause,
)
from ombud.stories.wording import (
    AUXILIARIES,
    COORDINATORS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Token,
)

_SHARING: Final = COORDINATORS | frozenset("to by in before after then".split())
_OPENERS: Final = (RELATIVES | SUBORDINATORS) - {"so", "than", "once", "how"}
"""What opens a clause that has a verb of its own."""
_OPENING: Final = COORDINATORS | SUBORDINATORS | PREPOSITIONS | {"to"}
_CLAUSE: Final = 40
"""Words before a cue, at most, in which its clause begins."""
_BY: Final = 8
"""Words after a passive cue within which "by" names who says it."""


def sources_of(sentence: Passage, marks: Sequence[Cue]) -> list[Range | None]:
    """Return the source of each cue."""
    found: list[Range | None] = []
    active: list[Range | None] = []
    for number, cue in enumerate(marks):
        beside = _beside(sentence, marks[number - 1], found[-1], cue) if number else None
        source = beside or _source(sentence, cue, active)
        if source is None and cue.form == "ing" and _opens(sentence.words, cue):
            source = _after_comma(sentence, cue)
        if source and number:
            source = _after_cue(source, marks[number - 1])
        found.append(source)
        active.append(None if cue.passive else source)
    return found


def _beside(sentence: Passage, earlier: Cue, source: Range | None, cue: Cue) -> Range | None:
    """Return who says the cue before where a participle goes on from it: "Norr said, adding"."""
    if cue.form != "ing" or source is None or sentence.low(cue.begin - 1) != ",":
        return None
    if earlier.passive or sentence.quoted[cue.begin - 1]:
        return None
    return source if max(earlier.end, source[1]) == cue.begin - 1 else None


def _after_cue(source: Range, earlier: Cue) -> Range:
    """Return a source without the cue before it: "declined to deny | a report alleging"."""
    begin, end = source
    return (earlier.end, end) if earlier.begin <= begin < earlier.end < end else source


def _after_comma(sentence: Passage, cue: Cue) -> Range | None:
    """Return the subject of the clause after a participle: "While denying it, Norr said"."""
    words = sentence.words
    commas = (at for at in range(cue.end, len(words)) if sentence.low(at) == ",")
    comma = next((at for at in commas if not sentence.quoted[at]), None)
    found = subject_after(words, comma + 1, sentence.quoted) if comma else None
    return (found[0], before_time(words, found[1])) if found else None


def _opens(words: Sequence[Token], cue: Cue) -> bool:
    """Whether a participle opens the sentence, before the subject: "Denying it, Norr said"."""
    return not cue.begin or words[cue.begin - 1].low in SUBORDINATORS | PREPOSITIONS


def _source(sentence: Passage, cue: Cue, earlier: Sequence[Range | None]) -> Range | None:
    """Return the source of one cue, which may be that of an earlier one."""
    words, quoted = sentence.words, sentence.quoted
    if cue.kind == "view":
        return cue.begin + 1, cue.end - 1
    if cue.kind == "source":
        return subject_after(words, cue.end, quoted)
    if cue.passive:
        by = _by(sentence, cue)
        found = subject_after(words, by + 1, quoted) if by is not None else None
        return _up_to_clause(sentence, cue, found) if found else None
    if cue.kind == "noun":
        return owner(words, cue, quoted)
    if cue.kind == "adverb":
        return None
    return _of_verb(sentence, cue, earlier)


def _up_to_clause(sentence: Passage, cue: Cue, source: Range) -> Range:
    """Return a source without the clause after it: "As reported by Norr, | the mayor left"."""
    if sentence.low(0) != "as" or cue.begin > 1:
        return source
    begin, end = source
    return begin, next((at for at in range(begin + 1, end) if sentence.low(at) == ","), end)


def _by(sentence: Passage, cue: Cue) -> int | None:
    """Return where "by" stands after a passive cue, with when or where at most between."""
    for place in range(cue.end, min(cue.end + _BY, len(sentence.words))):
        if sentence.low(place) == "by":
            return place
        known = sentence.words[place].word and not only_verb(sentence.words, place)
        if sentence.quoted[place] or not known:
            return None
    return None


def _of_verb(sentence: Passage, cue: Cue, earlier: Sequence[Range | None]) -> Range | None:
    """Return the subject of an active verb: after it, before it, or shared with another."""
    words, quoted = sentence.words, sentence.quoted
    if cue.form == "ing" and sentence.low(cue.begin) in {"all", "both"}:
        return None  # "Norr met sailors, all saying": not the subject.
    if inverted(sentence, cue):
        return subject_after(words, cue.end, quoted)
    before = sentence.low(cue.begin - 1)
    timed = sentence.low(before_time(words, cue.begin) - 1) if cue.begin > 1 else ""
    before = timed if timed in COORDINATORS else before
    held = cue.form == "base" and before == "to" and controller(words, cue.begin - 1, quoted)
    if held:
        return held
    if cue.form == "ing" and _opens(words, cue) and not any(earlier):
        found = main_subject(words, cue.begin, quoted) if cue.begin > 1 else None
        return found or _after_comma(sentence, cue)
    aside = before == "," or (cue.begin > 0 and quoted[cue.begin - 1])
    then = before == "," and sentence.low(cue.begin) == "then"
    if before in _SHARING or then or (cue.form == "ing" and aside):
        return _joined(sentence, cue, earlier)
    return _in_front(sentence, cue)


def _joined(sentence: Passage, cue: Cue, earlier: Sequence[Range | None]) -> Range | None:
    """Return the subject that a verb shares with one before it: "Norr rose and said"."""
    main, begin = _main(sentence, cue)
    shared = _shared(sentence.words, [one for one in earlier if one and one[0] >= begin])
    if shared and main and _fronted(sentence, shared[1], cue.begin):
        return main
    return shared or main


def _main(sentence: Passage, cue: Cue) -> tuple[Range | None, int]:
    """Return the subject of the clause that a cue goes on with, and where this clause begins."""
    words, quoted = sentence.words, sentence.quoted
    for begin in range(cue.begin - 2, max(1, cue.begin - _CLAUSE), -1):
        if quoted[begin] or words[begin - 1].low != ",":
            continue
        joins = words[begin].low in {"and", "so"} and words[begin + 1].low in PRONOUNS
        if joins or words[begin].low == "but":
            part = slice(begin, cue.end)
            found = main_subject(words[part], cue.begin - begin, quoted[part])
            if found:
                return (found[0] + begin, found[1] + begin), begin
    return main_subject(words, cue.begin, quoted), 0


def _in_front(sentence: Passage, cue: Cue) -> Range | None:
    """Return the subject before a verb, be there a clause of its own between: "sailors who"."""
    words, quoted = sentence.words, sentence.quoted
    long = subject_with_clause(words, cue.begin, quoted)
    if long and sentence.low(long[1]) == "who" and acts(words, long[1] + 1, cue.begin):
        return long
    found = subject_before(words, cue, quoted)
    if found is None and cue.form == "ing":
        return _main(sentence, cue)[0]
    return found or long or _whole_front(sentence, cue)


def _whole_front(sentence: Passage, cue: Cue) -> Range | None:
    """
    Return the subject that a sentence begins with, with all that parts it from its verb.

    Only where no other clause can begin between them: "Organizers of the push to boycott it said".
    """
    words, quoted = sentence.words, sentence.quoted
    found = main_subject(words, cue.begin, quoted)
    told = cue.form in {"past", "third"} or (cue.form == "base" and cue.kind == "clause")
    if found is None or not told:
        return None
    end = before_time(words, cue.begin)
    paused = not words[end - 1].word
    end -= paused
    rest = range(found[1], end)
    if any(quoted[found[1] : end]) or len(rest) > _CLAUSE or not rest:
        return None
    if any(words[at].low in {":", ";"} for at in rest):
        return None
    if sentence.low(end - 1) in _OPENING or sentence.low(found[0]) in PRONOUNS:
        return None
    if paused and not any(sentence.low(at) == sentence.low(end) for at in rest):
        return None
    opened = [at for at in rest if words[at].low in _OPENERS]
    finite = [at for at in rest if _finite(words, at)]
    # Each clause within the subject has a verb of its own before the one that says something.
    parted = len(opened) == len(finite) and max(opened, default=0) <= max(finite, default=0)
    return (found[0], end) if parted else None


def _finite(words: Sequence[Token], at: int) -> bool:
    """Whether a verb stands here that makes a clause, auxiliaries before another word counted."""
    low, before = words[at].low, words[at - 1].low
    if low == "to":
        return False
    if low in AUXILIARIES:
        return before not in AUXILIARIES | {"to"}
    if before in AUXILIARIES | {"to"} or words[at].capital:
        return False
    known = verbs().get(low)
    return (known is not None and known.form in {"past", "third"}) or only_verb(words, at)


def _fronted(sentence: Passage, end: int, before: int) -> bool:
    """Whether a source stands in a clause before the main one: "As Berg spoke, Norr rose and"."""
    if sentence.low(0) not in SUBORDINATORS:
        return False
    commas = (at for at in range(before - 1) if sentence.low(at) == ",")
    comma = next((at for at in commas if not sentence.quoted[at]), 0)
    return end <= comma


def _shared(words: Sequence[Token], earlier: Sequence[Range | None]) -> Range | None:
    """Return the first source before, one that is no "who" if there is one."""
    known = [source for source in earlier if source]
    main = (source for source in known if words[source[0]].low not in RELATIVES)
    return next(main, known[0] if known else None)
