"""
Part the words of a report into what it asserts.

Sentence by sentence, by turns of phrase that everybody can read; whoever looks into a report may
add, split and sort otherwise.
A sentence without a word about anything in the article says nothing alone: if it asks, thanks or
praises ("Please correct this.") it is left out, if it judges ("That is wrong.") it goes with the
sentence that it judges.
A sentence that begins with a greeting, thanks or praise is an assertion if a clause after it is.
What a reader tells only of themselves ("I run a bookshop.") is left out beside an assertion.
Nothing is dropped on a doubt: where no sentence speaks for itself, all words are one assertion.
"""

from typing import Final

import re2

from ombud import lexicon
from ombud.assertions.courtesies import after_courtesy
from ombud.assertions.lines import written
from ombud.assertions.telling import without_telling
from ombud.text import Span, fold

_ASKS: Final = lexicon.phrases("correction_request_phrases")
_NUMBERING: Final = re2.compile(r"(?:^\W*(?:\d{1,2}|[a-hA-H])|:\s+[1aA])[.)]\s*$")
"""How a point of a list begins, "2.", or the first one after what announces them."""
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
    r"errors?|actually|in fact|instead|rather|should|correct\w*|was|were|is|are|has|had"
    r"|(?:it|that|he|she|they|there)['’](?:s|re))\b"
)
_IS: Final = re2.compile(r"(?i)\b(?:is|was|were|has)\b")
_TALKS: Final = re2.compile(
    r"(?i)\b(?:please|pls|would be (?:nice|great|good|kind|grateful|appreciated)"
    r"|(?:i|we)(?:['’](?:m|re|d|ll)| am| are| do| would| will)?(?: \pL+)? (?:grateful|appreciate"
    r"|hop(?:e|ing)|look(?:ing)? forward|wonder|ashamed)|much appreciated)\b"
    r"|^\W*(?:(?:and|so|but|just) )?(?:do|check|get|read|learn|try|stop|come|go|see|keep|let|tell"
    r"|kindly|(?:with )?hop(?:e|ing)|looking forward"
    r"|(?:i|we)(?: am|['’]m| are|['’]re)? writ(?:e|ing)"
    r"|(?:(?:what|how|such|so|a|an|pure|utter(?:ly)?|total(?:ly)?|absolute(?:ly)?"
    r"|complete(?:ly)?|typical|more) (?:\pL+ ){0,2})?(?:disgrac\w*|shame\w*"
    r"|rubbish|ridiculous|boring|ashamed))\b"
)
"""Requests, wishes and scolding: what says something beside them has a word of `_STATES` too."""
_SOMEBODY: Final = frozenset("i we you he she it they this that who".split())
_TELLS: Final = re2.compile(r"(?i)\b(?:note|aware|out|remember) that\b")
_QUOTES: Final = re2.compile(
    r"(?i)\b(?:article|story|piece|text|paragraph|you|headline|caption|the (?:report|paper)"
    r"|(?:your|this) (?:\w+ )?(?:report|paper))\b"
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
_QUESTION: Final = re2.compile(r"\?\W*$")
_REQUESTS: Final = re2.compile(
    r"(?i)^\W*(?:(?:and|so|but) )?(?:please|pls|kindly|could|can|would|will|may|might|any chance"
    r"|is it possible)\b"
)
_COURTEOUS: Final = re2.compile(
    r"(?i)\b(?:please|pls|kindly|than(?:k|x)\w*|grateful|appreciated?|hop(?:e|ing)"
    r"|look(?:ing)? forward|keep|well done|good|great|excellent|(?:let|letting) you know)\b"
)
_MENDS: Final = re2.compile(
    r"(?i)\b(?:fix\w*|correct\w*|amend\w*|mend\w*|chang\w+|retract\w*|rectif\w+|revis\w+"
    r"|update\w*|updating|remov\w+|put (?:\w+ )?right|errors?|mistakes?|mix\w* up|misspell\w*"
    r"|misspelt|typos?)\b"
)

_WORD: Final = re2.compile(r"[\pL\pN]+(?:['’]\pL+)*")
_ENDING: Final = re2.compile(r"n['’]t$|['’](?:s|re|ve|ll|d|m)$")
_QUOTED: Final = re2.compile(r"[\"“”«»‘]|(?:^|\s)'")
_HOLLOW: Final = frozenset(
    (
        # What every sentence is built with. He, she and they are somebody in the article.
        "the a an this that these those it its some any one all both i me my we us our you"
        " your yours who which what someone somebody anyone there here and or but so if as to"
        " in of on at by for with from about into than then too also again is are was were be"
        " been being am do does doing did got get have has had ca can could wo will would"
        " should may might must shall need needs not no never really actually just only very"
        " soon when possible asap now perhaps maybe simply indeed clearly obviously once small"
        " little minor slight quick tiny"
        # What is asked for, and the verdict.
        " correct correcting corrected correction corrections fix fixing fixed amend amended change"
        " changed update updated rectify rectified revise mend edit check checking look looking see"
        " put right take make made sure wrong incorrect inaccurate untrue false true mistaken error"
        " errors mistake mistakes inaccuracy"
        # Who is asked, and where it stands.
        " article articles story piece report paper newspaper website site page text editor editors"
        " reporter team desk reader"
        # Courtesies.
        " please pls kindly thank thanks thx many much grateful appreciate appreciated help helps"
        " hope hoping like want wanted let letting know hear hearing forward back reply answer"
        " response mention mentioning point pointing out note notice noticed"
        " spotted saw seen find found keep up well done good great excellent"
        " work job time attention notice advance"
    ).split()
)
"""Words that name nothing an article could be wrong about."""
_MOST: Final = 50
"""Assertions of one report: who investigates them does so one by one."""
_COUNTED: Final = re2.compile(
    r"(?i)\b(?:two|three|four|five|a few|several|a couple of) (?:\w+ )?"
    r"(?:errors|mistakes|inaccuracies|corrections|things|points)\b"
)


def parted(text: str, marked: Span | None = None) -> list[tuple[str, Span]]:
    """
    Return what a report asserts: the kind of each, and its characters in the text.

    `marked`: characters that a rule took for an assertion; the sentence around them is one, or
    is part of the one that it asks about.
    The kinds are fact, emphasis, spelling, link_or_caption, opinion and not_about_us.
    Of a report that goes on and on, the last one is all the rest: an editor parts it, if need be.
    """
    said = [
        one for one in written(text) if _overlaps(one, marked) or not _is_polite(one.quote(text))
    ]
    found = [
        one
        for one in _joined(text, said, marked)
        if _overlaps(one, marked) or _asserts(one.quote(text))
    ]
    of_others = without_telling([one.quote(text) for one in found])
    found = [
        one for one, says in zip(found, of_others, strict=True) if says or _overlaps(one, marked)
    ]
    if not found:
        found = [Span(said[0].begin, said[-1].end) if said else Span(0, len(text))]
    if len(found) > _MOST:
        found[_MOST - 1 :] = [Span(found[_MOST - 1].begin, found[-1].end)]
    return [(kind_of(one.quote(text)), one) for one in found]


def kind_of(words: str) -> str:
    """
    Return the kind of one assertion; what nothing speaks against is a fact.

    Who only asks or praises states none: that is an opinion until an editor finds more in it.
    """
    for kind, rule in _RULES.items():
        if rule.search(words):
            return kind
    if _ASKS.search(fold(words)) or _CONTRADICTS.search(words) or re2.search(r"\d", words):
        return "fact"
    mends = _MENDS.search(words)
    if _QUESTION.search(words) and not (_REQUESTS.search(words) and mends):
        return "opinion"
    praises = _COURTEOUS.search(words) and _is_hollow(words) and not mends
    return "opinion" if praises or _OPINION.search(words) else "fact"


def _joined(text: str, spans: list[Span], marked: Span | None) -> list[Span]:
    """
    Return sentences, joined where one says nothing without another.

    One that only says what stands in the article waits for the one after it, and so does the number
    of a point; a hollow one goes with the one before it, or waits if it is the first.
    """
    joined: list[Span] = []
    waits = False
    for one in spans:
        words = one.quote(text)
        hollow = _is_hollow(words)
        if hollow and _asks_only(words) and not _overlaps(one, marked):
            continue
        first = not joined
        if waits or (hollow and not first):
            joined[-1] = Span(joined[-1].begin, one.end)
        else:
            joined.append(one)
        if _NUMBERING.search(words):
            waits = True
            continue
        repeats = bool(_QUOTES.search(words)) and not _CONTRADICTS.search(words)
        waits = (first and hollow) or (not waits and repeats and not _WONDERS.search(words))
    return joined


def _is_hollow(words: str) -> bool:
    """Whether a sentence names nothing that an article could be wrong about."""
    if _QUOTED.search(words):
        return False
    found = _WORD.findall(_COUNTED.sub("errors", words).casefold())
    return bool(found) and all(_ENDING.sub("", one) in _HOLLOW for one in found)


def _is_polite(words: str) -> bool:
    """Whether a sentence begins with a courtesy, and asserts nothing beside it."""
    clauses = after_courtesy(words)
    if clauses is None:
        return False
    first, *others = clauses
    if _CONTRADICTS.search(first) or _IS.search(first):
        return False
    return not any(
        (len(one.split()) > 2 or _STATES.search(one)) and _asserts(one)  # noqa: PLR2004 - a name
        for one in others
    )


def _asks_only(words: str) -> bool:
    """Whether a hollow sentence asks, thanks or praises, and judges nothing."""
    asks = _QUESTION.search(words) or _REQUESTS.search(words) or _COURTEOUS.search(words)
    return bool(asks) and not _CONTRADICTS.search(words)


def _overlaps(one: Span, marked: Span | None) -> bool:
    """Whether a rule marked some of a sentence."""
    return marked is not None and one.begin < marked.end and marked.begin < one.end


def _asserts(words: str) -> bool:
    """Whether a sentence says something that can be looked into."""
    if _is_polite(words):
        return False
    wonders, mends = _WONDERS.search(words), _MENDS.search(words)
    contradicts = _CONTRADICTS.search(words)
    if wonders and not (contradicts or mends):
        return False
    if _ASKS.search(fold(words)) or any(rule.search(words) for rule in _RULES.values()):
        return True
    if _QUESTION.search(words):
        return bool((_REQUESTS.search(words) and mends) or (contradicts and not wonders))
    if _TALKS.search(words):
        return bool(_STATES.search(words) or _TELLS.search(words))
    return bool(_STATES.search(words)) or not _is_outcry(words)


def _is_outcry(words: str) -> bool:
    """Whether a sentence has no room for somebody and what they do: "Typical.", "Lazy work!"."""
    first, *others = (word.lower() for word in _WORD.findall(words) or [""])
    if len(others) != 1:
        return not others
    somebody = first in _SOMEBODY or first not in lexicon.words("everyday")
    return not somebody and not others[0].endswith(("ed", "s"))
