"""
What is kept of an answer: only what quotes nothing that does not stand in the sentence it names.

A quotation that was made up, a number or a name that nobody reported and an address throw the
whole away.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import re2

from ombud.errors import InvalidInputError
from ombud.text import Span

_LONGEST: Final = 600
"""Characters of what is worded."""
_MOST: Final = 8
"""Quotations."""
_SHORTEST: Final = 3
"""Characters of a quotation."""
_QUOTED: Final = re2.compile(r"[\"“”«»„]([^\"“”«»„]*)[\"“”«»„]?")
_NUMBER: Final = re2.compile(r"\d[\d.,]*\d|\d")
_WORD: Final = re2.compile(r"[\pL\pN]+")
_NAME: Final = re2.compile(r"[\pL\pN,;:)] +\(?(\p{Lu}[\pL\pN]*)")
"""A word with a capital that begins no sentence."""
_ADDRESS: Final = re2.compile(r"(?i)\b(?:https?://|www\.)|\S@\S")
_BLANKS: Final = re2.compile(r"[\s\pC]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was worded; `quotations`: the name of a sentence and a range of it, for each."""

    text: str
    quotations: tuple[tuple[str, Span], ...]
    opinion: str | None = None


def kept(answer: str, sentences: Mapping[str, str], opinions: Sequence[str] = ()) -> Kept:
    """
    Return what may be shown of an answer about some sentences, which are given by their names.

    opinions: those that may be held, one of which must be.
    Raises InvalidInputError, with the reason, if nothing may be shown.
    """
    said = _read(answer)
    text = said.get("text")
    if not isinstance(text, str) or not (text := str(_BLANKS.sub(" ", text)).strip()):
        _refuse("it words nothing")
    if len(text) > _LONGEST:
        _refuse(f"it is longer than {_LONGEST} characters")
    if _ADDRESS.search(text):
        _refuse("it holds an address")
    quotations = _quotations(said.get("quotations"), sentences)
    _check(text, [sentences[name] for name, _ in quotations], list(sentences.values()))
    opinion = said.get("opinion")
    if opinions and opinion not in opinions:
        _refuse(f"its opinion is none of {', '.join(opinions)}")
    return Kept(text, quotations, str(opinion) if opinions else None)


def _check(text: str, named: Sequence[str], every: Sequence[str]) -> None:
    """Refuse words in marks that stand in no sentence named, and figures and names that in none."""
    for quoted in _QUOTED.findall(text):
        if not any(quoted.strip(" ,.") in sentence for sentence in named):
            _refuse("it quotes words that stand in no sentence it names")
    given = {number for sentence in every for number in _NUMBER.findall(sentence)}
    if any(number not in given for number in _NUMBER.findall(text)):
        _refuse("it gives a number that stands in no sentence")
    words = {word for sentence in every for word in _WORD.findall(sentence)}
    if any(name not in words for name in _NAME.findall(text)):
        _refuse("it gives a name that stands in no sentence")


def _refuse(why: str, cause: Exception | None = None) -> NoReturn:
    """Throw an answer away."""
    raise InvalidInputError(why) from cause


def _read(answer: str) -> dict[str, Any]:
    """Return the object in an answer, which may stand among other words."""
    try:
        found = json.loads(answer[answer.find("{") : answer.rfind("}") + 1])
    except (ValueError, RecursionError) as error:
        _refuse("it is no JSON", error)
    if not isinstance(found, dict):
        _refuse("it is no object")
    return found


def _quotations(said: object, sentences: Mapping[str, str]) -> tuple[tuple[str, Span], ...]:
    """Return the quotations, each of which stands in the sentence it names."""
    if not isinstance(said, list) or not 0 < len(said) <= _MOST:
        _refuse(f"it has no quotations, or more than {_MOST}")
    found = []
    for one in said:
        name = one.get("sentence") if isinstance(one, dict) else None
        words = one.get("text") if isinstance(one, dict) else None
        if not isinstance(name, str) or not isinstance(words, str) or name not in sentences:
            _refuse("it quotes a sentence that was not given")
        begin = sentences[name].find(words)
        if len(words.strip()) < _SHORTEST or begin < 0:
            _refuse("it quotes what does not stand in the sentence it names")
        found.append((name, Span(begin, begin + len(words))))
    return tuple(found)
