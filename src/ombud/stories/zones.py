"""
The zones of a text: what stands above the article, the article, and what stands under it.

Above: title, standfirst, captions and credits, byline, date. Under: the paper's commenting policy,
readers' comments, and what pages say of themselves.
"""

from dataclasses import dataclass
from typing import Final

import re2

from ombud.stories.agencies import agency, dateline
from ombud.text import Span, paragraphs

_HEAD: Final = 14
"""Lines, at most, that stand above the first line of an article."""
_SENTENCE: Final = 9
"""Words that a line of an article has at least, where it opens it."""
_CREDITED: Final = re2.compile(
    r"(?i)\((?:(?:file )?photo|photo credit|image|picture|credit|video)\b[^)]*\)\s*$"
    r"|^\(?(?:photo|photo credit|image|image credit|picture|pic|credit|caption|video|watch"
    r"|file photo|getty images|photograph)s?\b\s*[:/|)]"
    r"|(?:/|\|) ?(?:AP|AFP|Reuters|REUTERS|Getty Images?)\s*$"
    r"|\b(?:via|/) ?(?:AP|Getty Images?|REUTERS|Reuters)\)?\s*$"
)
_BYLINE: Final = re2.compile(r"^(?:By|BY)[:\s]\s*[A-ZÀ-Þ][^!?]+$")
_MONTH: Final = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_STAMPS: Final = (
    re2.compile(
        r"(?i)^(?:first published|published|last updated|updated|posted|date|modified)\b.*\d"
    ),
    re2.compile(
        rf"(?i)^(?:[a-z]+day,? )?(?:\d\d?(?:st|nd|rd|th)? )?{_MONTH}\.?,? (?:\d\d?,? )?\d{{4}}\b"
    ),
    re2.compile(r"^\d{4}-\d\d-\d\d\b|^\d\d?[./]\d\d?[./]\d{4}\b"),
)
_PARTED: Final = re2.compile(r"\s*[|•·]\s*")
"""What parts a date from an outlet's name in one line."""
_SHORT: Final = 14
"""Words of a line, at most, that is a byline, a date or a heading."""
_HEADINGS: Final = (
    re2.compile(
        r"(?i)^(?:\S+ ){0,5}?comment(?:ing|s)? (?:policy|guidelines|rules|section|standards)"
        r"(?: \S+){0,5}?\W*$"
    ),
    re2.compile(r"(?i)^(?:our|house|community) (?:rules|guidelines|standards|policy)\W*$"),
    re2.compile(r"(?i)^(?:\d+ )?(?:readers['’] )?comments?(?: ?\(?\d+\)?)?:?\s*$"),
    re2.compile(
        r"(?i)^(?:post|add|leave|write|view|show|load|read|see|join|be) (?:\S+ ){0,4}?"
        r"(?:comments?|conversation|discussion)\W*$"
    ),
    re2.compile(
        r"(?i)^(?:sort(?:ed)? by|order by|what do you think|(?:log|sign) in to (?:comment|reply))\b"
    ),
)
_BOXES: Final = re2.compile(
    r"(?i)^(?:(?:related|recommended|most read|most popular|trending|more stories|read next"
    r"|up next|see also|more from|more on this|you may also like|around the web"
    r"|sponsored|latest news|about the (?:author|writer)|tags|topics|filed under|share this"
    r"|follow us)\b|(?:sign up|subscribe) (?:to|for|now|here|today)\b)"
)
"""What opens a box, which stands under an article or within it."""
_GOES_ON: Final = 3
"""Lines of running text after a box that show that the article goes on."""
_PHRASES: Final = (
    re2.compile(r"(?i)^(?:you are solely responsible for your comments|we moderate comments)\b"),
    re2.compile(r"(?i)^(?:before you comment|by (?:commenting|posting)(?: here)? you agree)\b"),
    re2.compile(r"(?i)^comments (?:are|on this \w+ are) (?:now )?(?:closed|moderated)\b"),
    re2.compile(r"(?i)^(?:©|copyright ?(?:©|\d)|\(c\) \d|all rights reserved)"),
    re2.compile(r"(?i)^this (?:material|article) may not be\b"),
)
_BETWEEN: Final = re2.compile(
    r"(?i)^(?:advertisement\W*$|(?:story|article) continues below|(?:read more|also read|related"
    r"|watch|listen|see also)\s*:|(?:click|tap) here\b|loading\W*$|\[.*\]$"
    r"|\((?:additional )?(?:reporting|writing|editing|compiled) by [^)]*\)$)"
)
_STOPS: Final = tuple(".!?…\"”’')")


