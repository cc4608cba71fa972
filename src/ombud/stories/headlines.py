"""
What a colon attributes: in a headline, "Mayor: Pier 4 will close", and in an interview as printed.

A line of an interview begins with who speaks, "IDA NORR: …", and is all theirs.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import re2

from ombud import lexicon
from ombud.lexicon.names import SURNAMES, TITLES
from ombud.stories.agencies import plain
from ombud.stories.document import Attribution, Document, Mode
from ombud.stories.names import full_name
from ombud.stories.wording import DAYS, PREPOSITIONS
from ombud.text import Span

_LONGEST: Final = 3
"""Words of who speaks before the colon of a headline, at most."""
_WHERE: Final = re2.compile(r" (?:on|to|at|in) ")
"""What begins of what, to whom or where somebody speaks: "Norr to sailors: …"."""
_QUOTED: Final = re2.compile(
    r"[\"“]([^\"“”]{3,}?),?[\"”]|(?:^|[\s(:])['‘]([^'‘’]{3,}(?:['’]\pL[^'‘’]*)*?),?['’](?:$|[\s,.:;!?)])"
)
"""What a title quotes, in marks of either kind."""
_NUMBER: Final = re2.compile(r"(?:^|[\s£$€(])(\d+(?:,\d{3})*(?:\.\d+)?)(?:[^\pL\pN]|[mbk]n?\b|$)")
"""A number in a title; of one digit, it may be in words in the article."""
_FIGURES: Final = re2.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR: Final = re2.compile(r"(?:1[89]|20)\d\d")
_CAMP: Final = frozenset("camp editorial ad ads".split())
"""What stands for people before a colon, beside the roles of sources."""
_LABELS: Final = re2.compile(
    r"(?i)^(?:the latest|exclusive|revealed|breaking|boom|wow|video|watch|photos?|update|analysis"
    r"|opinion|editorial|byline|by|live|correction|note|related|source|location|when|where"
    r"|editor[’']s note|report|fact check|chapter|part|step|exhibit|section|question|answer|q|a)\b"
)
"""What stands before a colon and names nobody."""
_TURN: Final = re2.compile(
    r"^([A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
    r"|[A-Z][a-z'’-]{2,})(?: \([^)]{1,20}\))?:\s*\S"
)
"""A name before a colon, of one word or several."""
_SURE: Final = re2.compile(r"^[A-Z.'’-]{3,}$| ")
"""A name that stands for somebody also where only one line begins with it."""
_TURNS: Final = 2
"""Lines that begin with each of two names of one word, at least, in an interview."""
_NEAR: Final = 300
"""Characters before a quotation, at most, in which a name introduces it."""
_INTRODUCED: Final = re2.compile(
    r"(?:^|[.;!?\"”] +| [-–—]+ *|\b[Ff]rom )"
    r"([A-Z@][\w.'’-]*(?: (?:(?:and|of|the|[a-z]+) )?[A-Z(][\w.'’)(-]*){0,6}):\s*$"
)
"""A name and a colon before a quotation."""
_LEADING: Final = re2.compile(r"^(?:(?:And|But|Or|So|Then|From|then|from) )+")
"""What may stand before the name."""
_WHEN: Final = DAYS | PREPOSITIONS
"""What begins no name, but when, where or how: "On Monday"."""
_OF_PLACES: Final = frozenset(
    "new san santa los las el saint st fort port mount lake north south east west cape".split()
)
"""What names of places begin with: "New York"."""
_WITHIN: Final = frozenset("and of the for".split())
"""Words in small letters that a name or a title has, beside the roles of sources."""
_MENTIONED: Final = re2.compile(r"[\pL,] ([\p{Lu}@][\pL\pM-]*)")
"""A word with a capital within a sentence."""
_TURN_WORDS: Final = 5
"""Words that somebody says in a line of an interview, at least."""


def headline(document: Document) -> list[Attribution]:
    """Return what the first line attributes with a colon: the title, or the body's first."""
    text = document.text
    begin = text.find(document.title) if document.title else document.body.begin
    line = text[max(begin, 0) :].split("\n", maxsplit=1)[0]
    source, colon, said = line.partition(":")
    name = _WHERE.split(source, maxsplit=1)[0].rstrip()
    words = name.split()
    named = words and len(words) <= _LONGEST and all(map(_names, words))
    if begin < 0 or not colon or not said.strip() or not named or said[0] != " ":
        return []
    if _LABELS.search(source) or (len(words) > 1 and not _speaks(words)):
        return []
    place = begin + len(source)
    return [_colon(text, Span(begin, begin + len(name)), place, begin + len(line), "headline")]


