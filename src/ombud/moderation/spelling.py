"""
Which word is a mend of which: spelling and capitals, and nothing that makes it another word.

A correct word stays as it is, unless it is often confused with the other; an unknown one may be
mended into the word that it must be, unless it can be a name, dialect or a number.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ombud.lexicon import words
from ombud.lexicon.dictionary import counts

_NEAREST: Final = 2
_SHORT: Final = 4
"""Letters up to which one mistake is the most that a word can hold and still be known again."""
_RARER: Final = 20
_SURE_LENGTH: Final = 5
_SURE_COUNT: Final = 1_000_000
_SILENT: Final = str.maketrans("", "", "aeiouyh'")
_MODALS: Final = frozenset("could should would must might may couldn't shouldn't wouldn't".split())
_POSSESSIVE: Final = "'s"
_NAME: Final = "it may be a name"


@cache
def _confused() -> frozenset[tuple[str, str]]:
    """Return the words that are taken one for the other, both ways."""
    text = files("ombud.lexicon").joinpath("confused.txt").read_text(encoding="utf-8")
    lines = (line.partition(" = ") for line in text.splitlines() if " = " in line[1:])
    pairs = [(one, other) for one, _, other in lines if not one.startswith("#")]
    return frozenset([*pairs, *((other, one) for one, other in pairs)])


def listed(word: str) -> str:
    """Return what a word, in small letters, is listed to be misspelled for, or the word itself."""
    return words("misspelled").get(word, word)


def known(word: str) -> bool:
    """Whether a word, in small letters, is spelled as the dictionary has it."""
    # One that lacks only its apostrophe may be a word of its own.
    if listed(word).replace("'", "").casefold() != word.replace("'", ""):
        return False
    bare = word.removesuffix(_POSSESSIVE)
    return any(one in counts() or one in words("dialect") for one in (word, bare)) or (
        bare in words("everyday")
    )


def ordinary(word: str) -> bool:
    """Whether a word, in small letters, is surely no name: correct, or listed."""
    return word in words("misspelled") or known(word)


def respelled(before: str, after: str, previous: str = "") -> str:
    """
    Say why one word, in small letters, is no mend of the other; nothing if it is one.

    `previous`: the word before it.
    """
    if any(char.isdigit() for char in before + after):
        return "numbers stay as they are"
    modal = before == "of" and after == "have" and previous in _MODALS
    mistake = listed(before).casefold() == after
    if modal or mistake or (before, after) in _confused():
        return ""
    if before.replace("'", "") == after.replace("'", ""):
        return _apostrophe(before, after)
    return _mistaken(before, after)


def recased(before: str, after: str, *, began: bool, begins: bool) -> str:
    """
    Say why other capitals make it another word; nothing if they are mended.

    `began`, `begins`: whether it stands at the beginning of a sentence, before and now.
    """
    low = after.casefold()
    if low.partition("'")[0] == "i":
        return "" if after[:1] == "I" else "that is a word with a capital"
    only_first = after[1:] == before[1:]
    if begins and only_first and after[:1].isupper():
        return ""
    ordinary = low in words("everyday")
    if only_first and (began or begins):
        return "" if ordinary else _NAME
    if low in words("capitalised"):
        return "with other capitals it is another word"
    if after[:1].isupper():
        raised = "that is a capital of its own" if only_first else "that is emphasis of its own"
        return raised if ordinary and not before.isupper() else ""
    return "" if ordinary or before.isupper() else _NAME


def _mistaken(before: str, after: str) -> str:
    """Say why an unlisted word is no mistake that the other mends; nothing if it is one."""
    if before in words("dialect"):
        return "dialect stays as it is"
    if known(before):
        return "both are words of their own"
    if not known(after):
        return "that is no better known a word"
    return "" if after in _near(before) else "that is another word"


def parted(before: str, after: str) -> str:
    """Say why words that were parted or joined are no mend; nothing if they are one."""
    if listed(before) == after:
        return ""
    return "words may not be parted or joined"


def sure(word: str) -> str | None:
    """Return what a word, in small letters, must be, where there is no doubt that it is wrong."""
    if (right := listed(word)) != word:
        return right
    if known(word) or len(word) < _SURE_LENGTH or not (word.isascii() and word.isalpha()):
        return None
    near = _near(word)
    if len(near) != 1 or _sound(near[0]) != _sound(word) or word[0] != near[0][0]:
        return None
    only = near[0]
    sure_enough = counts().get(only, 0) >= _SURE_COUNT and OSA.distance(word, only) == 1
    # A missing or further ending may be another form of the word, or a name.
    return only if sure_enough and word[-1] == only[-1] and len(only) > _SHORT else None


@cache
def _near(word: str) -> tuple[str, ...]:
    """Return what an unknown word may stand for: near, sounding the same, and often written."""
    most = 1 if len(word) <= _SHORT else _NEAREST
    found = process.extract(
        word, counts().keys(), scorer=OSA.distance, score_cutoff=most, limit=None
    )
    nearest = min((distance for _, distance, _ in found), default=0)
    like = [one for one, _, _ in found if _sound(one) == _sound(word)]
    like = like or [one for one, distance, _ in found if distance == nearest]
    often = max((counts()[one] for one in like), default=0)
    return tuple(sorted(one for one in like if counts()[one] * _RARER >= often))


def _sound(word: str) -> str:
    """Return the consonants of a word, doubled ones once."""
    bare = word.translate(_SILENT)
    return "".join(one for one, last in zip(bare, f" {bare}", strict=False) if one != last)


def _apostrophe(before: str, after: str) -> str:
    """Say why an apostrophe more or less is no mend; nothing if it is one."""
    if "'" in after:
        return "" if known(after) else "that is no better known a word"
    plural = before.endswith(_POSSESSIVE) and known(after)
    return "" if plural or not known(before) else "both are words of their own"
