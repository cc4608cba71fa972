"""The words and marks of a sentence, with the little grammar that attributions need."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import re2

from ombud.lexicon.names import SURNAMES
from ombud.text import Span

_KNOWN: Final = 40
"""Letters of a chunk that is remembered: longer ones are words of no language, or addresses."""
# A shortened verb is a word of its own, so that "they've" has a subject and an auxiliary.
_TOKEN: Final = re2.compile(r"[\pL\pN]+(?:['’.&-][\pL\pN]+)*|-{2,3}|[^\s\pZ\pL\pN]")
_TYPED_DASHES: Final = frozenset({"--", "---"})
_SHORTENED: Final = re2.compile(
    r"(?i)^(?:(.+)(['’](?:re|ve|ll|d|m))|(s?he|it|that|who|there|what)(['’]s))$"
)

BE: Final = frozenset(
    "be am is are was were been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t"
    " 're ’re 's ’s 'm ’m".split()
)
HAVE: Final = frozenset(
    "has have had having hasn't haven't hadn't hasn’t haven’t hadn’t 've ’ve".split()
)
MODALS: Final = frozenset(
    "will would can could should may might must do does did cannot won't wouldn't can't couldn't"
    " shouldn't don't doesn't didn't won’t wouldn’t can’t couldn’t shouldn’t don’t doesn’t"
    " didn’t 'll ’ll 'd ’d".split()
)
AUXILIARIES: Final = BE | HAVE | MODALS
DETERMINERS: Final = frozenset(
    "a an the this these those my your his her its our their no any some every each another".split()
)
PREPOSITIONS: Final = frozenset(
    "of in on at by for from with about against into over under between without through during"
    " among toward towards across amid despite like per via within upon besides".split()
)
PRONOUNS: Final = frozenset("he she they i we you it".split())
RELATIVES: Final = frozenset("who which that whom whose".split())
SUBORDINATORS: Final = frozenset(
    "that because while as when if although though whether than since after before until unless"
    " where so what how why once whereas".split()
)
COORDINATORS: Final = frozenset("and or but nor yet".split())
DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split()
)
_ADVERBS: Final = frozenset(
    "also not never now then later previously recently still even just always often repeatedly"
    " once again instead further too long earlier ever both simply since already soon first all"
    " almost perhaps so well twice nevertheless thus therefore meanwhile only more rather quite"
    " sometimes otherwise else indeed likewise hence nonetheless".split()
)
_NO_ADVERBS: Final = frozenset("family ally rally july supply reply apply only".split())
_NAMES_TOO: Final = frozenset({"will", "may"})
_NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten half third thirds quarter".split()
)
OPENING: Final = frozenset("“„«‘\"'`")
CLOSING: Final = frozenset("”»’\"'")


class Token(NamedTuple):
    """A word or a mark: where it stands in the text, and how it reads in lower case."""

    begin: int
    end: int
    low: str
    capital: bool

    @property
    def word(self) -> bool:
        """Whether it is no mark."""
        return self.low[-1].isalnum()


def tokens(text: str, span: Span) -> list[Token]:
    """Return the words and marks of a range."""
    said, begin, place = span.quote(text), span.begin, 0
    found = []
    for chunk in said.split():
        place = said.index(chunk, place)
        at = begin + place
        parts = _known_parts if len(chunk) <= _KNOWN else _parts
        for first, last, low, capital in parts(chunk):
            found.append(Token(at + first, at + last, low, capital))
        place += len(chunk)
    return found


def _parts(chunk: str) -> tuple[Token, ...]:
    """Return the words and marks between two spaces."""
    found = []
    for match in _TOKEN.finditer(chunk):
        begin, end = match.span()
        word = match[0]
        shortened = _SHORTENED.match(word) if "'" in word or "’" in word else None
        if word in _TYPED_DASHES or chunk == "-":
            found.append(Token(begin, end, "—", capital=False))
            continue
        cut = end - len(shortened[2] or shortened[4]) if shortened is not None else end
        found.append(Token(begin, cut, chunk[begin:cut].lower(), word[0].isupper()))
        if cut < end:
            found.append(Token(cut, end, chunk[cut:end].lower(), capital=False))
    return tuple(found)


_known_parts: Final = lru_cache(maxsize=1 << 14)(_parts)
"""Most chunks stand in many sentences."""


def adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb, and says how or when."""
    return word in _ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


def possessive(word: str) -> bool:
    """Whether a word says whose something is."""
    return word.endswith(("'s", "’s"))


def numeral(low: str) -> bool:
    """Whether a word is a number, as in "about four in ten"."""
    return low[:1].isdigit() or low.partition("-")[0] in _NUMBERS


def named_like_auxiliary(words: Sequence[Token], place: int) -> bool:
    """Whether "Will" or "May" is a name within a sentence."""
    return place > 0 and words[place].capital and words[place].low in _NAMES_TOO


def named_like_adverb(word: Token) -> bool:
    """Whether a word that looks like an adverb is a last name: "Kelly", "Jolly"."""
    return word.capital and word.low in SURNAMES
