"""
Documents from texts and pages: the article, cut off from everything that stands around it.

Offsets are those of the text that was read; of a page that is its title, byline and article, as
`pages` finds them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import re2

from ombud.errors import InvalidInputError
from ombud.stories.agencies import (
    agency,
    masthead,
    names_in_byline,
    origin,
    outlet_names,
    plain,
    same_outlet,
)
from ombud.stories.document import Document
from ombud.stories.headlines import beyond
from ombud.stories.pages import decoded, is_binary, is_markup, page
from ombud.stories.passages import joined
from ombud.stories.zones import Zones, byline, stamps, zones
from ombud.text import Span, sentences

LARGEST: Final = 16 << 20
"""Bytes that a file may have."""
LONGEST: Final = 2000
"""Sentences that an article may have; more are a book, or a page gone wrong."""
_READ: Final = 100_000
"""Characters in which an article says at least once whose it is."""
_STUB: Final = 120
"""Words below which an article that asks for a subscription is the stub of one."""
_PAYWALL: Final = re2.compile(
    r"(?i)\b(?:subscribe (?:to|now)|subscribers? only|to continue reading|to read the full"
    r"|already a subscriber|register to read"
    r"|this (?:article|content) is for (?:members|subscribers)"
    r"|create a free account|unlock this article)\b"
)
_DAY: Final = re2.compile(
    r"(?P<d>\d\d?)(?:st|nd|rd|th)?\.? (?P<m>[A-Za-z]{3})[a-z]*\.?,? (?P<y>\d{4})"
)
_US_DAY: Final = re2.compile(
    r"(?P<m>[A-Za-z]{3})[a-z]*\.? (?P<d>\d\d?)(?:st|nd|rd|th)?,? (?P<y>\d{4})"
)
_ISO_DAY: Final = re2.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OWN: Final = re2.compile(
    r"(?:\b(?:told|tells|telling|speaking to|spoke to|interview with|verified by|confirmed by"
    r"|seen by|obtained by|reviewed by|statement to|e-?mail to)) $"
)
_UNABLE: Final = re2.compile(
    r" (?:could not|was not able to|was unable to|has (?:not been able|been unable) to|understands"
    r"|can (?:exclusively )?(?:reveal|disclose)|has (?:learned|learnt|seen|obtained|reviewed))\b"
)
_NAMED: Final = 6
"""Words of an outlet's name, at most, in a line of its own."""
_POLICY: Final = re2.compile(r"(?i)^(.{2,40}?) comment(?:ing|s)? (?:policy|guidelines|rules)\W*$")
_NO_NAMES: Final = frozenset("the our house community reader readers user".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what was odd about it, in words for people."""

    document: Document
    notes: tuple[str, ...] = ()


def read(
    name: str,
    content: bytes,
    *,
    today: date | None = None,
    address: str | None = None,
    charset: str = "",
) -> Reading:
    """
    Return the article in a text or a page of HTML.

    name: what it is called, which becomes the document's id.
    address, charset: where a page came from, and its encoding as the server said.
    Raises InvalidInputError if there is no article in it, it is no text, or it is too large.
    """
    text, guess = _text(name, content, charset)
    found = page(name, text, address) if is_markup(text) else None
    if found is not None:
        parts = (found.title, found.byline and f"By {found.byline}", found.text)
        text = "\n\n".join(part for part in parts if part)
    elif is_markup(text):
        text = ""
    parted = zones(text)
    if parted is None:
        message = f"{name} holds no article: no paragraph of running text was found"
        raise InvalidInputError(message)
    document = _document(name, text, parted)
    if len(document.sentences) > LONGEST:
        message = f"{name} has {len(document.sentences)} sentences; an article may have {LONGEST}"
        raise InvalidInputError(message)
    if found is not None:
        document = replace(
            document,
            title=found.title or document.title,
            byline=found.byline or document.byline,
            outlet=found.outlet or document.outlet,
            published_at=found.date or document.published_at,
        )
    reading = _checked(document, parted, today or datetime.now(UTC).date())
    if guess:
        note = f"is in no encoding that it names: it was read as {guess}, and letters may be wrong"
        reading = replace(reading, notes=(*reading.notes, note))
    return reading


def _text(name: str, content: bytes, charset: str) -> tuple[str, str]:
    """
    Return bytes as text, and the encoding if it was only guessed.

    Raises InvalidInputError if there is too much, nothing or none.
    """
    if len(content) > LARGEST:
        message = f"{name} has more than {LARGEST >> 20} MB; a page may have {LARGEST >> 20} MB"
        raise InvalidInputError(message)
    if not content.strip():
        message = f"{name} is empty; it must hold an article, as text or HTML"
        raise InvalidInputError(message)
    if is_binary(content):
        message = (
            f"{name} is no text, but perhaps a picture, a PDF or an archive; give text or HTML"
        )
        raise InvalidInputError(message)
    text, guess = decoded(content, charset)
    # PostgreSQL keeps no text with a zero in it.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"), guess


def _document(name: str, text: str, parted: Zones) -> Document:
    """Return the document in a text whose zones are known."""
    body = Span(parted.lines[0].begin, parted.lines[-1].end)
    who = byline(text, parted.above)
    opening = next(line for line in text[: body.begin + 1].split("\n")[::-1])
    opening += text[body.begin + 1 : parted.lines[0].end]
    around = [span.quote(text) for span in (*parted.above, *parted.lines[-1:], *parted.under)]
    copied = origin(who, opening, around)
    dates = stamps(text, (*parted.above, *parted.under))
    return Document(
        id=name,
        outlet=_outlet(name, text, body, parted, copied),
        text=text,
        body=body,
        sentences=tuple(_sentences(text, parted.lines)),
        title=parted.title.quote(text),
        byline=", ".join(names_in_byline(who)) if who else "",
        published_at=next((day for line in dates if (day := _day(line))), None),
        origin=copied,
    )


def _sentences(text: str, lines: Iterable[Span]) -> list[Span]:
    """Return the sentences of an article's lines."""
    parts = (
        Span(line.begin + found.begin, line.begin + found.end)
        for line in lines
        for found in sentences(line.quote(text))
    )
    return joined(text, parts)


def _outlet(name: str, text: str, body: Span, parted: Zones, copied: str | None) -> str:
    """
    Return who published a text, going by what it says of itself, or else its name.

    That is the owner of a commenting policy, or to whom sources spoke.
    """
    for line in parted.under:
        found = _POLICY.match(line.quote(text))
        if found and found[1].lower() not in _NO_NAMES:
            return str(found[1])
    article = body.quote(text)[:_READ]
    for line in parted.above:
        if own := _masthead(line.quote(text), article):
            return own
    spoken_to = [
        span.quote(article)
        for span in outlet_names(article)
        if _OWN.search(article[max(0, span.begin - 24) : span.begin])
        or _UNABLE.match(article[span.end : span.end + 40])
    ]
    counted = Counter(one for one in spoken_to if not (copied and same_outlet(one, copied)))
    return counted.most_common(1)[0][0].removeprefix("the ") if counted else name


def _masthead(line: str, article: str) -> str:
    """
    Return a line above an article if it is the name of an outlet, or else an empty text.

    Its form tells, or that sources in the article spoke to who is called like its end.
    """
    if name := masthead(line):
        return name
    words = line.split()
    titled = 1 < len(words) <= _NAMED and all(word[0].isupper() for word in words)
    if agency(line) or not titled or not line[-1].isalpha():
        return ""
    ends = re2.compile(rf"{_OWN.pattern[:-2]} [Tt]he {re2.escape(words[-1])}\b")
    return line if ends.search(article) else ""


def _day(line: str) -> str | None:
    """Return the date in a line as YYYY-MM-DD, or None if there is none that exists."""
    for pattern in (_ISO_DAY, _US_DAY, _DAY):
        for match in pattern.finditer(line):
            month = match["m"].lower()
            number = _MONTHS.index(month) + 1 if month in _MONTHS else month
            try:
                return date(int(match["y"]), int(number), int(match["d"])).isoformat()
            except ValueError:
                continue
    return None


def dated(document: Document, today: date) -> Document:
    """Return a document as it is read on a day: a date that lies in the future is set apart."""
    # Where it is tomorrow already, a page may say so.
    if not document.published_at or document.published_at[:10] <= str(today + timedelta(days=1)):
        return document
    return replace(document, published_at=None, future_date=document.published_at)


def _checked(document: Document, parted: Zones, today: date) -> Reading:
    """Return a document with what is odd about it; a date in the future is set apart."""
    notes = []
    document = dated(document, today)
    if document.future_date:
        notes.append(
            f"is dated {document.future_date}, which lies in the future: the date is not used"
        )
    elif document.published_at is None:
        notes.append("says no date that could be read")
    words = sum(len(line.quote(document.text).split()) for line in parted.lines)
    if words >= _STUB and (more := beyond(document.title, document.body.quote(document.text))):
        named = ", ".join(f"“{one}”" for one in more)
        notes.append(f"has {named} in its title, which its article does not say")
    if words < _STUB and _PAYWALL.search(document.text):
        notes.append(f"holds {words} words and asks for a subscription: the stub of an article")
    return Reading(document, tuple(notes))


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings with ids that differ; the same article again is left out, with a note."""
    kept: list[Reading] = []
    seen: dict[tuple[str, str], int] = {}
    ids: Counter[str] = Counter()
    for reading in readings:
        document = reading.document
        key = plain(document.outlet), " ".join(document.body.quote(document.text).split())
        if key in seen:
            first = kept[seen[key]]
            called = f" as {document.id}" if document.id != first.document.id else ""
            note = f"was given again{called}, which is left out"
            kept[seen[key]] = replace(first, notes=(*first.notes, note))
            continue
        seen[key] = len(kept)
        ids[document.id] += 1
        again = ids[document.id]
        name = document.id if again == 1 else f"{document.id}-{again}"
        kept.append(replace(reading, document=replace(document, id=name)))
    return kept
