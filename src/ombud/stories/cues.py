"""
The words that attribute: verbs, turns of phrase, nouns, and "according to".

Which words do is in the lists; here stands when a word is used so.
What PolNeAR's annotators mark (Newell, Margolin and Ruths 2018) set the bounds: what somebody says,
thinks, wants or values, not only what is quoted.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from ombud import lexicon
from ombud.stories.cue_forms import Form, Kind, Verb, phrase_verbs, phrases, verbs
from ombud.stories.verbal import attributes, named
from ombud.stories.wording import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    Token,
    adverb,
    numeral,
    possessive,
)

_ADVERBS: Final = frozenset("reportedly allegedly purportedly supposedly".split())
_IMPRESSIONS: Final = frozenset({"seem", "appear"})
"""What somebody seems is said of him, as in the passive, not by him."""
_VIEWS: Final = frozenset("view opinion mind telling estimation judgment judgement".split())
_NO_VIEWS: Final = frozenset("of piece pieces column columns page pages".split())
"""What follows where it is none: "in her view of the sea", "in his opinion piece"."""
_OWNERS: Final = frozenset("his her their my our".split())
_OWNED: Final = 5
"""Words of "in Ida Norr's view", at most."""
_LATEST: Final = frozenset("latest new most same recent".split())
_POLL: Final = 12
"""Words of a poll's name, at most."""
_PASSIVE: Final = BE - {"'s", "’s"}
"""A shortened "is" before a participle is mostly "has"."""
_FELT: Final = frozenset({"worry", "convince"})
"""Whoever is worried feels it; nobody said it of him."""
_HELD: Final = {("oppose", "to"), ("assure", "of"), ("persuade", "of"), ("determine", "to")}
"""Participles before these words say what somebody is: "she is opposed to it"."""
_SAID_IN: Final = frozenset(
    "statement interview tweet email e-mail speech release letter memo post message column blog"
    " report filing op-ed video".split()
)
_PARTICLES: Final = frozenset("about of for against out as like off with into upon".split())
_MEANS: Final = frozenset("telephone phone email e-mail mail text letter video".split())
_CHAINS: Final = frozenset(
    "went began continued continues seemed seems seem appeared appears tried sought refused"
    " declined refuses declines quick on want wants".split()
)


class Cue(NamedTuple):
    """
    A cue as a range of token numbers; `head` is the number of the word that decides.

    `passive`: what was said stands before it and who said it at best after "by".
    """

    begin: int
    end: int
    head: int
    kind: Kind
    form: Form
    passive: bool


def cues(words: Sequence[Token], quoted: Sequence[bool]) -> list[Cue]:
    """Return the cues of a sentence; words that stand in a quotation are none."""
    found: list[Cue] = []
    for place, token in enumerate(words):
        if quoted[place] or (found and place < found[-1].end):
            continue
        cue = _according(words, place) or _verb(words, place) or _noun(words, place)
        if cue is None and token.low in _ADVERBS:
            cue = Cue(place, place + 1, place, "adverb", "base", passive=False)
        if cue is None:
            continue
        if found and cue.begin < found[-1].end:
            cue = cue._replace(begin=min(cue.begin, found.pop().begin))
        found.append(cue)
    return found


def _low(words: Sequence[Token], place: int) -> str:
    """Return the word at a place, or nothing outside the sentence."""
    return words[place].low if 0 <= place < len(words) else ""


def _according(words: Sequence[Token], place: int) -> Cue | None:
    """Return "according to" or "in a poll" here."""
    if words[place].low == "according" and _low(words, place + 1) == "to":
        return Cue(place, place + 2, place, "source", "base", passive=False)
    if words[place].low == "in" and (end := _view(words, place + 1)):
        return Cue(place, end, place, "view", "base", passive=False)
    if words[place].low == "in" and _poll(words, place + 1):
        return Cue(place, place + 1, place, "source", "base", passive=False)
    return None


def _view(words: Sequence[Token], begin: int) -> int | None:
    """Return the end of whose view something is: "in | his view", "in | Berg's opinion"."""
    for place in range(begin + 1, min(begin + _OWNED, len(words))):
        low, before = words[place].low, words[place - 1].low
        if low in _VIEWS:
            owned = before in _OWNERS or possessive(before)
            return place + 1 if owned and _low(words, place + 1) not in _NO_VIEWS else None
        if not (words[place].capital or possessive(low)):
            return None
    return None


