"""Whether a word that could be a verb is one where it stands, and attributes something."""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.stories.cue_forms import Form, Verb
from ombud.stories.wording import (
    AUXILIARIES,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Token,
    adverb,
    numeral,
    possessive,
)

_NOUNS_TOO: Final = frozenset(
    "remark state claim report note call plan support hope fear demand promise question point view"
    " attack doubt praise blame charge post tweet text email read show find value respect trust"
    " order name label brand rule answer protest request signal hint joke estimate project forecast"
    " issue contest love hate guess worry wonder pledge vow response challenge favor favour welcome"
    " knock trash bash ban critique insult credit title detail outline debate threat champion"
    " advocate offer mention add deny regard reference like back echo want feel document".split()
)
_TO: Final = frozenset("note question report wonder worry".split())
"""Those of them that are verbs after "to"."""
_ONLY_PAST: Final = frozenset(
    "attack email text post state project document rule remark issue".split()
)
_SHOWN: Final = 8
"""Words before a verb, at most, among which stands what gives evidence."""
_EVIDENCE: Final = frozenset(
    "poll polls survey surveys study studies report data email emails document documents records"
    " results figures numbers research analysis investigation polling review it they court judge"
    " statistics transcript filings memo letter"
    " paper article jury tribunal panel inquiry probe audit review commission".split()
)
_MARKS: Final = frozenset("“”\"'‘’:")
_QUOTES: Final = frozenset('“"‘')
_CLAUSES: Final = PRONOUNS | frozenset("that to how why what whether if".split())
_OBJECTS: Final = PRONOUNS | frozenset("that to his her its their the a an him them me us".split())
_SOMEBODY: Final = PRONOUNS | frozenset({"who"})
_THINGS: Final = frozenset("show report expect convince".split())
"""In "-ing" these are nouns, or say what something does, unless a poll stands before them."""
_SEVERAL: Final = frozenset(
    "some many most few others both all several people women men police children percent % half"
    " third two-thirds three-quarters majority".split()
)
_STANDING: Final = frozenset("some each another".split())
_QUALIFYING: Final = _SEVERAL | DETERMINERS | frozenset("such these those fellow top".split())
"""What may stand before a noun with a capital that is not part of a name: "Some Democrats"."""
_AFTER_VERB: Final = _OBJECTS | frozenset("there no any all in".split())
_AS: Final = frozenset({"as", "for"})
_SPEAKING: Final = frozenset({"clause", "listener", "object"})


def attributes(words: Sequence[Token], begin: int, place: int, verb: Verb) -> bool:
    """Whether the word at `place` is a verb, whose group begins at `begin`, and attributes."""
    before = words[begin - 1].low if begin else ""
    if (
        _done(words, place, verb)
        or (before in DETERMINERS and not _stands_for_some(words, begin, place))
        or possessive(before)
        or _in_name(words, place, verb)
    ):
        return False
    helped = any(word.low in AUXILIARIES or word.low == "to" for word in words[begin:place])
    if _had(words, begin, place, verb) or not (helped or _stands_alone(words, begin, place, verb)):
        return False
    if verb.kind == "past":
        return verb.form == "past" and not words[place].capital
    if verb.kind == "weak":
        known = named(words, place, verb) or _low(words, place + 1) in _CLAUSES
        return known or _person(words, begin, verb.form)
    if verb.kind == "quote":
        return _beside_quotation(words, begin, place)
    return verb.kind != "evidence" or _evident(words, begin, place)


def _low(words: Sequence[Token], place: int) -> str:
    """Return the word at a place, or nothing outside the sentence."""
    return words[place].low if 0 <= place < len(words) else ""


def _stands_for_some(words: Sequence[Token], begin: int, place: int) -> bool:
    """Whether "some" or "another" is the subject: "some said he left", not "some cases"."""
    if words[begin - 1].low not in _STANDING or place + 1 >= len(words):
        return False
    after, helped = words[place + 1], begin < place
    return helped or after.capital or not after.word or after.low in _OBJECTS


def _done(words: Sequence[Token], place: int, verb: Verb) -> bool:
    """Whether it is a deed: "wrote a letter", "appeared at a rally"."""
    following = _low(words, place + 1)
    if verb.base == "write":
        return following in DETERMINERS
    return verb.base == "appear" and (following in PREPOSITIONS or not following.isalpha())


def _had(words: Sequence[Token], begin: int, place: int, verb: Verb) -> bool:
    """Whether the word is a noun that somebody has: "has support"."""
    helpers = [word.low for word in words[begin:place] if not adverb(word.low)]
    return verb.form == "base" and bool(helpers) and helpers[-1] in HAVE


