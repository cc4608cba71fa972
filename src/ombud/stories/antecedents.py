"""Whom "who" or "which" stands for."""

from collections.abc import Sequence
from typing import Final

from ombud.stories.clauses import Range, phrase_until
from ombud.stories.cue_forms import verbs
from ombud.stories.wording import Token

_TWO: Final = 2


def antecedent(words: Sequence[Token], place: int, quoted: Sequence[bool]) -> Range | None:
    """Return what "who" or "which" stands for: the phrase before it, with or without a comma."""
    end = place - 1 if place and words[place - 1].low == "," else place
    found = phrase_until(words, end, quoted) if end else None
    if found is None:
        return _object(words, end)
    begin = next((at for at in range(found[1] - 1, found[0], -1) if _acts(words, at - 1)), found[0])
    return begin, found[1]


def _object(words: Sequence[Token], end: int) -> Range | None:
    """Return the full name that ends here, be it a verb's object: "Norr met Jon Berg, who"."""
    begin = end
    while begin and words[begin - 1].capital:
        begin -= 1
    return (begin, end) if end - begin >= _TWO else None


def _acts(words: Sequence[Token], at: int) -> bool:
    """Whether a verb stands before a name: in "Norr endorses Berg, who" it is Berg."""
    verb = verbs().get(words[at].low)
    acts = verb is not None and verb.form in {"third", "past"} and not words[at].capital
    return acts and words[at + 1].capital
