"""
Who said what: source, cue and content as exact ranges, sentence by sentence.

The lists of cues say what attributes; clauses say who and how much; quotations say which words are
the speaker's own.
A quotation without a cue, and a cue without a subject, have no source: it is unclear, not guessed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from ombud.stories.antecedents import antecedent
from ombud.stories.clauses import Range
from ombud.stories.contents import content
from ombud.stories.controllers import put_off
from ombud.stories.cue_reach import whole_cue
from ombud.stories.cues import Cue, cues
from ombud.stories.describing import bare, described
from ombud.stories.document import Attribution, Document, Mode
from ombud.stories.headlines import headline, introduced, speaking, turn
from ombud.stories.passages import LONGEST_SENTENCE, Passage, joined, passage
from ombud.stories.quoting import Quotation, quotations
from ombud.stories.sources import sources_of
from ombud.stories.speakers import People
from ombud.stories.strength import strength
from ombud.stories.wording import PRONOUNS, RELATIVES, tokens
from ombud.text import Span, paragraphs, sentences

_LONG: Final = 5
"""Words and marks of a quotation that somebody must have said, at least; fewer may be irony."""
_CLOSE: Final = 6
"""Words and marks after a cue, at most, before the colon that ends its paragraph."""
_NEXT: Final = 4
"""Later cues of a sentence, at most, that may end what a cue attributes."""
_ENDS: Final = frozenset('.?!”"…:,')
_BY_SOMEBODY: Final = frozenset({"past", "weak"})
"""Kinds of cues that attribute nothing where nobody is the subject; "object" in the present."""
_TELLING: Final = frozenset({"clause", "listener", "source"})
_TOLD: Final = frozenset({"past", "third"})
_NARRATED: Final = frozenset({"object", "past", "deed", "noun"})


def attribute(document: Document) -> list[Attribution]:
    """Return the attributions of title and body, in order of what comes first of each."""
    text, begin = document.text, document.body.begin
    lines = [
        Span(line.begin + begin, line.end + begin) for line in paragraphs(document.body.quote(text))
    ]
    quotes = quotations(text, lines)
    speakers = speaking(text, lines)
    left, spans = iter(document.sentences), iter(quotes)
    sentence, quote = next(left, None), next(spans, None)
    found: list[Attribution] = []
    for line in lines:
        inside, quoted = [], []
        while sentence is not None and sentence.begin < line.end:
            inside.append(sentence)
            sentence = next(left, None)
        while quote is not None and quote.span.begin < line.end:
            quoted.append(quote)
            quote = next(spans, None)
        spoken = turn(text, line, speakers) if line.begin > begin else None
        found += [spoken] if spoken else _paragraph(text, inside, quoted, found)
    return _known(document, sorted([*headline(document), *found], key=_place))


def _place(found: Attribution) -> tuple[int, int]:
    """Return where an attribution begins and ends."""
    spans = [span for span in (found.source, found.cue, *found.content) if span]
    return min(span.begin for span in spans), max(span.end for span in spans)


def _known(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with who speaks, and how strong each is."""
    people = People(document)
    begins = [sentence.begin for sentence in document.sentences]
    known: list[Attribution] = []
    for one in found:
        place = one.source or one.content[0]
        number = bisect_right(begins, place.begin) - 1
        near = document.sentences[number] if number >= 0 else place
        named = bare(document.text, one.source) if one.source else None
        speaker = one.speaker or (people.speaker(named, known) if named else None)
        strong = strength(document, named, speaker, near)
        known.append(replace(one, speaker=speaker, strength=strong))
    return known


