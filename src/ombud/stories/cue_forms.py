"""The forms of the verbs that attribute, made from the lists."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple, cast

from ombud import lexicon

Kind = Literal[
    "clause",
    "listener",
    "object",
    "deed",
    "weak",
    "quote",
    "evidence",
    "past",
    "noun",
    "source",
    "view",
    "adverb",
]
Form = Literal["base", "third", "past", "ing"]


class Verb(NamedTuple):
    """A form of a verb that attributes: its base form, what follows it, which form it is."""

    base: str
    kind: Kind
    form: Form


class Phrase(NamedTuple):
    """What follows a verb in a turn of phrase, such as "for" after "call"."""

    rest: tuple[str, ...]
    kind: Kind


@cache
def verbs() -> Mapping[str, Verb]:
    """Return every form of every verb."""
    kinds = cast("Mapping[str, Kind]", lexicon.words("cue_verbs"))
    found: dict[str, Verb] = {}
    for base, kind in kinds.items():
        for word, form in inflected(base):
            found.setdefault(word, Verb(base, kind, form))
    for word, base in lexicon.words("cue_verb_forms").items():
        if base in kinds:
            found[word] = Verb(base, kinds[base], _irregular(word))
    return found


def _irregular(word: str) -> Form:
    """Return which form an irregular one is."""
    if word.endswith("ing"):
        return "ing"
    return "third" if word.endswith("s") else "past"


def inflected(base: str) -> Iterator[tuple[str, Form]]:
    """Yield the regular forms of a verb, and which form each is."""
    stem = base[:-1]
    yield base, "base"
    if base.endswith("y") and base[-2] not in "aeou":
        yield from ((f"{stem}ies", "third"), (f"{stem}ied", "past"), (f"{base}ing", "ing"))
    elif base.endswith("e"):
        yield from ((f"{base}s", "third"), (f"{base}d", "past"), (f"{stem}ing", "ing"))
    else:
        third = f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
        yield from ((third, "third"), (f"{base}ed", "past"), (f"{base}ing", "ing"))


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """Return the turns of phrase by the base form of their verb, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase, kind in lexicon.words("cue_phrases").items():
        base, *rest = phrase.split()
        found.setdefault(base, []).append(Phrase(tuple(rest), cast("Kind", kind)))
    return {
        base: tuple(sorted(rests, key=lambda phrase: -len(phrase.rest)))
        for base, rests in found.items()
    }


@cache
def phrase_verbs() -> Mapping[str, tuple[str, Form]]:
    """Return every form of the verbs that begin a turn of phrase, and its base form."""
    found = {word: (base, form) for base in phrases() for word, form in inflected(base)}
    irregular = lexicon.words("cue_verb_forms").items()
    return found | {word: (base, _irregular(word)) for word, base in irregular if base in phrases()}
