"""
What is left of a name when its disguises are undone.

Look-alikes of any script, case, marks, invisible characters, text that is turned round, spacing,
signs, digits at the ends and digits for letters do not make another name.
A name has two readings: digits and signs at the end of a word are left out, or stand for letters.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import re2

from ombud.lexicon import words
from ombud.text import readable, unveil
from ombud.text.lookalikes import LOOK, LOOKS, shapes

GIVEN: Final = words("given_names")
SURNAMES: Final = words("surnames")
TITLES: Final = words("titles")
PARTICLES: Final = frozenset(
    "de da di do du dos das del della la le van von der den ter ten bin ibn bint al el ap ab ni nic"
    " af av zu".split()
)
_EVERYDAY: Final = words("everyday")
_SIGNS: Final = str.maketrans("0134567892@$!|+€¢£", "oleasgtbgzaslltecl")
_AT_THE_END: Final = "0123456789!|+$"
_WORD = re2.compile(r"[\pL\pN@$!|+€¢£]+(?:['\-]+[\pL\pN@$!|+€¢£]+)*")
_ADDRESS = re2.compile(r"@[\w\-]+(?:\.[\w\-]+)+.*$")
_TURNED = re2.compile("\u202e([^\u202c]*)\u202c?")
_PLAIN_WORD = re2.compile(r"\p{Lu}[\p{Ll}\p{M}'’]*|[\p{Ll}\p{M}'’]+|\p{Lu}+")
_CAPITAL_WORD = re2.compile(r"\p{Lu}[\p{Ll}\p{M}'’]*|\p{Lu}+")
_LAST_LATIN: Final = 0x24F
_LONGEST: Final = 200
# Signs that say that a name is genuine; folding reads some of them as letters.
_SEALS: Final = dict.fromkeys(map(ord, "✓✔☑✅™®©"), " ")
_STRETCH = re2.compile("|".join(f"{letter}{{3,}}" for letter in "abcdefghijklmnopqrstuvwxyz"))
_OFTEN_DOUBLE: Final = frozenset("elnost")
_ALIKE: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))
_SOUNDS: Final = (
    *(("ph", "v"), ("f", "v"), ("ck", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("mak", "mk")),
)
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Name:
    """
    One reading of a name.

    `words`: its words in lower case, disguises undone.
    `shapes`: how they look, where letters that look the same are one.
    `natural`: written as names are, so that a word which is a name of its own is meant as one.
    """

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    natural: bool

    @classmethod
    def of(cls, parts: tuple[str, ...], *, natural: bool) -> "Name":
        """Return the name of these words."""
        return cls(parts, tuple(map(shape, parts)), natural)

    @property
    def joined(self) -> str:
        """How the name looks without spaces."""
        return shape("".join(self.words))

    @property
    def runs(self) -> tuple[str, str]:
        """How it looks without spaces, in its order and with the last name first."""
        return self.joined, shape(self.words[-1] + "".join(self.words[:-1]))


@lru_cache(maxsize=16_384)
def readings(name: str) -> tuple[Name, ...]:
    """Return the readings of a name, the likeliest first; none if it has no letters."""
    name = readable(name[:_LONGEST])
    found: dict[tuple[str, ...], Name] = {}
    for written in dict.fromkeys((name, _umlauts(name))):
        split = _split(written)
        chunks = [match.group() for match in _WORD.finditer(_letters(split))]
        natural = _natural(split)
        for parts in (map(_inner, chunks), map(_whole, chunks)):
            read = tuple(filter(None, parts))
            if read and read not in found:
                found[read] = Name.of(read, natural=natural)
    return tuple(found.values())


def skeleton(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case with disguises, digits and signs undone."""
    return next((reading.words for reading in readings(name)), ())


@lru_cache(maxsize=16_384)
def shape(word: str) -> str:
    """Return how a word looks: letters that are taken for one another are the same."""
    for one, other in _ALIKE:
        word = word.replace(one, other)
    return word


