"""
Part the words of a report into what it asserts.

Sentence by sentence, by turns of phrase that everybody can read; whoever looks into a report may
add, split and sort otherwise.
Nothing is dropped on a doubt: where no sentence speaks for itself, all words are one assertion.
"""

from typing import Final

import re2

from ombud.lexicon import phrases
from ombud.text import Span, fold, sentences

_ASKS: Final = phrases("correction_request_phrases")
_POLITE: Final = re2.compile(
    r"(?i)^\W*(?:https?://|(?:dear|hello|hi|hey|good (?:morning|day|evening|afternoon)|thanks?|"
    r"thank you|many thanks|(?:best|kind|warm) (?:regards|wishes)|regards|yours|sincerely|cheers|"
    r"i (?:love|like|enjoy|have been reading|read) (?:your|the) paper)\b)"
)
_KINDS: Final = {
    "spelling": (
        r"typos?|mis-?spel\w*|spelt|spelled|spelling|grammar|grammatical\w*|misprint\w*|"
        r"apostrophes?|punctuation|proof-?read\w*"
    ),
    "link_or_caption": (
        r"links?|captions?|captioned|photos?|photographs?|pictures?|pictured|images?|maps?|"
        r"graphics?|charts?|videos?|credit(?:ed)? to"
    ),
    "emphasis": (
        r"headlines?|mislead\w*|emphasis\w*|overstat\w*|understat\w*|exaggerat\w*|one-sided|"
        r"biased?|slant\w*|unbalanced|out of context|impression|left out|leaves out|omit\w*|"
        r"no mention|fails? to mention|buried"
    ),
    "not_about_us": (
        r"subscriptions?|subscribed|delivery|delivered|my account|password|log ?in|newsletter|"
        r"advert\w*|another (?:paper|site)|(?:other|different) newspaper"
    ),
}
_RULES: Final = {kind: re2.compile(rf"(?i)\b(?:{words})\b") for kind, words in _KINDS.items()}
_OPINION: Final = re2.compile(
    r"(?i)\b(?:i (?:think|feel|believe|find it)|in my (?:opinion|view)|disgrac\w*|shame\w*|"
    r"rubbish|ridiculous|boring|ashamed|why (?:do|does|are|is) (?:you|your|this))\b"
)
_STATES: Final = re2.compile(
    r"(?i)\d|n['’]t\b|\b(?:not|never|no|wrong\w*|incorrect\w*|inaccurate\w*|untrue|false|mistak\w*|"
    r"errors?|actually|in fact|instead|rather|should|correct\w*|was|were|is|are|has|had)\b"
)
_QUOTES: Final = re2.compile(
    r"(?i)\b(?:article|story|piece|report|paper|text|paragraph|you|headline|caption)\b"
    r"(?: \w+){0,3} (?:says?|said|states?|stated|claims?|claimed|write|writes|wrote|reports?|"
    r"reported|gives?|gave|calls?|called|names?|named)\b"
)
_CONTRADICTS: Final = re2.compile(
    r"(?i)n['’]t\b|\b(?:but|not|never|wrong\w*|incorrect\w*|inaccurate\w*|actually|in fact|instead|"
    r"rather than|should|whereas|however)\b"
)
_WONDERS: Final = re2.compile(
    r"(?i)^\W*(?:(?:and|also|but|so|or) )?(?:could|can|would|will|may|might|where|when|what|who"
    r"|whom|whose|which|how|why|do|does|did|is there|are there|is it possible|have you|any chance)"
    r"\b.*\?\W*$"
)
_MENDS: Final = re2.compile(
    r"(?i)\b(?:fix\w*|correct\w*|amend\w*|mend\w*|chang\w+|retract\w*|rectif\w+|revis\w+"
    r"|update\w*|updating|remov\w+|put (?:\w+ )?right|errors?|mistakes?|mix\w* up|misspell\w*"
    r"|misspelt|typos?)\b"
)


def parted(text: str, marked: Span | None = None) -> list[tuple[str, Span]]:
    """
    Return what a report asserts: the kind of each, and its characters in the text.

    `marked`: characters that a rule took for an assertion; the sentence around them is one.
    The kinds are fact, emphasis, spelling, link_or_caption, opinion and not_about_us.
    """
    spans = [one for one in sentences(text) if not _POLITE.search(one.quote(text))]
    found = [one for one in _joined(text, spans) if _is_asserted(one.quote(text), one, marked)]
    if not found:
        found = [Span(spans[0].begin, spans[-1].end) if spans else Span(0, len(text))]
    return [(kind_of(one.quote(text)), one) for one in found]


def kind_of(words: str) -> str:
    """Return the kind of one assertion; what nothing speaks against is a fact."""
    for kind, rule in _RULES.items():
        if rule.search(words):
            return kind
    stated = _ASKS.search(fold(words)) or _CONTRADICTS.search(words) or re2.search(r"\d", words)
    return "opinion" if _OPINION.search(words) and not stated else "fact"


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Return sentences, one that only says what stands in the article with the one after it."""
    joined: list[Span] = []
    waits = False
    for one in spans:
        words = one.quote(text)
        if waits:
            joined[-1] = Span(joined[-1].begin, one.end)
        else:
            joined.append(one)
        repeats = bool(_QUOTES.search(words)) and not _CONTRADICTS.search(words)
        waits = not waits and repeats and not _WONDERS.search(words)
    return joined


def _is_asserted(words: str, span: Span, marked: Span | None) -> bool:
    """Whether a sentence says something that can be looked into."""
    if marked and span.begin < marked.end and marked.begin < span.end:
        return True
    if _WONDERS.search(words) and not (_CONTRADICTS.search(words) or _MENDS.search(words)):
        return False
    if _ASKS.search(fold(words)) or any(rule.search(words) for rule in _RULES.values()):
        return True
    return bool(_STATES.search(words)) and not words.rstrip().endswith("?")
