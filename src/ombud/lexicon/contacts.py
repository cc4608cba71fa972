"""Find e-mail addresses, telephone numbers, home addresses and other private numbers in a text."""

from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers
import re2
from phonenumbers import PhoneNumberType

from ombud.text import Folded, Pattern, Span

_EMAIL = re2.compile(
    r"[a-z0-9][a-z0-9._%+\-]*\s?(?:@|[\[({<]\s?at\s?[\])}>]|\*at\*)\s?[a-z0-9\-]+"
    r"(?:\s?(?:\.|[\[({<]\s?dot\s?[\])}>]|\bdot\b)\s?[a-z0-9\-]{2,})+"
    r"|[a-z0-9][a-z0-9._\-]*(?:\s(?:dot|underscore|dash)\s[a-z0-9]+)*\sat\s[a-z0-9\-]+"
    r"(?:(?:\sdot\s|\s?\(dot\)\s?)[a-z]{2,})+"
    r"|[a-z0-9]+\s(?:dot|underscore)\s[a-z0-9]+\sat\s[a-z0-9\-]+\.[a-z]{2,}"
    r"|[a-z0-9][a-z0-9._\-]*\sat\s(?:gmail|hotmail|yahoo|outlook|proton|protonmail|icloud|live)\b"
    r"(?:\s?(?:\.|dot)\s?[a-z.]+)?"
)
_NUMBER = re2.compile(r"\+?\(?[0-9](?:[\s().\-]{0,3}[0-9]){6,16}")
_LETTERS_IN_NUMBER = re2.compile(r"\b[oil]*[0-9][0-9oil]*\b")
_GROUP = re2.compile(r"[0-9]+")
_DIGIT_WORDS = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred|o"
    "|[0-9]{1,6}"
)
_SPELLED = re2.compile(rf"\b(?:(?:{_DIGIT_WORDS})[\s,.()\-]{{1,3}}){{5,}}(?:{_DIGIT_WORDS})\b")
_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|place|pl|way|crescent|cres"
    "|terrace|gardens|gdns|grove|boulevard|blvd|square|sq|mews|row|parade|walk|green|rise|view"
    "|hill|circle|park|way|fold|bank|yard|rue|highway|hwy|parkway|pkwy|nagar|marg|esplanade|strasse"
    "|villas|wharf|quay|cottages"
)
_ADDRESS = re2.compile(
    r"\b(?:(?:flat|apt|apartment|unit|suite|no|number|house|plot)\.?\s?#?[0-9]{1,5}[a-z]?\b,?\s+)?"
    r"(?:(?:[0-9]{1,5}[a-z]?(?:/[0-9]{1,4})?),?\s+(?:[a-z'.\-]+\s+){1,4}"
    rf"(?:{_STREETS})\b\.?(?:,?\s+[a-z]{{1,2}}[0-9][0-9a-z]?\s?[0-9][a-z]{{2}}\b)?)"
)
_WORD_ADDRESS = re2.compile(
    r"\b(?:number|no\.?)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-][a-z]+)?,?\s+"
    rf"(?:[a-z'\-]+\s+){{0,2}}(?:{_STREETS})\b"
)
_POSTCODE = re2.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]?\s?[0-9][abd-hjlnp-uw-z]{2}\b")
_IDENTITY = re2.compile(
    r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|\b(?:[0-9]{4}[ \-]){3}[0-9]{4}\b"
    r"|\b[a-z]{2}\s?(?:[0-9]{2}\s?){3}[a-d]\b|\b[a-z]{2}[0-9]{2}(?:\s?[a-z0-9]{4}){4,6}\b"
)
_CALL = re2.compile(
    r"\b(?:call|ring|text|phone|tel|telephone|mobile|mob|cell|whatsapp|number|fax|contact|reach|sms"
    r"|message|dial|telegram|signal|landline|try|tickets|ask for|give (?:me|him|her|us) a)\b"
)
_HOME = re2.compile(
    r"\b(?:lives?|living|address|home|house|reside[sd]?|resident|find (?:him|her|them)|stays?"
    r"|staying|door|knock|visit|parcel|post (?:it|them)|send|drop|round to|come (?:to|round)"
    r"|outside|moved (?:to|into)|flat|apartment|apt|neighbou?r)\b"
)
_REGIONS = ("GB", "US", "IE", "IN", "AU", "CA", "NZ", "ZA")
_PUBLIC = frozenset(
    (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    )
)
_WHERE = Pattern(
    r"(?:that's|thats|that is|it's|here's|this is) (?:his|her|their) (?:house|home address|address"
    r"|front door)",
    r"(?:that's|thats|that is|it's|here's|this is) where (?:(?:he|she|they) lives?"
    r"|the [a-z ]{2,30} (?:lives|stays))",
    r"(?:his|her|their) (?:home |private )?address is",
    r"we (?:all )?know where [a-z ,'-]{2,40} lives?",
)
_NEAR = 60
_LONG = 10
_AS_DIGITS = str.maketrans("oil", "011")
_NO_PHONE_AFTER = tuple("%€/")
_NO_PHONE_BEFORE = tuple("£$€.,-/#")
_MIN_DIGITS = 5