def _poll(words: Sequence[Token], begin: int) -> bool:
    """Whether a poll stands here, one among others: "a poll", "the latest Gull survey"."""
    first, second = _low(words, begin), _low(words, begin + 1)
    if first not in {"a", "an"} and (first != "the" or second not in _LATEST):
        return False
    for word in words[begin + 1 : begin + _POLL]:
        if word.low in {"poll", "survey"}:
            return True
        if word.low in {",", "of", "that", "where", "with"}:
            break
    return False


def _verb(words: Sequence[Token], place: int) -> Cue | None:
    """Return the cue whose verb stands here."""
    known = _known(words, place)
    if known is None:
        return None
    verb, end = known
    begin = _group(words, place)
    if not attributes(words, begin, place, verb):
        return None
    # "to" ends what an auxiliary can make passive: "were quick to cast".
    last = max((at + 1 for at in range(begin, place) if words[at].low == "to"), default=begin)
    helpers = {word.low for word in words[last:place]}
    passive = verb.form == "past" and (not helpers.isdisjoint(_PASSIVE) or _agent(words, end))
    felt = verb.base in _FELT or (verb.base, _low(words, end)) in _HELD
    felt = felt or (verb.base == "focus" and _low(words, end) != "by")
    # "He seemed to confirm it" is said by him.
    told = _second(words, end, verb) > end
    passive = (passive and not felt) or (verb.base in _IMPRESSIONS and not told)
    passive = passive or (verb.kind == "weak" and named(words, place, verb))
    if passive and verb.base == "write" and _low(words, end) != "by":
        return None
    end = _extended(words, _second(words, end, verb))
    return Cue(begin, end, place, verb.kind, verb.form, passive)


def _agent(words: Sequence[Token], place: int) -> bool:
    """Whether "by" and somebody stand here, and not how it was said: "by telephone"."""
    if _low(words, place) != "by":
        return False
    place += adverb(_low(words, place + 1))  # "by first saying"
    following = _low(words, place + 1)
    doing = following.endswith("ing") and not words[place + 1].capital
    return following not in _MEANS and not doing and not numeral(following)


def _known(words: Sequence[Token], place: int) -> tuple[Verb, int] | None:
    """Return the verb or the turn of phrase that begins here, and where it ends."""
    low = words[place].low
    if low in phrase_verbs():
        base, form = phrase_verbs()[low]
        for rest, kind in phrases()[base]:
            end = place + 1 + len(rest)
            if tuple(word.low for word in words[place + 1 : end]) == rest:
                return Verb(base, kind, form), end
    return (verbs()[low], place + 1) if low in verbs() else None


def _second(words: Sequence[Token], end: int, verb: Verb) -> int:
    """Return the end with a second verb: "declined to confirm", "confirmed or denied"."""
    if verb.kind == "deed" and _low(words, end) == "to" and _form(words, end + 1) == "base":
        end += 2
    if _low(words, end) in COORDINATORS - {"and", "but"}:
        second = _form(words, end + 1)
        if second == verb.form or (second == "base" and verb.kind == "deed"):
            end += 2
    return end


def _form(words: Sequence[Token], place: int) -> Form | None:
    """Return the form of the verb that stands here, if one of the list does."""
    known = verbs().get(_low(words, place))
    return known.form if known else None


def _extended(words: Sequence[Token], end: int) -> int:
    """Return the end of a cue with its particle, and "in a statement"."""
    if _low(words, end) in _PARTICLES:
        return end + 1
    if _low(words, end) in {"in", "on"} and _low(words, end + 1) in {"a", "an"}:
        for place in range(end + 2, min(end + 5, len(words))):
            if words[place].low in _SAID_IN:
                return place + 1
    return end


def _group(words: Sequence[Token], place: int) -> int:
    """Return where the group of the verb begins: its auxiliaries and adverbs, "went on to"."""
    begin = place
    while begin and not words[begin - 1].capital and _helps(words, begin - 1, place):
        begin -= 1
    return begin


def _helps(words: Sequence[Token], at: int, place: int) -> bool:
    """Whether a word belongs to the group of the verb at `place`."""
    low = words[at].low
    if low in AUXILIARIES or adverb(low):
        return True
    if low == "most":
        return adverb(words[at + 1].low)
    if low == "to":
        return _low(words, at - 1) in _CHAINS
    return low in _CHAINS and at + 1 < place and words[at + 1].low in {"to", "on"}


def _noun(words: Sequence[Token], place: int) -> Cue | None:
    """Return the cue whose noun or adjective stands here."""
    after = lexicon.words("cue_nouns").get(words[place].low, "").split()
    if _low(words, place + 1) not in after:
        return None
    begin = _group(words, place)
    end = place + 1 if _low(words, place + 1) == "that" else place + 2
    return Cue(begin, end, place, "noun", "base", passive=False)
