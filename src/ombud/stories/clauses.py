"""
Where the subject of a cue stands, and how far what was said reaches.

No parser: boundaries are marks, the words that begin clauses, and words that can only be verbs.
Where they do not settle who spoke, nobody is named.
"""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.lexicon.names import SURNAMES
from ombud.stories.cue_forms import verbs
from ombud.stories.cues import Cue
from ombud.stories.wording import (
    AUXILIARIES,
    COORDINATORS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Token,
    adverb,
    named_like_adverb,
    named_like_auxiliary,
    numeral,
    possessive,
)

Range = tuple[int, int]

_ENDS: Final = frozenset(',;:.?!—–-"“”«»„()[]…')
STARTS: Final = SUBORDINATORS | AUXILIARIES | (RELATIVES - {"whom", "whose"})
LEADING: Final = frozenset(
    "however also still now then yesterday today meanwhile and but or so yet".split()
)
_SUBJECTS: Final = frozenset("he she they we i".split())
_CASELESS: Final = frozenset("him them me us himself herself themselves".split())
EMPTY: Final = frozenset("there which that what this these those the a an".split())
_REMARKS: Final = frozenset("though meanwhile however too".split())
"""Words that stand in commas beside a subject: "Norr, though, said"."""
_ABOUT: Final = frozenset("about over under around nearly".split())
_SHORT: Final = frozenset("jr sr inc co corp ltd".split())
_OPENERS: Final = frozenset("the a an".split())
TIMES: Final = frozenset("week month year night morning afternoon evening spring summer".split())
_TWO: Final = 2
LONGEST: Final = 30


def subject_before(words: Sequence[Token], cue: Cue, quoted: Sequence[bool]) -> Range | None:
    """Return the subject that ends where the cue begins, with what stands in commas after it."""
    end = before_time(words, cue.begin)
    if not end or words[end - 1].low not in {",", ")", "—", "–"}:
        return phrase_until(words, end, quoted)
    close = end - 1
    for place in _openings(words, close, quoted):
        opened = place
        if opened > _TWO and words[opened - 1].low in _REMARKS:
            opened -= words[opened - 2].low == "," and 2
        if phrase := phrase_until(words, opened, quoted):
            phrase = _with_name(words, phrase, quoted)
            first = words[place + 1]
            no_names = (PREPOSITIONS | RELATIVES | SUBORDINATORS | _REMARKS) - {"of"}
            more = first.low not in no_names
            return (phrase[0], end - (words[close].low != ")")) if more else phrase
    return None


def _with_name(words: Sequence[Token], phrase: Range, quoted: Sequence[bool]) -> Range:
    """Return a phrase with the name before it: "Ida Norr, head of the port, which owns it"."""
    begin, end = phrase
    if words[begin - 1].low.endswith("ing"):  # "Ida Norr, facing the sea, head of the port,"
        begin -= 1
    if begin < _TWO or words[begin - 1].low != "," or words[begin].capital:
        return phrase
    name = phrase_until(words, begin - 1, quoted)
    return (name[0], end) if name and words[begin - 2].capital else phrase


def _openings(words: Sequence[Token], close: int, quoted: Sequence[bool]) -> list[int]:
    """
    Return where what stands between two commas, brackets or dashes may begin, the likeliest first.

    Several may follow one another, as in "Ida Norr, 29, of Bergen, says"; a clause that begins with
    "who" or "whose" reaches from its comma to the last.
    """
    wanted = "(" if words[close].low == ")" else words[close].low
    found: list[int] = []
    for place in range(close - 1, max(-1, close - LONGEST), -1):
        if quoted[place]:
            break
        if words[place].low == wanted:
            if words[place + 1].low in RELATIVES:
                # "the head, who, on Friday, said": what stands in commas begins after "who".
                inner = [later for later in found if later == place + 2]
                return inner or [place]
            found.append(place)
            if wanted != ",":
                return [place]
    return [place for place in found if place and _aside(words, place + 1) and _names(words, place)]