def _paragraph(
    text: str, inside: list[Span], quotes: list[Quotation], earlier: list[Attribution]
) -> list[Attribution]:
    """Return the attributions of one paragraph."""
    spans = [quote.span for quote in quotes]
    found: list[Attribution] = []
    for sentence in joined(text, inside):
        if sentence.end - sentence.begin <= LONGEST_SENTENCE:
            found += _sentence(passage(text, sentence, spans))
    taken = sorted(span for one in found for span in one.content)
    begins = [span.begin for span in taken]
    ends = [0, *accumulate((span.end for span in taken), max)]
    for quote in quotes:
        given = quote.span.end <= ends[bisect_right(begins, quote.span.begin)] + 1
        if not given and len(tokens(text, quote.span)) >= _LONG:
            _give(text, quote, found, earlier)
    return found


def _give(
    text: str, quote: Quotation, found: list[Attribution], earlier: list[Attribution]
) -> None:
    """Give a quotation without a cue of its own to whoever is being quoted, or to nobody."""
    if named := introduced(text, quote.span) or _announced(text, quote.span):
        found.append(named)
        return
    for place in range(len(found) - 1, -1, -1):
        if _runs_on(text, found[place], quote):
            pieces = (*found[place].content, quote.span)
            found[place] = replace(found[place], content=pieces)
            return
    if earlier and quote.continued:
        found.append(replace(earlier[-1], cue=None, content=(quote.span,), mode="direct_continued"))
    else:
        found.append(Attribution(None, None, None, (quote.span,), "direct", "unspecified"))


def _announced(text: str, quote: Span) -> Attribution | None:
    """Return what a paragraph that ends with a cue and a colon says of the quotation after it."""
    near = max(0, quote.begin - LONGEST_SENTENCE)
    before = text[near : quote.begin].rstrip()
    if not before.endswith(":") or "\n" not in text[near + len(before) : quote.begin]:
        return None
    line = before.rfind("\n") + 1
    last = list(sentences(before[line:]))[-1]
    begin = near + line + last.begin
    sentence = passage(text, Span(begin, begin + last.end - last.begin), [])
    marks = cues(sentence.words, sentence.quoted)
    for cue, source in zip(reversed(marks), reversed(sources_of(sentence, marks)), strict=True):
        if source is None or cue.passive:
            continue
        if not _said(sentence, cue):
            return None
        if len(sentence.words) - max(cue.end, source[1]) <= _CLOSE:
            spans = (sentence.span(source), _stood_for(sentence, source))
            told = sentence.span((cue.begin, cue.end))
            return Attribution(*spans, told, (quote,), "direct", "unspecified")
    return None


def _said(sentence: Passage, cue: Cue) -> bool:
    """Whether a cue says that something was said: not "did not say", nor "asked Berg to say"."""
    lows = [word.low for word in sentence.words[cue.begin : cue.end]]
    denied = any(low in {"not", "never"} or low.endswith(("n't", "n’t")) for low in lows)
    return not denied and sentence.low(cue.begin - 1) != "to"


def _runs_on(text: str, found: Attribution, quote: Quotation) -> bool:
    """Whether a quotation goes on with what was quoted before it in the paragraph."""
    return (
        found.mode == "direct"
        and found.content[-1].end <= quote.span.begin
        and text[: quote.span.begin].rstrip()[-1:] in _ENDS
    )


def _sentence(sentence: Passage) -> Iterator[Attribution]:
    """Yield the attributions whose cue stands in a sentence, but for those within another."""
    marks = cues(sentence.words, sentence.quoted)
    found: list[tuple[Cue, Range | None, tuple[Span, ...]]] = []
    for number, (cue, source) in enumerate(zip(marks, sources_of(sentence, marks), strict=True)):
        if cue.form == "base" and put_off(sentence.words, cue.begin, sentence.quoted):
            continue
        said = content(sentence, cue, source, marks[number + 1 : number + 1 + _NEXT])
        if said and (source or cue.passive or not _wants_subject(cue)):
            found.append((cue, source, said))
    whole: dict[int, Range] = {}
    for cue, source, said in found:
        told_by = _told_by(sentence, cue, source, said)
        if source and source[0] not in whole:
            reach = cue._replace(begin=told_by[0], end=told_by[1])
            whole[source[0]] = described(sentence, reach, source)
        around = _around(sentence, (cue, said), [(one, spans) for one, _, spans in found])
        # "He" within what somebody said is mostly the speaker again.
        other = source is not None and sentence.low(source[0]) not in PRONOUNS
        told = other and cue.kind in _TELLING
        if around is None or (told and (cue.form in _TOLD or around.kind in _NARRATED)):
            yield Attribution(
                source=sentence.span(_apart(whole, source, told_by)) if source else None,
                speaker=_stood_for(sentence, source),
                cue=sentence.span(told_by),
                content=_said_beside(sentence, (cue.begin, cue.end), told_by, said),
                mode=_mode(cue, said, sentence.quotes),
                strength="unspecified",
            )


