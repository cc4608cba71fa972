"""Whom an outlet's report of a claim rests on: other reports, people, bodies, unnamed sources."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import re2

from ombud import lexicon
from ombud.lexicon.names import TITLES
from ombud.stories.agencies import agency, outlet_names, own, plain
from ombud.stories.document import Attribution, Document
from ombud.stories.names import full_name, names
from ombud.text import Span

_WITHIN: Final = frozenset("of the and for in a an".split())
"""Words of a name that its initials leave out."""
UNNAMED: Final = frozenset({"unnamed_officials", "anonymous"})
_SOME: Final = frozenset("some several many most two three all other the a few senior top".split())
_NEXT: Final = 3
"""Sentences after "reportedly" in which the report is named, at most, if none was before."""
REPORTEDLY: Final = re2.compile(
    r"(?i)\b(?:reportedly|allegedly|the (?:report|reports|newspaper|paper|magazine|broadcaster))\b"
)
SPEAKS_FOR: Final = re2.compile(
    r"(?i)\bspokes(?:man|woman|person|people)|\bpress secretary\b|\bspeaks for\b"
)
_UNKNOWN: Final = frozenset({"unnamed", "report"})
_BEFORE_NAMES: Final = TITLES.keys() | frozenset("gov sen sens rep reps gen sgt lt capt".split())
"""What is no last name though it ends what looks like one: "Rico Gov."."""
_MANY: Final = frozenset(
    "department ministry office bureau police court government administration division national"
    " state federal local member members report data".split()
)
"""Words in names of bodies, beside their roles, of which there are many."""
_BESIDE: Final = 2
"""Words of a body's name, or all if it has fewer, beside a name that show who belongs to it."""
_APPOSITION: Final = re2.compile(r"[,(]")


def resting_on(
    document: Document,
    numbers: Sequence[int],
    attributions: Sequence[Attribution],
    *,
    ours: bool,
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
    if ours:
        keys.add(f"sources of {plain(document.origin or document.outlet)}")
        keys.discard("unnamed")
    return frozenset(keys)


def _reports(document: Document, span: Span) -> set[str]:
    """Return the keys of the other outlets that a range names."""
    said = span.quote(document.text)
    outlets = [name.quote(said) for name in outlet_names(said)]
    return {f"report {plain(agency(name) or name)}" for name in outlets if not own(document, name)}


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
    if attribution.strength == "named_on_record":
        last = _last(document.text, span)
        return last and f"person {last}"
    # Two descriptions may mean one body: "the watchdog", "the Accountability Office".
    return _body(document, said) if said.split()[-1][0].isupper() else ""


def _body(document: Document, said: str) -> str:
    """Return the key of a body, or of a person who is called by the last name only."""
    words = plain(said).split()
    if len(words) == 1 and words[0] in _people(document.text, document.body):
        return f"person {words[0]}"
    while len(words) > 1 and words[0] in _SOME:
        words = words[1:]
    return f"body {' '.join(words)}" if words else ""


def _last(text: str, source: Span) -> str:
    """Return the last name of a source that may go on to say who that is."""
    named = full_name(text, source)
    if named is not None and named.last not in _BEFORE_NAMES:
        return named.last
    head = _APPOSITION.split(source.quote(text), maxsplit=1)[0]
    return plain(head.removesuffix("'s").removesuffix("’s")).rpartition(" ")[2]


@lru_cache(maxsize=64)
def _people(text: str, body: Span) -> frozenset[str]:
    """Return the last names of the people whom an article names in full."""
    return frozenset(name.last for name in names(text, body))


def apart(one: str, other: str, documents: Sequence[Document]) -> bool:
    """
    Whether two keys are surely not of one source: unsure is no.

    Somebody unnamed may be anybody but an outlet's own source, whoever is quoted may be whom a
    report rests on that nobody has read here, and a person may speak for a body.
    """
    (kind, first), (other_kind, second) = (key.partition(" ")[::2] for key in (one, other))
    if {kind, other_kind} == {"person", "body"}:
        last, body = (first, second) if kind == "person" else (second, first)
        return not any(_speaks_for(document, last, body) for document in documents)
    if one_source(one, other) or not _UNKNOWN.isdisjoint((kind, other_kind)):
        return False
    return kind != other_kind or kind != "body" or not _named(first) & _named(second)


def one_source(one: str, other: str) -> bool:
    """Whether two keys are surely of one source."""
    (kind, first), (other_kind, second) = (key.partition(" ")[::2] for key in (one, other))
    return one == other or (kind == other_kind == "body" and _one_body(first, second))


def _one_body(one: str, other: str) -> bool:
    """Whether two names may be one body's: "State Harbour Board", "Harbour Board", "H.B."."""
    few, many = sorted((one.split(), other.split()), key=len)
    initials = {"".join(word[0] for word in words if word not in _WITHIN) for words in (few, many)}
    return set(few) <= set(many) or not initials.isdisjoint({"".join(few), "".join(many)})


def _named(body: str) -> set[str]:
    """Return the words that tell a body from others: not those of which there are many."""
    roles = lexicon.words("source_roles")
    return {word for word in body.split() if word not in roles} - _WITHIN - _MANY


def _speaks_for(document: Document, last: str, body: str) -> bool:
    """Whether a sentence names somebody beside a body, or says that they speak for one."""
    named = _named(body) or set(body.split())
    for span in document.sentences:
        words = plain(span.quote(document.text)).split()
        beside = len(named.intersection(words)) >= min(_BESIDE, len(named))
        if last in words and (beside or SPEAKS_FOR.search(" ".join(words))):
            return True
    return False
