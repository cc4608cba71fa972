"""
What a reader's sentence sets against what an article prints.

Another number for the same thing, another name, another spelling, printed words that are denied,
quoted or repeated as a question.
"""

from collections.abc import Iterator
from functools import lru_cache
from math import isclose
from typing import Final

import re2
from rapidfuzz import fuzz

from ombud.assertions.quantities import Quantity, quantities
from ombud.newsroom import Article
from ombud.text import readable, sentences

_WORD: Final = re2.compile(r"\pL[\pL\pM'’]*")
_LETTERS: Final = re2.compile(r"\pL[\pL\pM]*")
_NAME: Final = re2.compile(r"\p{Lu}\p{Ll}{2,}")
_QUOTED: Final = re2.compile(r"[\"“”]([^\"“”]{2,60})[\"“”]")
_CLAUSE: Final = re2.compile(r"[,;:–—]|\bbut\b")
_DENIED: Final = re2.compile(r"(?i)n['’]t\b|\b(?:not|never)\b")
_ASKS: Final = re2.compile(
    r"(?i)^\W*(?:wh\w+|how|only|is|are|was|were|will|would|can|could|do|does|did|has|have)\b"
)
_OF_SPEAKER: Final = re2.compile(r"(?i)\b(?:i|you|we)(?:\W\pL+)?\W(?:\pL+n['’]t|not|never)\b")
_COMMON: Final = frozenset(
    (
        "the and for from with are was were been being its this that these those his her their him"
        " them you your our not never none nobody nothing without there here has have had did does"
        " will would should can could may might must say says said then than when where who what"
        " which how why all any some more most much many very just only also too even still now one"
        " two first last out off over about into after before again same other own get got went"
        " come came make made take took she they"
    ).split()
)
_CALENDAR: Final = re2.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July"
    r"|August|September|October|November|December"
)
_STEM: Final = 5
"""Letters by which forms of one word are the same."""
_ALIKE: Final = 78.0
"""Likeness of two spellings of a name that begin alike (0 to 100)."""
_SHORTEST: Final = 3
"""Letters up to which a name is like too many others."""
_FEW: Final = 3
"""Words of a sentence that says little but a number."""
_SHORT: Final = 6
"""Words of a question that only repeats what is printed."""


class Printed:
    """What an article prints; read once for all its comments."""

    def __init__(self, article: Article) -> None:
        """Read its title and text."""
        whole = readable(f"{article.title}\n{article.text}")
        lines = [span.quote(whole) for span in sentences(whole)]
        self._lower = _plain(whole)
        self._names: dict[str, set[str]] = {}
        for name in _written_large(whole):
            if len(name) > _SHORTEST and not _CALENDAR.fullmatch(name):
                self._names.setdefault(name[0], set()).add(name)
        self._lines = [_stems(line) for line in lines]
        self._amounts = [quantities(line) for line in lines]
        self._all = [one for line in self._amounts for one in line]
        self._stems = frozenset[str]().union(*self._lines)

    def set_against(self, sentence: str, signs: frozenset[str], *, ends: bool) -> str:
        """
        Return what a sentence sets against the article, in words that end "it …"; "" if nothing.

        `signs`: those that it bears.
        `ends`: whether nothing comes after it.
        """
        sentence = readable(sentence)
        asks = sentence.rstrip().endswith("?")
        if asks and not ends and self._repeats(sentence):
            return "doubts what is printed"
        found = self._quoted(sentence) or self._spelled(sentence)
        if found or asks or signs & {"muses", "others"}:
            return found
        own = "own" in signs
        return (
            self._counted(sentence, own=own)
            or self._named(sentence, own=own)
            or self._denied(sentence)
        )

    def _repeats(self, sentence: str) -> bool:
        """Whether a short question has nothing but what is printed, or a number that is."""
        said = _stems(sentence)
        if len(sentence.split()) > _SHORT or _ASKS.search(sentence):
            return False
        amounts = any(_same(one, other) for one in quantities(sentence) for other in self._all)
        return amounts or (bool(said) and said <= self._stems)

    def _quoted(self, sentence: str) -> str:
        """Say which printed words a sentence quotes."""
        for words in _QUOTED.findall(sentence):
            said = _plain(words).strip(" .,?!")
            if said and said in self._lower:
                return f"quotes “{words}”"
        return ""

    def _spelled(self, sentence: str) -> str:
        """Say which printed name a sentence writes in another way."""
        for name in self._new_names(sentence):
            for other in self._names.get(name[0], ()):
                if fuzz.ratio(name, other) > _ALIKE:
                    return f"writes “{name}” where the article has “{other}”"
        return ""

    def _named(self, sentence: str, *, own: bool) -> str:
        """Say that a sentence about the same thing names somebody or something else."""
        first = _LETTERS.match(sentence)
        new = [one for one in self._new_names(sentence) if not (first and one == first.group())]
        about = not own and new and _stems(sentence) & self._stems
        return "names somebody or something else" if about else ""

    def _new_names(self, sentence: str) -> Iterator[str]:
        """Yield the words of a sentence that are written large and not printed."""
        for name in _written_large(sentence):
            plain = name.lower()
            if not (plain in self._lower or plain in _COMMON or _CALENDAR.fullmatch(name)):
                yield name

    def _counted(self, sentence: str, *, own: bool) -> str:
        """Say which number, day or month of a sentence is another one in the article."""
        said = _stems(sentence)
        nearest = max(range(len(self._lines)), key=lambda n: len(said & self._lines[n]), default=0)
        touched = said & self._lines[nearest] if self._lines else frozenset()
        if own and len(touched) < 2:  # noqa: PLR2004 - what readers tell of themselves has numbers too
            return ""
        for one in dict.fromkeys(quantities(sentence)):
            like = [other for other in self._all if one.like(other)]
            near = [other for other in self._amounts[nearest] if one.like(other)] if like else []
            rivals = near if touched and near else like
            if not like or any(_same(one, other) for other in rivals):
                continue
            told = one.counted or one.kind != "count"
            if (near and touched) or (told and len(said) <= _FEW) or len(said) <= 1:
                return f"gives “{one.words}” where the article has “{rivals[0].words}”"
        return ""

    def _denied(self, sentence: str) -> str:
        """Say that a sentence denies what is printed."""
        for clause in _CLAUSE.split(sentence):
            if not _DENIED.search(clause) or _OF_SPEAKER.search(clause):
                continue
            said = _stems(clause)
            if any(len(said & line) > 1 for line in self._lines):
                return "denies what is printed"
        return ""


@lru_cache(256)
def printed(article: Article) -> Printed:
    """Return what an article prints; what was read lately is remembered."""
    return Printed(article)


def _written_large(text: str) -> Iterator[str]:
    """Yield the words of a text that begin with a capital, as names do, and go on without one."""
    return (word for word in _LETTERS.findall(text) if _NAME.fullmatch(word))


def _plain(text: str) -> str:
    """Return a text in lower case with straight apostrophes."""
    return text.lower().replace("’", "'")


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that mean something."""
    words = (word.partition("'")[0] for word in _WORD.findall(_plain(text)))
    return frozenset(word[:_STEM] for word in words if len(word) > 2 and word not in _COMMON)  # noqa: PLR2004


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are as much."""
    return isclose(one.value, other.value)
