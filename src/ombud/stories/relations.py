"""
How two outlets' reports of one claim relate: on its content, and on emphasis and verification.

Two reports from one origin count once.
The origin test, in this order: whose copy it is, which report is named, who is quoted, and whether
the sentences are the same run of words (shingles: Broder 1997).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import re2

from ombud.stories.agencies import own, plain, same_outlet
from ombud.stories.document import Document
from ombud.stories.dossier import Account, Relation
from ombud.stories.likeness import terms
from ombud.stories.origins import apart, one_source

_DIFFERENT: Final = "agree_different_sources"
_SHINGLE: Final = 5
_COPIED: Final = 0.5
"""Share of the runs of words of the shorter that stand in the other, in copies."""
_CONTAINED: Final = 0.7
"""Share of the words of the shorter sentence that the more specific one has."""
_LARGER: Final = 1.5
"""How much more the more specific sentence says, by the weights of its words."""
_PART: Final = 0.2
"""Likeness under which only a part is shared."""
_NOT: Final = re2.compile(r"(?i)(?:\bnot|\bnever|n['’]t) ((?:[\w'’-]+ ?){1,2})")


def content(one: tuple[Document, Account], other: tuple[Document, Account]) -> Relation:
    """Return whether two reports that agree come from one origin, from two, or it is unknown."""
    (first, account), (second, answer) = one, other
    one_wire = first.origin and second.origin and same_outlet(first.origin, second.origin)
    if one_wire or same_outlet(first.outlet, second.outlet) or _copied(one, other):
        return "agree_same_origin"
    found, others = account.origins, answer.origins
    # Who has sources of its own does not rest on the report that it cites besides.
    ours, theirs = (
        any(key.startswith("sources of ") for key in keys - (found & others))
        for keys in (found, others)
    )
    if (_cites(found, second) and not ours) or (_cites(others, first) and not theirs):
        return "agree_same_origin"
    if not (found and others):
        return "agree"
    unclear = _may_cite(found, second) or _may_cite(others, first)
    if any(key.startswith("sources of ") for key in found ^ others):
        return "agree" if unclear else _DIFFERENT
    if any(one_source(key, another) for key in found for another in others):
        return "agree_same_origin"
    # Who is not named counts only where nobody is.
    named, others_named = found - {"unnamed"} or found, others - {"unnamed"} or others
    pairs = [
        (key, another)
        for key in named
        for another in others_named
        if not f"{key} {another}".startswith("through ") and not another.startswith("through ")
    ]
    sure = bool(pairs) and all(apart(*pair, (first, second)) for pair in pairs)
    return "agree" if not sure or unclear else _DIFFERENT


def resolved(
    origins: frozenset[str], documents: Sequence[Document], accounts: Sequence[Account]
) -> frozenset[str]:
    """Return whom a report rests on, through the reports that it cites and that are at hand."""
    found = set(origins)
    for key in origins:
        name = key.removeprefix("report ")
        for document, account in zip(documents, accounts, strict=True):
            if name != key and account.origins and own(document, name):
                found = (found - {key}) | {f"through {name}"} | account.origins
    return frozenset(found)


def _cites(origins: frozenset[str], document: Document) -> bool:
    """Whether reports of an outlet, or of the agency it prints, are among the origins."""
    keys = (key.partition(" ") for key in origins)
    cited = [name for kind, _, name in keys if kind in ("report", "through")]
    unnamed = document.outlet == document.id and set(plain(document.id).split())
    return any(own(document, name) or (unnamed and unnamed <= set(name.split())) for name in cited)


def _may_cite(origins: frozenset[str], document: Document) -> bool:
    """Whether a report is among the origins that may be of this article, as nobody knows whose."""
    return document.outlet == document.id and any(key.startswith("report ") for key in origins)


def _copied(one: tuple[Document, Account], other: tuple[Document, Account]) -> bool:
    """Whether the sentences of two reports are mostly the same run of words."""
    runs = [_runs(document, account.sentences) for document, account in (one, other)]
    fewest = min(len(found) for found in runs)
    return fewest > 0 and len(runs[0] & runs[1]) >= _COPIED * fewest


def _runs(document: Document, numbers: Sequence[int]) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of some sentences."""
    found = (_shingles(document.sentences[number].quote(document.text)) for number in numbers)
    return frozenset().union(*found)


@lru_cache(maxsize=1 << 12)
def _shingles(sentence: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of one sentence."""
    words = plain(sentence).split()
    return frozenset(tuple(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))


def overlap(one: Mapping[str, float], other: Mapping[str, float], alike: float) -> Relation:
    """
    Return how much of what two sentences say is shared, by the weights of their words.

    One that says most of the other and much besides is more specific.
    """
    shared = sum(weight for root, weight in one.items() if root in other)
    least, most = sorted((sum(one.values()), sum(other.values())))
    if shared >= _CONTAINED * least and most >= _LARGER * least:
        return "agree_more_specific"
    return "agree_partial" if alike < _PART else "agree"


def at_odds(one: str, other: str) -> bool:
    """Whether one sentence says not to be so what the other says is: "did not lower", "lowered"."""
    said, others = ({root for _, root in terms(text)} for text in (one, other))
    first, second = (_negated(text) for text in (one, other))
    return not ((first & others) - second).isdisjoint(said & others) or not (
        (second & said) - first
    ).isdisjoint(said & others)


def _negated(text: str) -> set[str]:
    """Return the stems of the words that follow closely on "not"."""
    parts = (match[1] for match in _NOT.finditer(text))
    return {root for part in parts for _, root in terms(part)}


def differ_in_verification(one: Account, other: Account) -> bool:
    """Whether one of two outlets could not verify what the other reports."""
    return (one.stance == "could_not_verify") != (other.stance == "could_not_verify")