def _aside(words: Sequence[Token], begin: int) -> bool:
    """Whether what begins here says more about the name before it."""
    first = words[begin]
    if first.low in {"after", "while", "when", "before"}:
        opens = words[0].low not in PREPOSITIONS | SUBORDINATORS
        return opens and all(word.low != "," for word in words[: begin - 1])
    if first.low == "as" or (first.low in _REMARKS and words[begin + 1].low == ","):
        return True
    return first.low not in SUBORDINATORS | COORDINATORS | PRONOUNS | AUXILIARIES


def _names(words: Sequence[Token], end: int) -> bool:
    """Whether what ends here can be the name that the rest says more about."""
    begin = end
    while begin and words[begin - 1].low not in {",", ";", ":"}:
        begin -= 1
    if words[begin].low[0].isdigit() or (words[begin].low in PREPOSITIONS and begin):
        return False
    return words[end - 1].word or words[end - 1].low in {".", ")"}


def phrase_until(words: Sequence[Token], end: int, quoted: Sequence[bool]) -> Range | None:
    """Return the noun phrase that ends here."""
    end = before_time(words, end)
    if not end:
        return None
    if words[end - 1].low in {"who", "which"}:
        return end - 1, end
    begin = end
    while begin and end - begin < LONGEST and not quoted[begin - 1]:
        if _bounds(words, begin - 1, end):
            break
        begin -= 1
    if begin and not _may_begin(words, begin):
        return _name_at_end(words, begin, end)
    return _trimmed(words, begin, end)


def _bounds(words: Sequence[Token], place: int, end: int) -> bool:
    """Whether no noun phrase that ends later can hold the word or mark here."""
    low = words[place].low
    if low in STARTS and not named_like_auxiliary(words, place):
        return low != "than" or not numeral(words[place + 1].low)
    if low in COORDINATORS:
        return not _joins(words, place)
    if not words[place].word and not inside_name(words, place, end):
        return True
    return only_verb(words, place) and not _of_noun(words, place)


def _of_noun(words: Sequence[Token], place: int) -> bool:
    """Whether "to" belongs to a noun: "aides to Norr", "sailors trying to leave"."""
    if words[place].low != "to" or not place or place + 1 >= len(words):
        return False
    after, before = words[place + 1], words[place - 1].low
    return after.capital or after.low in DETERMINERS | _CASELESS or before.endswith("ing")


def _name_at_end(words: Sequence[Token], begin: int, end: int) -> Range | None:
    """Return what a clause without "that" begins with: "those are topics Norr said", "he said"."""
    if words[end - 1].low in _SUBJECTS:
        return end - 1, end
    place = end
    while place > begin and words[place - 1].capital:
        place -= 1
    bare = place > begin and words[place - 1].word and words[place - 1].low not in PREPOSITIONS
    return (place, end) if place < end and bare else None


def _may_begin(words: Sequence[Token], begin: int) -> bool:
    """Whether a subject may begin here: not where a verb has its object."""
    before = words[begin - 1].low
    if before in AUXILIARIES or before == "to":
        return False
    return not only_verb(words, begin - 1) or says(before)


def before_time(words: Sequence[Token], end: int) -> int:
    """Return the end without adverbs and times: "Clinton on Tuesday said", "last week said"."""
    while end > 1:
        low, before = words[end - 1].low, words[end - 2].low
        if low in DAYS or (low in TIMES and before in {"last", "this", "next"}):
            end -= 2 if before in {"on", "last", "this", "next", "late", "early"} else 1
        elif adverb(low) and not named_like_adverb(words[end - 1]):
            end -= 1
        else:
            break
    return end