def _told_by(sentence: Passage, cue: Cue, source: Range | None, said: tuple[Span, ...]) -> Range:
    """Return a cue with the words that belong to it, but for what alone was said."""
    begin, end = whole_cue(sentence, cue, source)
    place = sentence.span((cue.end, end)) if end > cue.end else None
    return begin, cue.end if place and any(place.covers(part) for part in said) else end


def _apart(whole: dict[int, Range], source: Range, cue: Range) -> Range:
    """Return a source as it is described beside its first cue, if another is no part of that."""
    begin, end = max(source, whole[source[0]])
    return source if begin < cue[1] and cue[0] < end else (begin, end)


def _around(
    sentence: Passage,
    inner: tuple[Cue, tuple[Span, ...]],
    every: Sequence[tuple[Cue, tuple[Span, ...]]],
) -> Cue | None:
    """
    Return the cue within whose content another stands.

    Where each stands within the other's, as in "He hopes to stay, Norr said", the last is outside.
    """
    cue, said = inner
    place = sentence.span((cue.begin, cue.end))
    for outer, spans in every:
        if outer.kind == "view":  # "in her view" may stand within what somebody says, not around it
            continue
        if any(span.covers(place) for span in spans):
            other = sentence.span((outer.begin, outer.end))
            if cue.begin < outer.begin or not any(span.covers(other) for span in said):
                return outer
    return None


def _said_beside(
    sentence: Passage, cue: Range, whole: Range, said: tuple[Span, ...]
) -> tuple[Span, ...]:
    """Return what was said without the words that its cue took, and with the "to" that it left."""
    words = sentence.words
    if whole[1] > cue[1]:
        begin = next((word.begin for word in words[whole[1] :] if word.word), words[-1].end)
        first = words[cue[1]].begin
        said = tuple(
            Span(begin, part.end) if first <= part.begin < begin < part.end else part
            for part in said
        )
    elif whole[1] < cue[1] < len(words) and sentence.low(cue[1] - 1) == "to":
        said = tuple(
            Span(words[cue[1] - 1].begin, part.end) if part.begin == words[cue[1]].begin else part
            for part in said
        )
    return said


def _wants_subject(cue: Cue) -> bool:
    """Whether a cue attributes nothing where nobody is its subject."""
    return cue.kind in _BY_SOMEBODY or (cue.kind == "object" and cue.form in {"base", "third"})


def _stood_for(sentence: Passage, source: Range | None) -> Span | None:
    """Return whom "who" or "which" stands for."""
    if source is None or sentence.low(source[0]) not in RELATIVES:
        return None
    found = antecedent(sentence.words, source[0], sentence.quoted)
    return sentence.span(found) if found else None


def _mode(cue: Cue, said: tuple[Span, ...], quotes: Sequence[Span]) -> Mode:
    """Return how something is said: in the speaker's words, in part, or in the reporter's."""
    if all(any(quote.covers(span) for quote in quotes) for span in said):
        return "direct"
    if any(quote.begin < span.end and span.begin < quote.end for span in said for quote in quotes):
        return "mixed"
    return "narration" if cue.kind in _NARRATED else "indirect"
