"""
Which claim a sentence about checking belongs to.

It often names its object only ("confirmed the existence of the letter").
It belongs to the claim of its article that says most of that object.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import re2

from ombud.stories.agencies import outlet_names, own_mentions
from ombud.stories.aligning import Alignment, Place, Sentences
from ombud.stories.document import Document, Verification
from ombud.stories.likeness import terms
from ombud.stories.wording import DAYS
from ombud.text import Span, stem

_CLAUSE_ENDS: Final = re2.compile(r"[,;:—–]|\bbut\b|\bafter\b|\bbecause\b|\bsaying\b")
_PASSIVE: Final = re2.compile(
    r"(?i)\b(?:be|been|was|were|is|are)\b.*ed(?: by)?$|ed by$|\bun(?:verified|confirmed)$"
)
_LIGHT_WORDS: Final = frozenset(
    "report reports document documents claim claims allegation allegations statement account"
    " assertion story".split()
)
"""What stands for something that was said before."""
_LIGHT: Final = frozenset(
    map(stem, _LIGHT_WORDS | frozenset("authenticate independent details".split()))
)
_POINTING: Final = frozenset("it that this them these those".split())
_FEW: Final = 2
"""Words, at most, by which what was just said is meant again, in other words."""
_WORDS: Final = re2.compile(r"[\pL\pM]+")
_ASKED: Final = re2.compile(r"(?i)(?:when |being )?(?:asked|pressed|questioned|pushed) (.+)")
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

    Where nothing says what was checked, it is what the sentence itself says, or the one before it.
    """
    found: dict[int, dict[Place, Verification]] = {}
    reported: dict[int, list[int]] = {}
    for one, claim in enumerate(claims):
        for document in {place.document for place in claim.places}:
            reported.setdefault(document, []).append(one)
    for number, checks in enumerate(verifications):
        for sentence, check in checks.items():
            place = Place(number, sentence)
            alone = [one for one in reported.get(number, ()) if claims[one].places == (place,)]
            near = [one for one in reported.get(number, ()) if one not in alone]
            fits = _fitting(sentences, {one: claims[one] for one in near}, place, check)
            if not fits and (meant := _pointed_at(sentences, place, checks)):
                fits = [one for one in near if meant in claims[one].places]
            for one in fits or alone:
                found.setdefault(one, {})[place] = check
    return found


def _fitting(
    sentences: Sentences, claims: Mapping[int, Alignment], place: Place, check: Verification
) -> list[int]:
    """Return the claims that say what was checked, or to which the sentence belongs itself."""
    mass = _object(sentences, place, check)
    # What could not be verified in passing is mostly what its sentence reports.
    aside = check.status == "could_not_verify" and not only_checks(
        sentences.documents[place.document], place.sentence, check
    )
    without = None if aside else place
    shares = {
        one: _said(sentences, claim, place.document, mass, without) for one, claim in claims.items()
    }
    best = max(shares, key=lambda one: (shares[one], -one), default=-1)
    if best >= 0 and shares[best] >= _MENTIONED:
        return [
            one
            for one, share in shares.items()
            if one == best or (place in claims[one].places and share >= _MENTIONED)
        ]
    inside = [one for one, claim in claims.items() if place in claim.places]
    # Who denies something else in passing does not deny the claim.
    denied = check.status == "denied"
    return [one for one in inside if not denied or _is_of(sentences, claims[one], place, check)]


def _pointed_at(
    sentences: Sentences, place: Place, checks: Mapping[int, Verification]
) -> Place | None:
    """
    Return the sentence that one means which says only how something was checked.

    "It" and "that" mean what was said last; "the report", where a report was spoken of last.
    Who only declined to comment has to be spoken of there.
    """
    document, check = sentences.documents[place.document], checks[place.sentence]
    if not only_checks(document, place.sentence, check):
        return None
    span = document.sentences[place.sentence]
    words = _WORDS.findall(_checked_words(document, span, check.cue).lower())
    named = {root for _, root in terms(" ".join(words))} - _LIGHT
    light = next((word for word in reversed(words) if word in _LIGHT_WORDS), None)
    if len(named) > _FEW or (named and not light and check.status in ("confirmed", "denied")):
        return None
    before = range(place.sentence - 1, -1, -1)
    last = next((n for n in before if not _only(document, n, checks)), None)
    if last is None:
        return None
    if light and words[0] != "that":
        return _spoken_of(sentences, place, named, light) or (
            None if named else Place(place.document, last)
        )
    spoken = set(terms(sentences.quote(Place(place.document, last))))
    answering = terms(check.verifier.quote(document.text)) if check.verifier else []
    if not named and _POINTING.isdisjoint(words) and spoken.isdisjoint(answering):
        return None
    return Place(place.document, last)


