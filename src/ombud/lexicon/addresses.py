"""
Find web addresses in a text: with a scheme, bare, shortened, spelled out or taken apart.

File names, version numbers and a missing space after a full stop are no addresses.
"""

from collections.abc import Iterator
from typing import NamedTuple

import re2

from ombud.lexicon import words
from ombud.lexicon.domains import top_level_domains, wordlike_domains
from ombud.text import Folded, Span

_GATE = re2.compile(
    r"wwwdot|colon slash|[a-z0-9)\]]\s{0,2}[.]|://|\bdot\b|\bpunkt\b|[\[({]\.[\])}]|localhost"
)
_SCHEME = re2.compile(r"\b(?:h(?:tt|xx|\*\*)ps?|ftp|mailto|magnet|tg)\s?:\s?/{0,2}\s?[^\s\"'<>)]+")
_HOST = re2.compile(r"[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)+(?:[/?#][^\s\"'<>]*)?")
_SPOKEN = re2.compile(
    r"\b(www\.?\s?(?:dot)?\s?)?([a-z0-9][a-z0-9\-]{1,40})"
    r"(?:\s?[\[({<]\s?(?:dot|\.|punkt)\s?[\])}>]\s?|\s+dot\s+|\s+\.\s?|\s?\.\s+|\s?\*dot\*\s?|[-_]dot[-_])"
    r"(com|org|net|info|biz|co|io|gov|edu|uk|us|ie|tv|me|app|shop|online|site|xyz|store|blog|news|dev|eu|ca|au|nz|in)"
    r"(?:(?:\s?[\[({]?\s?(?:dot|\.)\s?[\])}]?\s?)(?:uk|au|nz|in|za|br|jp))?\b(/[^\s]*)?"
)
_READ_OUT = re2.compile(
    r"\bhttps?\s+colon\s+slash\b[^.!?\n]{0,60}|\bwww\s?dot\s?[a-z0-9\- ]{2,40}\s?dot\s?[a-z]{2,6}\b"
)
_SHORTENED = re2.compile(r"[a-z]{1,12}\.[a-z]{2,3}/[a-z]*[0-9][a-z0-9]{2,}")
_SECOND_LEVEL = frozenset("co com org net gov ac edu nhs ltd police".split())
_FRAMEWORKS = frozenset("asp vb ado".split())
_CUES = frozenset(
    "at visit see on to go check from via www site website url link address google search find"
    " is type try join watch read called click out here".split()
)
_NO_LABEL = frozenset("the a an of this that early every any another old our failed first".split())
_AFTER_BOOM = frozenset(
    "boom bubble crash era bust company companies startup startups stocks years millionaire"
    " millionaires generation mania days firms fever".split()
)
_FILES = frozenset("py md sh rs pl zip mov ps cc so app js".split())
_OCTETS = 4
_LARGEST_OCTET = 255
_SHORT_LABEL = 3
# How much of the text before and after a match may bear on it: bounded, so that time is linear.
_NEAR = 40


class Address(NamedTuple):
    """A web address in the unveiled text, and how sure."""

    written: str
    span: Span
    certainty: float


def web_addresses(plain: Folded, original: str) -> Iterator[Address]:
    """Yield the addresses in an unveiled text, from left to right, none overlapping another."""
    text = plain.text
    if not _GATE.search(text):
        return
    taken = -1
    for begin, end, certainty in sorted([*_written(plain, original), *_spoken(text)]):
        written = text[begin:end].rstrip(".,;:!?'\")")
        if begin >= taken and written:
            taken = begin + len(written)
            yield Address(written, plain.span(begin, taken), certainty)


def _last_word(text: str, end: int) -> str:
    """Return the word that ends before a place."""
    before = text[max(0, end - _NEAR) : end].split()[-1:] or [""]
    return before[0].strip(":(-,")


def _written(plain: Folded, original: str) -> Iterator[tuple[int, int, float]]:
    """Yield addresses with a scheme, those read out in words, and hosts."""
    text = plain.text
    for match in _SCHEME.finditer(text):
        if "/" in match.group() or "." in match.group():
            yield (*match.span(), 0.99)
    for pattern in (_READ_OUT, _SHORTENED):
        for match in pattern.finditer(text):
            yield (*match.span(), 0.8)
    for match in _HOST.finditer(text):
        begin, end = match.span()
        if begin and text[begin - 1] in "@.-_/\\":
            continue
        as_typed = plain.span(begin, end).quote(original)
        certainty = _host(match.group(), as_typed, _last_word(text, begin))
        if certainty:
            yield begin, end, certainty


def _host(matched: str, as_typed: str, before: str) -> float:
    """Return how surely a run of labels with dots is a host."""
    host, path = _split(matched)
    *names, domain = [label for label in host.split(".") if label] or [""]
    if not names or names[0] == "www":
        return 0.99 if names else 0.0
    if domain.isdigit():
        return _numeric([*names, domain], before)
    if len(names) > 1 and names[-1] in _SECOND_LEVEL and len(domain) == len("uk"):
        return 0.95
    known = domain in top_level_domains() and len(domain) > 1
    framework = domain == "net" and names[-1] in _FRAMEWORKS
    file_name = domain in _FILES and not (path or before in _CUES)
    if not known or framework or file_name:
        return 0.0
    capital = as_typed[len(".".join(names)) + 1 :][:1].isupper()
    if domain in wordlike_domains() or len(domain) > len("info") or names[-1].isdigit():
        return _wordlike(names[-1], path, capital and not as_typed.isupper(), before)
    lost_space = capital and not as_typed[:1].isupper() and names[-1] in words("everyday")
    return 0.0 if lost_space and not path else 0.95


def _wordlike(label: str, path: str, capital: bool, before: str) -> float:  # noqa: FBT001
    """Weigh a host whose domain is a word: "it ended.It" lacks a space, "dalby.shop" does not."""
    if capital:
        return 0.0
    ordinary = label in words("everyday") or len(label) < _SHORT_LABEL
    cued = before in _CUES and len(label) > _SHORT_LABEL
    return 0.85 if path or not ordinary or cued else 0.0


def _numeric(labels: list[str], before: str) -> float:
    """Weigh numbers with dots: four of them below 256 are an address, unless a version."""
    octets = len(labels) == _OCTETS and all(
        label.isdigit() and int(label) <= _LARGEST_OCTET for label in labels
    )
    return 0.8 if octets and before not in {"version", "v", "release", "section"} else 0.0


def _split(matched: str) -> tuple[str, str]:
    """Return host and path of what was matched."""
    for place, char in enumerate(matched):
        if char in "/?#":
            return matched[:place], matched[place:].strip("/?#.,")
    return matched, ""


def _spoken(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield addresses with the dot in words, in brackets or set apart."""
    for match in _SPOKEN.finditer(text):
        begin, end = match.span()
        www, label, domain, path = match.groups()
        after = text[end : end + _NEAR].split()[:1] or [""]
        gap = text[match.start(2) + len(label) : match.start(3)]
        cue = bool(www or path) or _last_word(text, begin) in _CUES
        boom = after[0].strip(",.;") in _AFTER_BOOM
        full_stop = gap.strip() == "." and not (
            domain in {"com", "org", "net"} and (cue or gap == " . ")
        )
        in_words = "dot" in gap.split() and label in words("everyday") and not cue
        if not (label in _NO_LABEL or boom or full_stop or in_words):
            yield begin, end, 0.85
