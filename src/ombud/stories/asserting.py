"""Whether a sentence confirms or denies a claim, or uses the verbs for something else."""

from collections.abc import Iterator, Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.clauses import Range
from ombud.stories.wording import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    adverb,
)

_CONFIRM: Final = frozenset(
    "confirm confirms confirmed confirming verify verifies verified verifying corroborates"
    " corroborated corroborating authenticated".split()
)
_DENY: Final = frozenset("deny denies denied denying".split())
_REJECT: Final = frozenset("rejected rejects dismissed dismisses refuted refutes".split())
_DISPUTE: Final = frozenset("disputed disputes".split())
_NOT: Final = frozenset(
    "not never nor neither without cannot can't couldn't won't wouldn't didn't doesn't don't"
    " hasn't haven't hadn't isn't wasn't weren't declined declines refused refuses unable failed"
    " can’t couldn’t won’t wouldn’t didn’t doesn’t don’t hasn’t haven’t hadn’t isn’t wasn’t"
    " weren’t".split()
)
_NOT_YET: Final = frozenset(
    "be being get getting if to until unless once before of for after should must may might will"
    " would".split()
)
_COUNTED: Final = frozenset(
    "case cases death deaths infection infections covid coronavirus new signatures fatalities"
    " patients account accounts total".split()
)
_BEFORE_ADJECTIVE: Final = (
    DETERMINERS | PREPOSITIONS | frozenset("first new million more other total latest only".split())
)
_CONFIRMED: Final = frozenset("that the his her a reports".split())
_OFFICE: Final = frozenset(
    "senate nominee nominee's nomination nominees vote voice judge justice confirmation".split()
)
_VOTERS: Final = frozenset("senate congress committee panel".split())
_JUDGES: Final = frozenset(
    "judge court justices justice panel parliamentarian magistrate jury arbitrator".split()
)
_BELIEF: Final = frozenset("climate science holocaust evolution".split())
_CLAIM_AFTER: Final = 5
_SAID: Final = frozenset(
    "allegation allegations accusation accusations charge charges claim claims report reports"
    " rumors rumours suggestion suggestions assertion assertions speculation account"
    " statements".split()
)
_STRONG: Final = frozenset(
    "categorically flatly vehemently strongly repeatedly vigorously strenuously adamantly firmly"
    " fiercely steadfastly publicly consistently angrily explicitly forcefully initially".split()
)


def confirming(words: Sequence[Token], quoted: Sequence[bool]) -> Range | None:
    """Return the verb by which somebody confirms something, in a quotation only "we" or "I"."""
    parts = (part for part in _parts(words, _CONFIRM) if _speaks(words, part, quoted))
    return next((part for part in parts if _confirms(words, *part)), None)


def denying(words: Sequence[Token], quoted: Sequence[bool]) -> Range | None:
    """Return the words by which somebody denies a claim."""
    for part in _parts(words, _DENY | _REJECT | _DISPUTE):
        if _speaks(words, part, quoted, "denies") and _denies(words, *part):
            return part
    for at, word in enumerate(words):
        if word.low == "denial" and "that" in {near.low for near in words[at + 1 : at + 3]}:
            return at, at + 1
    return None


def _speaks(words: Sequence[Token], part: Range, quoted: Sequence[bool], *whole: str) -> bool:
    """Whether a verb is the reporter's, or that of a speaker on his own part."""
    begin, end = part
    if not quoted[end - 1] or words[end - 1].low in whole:
        return True
    return any(word.low in {"we", "i"} for word in words[max(0, begin - 3) : begin])


def _parts(words: Sequence[Token], verbs: frozenset[str]) -> Iterator[Range]:
    """Yield the groups of a verb: its auxiliaries and adverbs, and itself."""
    for at, word in enumerate(words):
        if word.low in verbs:
            begin = at
            while begin and (words[begin - 1].low in AUXILIARIES or adverb(words[begin - 1].low)):
                begin -= 1
            yield begin, at + 1


