"""
The details in which two sentences differ: numbers, ages, times, dates, days and names.

They differ only where each sentence has one of its kind: two of a kind may be two things.
A round number and an exact one that rounds to it are one number: "more than 18,000", "18,400".
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import re2

from ombud.stories.document import Document
from ombud.stories.dossier import Detail
from ombud.stories.naming import other_names
from ombud.stories.wording import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
)
from ombud.text import Span

_NUMBER_WORDS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
).split()
_NUMBER: Final = re2.compile(
    r"(?i)([$€£]?)(\d+(?:,\d{3})*(?:\.\d+)?|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b)"
    r"(?:-| )?(%|percent|per cent|million|billion|trillion|[a-z]{3,})?"
)
_MONTHS: Final = "((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
_DATE: Final = re2.compile(
    rf"\b(?:{_MONTHS}\.? (\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th)? {_MONTHS})"
    r"(?:st|nd|rd|th)?\b"
)
_MONTH: Final = re2.compile(
    rf"\b(?:in|last|since|until|by|early|late|mid) ?-?{_MONTHS}\b(\.? \d\d?\b)?"
)
_DAY: Final = re2.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_TIME: Final = re2.compile(r"(?i)\b(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b\.?")
_AGE: Final = re2.compile(r"\b(\p{Lu}[\pL\pM'’-]+), (\d{1,3})(?:,|\.|$)")
_STRUCK: Final = re2.compile(r"(?i)\b(?:killed|killing|injured|wounded|injuring|wounding) $")
"""What stands before a number of people that is given alone."""
_UNITS: Final = {
    "per cent": "%",
    "percent": "%",
    "persons": "people",
    "dead": "people",
    "deaths": "people",
    "fatalities": "people",
}
_NOTHING: Final = (
    PREPOSITIONS
    | DETERMINERS
    | AUXILIARIES
    | SUBORDINATORS
    | COORDINATORS
    | PRONOUNS
    | RELATIVES
    | BE
)
"""Words after a number that say nothing of what it counts."""
_ABOUT: Final = re2.compile(
    r"(?i)\b(?:about|some|around|nearly|almost|roughly|approximately|more than|over|at least"
    r"|as many as|up to|fewer than|less than|under|close to|estimated) $"
)
_NEAR: Final = 16
"""Characters before a number in which it is called a round one."""


class Value(NamedTuple):
    """One detail: how it reads, where it stands, and whether it is said to be no exact number."""

    value: str
    span: Span
    about: bool = False


Found = Mapping[str, list[Value]]


def details(first: tuple[Document, Span], second: tuple[Document, Span]) -> list[Detail]:
    """Return the details of two sentences that differ, side by side."""
    texts = [span.quote(document.text) for document, span in (first, second)]
    begins = [first[1].begin, second[1].begin]
    found = []
    for kind, read in _KINDS:
        left, right = read(texts[0]), read(texts[1])
        for unit in sorted(left.keys() & right.keys()):
            if pair := _differing(left[unit], right[unit]):
                spans = _moved(pair[0], begins[0]), _moved(pair[1], begins[1])
                found.append(Detail(kind, spans, differ=True))
    for one, other in other_names(first, second):
        spans = _moved(one, begins[0]), _moved(other, begins[1])
        found.append(Detail("name", spans, differ=True))
    return found


def _differing(ours: list[Value], theirs: list[Value]) -> tuple[Span, Span] | None:
    """Return where two sentences say something else of one thing."""
    if len(ours) > 1 or len(theirs) > 1 or _one_value(ours[0], theirs[0]):
        return None
    return ours[0].span, theirs[0].span


def _one_value(one: Value, other: Value) -> bool:
    """Whether two values are one, or one is the other rounded."""
    longer, shorter = sorted((one.value, other.value), key=len, reverse=True)
    if longer == shorter or longer.startswith(f"{shorter} "):
        return True  # "March" and "March 9".
    return _rounds(one, other) or _rounds(other, one)


def _rounds(one: Value, other: Value) -> bool:
    """Whether a number is another rounded: to its last figure, or to what is called round."""
    if not all(value.value.replace(".", "", 1).isdigit() for value in (one, other)):
        return False
    places, others = (len(value.value.partition(".")[2]) for value in (one, other))
    zeros = len(one.value) - len(one.value.rstrip("0")) if one.about and not places else 0
    away = abs(float(one.value) - float(other.value))
    return away < 10**zeros / 2 if zeros else places < others and away <= 10**-places / 2


def _moved(span: Span, by: int) -> Span:
    """Return a range further on."""
    return Span(span.begin + by, span.end + by)


def _gathered(found: Iterator[tuple[str, Value]]) -> Found:
    """Return values by what they are values of."""
    gathered: dict[str, list[Value]] = {}
    for unit, value in found:
        gathered.setdefault(unit, []).append(value)
    return gathered


@lru_cache(maxsize=1 << 12)
def _numbers(text: str) -> Found:
    """Return the numbers of a text by what they count, and ages by whose they are."""
    other = [
        span for read in (_dates, _times) for found in read(text).values() for _, span, _ in found
    ]
    return _gathered(_counted(text, other))


def _counted(text: str, other: list[Span]) -> Iterator[tuple[str, Value]]:
    """Yield what is counted and how much of it, outside of dates and times."""
    for match in _AGE.finditer(text):
        yield f"age of {match[1]}", Value(match[2], Span(*match.span(2)))
    for match in _NUMBER.finditer(text):
        span = Span(*match.span())
        if any(span.begin < one.end and one.begin < span.end for one in other):
            continue
        before = text[max(0, span.begin - _NEAR) : span.begin]
        counted = (match[3] or "").lower()
        if not counted or counted in _NOTHING:
            counted = "people" if _STRUCK.search(before) else ""
            span = Span(span.begin, match.end(2))
        unit = match[1] + _UNITS.get(counted, counted).rstrip("s")
        value = match[2].lower().replace(",", "")
        if value in _NUMBER_WORDS:
            value = str(_NUMBER_WORDS.index(value) + 2)
        if unit:
            yield unit, Value(value, span, bool(_ABOUT.search(before)))


@lru_cache(maxsize=1 << 12)
def _dates(text: str) -> Found:
    """Return the days of a month, or the months, in a text, under one heading."""
    found = [
        Value(f"{(m[1] or m[4])[:3]} {m[2] or m[3]}", Span(*m.span())) for m in _DATE.finditer(text)
    ]
    months = [Value(m[1][:3], Span(*m.span(1))) for m in _MONTH.finditer(text) if not m[2]]
    apart = (one for one in months if not any(date.span.covers(one.span) for date in found))
    return _gathered(("", value) for value in (*found, *apart))


@lru_cache(maxsize=1 << 12)
def _days(text: str) -> Found:
    """Return the days of the week in a text, under one heading."""
    return _gathered(("", Value(m[1], Span(*m.span()))) for m in _DAY.finditer(text))


@lru_cache(maxsize=1 << 12)
def _times(text: str) -> Found:
    """Return the times of day in a text, under one heading."""
    found = ((f"{int(m[1])}:{m[2] or '00'}{m[3].lower()}", m) for m in _TIME.finditer(text))
    return _gathered(("", Value(value, Span(*match.span()))) for value, match in found)


_KINDS: Final[
    tuple[tuple[Literal["date", "day", "time", "number"], Callable[[str], Found]], ...]
] = (
    ("date", _dates),
    ("day", _days),
    ("time", _times),
    ("number", _numbers),
)