@dataclass(frozen=True, slots=True)
class Zones:
    """
    Where the parts of a text stand.

    above: the lines over the article, the title's aside; lines: those of the article.
    """

    title: Span
    above: tuple[Span, ...]
    lines: tuple[Span, ...]
    under: tuple[Span, ...]


def zones(text: str) -> Zones | None:
    """Return the zones of a text, or None if it holds no article."""
    lines = paragraphs(text)
    head = range(min(_HEAD, len(lines)))
    # A byline may stand under an article as well; then what follows a line does not count.
    opening = (n for after in (_HEAD, 0) for n in head if _opens(text, lines, n, after))
    first = next(opening, None)
    if first is None:
        return None
    end = next((n for n in range(first + 1, len(lines)) if ends(lines[n].quote(text))), None)
    kept, end = _withoutboxes(text, lines, first, len(lines) if end is None else end)
    body = [
        line
        for line in kept
        if not (_CREDITED.search(line.quote(text)) or _BETWEEN.match(line.quote(text)))
    ]
    if not body:
        return None
    found = dateline(body[0].quote(text))
    if found:
        body[0] = Span(body[0].begin + found.end, body[0].end)
    title = _title(text, lines[0]) if first else Span(0, 0)
    return Zones(title, tuple(lines[1:first]), tuple(body), tuple(lines[end:]))


def _withoutboxes(text: str, lines: list[Span], first: int, end: int) -> tuple[list[Span], int]:
    """
    Return the lines of an article without boxes that stand within it, and where it ends.

    A box goes as far as no running text follows; where little follows at all, the article has
    ended before it.
    """
    kept: list[Span] = []
    within = False
    for number in range(first, end):
        line = lines[number].quote(text)
        if number > first and boxes(line):
            if sum(_runs(after.quote(text)) for after in lines[number + 1 : end]) < _GOES_ON:
                return kept, number
            within = True
        elif within:
            within = not _runs(line)
        if not within:
            kept.append(lines[number])
    return kept, end


def boxes(line: str) -> bool:
    """Whether a line opens a box."""
    return len(line.split()) <= _SHORT and bool(_BOXES.match(line))


def _runs(line: str) -> bool:
    """Whether a line is running text."""
    return len(line.split()) >= _SENTENCE and line.endswith(_STOPS)


def _opens(text: str, lines: list[Span], number: int, after: int) -> bool:
    """Whether the article begins with this line; up to line `after` may show that it does not."""
    line = lines[number].quote(text)
    if ends(line) or boxes(line) or _CREDITED.search(line) or _aside(line):
        return False
    following = [after.quote(text) for after in lines[number + 1 : after]]
    if any(_datelined(after) or _aside(after) for after in following):
        return _datelined(line)  # A standfirst.
    if following and _CREDITED.search(following[0]) and len(following[0].split()) < _SENTENCE:
        return False  # A caption above its credit.
    if number == 0 and following:
        return len(line.split()) >= 2 * _SENTENCE and line.endswith(_STOPS)
    return _runs(line)


def _datelined(line: str) -> bool:
    """Whether a line opens with a place or an agency, and goes on."""
    found = dateline(line)
    return found is not None and len(line[found.end :].split()) >= _SENTENCE


def _aside(line: str) -> bool:
    """Whether a line is a byline or a date."""
    return _names_writer(line) or _dated(line)


def _names_writer(line: str) -> bool:
    """Whether a line says who wrote the article."""
    return len(line.split()) <= _SHORT and bool(_BYLINE.match(line) or agency(line))


def _dated(line: str) -> bool:
    """Whether a line says when it was published."""
    parts = _PARTED.split(line)
    short = len(line.split()) <= _SHORT
    return short and any(stamp.match(part) for part in parts for stamp in _STAMPS)


def ends(line: str) -> bool:
    """Whether the article has ended before this line."""
    heads = len(line.split()) <= _SHORT and any(heading.match(line) for heading in _HEADINGS)
    return heads or any(phrase.match(line) for phrase in _PHRASES)


def _title(text: str, line: Span) -> Span:
    """Return a title without the bar that parts it from the name of a site."""
    title = line.quote(text)
    cut = title.rfind(" |")
    return line if cut < 1 else Span(line.begin, line.begin + len(title[:cut].rstrip()))


def byline(text: str, above: tuple[Span, ...]) -> str:
    """Return the line that says who wrote it, or an empty text."""
    for span in above:
        line = span.quote(text)
        if _names_writer(line):
            return line
    return ""


def stamps(text: str, lines: tuple[Span, ...]) -> list[str]:
    """Return the lines that hold a date."""
    return [line for span in lines if _dated(line := span.quote(text))]
