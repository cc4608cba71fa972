"""
What a sentence says of checking: confirmed, denied, not verified, no comment, first reported.

A class is told by its wording with what turns it into its opposite: "has not confirmed" is no
confirmation, "did not deny" no denial, "declined to confirm or deny" is neither, and a senate that
confirms a judge checks nothing.
Of several things in one sentence the most guarded is returned: neither, not verified, no comment,
a denial, a first report, a confirmation.
"""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.antecedents import antecedent
from ombud.stories.asserting import confirming, denying
from ombud.stories.clauses import Range, subject_before
from ombud.stories.cues import Cue
from ombud.stories.document import Document, Status, Verification
from ombud.stories.passages import LONGEST_SENTENCE
from ombud.stories.quoting import quotations
from ombud.stories.subjects import subject_after
from ombud.stories.wording import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    SUBORDINATORS,
    Token,
    adverb,
    tokens,
)
from ombud.text import Cover, Folded, Span, unveil

_BY_PHRASE: Final[tuple[tuple[Status, str], ...]] = (
    ("neither_confirmed_nor_denied", "verification_neither_phrases"),
    ("could_not_verify", "verification_unverified_phrases"),
    ("declined_to_comment", "verification_no_comment_phrases"),
    ("denied", "verification_denied_phrases"),
)
_OUTLET: Final = frozenset("the a an".split())


def verify(document: Document) -> dict[int, Verification]:
    """Return what each sentence says of checking, by its number, for those that say something."""
    found = {
        number: _verification(document.text, sentence)
        for number, sentence in enumerate(document.sentences)
        if sentence.end - sentence.begin <= LONGEST_SENTENCE
    }
    return {number: one for number, one in found.items() if one is not None}


def _verification(text: str, sentence: Span) -> Verification | None:
    """Return what one sentence says of checking."""
    folded = unveil(sentence.quote(text))
    words = tokens(text, sentence)
    for status, phrases in _BY_PHRASE:
        if cue := _phrase(folded, phrases, sentence.begin):
            return Verification(status, cue, _verifier(words, cue))
    quotes = Cover(quote.span for quote in quotations(text, [sentence]))
    quoted = [Span(word.begin, word.end) in quotes for word in words]
    if part := denying(words, quoted):
        return _said(words, "denied", part)
    cue = _phrase(folded, "verification_first_phrases", sentence.begin)
    if cue and _reported(words, cue):
        return Verification("first_reported", cue, _verifier(words, cue))
    part = confirming(words, quoted)
    return _said(words, "confirmed", part) if part else None


def _reported(words: Sequence[Token], cue: Span) -> bool:
    """Whether it is said who reported first, not of "the first reported case" or "in China"."""
    begin = next(at for at, word in enumerate(words) if word.end > cue.begin)
    after = next((word.low for word in words if word.begin >= cue.end), "")
    return not (begin and words[begin - 1].low in DETERMINERS) and after != "in"


def _phrase(folded: Folded, name: str, begin: int) -> Span | None:
    """Return where a turn of phrase of a list stands in the text."""
    found = lexicon.phrases(name).search(folded)
    return Span(found.begin + begin, found.end + begin) if found else None


def _said(words: Sequence[Token], status: Status, part: Range) -> Verification:
    """Return what a verb says, with whoever it says it of."""
    cue = Span(words[part[0]].begin, words[part[1] - 1].end)
    return Verification(status, cue, _verifier(words, cue))


def _verifier(words: Sequence[Token], cue: Span) -> Span | None:
    """
    Return who checked, denied or reported: an outlet that was told, "by" somebody, or the subject.

    None where the sentence names nobody, as an outlet says of itself that it could not check.
    """
    begin = next(at for at, word in enumerate(words) if word.end > cue.begin)
    end = next((at for at, word in enumerate(words) if word.begin >= cue.end), len(words))
    quoted = [False] * len(words)
    for place in range(end, min(end + 12, len(words) - 1)):
        if words[place].low == "to" and (told := _told(words, place + 1)):
            return told
    while begin and (words[begin - 1].low in AUXILIARIES or adverb(words[begin - 1].low)):
        begin -= 1
    by = next((at for at in range(begin, min(end + 4, len(words))) if words[at].low == "by"), None)
    if by is not None and any(word.low in DETERMINERS for word in words[end:by]):
        by = None  # "Denied a claim by somebody".
    inside = words[begin:end]
    passive = any(w.low in BE for w in inside) and not any(w.low.endswith("ing") for w in inside)
    if by is not None:
        found = subject_after(words, by + 1, quoted)
    elif passive:
        found = None
    else:
        found = _subject(words, begin, end, quoted)
    return Span(words[found[0]].begin, words[found[1] - 1].end) if found else None


def _subject(words: Sequence[Token], begin: int, end: int, quoted: Sequence[bool]) -> Range | None:
    """Return the subject, or that of the main clause after "while not confirming it, …"."""
    cue = Cue(begin, end, begin, "clause", "past", passive=False)
    if begin and words[begin - 1].low in {"who", "which", "that"}:
        return antecedent(words, begin - 1, quoted)
    found = subject_before(words, cue, quoted)
    if found is None and begin and words[begin - 1].low in SUBORDINATORS:
        comma = next((at for at in range(end, len(words)) if words[at].low == ","), None)
        found = subject_after(words, comma + 1, quoted) if comma else None
    return found


def _told(words: Sequence[Token], begin: int) -> Span | None:
    """Return the outlet that begins here, as in "confirmed it to The Gull Post"."""
    end = begin
    while end < len(words) and (words[end].capital or (end == begin and words[end].low in _OUTLET)):
        end += 1
    names = lexicon.words("outlets")
    span = words[begin:end]
    known = any(
        " ".join(word.low for word in span[first : first + size]) in names
        for size in (1, 2)
        for first in range(len(span))
    )
    return Span(span[0].begin, span[-1].end) if known else None
