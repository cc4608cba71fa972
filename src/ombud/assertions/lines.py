"""The sentences of a letter: whole where its lines are broken, and without who signs below."""

from collections.abc import Sequence
from typing import Final

import re2

from ombud.assertions.courtesies import FAREWELLS
from ombud.text import Span, sentences

_ENDS: Final = (".", "!", "?", ":", "…")
_FAREWELL: Final = re2.compile(rf"(?i)^\W*(?:{FAREWELLS})[^.!?]*$")
_NAME: Final = re2.compile(r"^\W*\p{Lu}[\pL\pM.'’-]*(?:,? \p{Lu}[\pL\pM.'’-]*){0,3},?$")
_SIGNED: Final = 6
"""Words of a line under a letter, at most."""
_BROKEN: Final = 50
"""Characters of a line from which it may have been broken for its length."""


def written(text: str) -> list[Span]:
    """Return the sentences of a text, each whole, without a signature below them."""
    return _unsigned(text, _whole(text, sentences(text)))


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return sentences joined where mail programs break long lines."""
    whole: list[Span] = []
    for one in spans:
        if whole and _broken(text, whole[-1], one):
            whole[-1] = Span(whole[-1].begin, one.end)
        else:
            whole.append(one)
    return whole


def _broken(text: str, one: Span, following: Span) -> bool:
    """Whether a long line ends within a sentence, and the next line goes on."""
    if text.count("\n", one.end, following.begin) != 1 or text.endswith(_ENDS, one.begin, one.end):
        return False
    return one.end - text.rfind("\n", 0, one.end) > _BROKEN


def _unsigned(text: str, spans: Sequence[Span]) -> list[Span]:
    """
    Return sentences without who signs under them.

    A signature is what stands in short lines without a full stop from a farewell or a name on:
    names, trades, addresses.
    Names below a colon are the list that it announces.
    """
    kept: list[Span] = []
    signs = lists = False
    for one in spans:
        words = one.quote(text)
        short = not words.endswith(_ENDS) and len(words.split()) <= _SIGNED
        named = bool(kept and _NAME.search(words))
        if named and lists and not (signs or _FAREWELL.search(words)):
            kept[-1] = Span(kept[-1].begin, one.end)
            continue
        signs = short and (signs or named)
        if not signs:
            kept.append(one)
        lists = words.endswith(":")
        signs = signs or bool(_FAREWELL.search(words))
    return kept
