"""The dossier of a story: its claims, with what each outlet reports of them, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from ombud.errors import InvalidInputError
from ombud.stories.agencies import outlet_names, own_mentions
from ombud.stories.aligning import SURE, Alignment, Place, Sentences, align
from ombud.stories.attributing import attribute
from ombud.stories.checking import belonging, only_checks
from ombud.stories.details import details
from ombud.stories.document import Attribution, Document, Verification
from ombud.stories.dossier import (
    Account,
    Claim,
    Detail,
    Dossier,
    FirstReporter,
    Pair,
    Relation,
)
from ombud.stories.relations import (
    at_odds,
    content,
    differ_in_verification,
    overlap,
    resolved,
)
from ombud.stories.stances import account, touched
from ombud.stories.verifying import verify
from ombud.text import Span

_WEIGHTIEST: Final[tuple[Relation, ...]] = (
    "differ_in_verification",
    "differ_in_detail",
    "agree_different_sources",
    "agree_same_origin",
    "agree_more_specific",
    "agree",
    "agree_partial",
    "differ_in_emphasis",
)
"""Which relation stands for a claim whose pairs have several."""
MOST: Final = 6000
"""Sentences of a story: every two are compared, in 150 megabytes."""
_ENOUGH: Final = 3
"""Words, and half of the shorter one's, shared by sentences that count the same though unlike."""
_IN_TITLE: Final = 0.2
"""Likeness of a claim and a title that gives it the most weight."""
_UNTITLED: Final = 0.08
"""Likeness under which a title speaks of something else."""


def dossier(documents: Sequence[Document]) -> Dossier:
    """
    Return what the articles of one story say, claim by claim.

    Raises InvalidInputError if they have more sentences together than can be compared.
    """
    sentences_in_all = sum(len(document.sentences) for document in documents)
    if sentences_in_all > MOST:
        message = f"the articles have {sentences_in_all} sentences; a story may have {MOST}"
        raise InvalidInputError(message)
    attributions = [attribute(document) for document in documents]
    verifications = [verify(document) for document in documents]
    sentences = Sentences(documents, attributions)
    checking = frozenset(
        Place(number, sentence)
        for number, found in enumerate(verifications)
        for sentence, check in found.items()
        if only_checks(documents[number], sentence, check)
    )
    unclear = frozenset(
        Place(number, sentence)
        for number, found in enumerate(verifications)
        for sentence, check in found.items()
        if check.status != "first_reported"
    )
    aligned = align(sentences, unclear, checking)
    about = belonging(sentences, aligned, verifications)
    gone = {
        place
        for number, checks in about.items()
        for place in checks
        if len(aligned[number].places) > 1
    }
    touching = [touched(*one) for one in zip(documents, attributions, strict=True)]
    claims = []
    for number, alignment in enumerate(aligned):
        if len(alignment.places) == 1 and alignment.text in gone:
            continue  # It says only how another claim was checked.
        checks = about.get(number, {})
        accounts = _accounts(documents, touching, alignment, checks)
        claims.append(_claim(sentences, alignment, accounts, verifications))
    return Dossier(
        tuple(documents),
        tuple(map(tuple, attributions)),
        tuple({n: check.status for n, check in found.items()} for found in verifications),
        tuple(claims),
    )


def _accounts(
    documents: Sequence[Document],
    touching: Sequence[Mapping[int, Mapping[int, Attribution]]],
    alignment: Alignment,
    checks: Mapping[Place, Verification],
) -> list[Account]:
    """Return what each article reports of a claim."""
    inside: dict[int, list[int]] = {}
    for place in sorted({*alignment.places, *checks}):
        inside.setdefault(place.document, []).append(place.sentence)
    return [
        account(
            document,
            inside.get(number, ()),
            touching[number],
            {place.sentence: check for place, check in checks.items() if place.document == number},
        )
        for number, document in enumerate(documents)
    ]


def _claim(
    sentences: Sentences,
    alignment: Alignment,
    accounts: Sequence[Account],
    verifications: Sequence[dict[int, Verification]],
) -> Claim:
    """Return a claim with the relations of every two articles that report it."""
    documents = sentences.documents
    telling = [number for number, one in enumerate(accounts) if one.stance != "not_mentioned"]
    resting = [
        replace(account, origins=resolved(account.origins, documents, accounts))
        for account in accounts
    ]
    agreements = {
        (one, other): content((documents[one], resting[one]), (documents[other], resting[other]))
        for one, other in combinations(telling, 2)
    }
    titles = sentences.titles_alike(alignment)
    pairs = [
        _pair(sentences, alignment, accounts, agreement, titles) for agreement in agreements.items()
    ]
    found = {relation for pair in pairs for relation in pair.relations}
    relation: Relation = next((one for one in _WEIGHTIEST if one in found), "only_one_outlet")
    document = documents[alignment.text.document]
    return Claim(
        article=alignment.text.document,
        span=document.sentences[alignment.text.sentence],
        accounts=tuple(accounts),
        pairs=tuple(pairs),
        first=_first(documents, accounts, verifications),
        relation=relation,
        origins=_origins(telling, agreements),
    )


