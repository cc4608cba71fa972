"""Which marks may stand for which: punctuation is mended, what it says is not."""

from collections import Counter
from typing import Final

_LOUD: Final = frozenset("?!")
_SPOKEN: Final = '"'
_OURS: Final = "[]{}"


def remarked(before: str, after: str, *, asks: bool = False, cut: bool = False) -> str:
    """
    Say why other marks say something else; nothing if they are mended.

    `asks`: the sentence begins as a question does.  `cut`: words were cut here, so that only what
    is new counts.
    """
    old, new = Counter(before), Counter(after)
    for mark in _OURS:
        if new[mark] > old[mark]:
            return f"'{mark}' was added: brackets are an editor's words"
    if cut:
        return ""
    if old[_SPOKEN] != new[_SPOKEN]:
        done = "added" if new[_SPOKEN] > old[_SPOKEN] else "left out"
        return f"a quotation mark was {done}: that says whose words they are"
    were, are = _LOUD & set(before), _LOUD & set(after)
    asked = are == {"?"} and not were and asks
    fewer = bool(are) and are < were
    if were == are or asked or fewer:
        return ""
    return f"{_shown(before)} became {_shown(after)}: that says something else"


def _shown(marks: str) -> str:
    """Return marks as they are told."""
    return f"'{marks}'" if marks else "no mark"