def named(words: Sequence[Token], place: int, verb: Verb) -> bool:
    """Whether it is said what something is thought to be: "known as", "seen as"."""
    return verb.form == "past" and _low(words, place + 1) in _AS


def _in_name(words: Sequence[Token], place: int, verb: Verb) -> bool:
    """Whether the word is part of a name, as in "United States"."""
    if not (words[place].capital and place and words[place - 1].capital):
        return False
    return verb.form == "base" or verb.base in _NOUNS_TOO or verb.kind not in _SPEAKING


def _stands_alone(words: Sequence[Token], begin: int, place: int, verb: Verb) -> bool:
    """Whether the word is a verb where no auxiliary says so."""
    before = _low(words, begin - 1)
    if verb.form == "ing":
        return _participle(words, begin, verb)
    if verb.form == "base" and before == "to":
        return verb.kind in _SPEAKING and (verb.base not in _NOUNS_TOO or verb.base in _TO)
    if before in PREPOSITIONS:
        return False
    if verb.form in {"base", "third"} and verb.base in _NOUNS_TOO:
        return verb.base not in _ONLY_PAST and _follows_subject(words, begin, place, verb.form)
    if verb.form != "base" or verb.kind != "object":
        return True
    return begin > 0 and (before in _SOMEBODY or _plural(words[begin - 1]))


def _participle(words: Sequence[Token], begin: int, verb: Verb) -> bool:
    """Whether a form in "-ing" without an auxiliary says what somebody says."""
    if verb.kind in {"weak", "evidence"} or (verb.base in _THINGS and not _shown(words, begin)):
        return False
    return verb.kind != "object" or _low(words, begin - 1) not in PREPOSITIONS - {"by", "in"}


def _beside_quotation(words: Sequence[Token], begin: int, place: int) -> bool:
    """Whether a quotation, or the comma after one, stands beside the verb or its subject."""
    near = (*words[place + 1 : place + 3], *words[max(0, begin - 4) : begin])
    return not _MARKS.isdisjoint(word.low for word in near)


def _evident(words: Sequence[Token], begin: int, place: int) -> bool:
    """Whether a poll or a document shows something, or somebody finds that something is so."""
    if _low(words, place + 1) == "that":
        return True
    return _shown(words, begin)


def _shown(words: Sequence[Token], begin: int) -> bool:
    """Whether a poll or a document stands before a verb."""
    return any(word.low in _EVIDENCE for word in words[max(0, begin - _SHOWN) : begin])


def _follows_subject(words: Sequence[Token], begin: int, place: int, form: Form) -> bool:
    """Whether a subject that agrees stands before a verb that could be a noun."""
    before = words[begin - 1] if begin else None
    if before is None or not before.word:
        return False
    if before.low in PRONOUNS | RELATIVES:
        return True
    if form == "third":
        return before.capital or _said_of(words, begin, place) or _shown(words, begin)
    if before.low in _SEVERAL or _shown(words, begin) or _share(words, begin):
        return True
    lone = begin == 1 or not words[begin - 2].capital or words[begin - 2].low in _QUALIFYING
    noun = before.capital and (not lone or _low(words, place + 1) in PREPOSITIONS)
    return _plural(before) and not noun


def _said_of(words: Sequence[Token], begin: int, place: int) -> bool:
    """Whether somebody says what follows: "the campaign hopes that", "another says there"."""
    after = _low(words, place + 1)
    role = words[begin - 1].low in lexicon.words("source_roles")
    quoting = after in {",", ":"} and (role or _low(words, place + 2) in _MARKS)
    return after in _OBJECTS or quoting or (role and after in _AFTER_VERB) or after in _QUOTES


def _share(words: Sequence[Token], begin: int) -> bool:
    """Whether a share of people ends here: "about four in ten"."""
    one, within, other = (_low(words, at) for at in range(begin - 3, begin))
    return within == "in" and numeral(one) and numeral(other)


def _person(words: Sequence[Token], begin: int, form: Form) -> bool:
    """Whether somebody stands before a verb that is no noun: "she thinks", "voters want"."""
    if not begin or form == "ing":
        return False
    before = words[begin - 1]
    if form == "third":
        return before.low == "," or (before.word and before.low not in PREPOSITIONS)
    return before.low in _SOMEBODY or before.capital or (form == "base" and _plural(before))


def _plural(word: Token) -> bool:
    """Whether a word is a noun of several, or stands for several: "some", "a third"."""
    if word.low in _SEVERAL:
        return True
    return word.word and word.low.endswith("s") and not possessive(word.low)
