"""
Which claim a sentence about checking belongs to.

It often names its object only ("confirmed the existence of the letter").
It belongs to the claim of its article that says most of that object.
"""

from collections.abc import Sequence
from typing import Final

import re2

from ombud.stories.agencies import outlet_names
from ombud.stories.aligning import Alignment, Place, Sentences
from ombud.stories.document import Document, Verification
from ombud.stories.likeness import terms
from ombud.text import Span

_CLAUSE_ENDS: Final = re2.compile(r"[,;:—–]|\bbut\b|\bafter\b|\bbecause\b|\bsaying\b")
_PASSIVE: Final = re2.compile(
    r"(?i)\b(?:be|been|was|were|is|are)\b.*ed$|\bun(?:verified|confirmed)$"
)
_MENTIONED: Final = 0.5
"""Share of what was checked, by weight, that a claim says at least."""
_MORE: Final = 5
"""Words, of what was checked or beside it, that make a sentence say more than that."""


def belonging(
    sentences: Sentences,
    claims: Sequence[Alignment],
    verifications: Sequence[dict[int, Verification]],
) -> dict[int, dict[Place, Verification]]:
    """
    Return for each claim what is said of checking it, by sentence, also in sentences beside it.

    Where nothing says what was checked, it is what the sentence itself says.
    """
    found: dict[int, dict[Place, Verification]] = {}
    reported: dict[int, list[int]] = {}
    for one, claim in enumerate(claims):
        for document in {place.document for place in claim.places}:
            reported.setdefault(document, []).append(one)
    for number, checks in enumerate(verifications):
        for sentence, check in checks.items():
            place = Place(number, sentence)
            mass = _object(sentences, place, check)
            shares = {one: _said(sentences, claims[one], mass) for one in reported.get(number, ())}
            best = max(shares, key=lambda one: (shares[one], -one), default=-1)
            for one, share in shares.items():
                inside = place in claims[one].places
                if shares[best] < _MENTIONED:
                    # Who denies something else in passing does not deny the claim.
                    fits = inside and (check.status != "denied" or place == claims[one].text)
                else:
                    fits = one == best or (inside and share >= _MENTIONED)
                if fits:
                    found.setdefault(one, {})[place] = check
    return found


def only_checks(document: Document, sentence: int, check: Verification) -> bool:
    """Whether a sentence says no more than how something was checked."""
    if check.status == "first_reported":
        return False
    span = document.sentences[sentence]
    checked = _checked_words(document, span, check.cue)
    said = {root for _, root in terms(span.quote(document.text))}
    named = {root for _, root in terms(checked)}
    return len(named) < _MORE and len(said - named) < _MORE


def _checked_words(document: Document, span: Span, cue: Span) -> str:
    """Return the clause of a sentence that says what was checked: after the cue, or before."""
    text = document.text
    before = text[span.begin : cue.begin].rstrip(" ,")
    after = text[cue.end : span.end].lstrip()
    if _PASSIVE.search(cue.quote(text)) or not after.strip('.”" '):
        return str(_CLAUSE_ENDS.split(before.removesuffix("which").rstrip(" ,"))[-1])
    said = str(next((part for part in _CLAUSE_ENDS.split(after) if terms(part)), ""))
    for name in reversed(outlet_names(said)):
        said = said[: name.begin] + said[name.end :]
    return said


def _object(sentences: Sentences, place: Place, check: Verification) -> dict[str, float]:
    """Return the words of what was checked, with their weights: those in the clause of the cue."""
    document = sentences.documents[place.document]
    said = _checked_words(document, document.sentences[place.sentence], check.cue)
    weights = sentences.likeness.weights[sentences.row[place]]
    return {root: weights[root] for _, root in terms(said) if root in weights}


def _said(sentences: Sentences, claim: Alignment, mass: dict[str, float]) -> float:
    """Return the share of what was checked that a claim says."""
    total = sum(mass.values())
    if not total:
        return 0.0
    said = sentences.likeness.weights[sentences.row[claim.text]]
    return sum(weight for root, weight in mass.items() if root in said) / total