def _pair(
    sentences: Sentences,
    alignment: Alignment,
    accounts: Sequence[Account],
    agreement: tuple[tuple[int, int], Relation],
    titles: Sequence[tuple[float, float]],
) -> Pair:
    """Return how two articles' reports of a claim relate; titles: how alike each is to it."""
    articles, agreed = agreement
    one, other = (accounts[number] for number in articles)
    closest, alike = _closest(sentences, alignment, articles)
    rows = [sentences.row[place] for place in closest]
    shared = sentences.shared(*rows) - sentences.names
    least = min(len(sentences.likeness.weights[row]) for row in rows)
    side_by_side = [
        detail
        for detail in _side_by_side(sentences, closest)
        if alike >= SURE or (detail.kind == "number" and len(shared) >= max(_ENOUGH, least / 2))
    ]
    # What is only half alike is confirmed by no second source.
    first = "agree_partial" if agreed == "agree_different_sources" and alike < SURE else agreed
    if any(detail.differ for detail in side_by_side):
        first = "differ_in_detail"
    elif first == "agree":
        weights = [sentences.likeness.weights[row] for row in rows]
        first = overlap(weights[0], weights[1], alike)
    only_named = not shared and first != "agree_same_origin"
    odds = at_odds(*(sentences.quote(place) for place in closest))
    if first.startswith("agree") and (only_named or odds):
        first = "agree_partial"
    relations: list[Relation] = [first]
    if differ_in_verification(one, other):
        relations.append("differ_in_verification")
    titled = _titled(titles, articles)
    if titled is not None:
        relations.append("differ_in_emphasis")
    return Pair(articles, tuple(relations), tuple(side_by_side), titled)


def _closest(
    sentences: Sentences, alignment: Alignment, articles: tuple[int, int]
) -> tuple[tuple[Place, Place], float]:
    """Return the two sentences of two articles that are most alike, and how alike."""
    left, right = (
        [place for place in alignment.places if place.document == number] for number in articles
    )
    return max(
        (
            ((a, b), float(sentences.alike[sentences.row[a], sentences.row[b]]))
            for a in left
            for b in right
        ),
        key=lambda found: found[1],
        default=((alignment.text, alignment.text), 0.0),
    )


def _side_by_side(sentences: Sentences, closest: tuple[Place, Place]) -> list[Detail]:
    """Return the details of two sentences that differ."""
    one, other = (
        (document, document.sentences[place.sentence])
        for place in closest
        for document in [sentences.documents[place.document]]
    )
    return details(one, other)


def _titled(titles: Sequence[tuple[float, float]], articles: tuple[int, int]) -> int | None:
    """Return which of two articles has a claim in its title, where the other has another title."""
    own, nearest = zip(*(titles[number] for number in articles), strict=True)
    if max(own) < _IN_TITLE or min(nearest) > _UNTITLED:
        return None
    return articles[own.index(max(own))]


def _first(
    documents: Sequence[Document],
    accounts: Sequence[Account],
    verifications: Sequence[dict[int, Verification]],
) -> FirstReporter:
    """Return who reported a claim first: only where an article says so, or no other reports it."""
    for number, one in enumerate(accounts):
        for sentence in one.sentences:
            check = verifications[number].get(sentence)
            name = _reporter(documents[number], sentence, check)
            if check is not None and check.status == "first_reported" and name:
                return FirstReporter(name, "stated", (number, sentence))
    telling = [number for number, one in enumerate(accounts) if one.stance != "not_mentioned"]
    if len(telling) == 1 and len(documents) > 1:
        return FirstReporter(documents[telling[0]].outlet, "only_outlet_in_this_story")
    return FirstReporter(None, "not_determinable")


def _reporter(document: Document, number: int, check: Verification | None) -> str | None:
    """Return the outlet that a sentence names as the first to report."""
    span = document.sentences[number]
    said = span.quote(document.text)
    by = check.verifier if check else None
    names = outlet_names(said)
    first = next(
        (
            one
            for one in names
            if by and by.covers(Span(span.begin + one.begin, span.begin + one.end))
        ),
        next(iter(names), None),
    )
    if first is not None:
        return first.quote(said).removeprefix("the ")
    return document.outlet if own_mentions(document, said) else None


def _origins(telling: Sequence[int], agreements: Mapping[tuple[int, int], Relation]) -> int:
    """Return how many origins the reports have, as far as it is known: one origin counts once."""
    groups = {number: number for number in telling}
    for (one, other), found in agreements.items():
        if found != "agree_different_sources" and groups[one] != groups[other]:
            groups = {at: groups[one] if to == groups[other] else to for at, to in groups.items()}
    return len(set(groups.values()))
