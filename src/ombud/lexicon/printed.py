"""Turns of phrase of readers who speak of what a paper printed, and of those who only talk on."""

from typing import Final

import re2

from ombud.text import readable

_PAGE: Final = (
    r"articles?|texts?|headlines?|captions?|photos?|pictures?|pieces?|links?|maps?|charts?|graph\w*"
    r"|paragraphs?|sentences?|reporter|authors?|writer|journalist|cartoonist|columnist|spelling"
    r"|podcast|host|obituary|review|recipe|crossword|interview|timeline|diagram"
)
_YOURS: Final = (
    rf"{_PAGE}|stor(?:y|ies)|tables?|box|videos?|quot\w+|reports?|title|figures?|pages?|site|paper"
)
_SIGNS: Final = {
    # The paper and its work, also what it has left out.
    "paper": rf"\b(?:your|ur) (?:\w+ ){{0,2}}(?:{_YOURS})\b|\b(?:the|this) (?:\w+ )?(?:{_PAGE})\b"
    r"|\byou(?:['’]ve| have)? (?:say|write|wrote|print(?:ed)?|forg[eo]t|left|leave|give|call(?:ed)?"
    r"|quoted?|list(?:ed)?|state|report(?:ed)?|claim|name|show|describe|put|don['’]t mention)\b"
    r"|\bas (?:printed|stated|reported|written|described)\b|\b(?:to|the) (?:read|print|reader)\b"
    r"|\b(?:headline|caption|photo|picture|map|graph|text|article|paragraph) (?:says|has|shows|puts"
    r"|is|was|doesn't|and|or)\b|\b404\b|\b(?:left|leav\w+) out\b|\bno mention\b|\bmissing from\b"
    r"|\bworth a line\b|\bomit\w*|\bnowhere\b",
    # How the reader knows: a record, or having been there.
    "knows": r"\baccording to\b|\bsee the\b|\b(?:register|minutes|census|abstract|summons|notice"
    r"|statement|annex|plaque|timetable|official\w*|letter|accounts)\b"
    r"|\b(?:it|which|that) (?:says|said)\b|\bi should know\b|\b(?:two|three|all) of us\b"
    r"|\bas (?:an?|the|somebody|someone|his|her|one)\b"
    r"|\bi(?:['’]m| am| was| sat| stood| took part| work| drafted| counted| teach| know)\b",
    # A wish, a condition, a guess about the future.
    "muses": r"\b(?:if|would|could|might|hope\w*|wish\w*|lets|needs?|will|shall|imagine|deserve\w*"
    r"|worth|thank\w*|must|bet|expect|ought|should|please)\b|(?-i:\bmay\b)|['’](?:d|ll)\b|won['’]t\b"
    r"|\blet['’]s\b",
    # Somebody else's words or mistakes, other places, other times.
    "others": r"\b(?:he|she|they|minister|mayor|leader|government|council|county|city|referee|ref"
    r"|director|somebody|economist|police|office|company|agency|firm|spokes\w+|opposition|party"
    r"|club|officer|coach)(?:['’]s)? (?:\w+ ){0,3}(?:wrong|mistakes?|mistaken|lying|says?|said"
    r"|claims?|claimed|told|promised|thinks?|lied|false)\b|\bclaim that .{1,80} is (?:false|untrue)"
    r"|^\W*@|(?-i:^\W*In (?:\p{Lu}|my\b|our\b))|\b(?:elsewhere|every(?:one|body)?|always|ever"
    r"|as well|everywhere|used to|years ago|remember|in my day|when i|last (?:year|time|week))\b"
    r"|\bin the (?:sixties|seventies|eighties|nineties|old days)\b",
    "own": r"\b(?:my|mine|me|i|we|us|our|myself)\b",
}
_FOUND: Final = {name: re2.compile(f"(?i)(?:{words})") for name, words in _SIGNS.items()}
_OTHERS: Final = re2.compile(
    r"(?i)\b(?:he|she|they|minister|mayor|leader|government|council|county|city|ref(?:eree)?|director"
    r"|somebody|economist|police|paper)(?:'s)? (?:\w+ ){0,2}(?:wrong\b|mistakes?\b|mistaken|lying)"
    r"|\bclaim that .{1,80} is (?:false|untrue|wrong)"
)
_ANSWERS: Final = re2.compile(
    r"^\W*@|^(?:(?:sorry|no|yes|agreed|true),? )?\p{Lu}\pL+, (?:you|it|that|i|no|we)\b"
    r"|\b(?:folks|mate|buddy)\b|(?i:^you(?:['’]re| are) (?:wrong|mistaken|right|mixing))"
)


def signs(sentence: str) -> frozenset[str]:
    """Return which signs a sentence bears: paper, knows, muses, others, own."""
    sentence = readable(sentence)
    return frozenset(name for name, words in _FOUND.items() if words.search(sentence))


def answers(text: str) -> bool:
    """Whether a comment speaks to another reader."""
    return bool(_ANSWERS.search(readable(text)))


def of_others(text: str) -> bool:
    """Whether a text says that somebody in the story is wrong, rather than the paper."""
    return bool(_OTHERS.search(readable(text)))
