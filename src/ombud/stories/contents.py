"""What was said: the pieces of a sentence that a cue attributes."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import Range, only_verb, phrase_until, subject_before
from ombud.stories.cues import Cue, cues
from ombud.stories.owners import giver_follows, receiver
from ombud.stories.passages import Passage
from ombud.stories.reach import adjunct_follows, after
from ombud.stories.subjects import subject_after
from ombud.stories.wording import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)
from ombud.text import Span

_SPEAKING: Final = frozenset({"clause", "listener", "source", "view", "weak", "quote"})
_JOINING: Final = frozenset("while and but as although though whereas".split())
_OBJECTS: Final = frozenset("that which whom than what".split())
"""What may stand between a noun and a clause that says more of it."""
_NO_NOUNS: Final = (
    AUXILIARIES | PREPOSITIONS | COORDINATORS | SUBORDINATORS | PRONOUNS | RELATIVES | {"to"}
)
_PAUSES: Final = frozenset(",-—–")
_BEFORE_SUBJECT: Final = 5
"""Words between a comma and a subject, at most, that say when or where: ", on Tuesday he said"."""
_DASHES: Final = frozenset("—–")
_FRONT: Final = 6
"""Words before a cue in commas, at most, where what follows may begin with an article."""
_DATELINE: Final = 8
"""Words of a dateline, at most: "WASHINGTON, Nov. 6 (AP) —"."""


def content(
    passage: Passage, cue: Cue, source: Range | None, following: Sequence[Cue]
) -> tuple[Span, ...]:
    """Return what was said, in its pieces; nothing where the cue attributes nothing."""
    begin, end = _edges(cue, source)
    if cue.passive or giver_follows(passage.words, cue):
        return (_of_passive if cue.passive else _given)(passage, cue, following)
    speaking = cue.kind in _SPEAKING
    if speaking and (quote := _quotation_before(passage, begin)):
        place = passage.words[end - 1].end
        return (quote, *(later for later in passage.quotes if later.begin >= place))
    if cue.kind in {"source", "view"} and begin and (before := _clause_before(passage, begin)):
        return (before,)
    if speaking and passage.low(begin - 1) == "," and _nothing_follows(passage, end):
        before = _clause_before(passage, begin)
        rest = _clause_after(passage, cue, end, following)
        return tuple(_up_to_quotation(passage, part) for part in (before, rest) if part)
    part = after(passage.words, cue, end, _stop(passage, cue, following), passage.quoted)
    if part is None and speaking and (before := _clause_before(passage, _comma(passage, begin))):
        return (before,)
    found = passage.span(part) if part else _object_before(passage, cue, source)
    return (_up_to_quotation(passage, found),) if found else ()


def _surely_verb(passage: Passage, cue: Cue, source: Range) -> bool:
    """Whether a cue at the end of its clause is a verb, and no noun: "with its full support"."""
    if cue.form in {"past", "third"} or cue.begin < cue.head:
        return True
    last = passage.low(source[1] - 1)
    return cue.form == "base" and (last in PRONOUNS or last.endswith("s"))


def _object_before(passage: Passage, cue: Cue, source: Range | None) -> Span | None:
    """Return what a clause without an object says more of: "the style | he prefers"."""
    if source is None:
        return None
    begin, end = source
    ends = end <= cue.begin and _nothing_follows(passage, cue.end)
    if not (ends and _surely_verb(passage, cue, source)):
        return None
    relative = passage.low(begin - 1) in _OBJECTS
    end = begin - relative
    end -= passage.low(end - 1) == ","
    first = end
    while first and passage.words[first - 1].word and not passage.quoted[first - 1]:
        low = passage.low(first - 1)
        if low in _NO_NOUNS or only_verb(passage.words, first - 1):
            break
        first -= 1
        if low in DETERMINERS:
            break
    return passage.span((first, end)) if first < end else None


def _edges(cue: Cue, source: Range | None) -> Range:
    """Return where a cue begins and ends together with a subject beside it."""
    if source is None:
        return cue.begin, cue.end
    if cue.begin <= source[0] < cue.end:  # "in her view"
        return cue.begin, cue.end
    if source[0] == cue.end:
        return cue.begin, source[1]
    return min(cue.begin, source[0]), cue.end


def _nothing_follows(passage: Passage, end: int) -> bool:
    """Whether after a cue only comes when or where it was said, and no quotation."""
    quoted = end + 1 < len(passage.words) and passage.low(end) == "," and passage.quoted[end + 1]
    return not quoted and adjunct_follows(passage.words, end)


def _comma(passage: Passage, begin: int) -> int:
    """Return the place after the last comma before a cue, 0 where there is none."""
    return next((at for at in range(begin, 1, -1) if passage.low(at - 1) == ","), 0)


def _stop(passage: Passage, cue: Cue, following: Sequence[Cue]) -> int:
    """Return where a later attribution takes over: "…, and added that", "…, adding"."""
    words, opens = passage.words, _opens(passage, cue)
    for later in following:
        before = passage.low(later.begin - 1)
        if before in COORDINATORS or before == ",":
            return later.begin - 1
        source = subject_before(words, later, passage.quoted)
        if source is None or source[0] <= cue.end:
            continue
        comma = source[0] - 1
        if opens:
            places = range(comma, max(cue.end, comma - _BEFORE_SUBJECT), -1)
            comma = next((at for at in places if passage.low(at) in _PAUSES), comma)
        joins = words[comma].low in _JOINING
        takes_over = joins or opens or cue.form == "ing" or adjunct_follows(words, later.end)
        if takes_over and passage.low(comma - joins) in _PAUSES:
            return comma - joins
    return len(words)


def _opens(passage: Passage, cue: Cue) -> bool:
    """Whether a cue stands in a clause before the main one: "When Berg said so, she left"."""
    if passage.low(0) in SUBORDINATORS - {"as"}:
        return not any(passage.low(at) == "," for at in range(cue.begin))
    return cue.begin == 0 and cue.form == "past"


def _quotation_before(passage: Passage, begin: int) -> Span | None:
    """Return the quotation that ends directly before a place, with the words it belongs to."""
    words, quoted = passage.words, passage.quoted
    if not begin or not (quoted[begin - 1] or words[begin - 1].low == ","):
        return None
    place = words[begin - 1].end if quoted[begin - 1] else words[begin - 1].begin
    quote = next((quote for quote in passage.quotes if quote.end == place), None)
    if quote is None or quote.begin <= words[0].end:
        return quote
    opening = next(at for at, word in enumerate(words) if word.end > quote.begin)
    whole = words[opening - 1].word and not cues(words[:opening], quoted[:opening])
    return Span(words[0].begin, quote.end) if whole else quote


def _clause_before(passage: Passage, begin: int) -> Span | None:
    """Return what stands before ", he said" up to the beginning of the sentence or a dateline."""
    words = passage.words
    end = begin
    while end and not words[end - 1].word and not passage.quoted[end - 1]:
        end -= 1
    first = 0
    for at in range(1, min(_DATELINE, end)):
        if words[at].low in _DASHES:
            first = at + 1
            break
    return passage.span((first, end)) if end > first else None


def _clause_after(passage: Passage, cue: Cue, end: int, following: Sequence[Cue]) -> Span | None:
    """Return what goes on after a cue in commas: "The plan, Norr said, is to wait"."""
    words = passage.words
    stop = _stop(passage, cue, following)
    if end != cue.end or passage.low(end) != "," or end + 2 >= stop:
        return None
    first = passage.low(end + 1)
    if first in RELATIVES or first.endswith("ing") or (first in DETERMINERS and cue.begin > _FRONT):
        return None
    part = after(words, cue._replace(kind="clause"), end + 1, stop, passage.quoted)
    return passage.span(part) if part else None


def _of_passive(passage: Passage, cue: Cue, following: Sequence[Cue]) -> tuple[Span, ...]:
    """Return what is said about whom: "the bridge | is expected | to open"."""
    words, quoted = passage.words, passage.quoted
    subject = subject_before(words, cue, quoted)
    if subject is None and passage.low(cue.begin - 1) == ",":  # "the plan, opposed by Norr"
        subject = phrase_until(words, cue.begin - 1, quoted)
    stop = cue.end if passage.low(cue.end) == "by" else _stop(passage, cue, following)
    part = after(words, cue, cue.end, stop, quoted)
    if not subject and not part and (end := _main_clause(passage, cue)):
        part = end, len(words) - (not words[-1].word)
    return tuple(passage.span(piece) for piece in (subject, part) if piece)


def _main_clause(passage: Passage, cue: Cue) -> int | None:
    """Return where the clause begins that "as reported by Norr," opens."""
    if passage.low(cue.begin - 1) != "as" or cue.begin > 1:
        return None
    comma = next((at for at in range(cue.end, len(passage.words)) if passage.low(at) == ","), None)
    return comma + 1 if comma and comma + 2 < len(passage.words) else None


def _given(passage: Passage, cue: Cue, following: Sequence[Cue]) -> tuple[Span, ...]:
    """Return who gets support or criticism, and what for: "The plan | drew praise from Berg"."""
    words, quoted = passage.words, passage.quoted
    source = subject_after(words, cue.end, quoted)
    end = source[1] if source else cue.end
    about = passage.low(end) in {"for", "over", "about", "that"}
    part = after(words, cue, end, _stop(passage, cue, following), quoted) if about else None
    return tuple(passage.span(piece) for piece in (receiver(words, cue, quoted), part) if piece)


def _up_to_quotation(passage: Passage, span: Span) -> Span:
    """Return content up to the end of a quotation that runs over the end of the sentence."""
    ends = (quote.end for quote in passage.quotes if quote.begin < span.end < quote.end)
    return Span(span.begin, next(ends, span.end))