def _negated(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether the verb is denied, wished for or put off."""
    return any(word.low in _NOT for word in words[max(0, begin - 4) : end])


def _confirms(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a verb confirms something that was said or has happened."""
    helpers = {word.low for word in words[begin : end - 1]}
    before = words[begin - 1].low if begin else ""
    put_off = before in _NOT_YET or not helpers.isdisjoint(_NOT_YET)
    supposed = any(word.low in {"if", "whether"} for word in words[max(0, begin - 5) : begin])
    if put_off or supposed or _negated(words, begin, end) or _into_office(words, begin, end):
        return False
    after = words[end].low if end < len(words) else ""
    verb = words[end - 1].low
    if verb in {"confirm", "verify"}:
        named = before in PRONOUNS - {"it", "you"} or before.endswith("s")
        return named or not helpers.isdisjoint({"can", "could", "did", "do"})
    if verb == "verifies" and after not in _CONFIRMED:
        return False  # A habit: "the bank verifies each customer".
    if verb.endswith("ing"):
        return not helpers.isdisjoint(BE) or (before == "," and after in _CONFIRMED)
    adjective = before in _BEFORE_ADJECTIVE or before.isdigit()
    return after not in _COUNTED and (not adjective or not helpers.isdisjoint(AUXILIARIES))


def _into_office(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether it is a person who is confirmed, by those who vote on it."""
    subject = {word.low for word in words[max(0, begin - 4) : begin]}
    after = {word.low for word in words[end : end + 6]}
    if _VOTERS & subject and not subject & {"sources", "aides"}:
        return True
    if after & {"judge", "nominee", "nominees", "senate"} and not after & {"that", "report"}:
        return True
    passive = any(word.low in BE for word in words[begin:end])
    counted = end < len(words) and (words[end].low[0].isdigit() or words[end].low in {"as", "with"})
    return passive and (counted or any(word.low in _OFFICE for word in words))


def _denies(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a verb denies a claim: not a request, a right, or what science knows."""
    verb = words[end - 1].low
    before = words[begin - 1].low if begin else ""
    helpers = {word.low for word in words[begin : end - 1]}
    if (
        _negated(words, begin, end)
        or helpers & BE - {"is", "are"}
        or (helpers & BE and verb != "denying")
    ):
        return False
    subject = {word.low for word in words[max(0, begin - 6) : begin]}
    if not _BELIEF.isdisjoint(word.low for word in words) or subject & _JUDGES:
        return False
    strong = bool(helpers & _STRONG)
    if verb in _DENY:
        return (
            (strong and before != "to")
            or _claim(words, end)
            or (before not in {"to", "been"} and _ends(words, end))
        )
    if not begin or before in DETERMINERS | PREPOSITIONS:
        return False
    said = any(word.low in _SAID for word in words[end : end + _CLAIM_AFTER])
    return said or (verb in _DISPUTE and _ends(words, end))


def _ends(words: Sequence[Token], end: int) -> bool:
    """Whether the clause ends here, as in "a charge the mayor denies"."""
    return end >= len(words) or words[end].low in {".", ",", "-", "—", "–", "on", ")", ";"}


def _claim(words: Sequence[Token], end: int) -> bool:
    """Whether what is denied is a claim."""
    following = words[end].low if end < len(words) else ""
    if following == "any" or following.endswith("ing"):
        return True
    if following in {"him", "her", "them", "us", "you", "me"}:
        return False
    return _claim_noun(words, end)


def _claim_noun(words: Sequence[Token], end: int) -> bool:
    """Whether a word for a claim follows before the next verb or comma."""
    claims = lexicon.words("denied_claims")
    for word in words[end : end + _CLAIM_AFTER]:
        if word.low in claims:
            return True
        if word.low in {",", ".", ";", "to"} or word.low in AUXILIARIES:
            return False
    return False