@lru_cache(maxsize=16_384)
def sound(word: str) -> str:
    """Return roughly how a word sounds: Sara and Sarah, Jon and John, Clark and Clarke."""
    silent = word[-1:] == "e" and (word[-3:-2] == word[-2:-1] or len(word) >= _LONG)
    if silent and (word not in GIVEN or word[:-1] not in GIVEN or word[-3:-2] == word[-2:-1]):
        word = word[:-1]
    for one, other in _SOUNDS:
        word = word.replace(one, other)
    word = word[:1] + word[1:].replace("h", "")
    return "".join(char for n, char in enumerate(word) if not n or word[n - 1] != char)


@lru_cache(maxsize=16_384)
def is_known(word: str) -> bool:
    """Whether a word is a name of its own, or a word of its own."""
    return word in GIVEN or word in SURNAMES or word in _EVERYDAY


def is_common(parts: tuple[str, ...]) -> bool:
    """Whether a name is made of everyday words, as "Concerned Citizen" is, or is a first name."""
    if len(parts) == 1:
        return len(parts[0]) < len("gullie") or is_known(parts[0])
    return parts[0] not in GIVEN and all(part in _EVERYDAY for part in parts)


def _meant(run: str) -> str:
    """Return how often a letter that is drawn out was meant."""
    return run[:2] if run[0] in _OFTEN_DOUBLE else run[0]


def _umlauts(name: str) -> str:
    """Return a name with umlauts and their like spelled in two letters."""
    spelled = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}
    for mark, letters in spelled.items():
        name = name.replace(mark, letters).replace(mark.upper(), letters.title())
    return name


def _split(name: str) -> str:
    """Return a name as it is seen, with spaces for what else parts words."""
    name = _TURNED.sub(lambda match: match.group(1)[::-1], name) if "\u202e" in name else name
    name = _ADDRESS.sub("", name.removeprefix("@")).translate(_SEALS)
    visible = "".join(char for char in name if char.isprintable() or char.isspace())
    spaced = "".join(
        f" {char}" if char.isupper() and before.islower() else char
        for before, char in zip(f" {visible}", visible, strict=False)
    )
    for one in ("Mc ", "Mac "):
        spaced = spaced if one in visible else spaced.replace(one, one.strip())
    return spaced.replace("_", " ").replace(".", " ")


def _natural(name: str) -> bool:
    """Whether a name is Latin letters, with capitals as names have them or none at all."""
    if any(ord(char) > _LAST_LATIN and char.isalpha() for char in name):
        return False
    parts = name.replace("-", " ").strip("0123456789 !").split()
    bare = [part.strip("()[],!?\"'*~0123456789") for part in parts]
    written = [part for part in bare if part]
    if not all(_PLAIN_WORD.fullmatch(part) for part in written):
        return False
    capital = [bool(_CAPITAL_WORD.fullmatch(part)) for part in written if part not in PARTICLES]
    return all(capital) or not any(capital)


def _letters(name: str) -> str:
    """Return a name in lower case, every character as the Latin letter that it looks like."""
    if not name.isascii():
        codes = np.frombuffer(name.encode("utf-32-le", "replace"), dtype="<u4")
        looks = shapes(codes) & LOOK > 0
        name = np.where(looks, LOOKS[codes], codes).astype("<u4").tobytes().decode("utf-32-le")
    # Before digits become letters: a letter and two digits are no letter drawn out.
    return str(_STRETCH.sub(lambda match: _meant(match.group()), unveil(name).text))


def _inner(word: str) -> str:
    """Return a word without digits and signs at its ends, those inside it read as letters."""
    return _whole(word.strip(_AT_THE_END))


def _whole(word: str) -> str:
    """Return a word with all digits and signs read as letters, if it has a letter."""
    if not any(map(str.isalpha, word)):
        return ""
    return word.translate(_SIGNS).replace("'", "").replace("-", "")
