"""Whether a reader contradicts what an article prints: its numbers, its names, its captions."""

from typing import Final

import re2
from rapidfuzz.fuzz import ratio

from ombud.text import readable

_NUMBER: Final = re2.compile(r"\d[\d.,:]*\d|\d")
_OTHERS: Final = re2.compile(
    r"(?i)\b(?:he|she|they|minister|mayor|leader|government|council|county|city|ref(?:eree)?|director"
    r"|somebody|economist|police|paper)(?:'s)? (?:\w+ ){0,2}(?:wrong\b|mistakes?\b|mistaken|lying)"
    r"|\bclaim that .{1,80} is (?:false|untrue|wrong)"
)
_PRINTED: Final = re2.compile(
    r"(?i)\b(?:your?|this|the|in) (?:\w+ ){0,2}(?:articles?|text|headline|caption|photo|picture"
    r"|piece|link|map|chart|graph\w*|table|box|video|paragraph|sentence|quote|report(?:er)?|release)\b"
    r"|\byou (?:say|write|wrote|forgot|don't mention|left|have|sell)\b|\b404\b"
)
_DENIES: Final = re2.compile(
    r"(?i)n['’]t\b|\b(?:not|never|but|wrong|no|actually|instead|only|old|last year's|missing|twice"
    r"|differ\w*|upside down|there's an|should|ought|surely|mean)\b"
)
_COUNTED: Final = re2.compile(r"(\d[\d.,]*)(?:st|nd|rd|th)?[ -](\pL{2,}?)s?\b")
_NAME: Final = re2.compile(r"\b\p{Lu}\pL{3,}\b")
_NEAR: Final = 80
"""Likeness of two spellings of one name, of 100."""
_OWN: Final = re2.compile(
    r"(?i)\b(?:my|mine|me|we|us|would|could have|they'?ve|will|let that|think that)\b|^\W*@"
)


def of_others(text: str) -> bool:
    """Whether a text says that somebody in the story is wrong, rather than the paper."""
    return bool(_OTHERS.search(readable(text)))


def contradicts(text: str, about: str) -> bool:
    """
    Whether a reader's text says of something printed that it is otherwise.

    `about`: title and text of the article; empty where there is none.
    """
    text, about = readable(text), readable(about)
    if _PRINTED.search(text) and _DENIES.search(text):
        return True
    if not about or _OWN.search(text):
        return False
    if _respells(text, about):
        return True
    given = _NUMBER.findall(about)
    said = _NUMBER.findall(text)
    # "421, not 412", "42 turbines" where the article has 24 of them.
    new = any(one not in given for one in said)
    return new and (any(one in given for one in said) or _counts_anew(text, about))


def _respells(text: str, about: str) -> bool:
    """Whether a text writes a name that the article has in another way."""
    names = set(_NAME.findall(about))
    return any(
        name not in names and any(ratio(name, one) > _NEAR for one in names)
        for name in _NAME.findall(text)
    )


def _counts_anew(text: str, about: str) -> bool:
    """Whether a text puts another number before a word than the article does."""
    counted = dict(pair[::-1] for pair in _COUNTED.findall(about.lower()))
    return any(
        word in counted and counted[word] != number
        for number, word in _COUNTED.findall(text.lower())
    )