def _spoken_of(
    sentences: Sentences, place: Place, named: AbstractSet[str], light: str
) -> Place | None:
    """Return the last sentence before one that has a word of `named`, or else the word `light`."""
    before = [Place(place.document, number) for number in range(place.sentence - 1, -1, -1)]
    roots = [set(map(stem, _WORDS.findall(sentences.quote(one).lower()))) for one in before]
    for sought in (named, {stem(light)}):
        for one, found in zip(before, roots, strict=True):
            if found & sought:
                return one
    return None


def _only(document: Document, number: int, checks: Mapping[int, Verification]) -> bool:
    """Whether a sentence says only how something was checked."""
    return number in checks and only_checks(document, number, checks[number])


def only_answers(document: Document, sentence: int, check: Verification) -> bool:
    """Whether a sentence says of a claim only what somebody answered to it."""
    if check.status == "declined_to_comment":
        span = document.sentences[sentence]
        asked = terms(_checked_words(document, span, check.cue))
        return bool(asked) or only_checks(document, sentence, check)
    return check.status in ("denied", "neither_confirmed_nor_denied")


def only_checks(document: Document, sentence: int, check: Verification) -> bool:
    """Whether a sentence says no more than how something was checked."""
    span = document.sentences[sentence]
    checked = _checked_words(document, span, check.cue)
    whole = span.quote(document.text)
    if check.verifier and span.covers(check.verifier):
        whole = (
            document.text[span.begin : check.verifier.begin]
            + (document.text[check.verifier.end : span.end])
        )
    if check.status == "first_reported":
        if not _PASSIVE.search(check.cue.quote(document.text)):
            return False
        for name in reversed(outlet_names(whole)):
            whole = whole[: name.begin] + whole[name.end :]
    said = {root for _, root in terms(whole)}
    named = {root for _, root in terms(checked)}
    return len(named) < _MORE and len(said - named) < _MORE


def _checked_words(document: Document, span: Span, cue: Span) -> str:
    """Return the clause of a sentence that says what was checked: after the cue, or before."""
    text = document.text
    before = text[span.begin : cue.begin].rstrip(" ,")
    after = text[cue.end : span.end].lstrip()
    passive = _PASSIVE.search(cue.quote(text))
    if not passive and not after.strip('.”" '):
        asked = _ASKED.match(
            before
        )  # What stands before is who answers, if not what they were asked.
        return str(_CLAUSE_ENDS.split(asked[1])[0]) if asked else ""
    if passive:
        return str(_CLAUSE_ENDS.split(before.removesuffix("which").rstrip(" ,"))[-1])
    parts = [str(part) for part in _CLAUSE_ENDS.split(after)]
    said = next((part for part in parts if terms(part)), parts[0])
    if not _POINTING.isdisjoint(parts[0].lower().split()[:1]):
        said = parts[0]  # "Could not verify that report, and the police …".
    for name in sorted({*outlet_names(said), *own_mentions(document, said)}, reverse=True):
        said = said[: name.begin] + said[name.end :]
    return said


def _object(sentences: Sentences, place: Place, check: Verification) -> dict[str, float]:
    """Return the words of what was checked, with their weights: those in the clause of the cue."""
    document = sentences.documents[place.document]
    said = _checked_words(document, document.sentences[place.sentence], check.cue)
    weights = sentences.likeness.weights[sentences.row[place]]
    named = {
        root: weights[root] for word, root in terms(said) if root in weights and word not in DAYS
    }
    return {root: weight for root, weight in named.items() if root not in _LIGHT} or named


def _said(
    sentences: Sentences,
    claim: Alignment,
    document: int,
    mass: Mapping[str, float],
    without: Place | None,
) -> float:
    """Return the share of what was checked that a claim says, in its own article or at best."""
    total = sum(mass.values())
    own = [one for one in claim.places if one.document == document and one != without]
    said = [sentences.likeness.weights[sentences.row[one]] for one in {claim.text, *own}]
    shares = (sum(weight for root, weight in mass.items() if root in one) for one in said)
    return max(shares) / total if total else 0.0


def _is_of(sentences: Sentences, claim: Alignment, place: Place, check: Verification) -> bool:
    """Whether what a sentence shares with a claim is what was checked, for the most part."""
    if place == claim.text:
        return True
    mass = _object(sentences, place, check)
    own, text = (sentences.likeness.weights[sentences.row[one]] for one in (place, claim.text))
    who = check.verifier.quote(sentences.documents[place.document].text) if check.verifier else ""
    answering = {root for _, root in terms(who)}
    shared = {root: weight for root, weight in own.items() if root in text.keys() - answering}
    checked = sum(weight for root, weight in shared.items() if root in mass)
    return checked >= _MENTIONED * sum(shared.values()) > 0
