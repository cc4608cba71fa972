"""
The sentences of an article that an assertion speaks of.

An assertion repeats words of the sentence that it is about: rare words of the article count most,
numbers and names above all, also misspelled ones.
It may say where: in the headline, the byline, the third paragraph.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final, Literal, NamedTuple

import re2
from rapidfuzz import fuzz
from rapidfuzz.process import extractOne

from ombud.newsroom import Article
from ombud.text import Span, paragraphs, sentences

Part = Literal["title", "byline", "text"]
Side = Literal["report", "article", "open"]
_WORD: Final = re2.compile(r"\d+(?:[.,:]\d+)*|[\pL\pM][\pL\pM\pN]*")
_COMMON: Final = frozenset(
    (
        "the a an and or but of to in on at by for from with as is are was were be been it its this"
        " that these those he she they his her their you your we our i not no there here has have"
        " had did do does will would should can could says said say article story piece report"
        " wrong error mistake correct please fix paragraph sentence actually fact true"
    ).split()
)
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_PLACES: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLACE: Final = re2.compile(rf"(?i)\b({'|'.join(_PLACES)}|last|final) (?:paragraph|para|line)\b")
_TITLE: Final = re2.compile(r"(?i)\b(?:headline|title|heading)\b")
_BYLINE: Final = re2.compile(r"(?i)\b(?:byline|author|reporter's name|journalist's name)\b")
_STEM: Final = 5
"""Letters by which forms of one word are the same."""
_ALIKE: Final = 75.0
"""Likeness from which a capitalised word may be another one's misspelling (0 to 100)."""
_NAMED: Final = 1.6
_SAID_WHERE: Final = 3.0
_REMEMBERED: Final = 32
"""Articles whose sentences are remembered; one of 200,000 characters takes 5 MB."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article, by its part and its characters there, and how near it is."""

    part: Part
    begin: int
    end: int
    text: str
    nearness: float


class _Line(NamedTuple):
    """The stems of the words of a sentence that mean something, and those words that are names."""

    stems: frozenset[str]
    names: list[str]


def evidence(assertion: str, article: Article, most: int = 3) -> list[Evidence]:
    """Return the sentences that an assertion speaks of, the nearest first."""
    every, lines = _read(article)
    wanted = _place(assertion, article)
    found = []
    for (part, span, text), near in zip(every, _nearest(assertion, lines), strict=True):
        if wanted == part or (isinstance(wanted, Span) and part == "text" and _in(span, wanted)):
            near += _SAID_WHERE  # noqa: PLW2901  # said, it is nearer
        if near > 0:
            found.append(Evidence(part, span.begin, span.end, text, round(near, 3)))
    return sorted(found, key=lambda one: -one.nearness)[:most]


def nearness(assertion: str, lines: Sequence[str]) -> list[float]:
    """Return how much of an assertion each of some sentences holds, from 0 upwards."""
    return _nearest(assertion, [_line(text) for text in lines])


def side(assertion: str, ours: str, theirs: str) -> Side:
    """
    Return with whom a sentence goes: the report, our article, or neither, as far as words tell.

    A report names a number, a day or a name that our sentence has not, or has otherwise; a sentence
    that has the one or the other takes a side.
    """
    said, printed, other = _named(assertion), set(_terms(ours)), set(_terms(theirs))
    for_report, for_article = (said - printed) & other, said & printed & other
    if for_report and not (for_article and not said & printed <= other):
        return "report"
    return "article" if for_article and not for_report and said - printed else "open"


def _named(text: str) -> set[str]:
    """Return the numbers and names of a text; a first word may be large for its place only."""
    first = _WORD.search(text)
    rest = text[first.end() :] if first and not first.group()[0].isdigit() else text
    return {stem for stem, (_, named) in _terms(rest).items() if named}


def _line(text: str) -> _Line:
    """Return the words of a sentence."""
    terms = _terms(text)
    return _Line(frozenset(terms), [word for word, named in terms.values() if named])


def _nearest(assertion: str, lines: Sequence[_Line]) -> list[float]:
    """Return how much of an assertion each sentence holds, from 0 upwards."""
    said = _terms(assertion)
    share = Counter(stem for line in lines for stem in line.stems if stem in said)
    return [_nearness(said, line, share, len(lines)) for line in lines]


@lru_cache(_REMEMBERED)
def _read(article: Article) -> tuple[Sequence[tuple[Part, Span, str]], list[_Line]]:
    """Return all sentences of an article and their words, read once for all its comments."""
    found = _sentences(article)
    return found, [_line(text) for _, _, text in found]


def _sentences(article: Article) -> Sequence[tuple[Part, Span, str]]:
    """Return all sentences of an article; the title and the byline are one each."""
    found: list[tuple[Part, Span, str]] = []
    if article.title:
        found.append(("title", Span(0, len(article.title)), article.title))
    if article.byline:
        found.append(("byline", Span(0, len(article.byline)), article.byline))
    found += [("text", one, one.quote(article.text)) for one in sentences(article.text)]
    return found


def _terms(text: str) -> dict[str, tuple[str, bool]]:
    """Return the words of a text that mean something, by stem, and which may be names."""
    found: dict[str, tuple[str, bool]] = {}
    for word in _WORD.findall(text):
        lower = _NUMBERS.get(word.lower(), word.lower())
        if lower not in _COMMON and (len(lower) > 1 or lower.isdigit()):
            named = word[0].isupper() or lower[0].isdigit()
            found.setdefault(lower if lower[0].isdigit() else lower[:_STEM], (lower, named))
    return found


def _nearness(
    said: dict[str, tuple[str, bool]], line: _Line, share: Counter[str], many: int
) -> float:
    """Return how much of an assertion a sentence holds, the rare words of the article first."""
    near = 0.0
    for stem, (word, named) in said.items():
        weight = _NAMED if named else 1.0
        if stem in line.stems:
            near += weight * log(1 + many / share[stem])
        elif named and extractOne(word, line.names, scorer=fuzz.ratio, score_cutoff=_ALIKE):
            near += log(1 + many)
    return near / (1 + log(1 + len(line.stems)) / 4)


def _place(assertion: str, article: Article) -> Part | Span | None:
    """Return where an assertion says that it is looking."""
    if _TITLE.search(assertion):
        return "title"
    if _BYLINE.search(assertion):
        return "byline"
    found = _PLACE.search(assertion)
    known = paragraphs(article.text)
    if not found or not known:
        return None
    word = found.group(1).lower()
    number = _PLACES.index(word) if word in _PLACES else -1
    return known[number] if number < len(known) else None


def _in(span: Span, other: Span) -> bool:
    """Whether a span lies in another one."""
    return other.begin <= span.begin and span.end <= other.end
