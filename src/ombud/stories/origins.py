"""Whom an outlet's report of a claim rests on: other reports, people, bodies, unnamed sources."""

from collections.abc import Sequence
from typing import Final

import re2

from ombud.stories.agencies import outlet_names, own_names, plain, same_outlet
from ombud.stories.document import Attribution, Document
from ombud.stories.names import full_name
from ombud.text import Span

UNNAMED: Final = frozenset({"unnamed_officials", "anonymous"})
_SOME: Final = frozenset("some several many most two three all other the a few senior top".split())
_NEXT: Final = 3
"""Sentences after "reportedly" in which the report is named, at most, if none was before."""
REPORTEDLY: Final = re2.compile(r"(?i)\b(?:reportedly|allegedly|the report|the reports)\b")


def resting_on(
    document: Document,
    numbers: Sequence[int],
    attributions: Sequence[Attribution],
    *,
    own: bool,
) -> frozenset[str]:
    """
    Return keys of whom the report of a claim rests on: reports, people, bodies, unnamed sources.

    Who answered to it (denied it, would not comment) is no origin of it.
    """
    keys = set()
    for number in numbers:
        keys |= _reports(document, document.sentences[number])
    if not keys:
        keys = _reports_beside(document, numbers)
    keys |= {key for one in attributions if (key := _key(one, document))}
    if own:
        keys.add(f"sources of {plain(document.origin or document.outlet)}")
        keys.discard("unnamed")
    return frozenset(keys)


def _reports(document: Document, span: Span) -> set[str]:
    """Return the keys of the other outlets that a range names."""
    said = span.quote(document.text)
    names = [name.quote(said) for name in outlet_names(said)]
    own = own_names(document)
    return {f"report {plain(name)}" for name in names if not any(same_outlet(name, o) for o in own)}


def _reports_beside(document: Document, numbers: Sequence[int]) -> set[str]:
    """Return the key of the report that "reportedly" means: the last before it, or the next."""
    for number in numbers:
        if REPORTEDLY.search(document.sentences[number].quote(document.text)):
            near = (*reversed(document.sentences[:number]), *document.sentences[number + 1 :])
            for other in near[: number + _NEXT]:
                if keys := _reports(document, other):
                    return keys
    return set()


def _key(attribution: Attribution, document: Document) -> str:
    """Return the key of one source, or nothing if it cannot be told from others."""
    span = attribution.speaker or attribution.source
    if span is None or outlet_names(span.quote(document.text)):
        return ""
    if attribution.strength in ("unspecified", "own_voice", "other_outlet"):
        return ""
    if attribution.strength in UNNAMED:
        return "unnamed"
    said = span.quote(document.text)
    name = plain(said)
    if attribution.strength == "named_on_record":
        known = full_name(document.text, span)
        return f"person {known.last if known else name.split()[-1]}"
    # Two descriptions may mean one body: "the watchdog", "the Accountability Office".
    if not said.split()[-1][0].isupper():
        return ""
    words = name.split()
    while len(words) > 1 and words[0] in _SOME:
        words = words[1:]
    return f"body {' '.join(words)}"
