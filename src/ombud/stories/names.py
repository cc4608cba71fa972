"""The people whom a text names in full, and where."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ombud.lexicon.names import GIVEN, TITLES
from ombud.stories.wording import DAYS, Token, possessive, tokens
from ombud.text import Span

_PARTICLES: Final = frozenset("de la van von der den bin al el del di da ben ibn du".split())
_SUFFIXES: Final = frozenset("jr sr ii iii iv".split())
_NEVER: Final = DAYS | frozenset(
    "street road avenue university college hospital center centre house court church times post"
    " journal news park school county city state states party committee institute foundation bank"
    " department airport stadium square bridge act plan group company commission former new"
    " dnc rnc gop u.s us".split()
)
_TITLES: Final = TITLES.keys() | frozenset("sen sens gov rep reps gen sgt lt capt".split())
_MOST: Final = 4


class Name(NamedTuple):
    """A full name, and its last name in lower case."""

    span: Span
    last: str


def names(text: str, span: Span) -> list[Name]:
    """Return the full names in a range, in order: a given name and what follows it."""
    return list(_names(tokens(text, span)))


def full_name(text: str, span: Span) -> Name | None:
    """Return the first full name in a range."""
    return next(_names(tokens(text, span)), None)


def _names(words: Sequence[Token]) -> Iterator[Name]:
    """Yield the full names among words."""
    place = 0
    while place < len(words):
        titled = place > 0 and words[place].capital and _title(words, place)
        begin = place
        end = _end(words, place) if titled or _given(words[place]) else place
        if titled and end == place and words[place].low not in _NEVER | TITLES.keys():
            begin, end = place - 1 - (words[place - 1].low == "."), place + 1
        if end - begin > 1:
            yield Name(
                Span(words[begin].begin, _without_possession(words[end - 1])), _last(words, end)
            )
        place = max(end, place + 1)


def _title(words: Sequence[Token], place: int) -> bool:
    """Whether a title stands before a word."""
    before = place - 1 - (words[place - 1].low == ".")
    return before >= 0 and words[before].capital and words[before].low in _TITLES


def _given(word: Token) -> bool:
    """Whether a word is a given name, or the first initial of one."""
    low = word.low
    return word.capital and low not in _NEVER and (low.split("-")[0] in GIVEN or low[1:2] == ".")


def _end(words: Sequence[Token], begin: int) -> int:
    """Return the end of the name that begins here, or its begin where there is no last name."""
    end, last = begin + 1, begin
    while end < len(words) and end - begin < _MOST + 2:
        word = words[end]
        if (word.low == "." and words[end - 1].capital and len(words[end - 1].low) == 1) or (
            word.low in _PARTICLES and end + 1 < len(words)
        ):
            end += 1
        elif word.capital and word.word and word.low not in _NEVER:
            end, last = end + 1, end
            if possessive(word.low):
                break
        else:
            break
    if end < len(words) and words[end].low in _NEVER and words[end].capital:
        return begin
    return last + 1 if last > begin else begin


def _last(words: Sequence[Token], end: int) -> str:
    """Return the last name in lower case, without "Jr." and without a possessive."""
    low = words[end - 1].low
    if low in _SUFFIXES and end > 1:
        low = words[end - 2].low
    return _bare(low)


def _bare(low: str) -> str:
    """Return a word without what makes it possessive."""
    return low[:-2] if possessive(low) else low


def _without_possession(word: Token) -> int:
    """Return where a name ends that may be possessive."""
    return word.end - 2 if possessive(word.low) else word.end


def last_name(text: str, span: Span) -> str | None:
    """Return the last name, in lower case, that a source gives instead of a full one."""
    words = tokens(text, span)
    comma = next((at for at, word in enumerate(words) if word.low in {",", "("}), len(words))
    words = [word for word in words[:comma] if word.word]
    if words and words[0].low in _TITLES:
        words = words[1:]
    if len(words) != 1 or not words[0].capital:
        return None
    return _bare(words[0].low)
