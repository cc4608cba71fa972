"""
The quantities in a text: what is counted, and how much of it.

Numbers in digits or words, years, days and months, shares, sums of money and places in an order.
"""

from dataclasses import dataclass
from typing import Final

import re2

from ombud.text import readable

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_PLACES: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_VALUES: Final = {
    **{word: float(number) for number, word in enumerate(_UNITS)},
    **{word: 20.0 + 10 * number for number, word in enumerate(_TENS)},
}
_SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "billion": 1e9,
    "k": 1e3,
    "m": 1e6,
}
_QUANTITY: Final = re2.compile(
    r"(?i)(?P<sign>[£$€])?"
    r"(?:(?P<place>\d+(?:st|nd|rd|th)|" + "|".join(_PLACES) + r")\b"
    r"|(?P<day>(?:" + "|".join(_DAYS) + r"))s?\b"
    r"|(?P<month>" + "|".join(_MONTHS) + r")\b"
    r"|(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)?)"
    r"|\b(?:(?P<tens>" + "|".join(_TENS) + r")(?:-(?P<ones>" + "|".join(_UNITS[1:10]) + r"))?"
    r"|(?P<word>" + "|".join(_UNITS[2:]) + r"))\b)"
    r"(?: ?(?P<scale>hundred|thousand|lakh|million|billion|[km])\b)?"
    r"(?P<share> ?%| per ?cent)?"
)
_COUNTED: Final = re2.compile(r"[ -](\pL{3,})(?: (\pL{3,}))?")
_AHEAD: Final = 40
"""Characters after a number that are looked at for what it counts."""
_MONEY: Final = re2.compile(r"(?i)^(?:pounds?|euros?|dollars?|crowns?|kron\w+|rupees?|pence)")
_LOWER: Final = ("may", "march")
"""Words that are no month unless they are written large."""
_YEAR: Final = re2.compile(r"1[5-9]\d\d|20\d\d")
_STEM: Final = 4
"""Letters by which forms of one word are the same."""
_NOTHING: Final = frozenset(
    "the and but for from per was were are has had not out who with that this".split()
)
"""Words after a number that say nothing of what it counts."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    One quantity: of which kind, how much, of what, and the words for it.

    `kind`: count, money, share, year, place, day or month.
    `counted`: the beginnings of the words after it that may say of what.
    """

    kind: str
    value: float
    counted: frozenset[str]
    words: str

    def like(self, other: "Quantity") -> bool:
        """Whether both are of one kind, and count the same or nothing that is said."""
        if self.kind != other.kind:
            return False
        return bool(self.counted & other.counted) or not (self.counted or other.counted)


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in their order."""
    # The long s is an s to a pattern that minds no capitals.
    text = readable(text).replace("ſ", "s")
    found = []
    for match in _QUANTITY.finditer(text):
        if match.group().split()[0] in _LOWER:
            continue
        parts = match.groupdict()
        kind, value = _value(parts)
        after = (
            _COUNTED.match(text[match.end() : match.end() + _AHEAD]) if kind == "count" else None
        )
        words = [word.lower() for word in after.groups() if word] if after else []
        if words and _MONEY.search(words[0]):
            kind, words = "money", []
        counted = frozenset(word[:_STEM] for word in words if word not in _NOTHING)
        found.append(Quantity(kind, value, counted, match.group()))
    return found


def _value(parts: dict[str, str | None]) -> tuple[str, float]:
    """Return kind and number of what was found."""
    if parts["place"]:
        place = parts["place"].lower()
        number = _PLACES.index(place) + 1.0 if place in _PLACES else float(place[:-2])
        return "place", number
    for kind, names in (("day", _DAYS), ("month", _MONTHS)):
        if name := parts[kind]:
            return kind, float(names.index(name.lower()))
    value = _number(parts)
    if parts["sign"] or parts["share"]:
        return ("money" if parts["sign"] else "share"), value
    year = not parts["scale"] and _YEAR.fullmatch(parts["digits"] or "")
    return ("year" if year else "count"), value


def _number(parts: dict[str, str | None]) -> float:
    """Return how much is written in digits or words, with its scale."""
    if digits := parts["digits"]:
        value = float(digits.replace(",", "").replace(":", "."))
    elif tens := parts["tens"]:
        value = _VALUES[tens.lower()] + _VALUES.get((parts["ones"] or "").lower(), 0)
    else:
        value = _VALUES[(parts["word"] or "").lower()]
    return value * _SCALES.get((parts["scale"] or "").lower(), 1)
