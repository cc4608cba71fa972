"""
What a character stands for: look-alikes, full width, mathematical letters, invisible ones.

Sources: Unicode compatibility decomposition (NFKD), the confusables of Unicode TR39 in the package
confusable-homoglyphs, and anyascii for Latin letters and letter symbols that neither of them has.
"""

import unicodedata
from typing import Final

from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data

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
# What every character of a category stands for: lone surrogates and kinds of white space.
_STANDS_FOR: Final = {"Cs": "\ufffd", "Zs": " ", "Zl": "\n", "Zp": "\n"}
_LATIN: Final = 0x24F
_KEPT_CONTROLS: Final = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85")


def _skeleton(char: str) -> str | None:
    """Return the ASCII letter that TR39 calls confusable with this letter, if there is one."""
    for entry in confusables_data.get(char, ()):
        letter = entry["c"]
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            return str(letter).lower()
    return None


def _fold_character(char: str) -> str:
    """Return what one character stands for, in lower case, judged without its neighbours."""
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me") or (category == "Cc" and char not in _KEPT_CONTROLS):
        return INVISIBLE
    if category in _STANDS_FOR:
        return _STANDS_FOR[category]
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    ).lower()
    if plain.isascii() and 0 < len(plain) <= _LONGEST_EXPANSION:
        return plain
    if category == "So" or unicodedata.name(char, "").startswith("LATIN"):
        letters = anyascii(char)
        if letters.isalpha() and len(letters) <= (1 if category == "So" else 2):
            return letters.lower()
    lower = unicodedata.normalize("NFC", char.lower())
    return lower if len(lower) == 1 else char


class _Folds(dict[str, str]):
    """Character to what it stands for, worked out once for each character that occurs."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_character(char)
        return folded


class _Skeletons(dict[str, str | None]):
    """Letter of another script to the Latin letter it looks like, or None."""

    def __missing__(self, char: str) -> str | None:
        found: str | None = None
        if ord(char) > _LATIN and char.isalpha() and not FOLDS[char].isascii():
            found = _skeleton(char) or _skeleton(char.lower())
        self[char] = found
        return found


FOLDS: Final = _Folds()
SKELETONS: Final = _Skeletons()