def inside_name(words: Sequence[Token], place: int, end: int) -> bool:
    """Whether a mark belongs to a name: an abbreviation, a hyphen, "(D-Ohio)"."""
    low = words[place].low
    if low in "%$":
        return True
    if low in {".", "-", "–", "&", "/", "#", "@", "'", "’"}:
        touches = place + 1 < len(words) and words[place].end == words[place + 1].begin
        before = words[place - 1] if place else None
        named = low == "." and before is not None and before.capital
        ends = before is not None and ("." in before.low or before.low in _SHORT)
        return touches or (named and (place + 1 < end or ends))
    if low in "()":
        return any(words[at].low == "(" for at in range(max(0, place - 6), place + 1))
    return False


def _joins(words: Sequence[Token], place: int) -> bool:
    """Whether "and" stands between two names or nouns and not between two clauses."""
    if not place or place + 1 >= len(words):
        return False
    before, after = words[place - 1], words[place + 1]
    if after.low in PRONOUNS or not before.word:
        return False
    earlier = place - 1
    while earlier >= 0 and words[earlier].word and words[earlier].low not in STARTS:
        if only_verb(words, earlier):
            return False
        earlier -= 1
    return before.capital == after.capital or earlier < 0


def says(low: str) -> bool:
    """Whether a verb is one after which a clause may begin without "that"."""
    verb = verbs().get(low)
    told = verb is not None and verb.form == "past" and verb.kind == "clause"
    return told or low in lexicon.words("saying")


def only_verb(words: Sequence[Token], place: int) -> bool:
    """Whether a word can hardly be anything but a verb."""
    low = words[place].low
    if words[place].capital or low == "to":
        return low == "to"
    if low in lexicon.words("plain_verbs") or says(low):
        return True
    if not low.endswith("ed") or not place:
        return False
    before = words[place - 1]
    if place + 1 < len(words) and words[place + 1].low in _OPENERS:
        return True
    if before.low in DETERMINERS or (
        place == 1 and before.low in lexicon.words("everyday") and before.low not in SURNAMES
    ):
        return before.low in PRONOUNS
    return before.word and (
        before.capital
        or before.low in PRONOUNS | RELATIVES
        or (before.low.endswith(("s", "ly")) and not possessive(before.low))
    )


def _trimmed(words: Sequence[Token], begin: int, end: int) -> Range | None:
    """Return a phrase without what stands before its head: "On Sunday", "In a speech Trump"."""
    while begin < end and (words[begin].low in LEADING or not words[begin].word):
        begin += 1
    counted = words[begin].low in _ABOUT and numeral(words[begin + 1].low)
    if begin < end and words[begin].low in PREPOSITIONS | _ABOUT and not counted:
        begin = _after_opening(words, begin, end)
    begin = _after_participle(words, begin, end)
    if begin >= end or nobody(words, begin, end):
        return None
    if words[end - 1].low in PRONOUNS and words[end - 2].low not in COORDINATORS:
        return end - 1, end
    clause = words[begin].low in PRONOUNS and end - begin > 1
    if clause and words[begin + 1].low not in COORDINATORS:
        return _name_at_end(words, begin, end)
    return begin, end


def _after_participle(words: Sequence[Token], begin: int, end: int) -> int:
    """Return where a subject begins that a determiner opens after a word that is no part of it."""
    for place in range(end - 1, begin, -1):
        before = words[place - 1].low
        if words[place].low in _OPENERS and before.endswith("ing"):
            return place
    return begin


def nobody(words: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a phrase is a word that can be no subject, or says nothing of who it is."""
    low, small = words[begin].low, not words[begin].capital
    return end - begin == 1 and ((low in _CASELESS and small) or low in EMPTY)


def _after_opening(words: Sequence[Token], begin: int, end: int) -> int:
    """Return where the subject begins after "In a speech …" without a comma."""
    if words[begin].low in {"with", "for"}:
        return begin + 1
    for place in range(end - 1, begin + 1, -1):
        low = words[place].low
        if low in PRONOUNS or low in DETERMINERS:
            return place
    place = end
    while place > begin and words[place - 1].capital and words[place - 1].low not in DAYS:
        place -= 1
    return place if place < end and place > begin + 1 else end
