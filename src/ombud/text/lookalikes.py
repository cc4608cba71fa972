"""
What a character stands for: look-alikes, full width, mathematical letters, invisible ones.

Sources: Unicode compatibility decomposition (NFKD), the confusables of Unicode TR39 in the package
confusable-homoglyphs, and anyascii for Latin letters and letter symbols that neither of them has.

The tables have a place for every character there is and are filled in as characters occur, so a
text costs the same however many different characters it holds.
"""

import unicodedata
from typing import Final

import numpy as np
from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data
from numpy.typing import NDArray

# What a shape tells about a character: into how many it folds, and the flags below.
WIDTH: Final = 0b111
LETTER: Final = 1 << 3
LATIN: Final = 1 << 4
LOOK: Final = 1 << 5
_KNOWN: Final = 1 << 6

_CHARACTERS: Final = 0x110000
# Ideographs and syllables that stand for themselves: most of the characters there are.
_IDEOGRAPHS: Final = (
    *(range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4)),
    *(range(0x17000, 0x18D00), range(0x20000, 0x2F800), range(0x30000, 0x40000)),
)
# For private use, or never assigned.
_NOTHING: Final = (range(0xE000, 0xF900), range(0x40000, 0xE0000), range(0xF0000, _CHARACTERS))

INVISIBLE: Final = ""
_PUNCTUATION: Final = {
    **dict.fromkeys("‘’‚‛′´ʼ＇", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
    "•": "*",
    "∗": "*",
    "⁎": "*",
    "✱": "*",
    "＊": "*",
    "·": ".",
    "․": ".",
    "。": ".",
    "，": ",",
}
_LONGEST_EXPANSION: Final = 4
# What every character of a category stands for: lone surrogates, white space, what is not seen.
_STANDS_FOR: Final = {
    "Cs": "\ufffd",
    "Zs": " ",
    "Zl": "\n",
    "Zp": "\n",
    **dict.fromkeys(("Cf", "Mn", "Me"), INVISIBLE),
}
_LATIN: Final = 0x24F
# Controls, what is not assigned, what is for private use.
_NO_SIGN: Final = frozenset({"Cc", "Cn", "Co"})
_KEPT_CONTROLS: Final = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85")


def _skeleton(char: str) -> str | None:
    """Return the ASCII letter that TR39 calls confusable with this letter, if there is one."""
    for entry in confusables_data.get(char, ()):
        letter = entry["c"]
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            return str(letter).lower()
    return None


def _is_latin(char: str) -> bool:
    """Whether this is a Latin letter, going by its name."""
    return unicodedata.name(char, "").startswith("LATIN")


def _fold_character(char: str) -> str:
    """Return what one character stands for, in lower case, judged without its neighbours."""
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    category = unicodedata.category(char)
    if category in _STANDS_FOR:
        return _STANDS_FOR[category]
    if category in _NO_SIGN:
        return INVISIBLE if category == "Cc" and char not in _KEPT_CONTROLS else char
    parts = unicodedata.normalize("NFKD", char)
    plain = parts if parts == char else "".join(p for p in parts if not unicodedata.combining(p))
    plain = plain.lower()
    if plain.isascii() and 0 < len(plain) <= _LONGEST_EXPANSION:
        return plain
    if category == "So" or (category[0] == "L" and _is_latin(char)):
        letters = anyascii(char)
        if letters.isalpha() and len(letters) <= (1 if category == "So" else 2):
            return letters.lower()
    lower = unicodedata.normalize("NFC", char.lower())
    return lower if len(lower) == 1 else char


def _learn(code: int) -> None:
    """Enter a character into the tables."""
    char = chr(code)
    folded = _fold_character(char)
    if folded != char:
        FOLDS[code] = folded
    shape = _KNOWN | len(folded)
    if char.isalpha():
        shape |= LETTER
        if folded.isascii():
            shape |= LATIN
        elif code > _LATIN and (look := _skeleton(char) or _skeleton(char.lower())):
            LOOKS[code] = ord(look)
            shape |= LOOK
    # Last, so that another thread that finds the character known finds all about it.
    _SHAPES[code] = shape


def shapes(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return what is known about each of these characters."""
    found = _SHAPES[codes]
    unknown = found == 0
    if unknown.any():
        for code in set(codes[unknown].tolist()):
            _learn(code)
        found = _SHAPES[codes]
    return found


def _known_to_stay() -> NDArray[np.uint8]:
    """Return the shapes of all characters, with those entered that no folding ever changes."""
    known = np.zeros(_CHARACTERS, dtype=np.uint8)
    for block in _IDEOGRAPHS:
        flags = np.frombuffer(bytes(map(str.isalpha, map(chr, block))), dtype=np.uint8)
        known[block.start : block.stop] = _KNOWN | 1 | LETTER * flags
    for block in _NOTHING:
        known[block.start : block.stop] = _KNOWN | 1
    return known


# What characters stand for, as `str.translate` wants it; those that stay are not in it.
FOLDS: Final[dict[int, str]] = {}
# The Latin letter that a letter of another script looks like.
LOOKS: Final = np.zeros(_CHARACTERS, dtype=np.uint8)
_SHAPES: Final = _known_to_stay()