class Contact(NamedTuple):
    """Something private in a text: what kind it is, where it stands, and how sure."""

    kind: str
    span: Span
    certainty: float


def contacts(plain: Folded, original: str) -> Iterator[Contact]:
    """Yield what could be used to reach or find a private person, in the unveiled text."""
    text = plain.text
    if any(sign in text for sign in ("@", " at ", "(at)", "[at]", "{at}", "*at*", "<at>")):
        for match in _EMAIL.finditer(text):
            yield Contact("an e-mail address", plain.span(*match.span()), 0.95)
    yield from _telephone(plain)
    for span in _WHERE.find(plain):
        yield Contact("a hint at where somebody lives", span, 0.6)
    for pattern, certainty in ((_ADDRESS, 0.0), (_WORD_ADDRESS, 0.0), (_IDENTITY, 0.9)):
        for match in pattern.finditer(text):
            begin, end = match.span()
            span = plain.span(begin, end)
            if pattern is _IDENTITY:
                yield Contact("a private number", span, certainty)
            elif sure := _address(text, begin, end, span.quote(original)):
                yield Contact("a home address", span, sure)


def _near(text: str, begin: int, end: int) -> str:
    """Return the text around a match."""
    return text[max(0, begin - _NEAR) : end + _NEAR // 2]


def _telephone(plain: Folded) -> Iterator[Contact]:
    """Yield telephone numbers, in digits or in words; public hotlines are none."""
    text = plain.text
    written = _LETTERS_IN_NUMBER.sub(lambda match: match.group().translate(_AS_DIGITS), text)
    for match in _NUMBER.finditer(written):
        begin, end = match.span()
        before, after = text[max(0, begin - 1) : begin], text[end : end + 1]
        if (
            before.isalnum()
            or before in _NO_PHONE_BEFORE
            or after.isalnum()
            or after in _NO_PHONE_AFTER
        ):
            continue
        cue = bool(_CALL.search(_near(text, begin, end)))
        if sure := _number_certainty(match.group(), cue=cue):
            yield Contact("a telephone number", plain.span(begin, end), sure)
    for match in _SPELLED.finditer(text):
        begin, end = match.span()
        cue = bool(_CALL.search(_near(text, begin, end)))
        words = match.group().split()
        starts = words[0] in {"oh", "o", "zero", "nought", "double"}
        spoken = sum(map(str.isalpha, words)) >= len(words) // 2
        if (cue or starts) and spoken and len(words) >= _MIN_DIGITS:
            yield Contact("a telephone number in words", plain.span(begin, end), 0.8)


def _kind(written: str, region: str) -> int | None:
    """Return the kind of telephone number this is in a region, None where it is none."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None


def _number_certainty(written: str, *, cue: bool) -> float:
    """Return how surely a run of digits is a private telephone number."""
    groups = _GROUP.findall(written)
    count = sum(map(len, groups))
    prefixed = written.startswith("+") or groups[0].startswith("00")
    if prefixed or groups[0] in {"001", "011"}:
        return 0.9 if count >= _LONG else 0.0
    zero = groups[0].startswith("0")
    if not zero and max(map(len, groups)) < 3:  # noqa: PLR2004 - lottery numbers, scores
        return 0.0
    for region in _REGIONS:
        kind = _kind(written, region)
        if kind in _PUBLIC:
            return 0.0
        if kind is not None and (cue or zero or count >= _LONG):
            return 0.9 if cue else 0.75 if len(groups) > 1 or zero else 0.0
    if cue and 7 <= count <= 15:  # noqa: PLR2004 - the shortest and longest numbers there are
        return 0.8
    return 0.7 if zero and 10 <= count <= 11 else 0.0  # noqa: PLR2004


def _address(text: str, begin: int, end: int, quoted: str) -> float:
    """Return how surely a number and a street are where somebody lives."""
    names = [word for word in quoted.replace(",", " ").split() if not word[:1].isdigit()]
    capitals = all(word[:1].isupper() for word in names if len(word) > 2)  # noqa: PLR2004
    cue = bool(_HOME.search(text[max(0, begin - _NEAR) : begin]))
    postcode = bool(_POSTCODE.search(text[begin : end + 30]))
    if postcode:
        return 0.95
    if cue:
        return 0.9 if capitals else 0.7
    return 0.6 if capitals else 0.0