def beyond(title: str, body: str) -> list[str]:
    """Return what a title quotes and what numbers it gives that its article does not have."""
    said = f" {plain(body)} "
    quoted = [(match[1] or match[2]).rstrip(",.") for match in _QUOTED.finditer(title)]
    numbers = (match for match in _NUMBER.finditer(title) if match.start())
    figures = [match[1] for match in numbers if len(match[1]) > 1 and not _YEAR.fullmatch(match[1])]
    written = {figure.replace(",", "") for figure in _FIGURES.findall(body)}
    return [
        *(quote for quote in quoted if f" {plain(quote)} " not in said),
        *(figure for figure in figures if figure.replace(",", "") not in written),
    ]


def speaking(text: str, lines: Sequence[Span]) -> frozenset[str]:
    """Return the names of one word that take turns in an interview."""
    said = (_TURN.match(line.quote(text)) for line in lines)
    counted = Counter(match[1] for match in said if match and not _SURE.search(match[1]))
    names = frozenset(name for name, lines in counted.items() if lines >= _TURNS)
    return names if len(names) > 1 else frozenset()


def turn(text: str, line: Span, names: frozenset[str]) -> Attribution | None:
    """Return what a line of an interview attributes to whoever it begins with."""
    said = line.quote(text)
    match = _TURN.match(said)
    if match is None or _LABELS.search(said) or len(said.split()) < _TURN_WORDS:
        return None
    if _LEADING.match(said) or match[1].split()[0].lower() in _WHEN:
        return None
    sure = _somebody(text, match[1]) if " " in match[1] else _SURE.search(match[1])
    if match[1] not in names and not sure:
        return None
    place = line.begin + match.end(1)
    colon = text.index(":", place)
    return _colon(text, Span(line.begin, place), colon, line.end, "direct")


def introduced(text: str, quote: Span) -> Attribution | None:
    """Return what a name and a colon attribute before a quotation: "Ida Norr: “We stay.”"."""
    near = max(0, quote.begin - _NEAR)
    line = max(near, text.rfind("\n", near, quote.begin) + 1)
    match = _INTRODUCED.search(text[line : quote.begin])
    if match is None or _LABELS.search(match[1]):
        return None
    name = _WHERE.split(_LEADING.sub("", match[1]), maxsplit=1)[0]
    if not _somebody(text, name):
        return None
    begin = text.index(name, line + match.start(1))
    source = Span(begin, begin + len(name))
    place = line + match.end(1)
    return Attribution(source, None, Span(place, place + 1), (quote,), "direct", "unspecified")


def _somebody(text: str, name: str) -> bool:
    """
    Whether what stands before a colon is a name: "Ida Norr", not "Result", "New York" or "Monday".

    One word is a role, or named within another sentence.
    """
    words, roles = name.split(), lexicon.words("source_roles")
    if words[0].lower() in _WHEN:
        return False
    if len(words) == 1:
        return name.lower() in roles or name in _named_within(text)
    if any(word[0].islower() and word not in _WITHIN and word not in roles for word in words):
        return False
    return _speaks(words)


def _speaks(words: Sequence[str]) -> bool:
    """Whether several words name a person, an office, a body, a government or an outlet."""
    name = " ".join(words)
    lows = [word.lower().rstrip(".,").removesuffix("'s").removesuffix("’s") for word in words]
    offices = lexicon.words("source_roles").keys() | TITLES.keys() | _CAMP
    bodies = lexicon.words("governments").keys() | lexicon.words("outlets").keys()
    if words[0][0] == "@" or not offices.isdisjoint(lows) or " ".join(lows) in bodies:
        return True
    if lows[0] in _OF_PLACES:
        return False
    plain = lows[0] in lexicon.words("everyday") and lows[0] not in SURNAMES
    known = lows[-1] in SURNAMES and not plain
    return known or full_name(name, Span(0, len(name))) is not None


@lru_cache(maxsize=1)
def _named_within(text: str) -> frozenset[str]:
    """Return the words with a capital that begin no sentence of a text."""
    return frozenset(_MENTIONED.findall(text))


def _names(word: str) -> bool:
    """Whether a word before the colon of a headline can be of a name or of a role."""
    return word[0].isupper() or word in _CAMP or word in lexicon.words("source_roles")


def _colon(text: str, source: Span, place: int, end: int, mode: Mode) -> Attribution:
    """Return what a colon attributes that stands at a place; it is all up to an end."""
    begin = place + 1 + len(text[place + 1 : end]) - len(text[place + 1 : end].lstrip())
    last = begin + len(text[begin:end].rstrip())
    cue = Span(place, place + 1)
    return Attribution(source, None, cue, (Span(begin, last),), mode, "unspecified")
