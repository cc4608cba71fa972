"""
Sentences of several outlets that say the same: the claims of a story.

A claim is a sentence with those of other outlets that are like it.
One sentence may belong to several claims, as it may say several things.
Who speaks is left out of the comparison: two remarks of one speaker are not one remark.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import re2

from ombud.stories.document import Attribution, Document
from ombud.stories.likeness import Likeness
from ombud.text import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Singles = NDArray[np.float32]

SURE: Final = 0.24
"""Likeness from which on two sentences say the same."""
_LIKELY: Final = 0.15
"""The same, where one's outlet has nothing closer and they share more than names."""
_COMMON: Final = 2
"""Words, at least, that two sentences share; names do not count where they are only likely."""
_NAMED: Final = 3
"""Names, at least, that two sentences share which share nothing else."""
_LEAST: Final = 2
"""Words that matter, at least, in a sentence that claims something."""
_SEVERAL: Final = 2
_SAYING: Final = frozenset(
    "said says say told added adds explained stated noted continued replied wrote tweeted".split()
)
_UNNAMED: Final = re2.compile(
    r"(?i)\b(?:(?:both|all|they|he|she|who|and) )*(?:"
    r"(?:(?:spoke|speaking|talked) )?(?:only )?(?:on|under)(?: the)? condition of anonymity"
    r"|(?:insisted on|granted|asked for|requested|demanded) anonymity"
    r"|(?:was|were|is|are) not (?:authori[sz]ed|allowed|permitted) to (?:\w+ ){0,3}?"
    r"(?:speak|talk|discuss|comment)"
    r"|(?:asked|declined|requested|refused)(?: not)? to(?: not)? be (?:named|identified|quoted)"
    r"|(?:asked|requested) (?:that|for) (?:\w+ ){1,3}?(?:not be used|(?:to )?be withheld)"
    r")\b[^,.;:”\"]*"
)
"""What is said of sources that would not be named, and why."""
_HIDDEN: Final = frozenset({"anonymous", "unnamed_officials"})
_MARKS: Final = "\"“”‘’'()[],.;:!?–—-"
_QUOTES: Final = tuple("\"“'‘")
_POINTING: Final = frozenset("he she it they this that these those but and".split())


class Place(NamedTuple):
    """A sentence: which document's, and which of its sentences."""

    document: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim: its clearest sentence, and all that say it, in order."""

    text: Place
    places: tuple[Place, ...]


class Sentences:
    """All sentences of a story, the titles too, and how alike they are."""

    def __init__(
        self, documents: Sequence[Document], attributions: Sequence[Sequence[Attribution]]
    ) -> None:
        """Compare the sentences of documents, whose attributions are given."""
        self.documents = documents
        self.places = [
            Place(number, sentence)
            for number, document in enumerate(documents)
            for sentence in range(len(document.sentences))
        ]
        self.row = {place: row for row, place in enumerate(self.places)}
        said = [
            _without_speakers(
                documents[place.document], place.sentence, attributions[place.document]
            )
            for place in self.places
        ]
        self.names = _names([self.quote(place) for place in self.places])
        self.likeness = Likeness(said, [document.title for document in documents])
        self.alike = self.likeness.matrix

    def empty(self) -> frozenset[Place]:
        """Return the sentences that claim nothing: questions, and a word or none that matters."""
        return frozenset(
            place
            for place, row in self.row.items()
            if self.quote(place).rstrip(_MARKS.replace("?", "")).endswith("?")
            or len(self.likeness.weights[row]) < _LEAST
        )

    def quote(self, place: Place) -> str:
        """Return a sentence."""
        document = self.documents[place.document]
        return document.sentences[place.sentence].quote(document.text)

    def titles_alike(self, claim: "Alignment") -> list[tuple[float, float]]:
        """Return how alike each title is to a claim: as its own article says it, or any."""
        found = []
        for number in range(len(self.documents)):
            column = self.alike[:, len(self.places) + number]
            own = [one for one in claim.places if one.document == number or one == claim.text]
            nearest = (
                max(float(column[self.row[one]]) for one in said) for said in (own, claim.places)
            )
            found.append((next(nearest), next(nearest)))
        return found

    def shared(self, one: int, other: int) -> set[str]:
        """Return the stems that two rows share."""
        weights = self.likeness.weights
        return {root for root in weights[one] if root in weights[other]}


def align(
    sentences: Sentences, unclear: frozenset[Place], checking: frozenset[Place]
) -> list[Alignment]:
    """
    Return the claims: those of several outlets first met, then those of one outlet alone.

    unclear: sentences that speak of checking; others say clearer what it is.
    checking: those of them that say nothing else: no claim is made of them.
    What is like several sentences of one claim and no others belongs to it.
    """
    near = _near(sentences)
    order = sorted(near, key=lambda row: (-sum(near[row].values()), row))
    claims: list[Alignment] = []
    empty = sentences.empty()
    covered = {row for row, place in enumerate(sentences.places) if place in checking | empty}
    near = {row: found for row, found in near.items() if found.keys() - covered}
    order = [row for row in order if row in near]
    gone = set(covered)
    claimed: dict[int, set[int]] = {}
    for row in order:
        if row in covered:
            continue
        like = sorted({*near[row]} - gone - {row})
        covered.update((row, *like))
        groups = _parted(sentences, like)
        for others in groups:
            same = _common(claimed, others) if len(others) >= _SEVERAL else None
            if same is not None:
                claimed.setdefault(row, set()).add(same)
                places = tuple(sorted({*claims[same].places, sentences.places[row]}))
                claims[same] = Alignment(claims[same].text, places)
                continue
            members = sorted((row, *others))
            for member in members:
                claimed.setdefault(member, set()).add(len(claims))
            # A sentence that says several things stands for none of them.
            able = members if len(groups) == 1 else others
            clearest = max(able, key=lambda one: _clarity(sentences, one, members, unclear))
            places = tuple(sentences.places[member] for member in members)
            claims.append(Alignment(sentences.places[clearest], places))
    claims.sort(key=lambda claim: (min(place.sentence for place in claim.places), claim.text))
    met = covered - gone
    alone = [
        place for row, place in enumerate(sentences.places) if row not in met and place not in empty
    ]
    return [*claims, *(Alignment(place, (place,)) for place in alone)]


def _parted(sentences: Sentences, like: Sequence[int]) -> list[list[int]]:
    """
    Return the rows that are like one sentence by what they have in common with each other.

    They are parted only where one article says the several things of that sentence in several
    places; neighbours speak of one thing.
    """
    groups: list[list[int]] = []
    for row in like:
        near = [any(_joined(sentences, row, one) for one in group) for group in groups]
        joined = [row, *(one for at, group in enumerate(groups) if near[at] for one in group)]
        groups = [group for at, group in enumerate(groups) if not near[at]] + [sorted(joined)]
    owners = [{sentences.places[row].document for row in group} for group in groups]
    once = sum(map(len, owners)) == len(set().union(*owners))
    return [list(like)] if once else sorted(groups)


def _joined(sentences: Sentences, one: int, other: int) -> bool:
    """Whether two rows speak of one thing: they are alike, or stand side by side."""
    (owner, first), (other_owner, second) = sentences.places[one], sentences.places[other]
    beside = owner == other_owner and abs(first - second) == 1
    return beside or bool(sentences.alike[one, other] >= _LIKELY)


def evidence(sentences: Sentences, place: Place, most: int = 5) -> list[Place]:
    """Return the sentences of other outlets that speak of what a sentence says, closest first."""
    alike = sentences.alike[sentences.row[place], : len(sentences.places)]
    others = [row for row, at in enumerate(sentences.places) if at.document != place.document]
    ranked = sorted(others, key=lambda row: (-alike[row], row))
    return [sentences.places[row] for row in ranked[:most]]


def _common(claimed: Mapping[int, set[int]], rows: Sequence[int]) -> int | None:
    """Return the first claim that all of some rows belong to."""
    first, *others = (claimed.get(row, set()) for row in rows)
    return min(first.intersection(*others), default=None)


def _near(sentences: Sentences) -> dict[int, dict[int, float]]:
    """Return for each row the rows of other documents that say the same, and how alike."""
    count = len(sentences.places)
    alike = sentences.alike[:count, :count]
    owner = np.array([place.document for place in sentences.places], dtype=np.int64)
    rows, columns = np.nonzero(alike >= _LIKELY)
    pairs = (rows < columns) & (owner[rows] != owner[columns])
    rows, columns = rows[pairs], columns[pairs]
    closest = _closest(alike, owner)
    forth = closest[rows, owner[columns]] == columns
    back = closest[columns, owner[rows]] == rows
    near: dict[int, dict[int, float]] = {}
    found = (rows, columns, alike[rows, columns], forth | back)
    for one, other, value, likely in zip(*(part.tolist() for part in found), strict=True):
        shared = sentences.shared(one, other)
        besides = shared - sentences.names
        sure = value >= SURE and len(shared) >= (_COMMON if besides else _NAMED)
        if sure or (likely and len(besides) >= _COMMON):
            near.setdefault(one, {})[other] = value
            near.setdefault(other, {})[one] = value
    return near


def _closest(alike: "Singles", owner: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Return (rows, documents): the row of each document that is closest; they stand in order."""
    found = np.zeros((len(owner), int(owner.max(initial=-1)) + 1), dtype=np.int64)
    for document in np.unique(owner).tolist():
        begin, end = np.searchsorted(owner, [document, document + 1])
        found[:, document] = begin + alike[:, begin:end].argmax(axis=1)
    return found


def _clarity(
    sentences: Sentences, row: int, members: Sequence[int], unclear: frozenset[Place]
) -> tuple[float, float]:
    """Return how well a sentence can stand for a claim by itself, and how little else it says."""
    words = sentences.quote(sentences.places[row]).split()
    clear = sum(float(sentences.alike[row, other]) for other in members if other != row)
    if sentences.places[row] in unclear:
        clear *= 0.5
    if words[0].startswith(_QUOTES) or words[0].lower().strip(",") in _POINTING:
        clear *= 0.7
    weights = sentences.likeness.weights
    others = [weights[other] for other in members if other != row]
    shared = (w for root, w in weights[row].items() if any(root in other for other in others))
    return round(clear, 3), sum(shared) / (sum(weights[row].values()) or 1.0)


def _without_speakers(
    document: Document, sentence: int, attributions: Sequence[Attribution]
) -> str:
    """
    Return a sentence without those who speak in it and why they are not named.

    That is for comparison only: it says nothing of what is reported.
    """
    span = document.sentences[sentence]
    said = span.quote(document.text)
    for found in attributions:
        source, cue = found.source, found.cue
        if source is None or cue is None or not span.covers(source):
            continue
        named = found.strength != "other_outlet" and cue.quote(document.text).lower() in _SAYING
        if named or found.strength in _HIDDEN:
            begin, end = source.begin - span.begin, source.end - span.begin
            said = said[:begin] + " " * (end - begin) + said[end:]
    return str(_UNNAMED.sub(" ", said))


def _names(texts: Sequence[str]) -> set[str]:
    """Return the stems that stand in capitals for the most part, first words aside."""
    capital: Counter[str] = Counter()
    for text in texts:
        for word in text.split()[1:]:
            bare = word.strip(_MARKS)
            if bare:
                root = stem(bare.lower().removesuffix("'s").removesuffix("’s"))
                capital[root] += 1 if bare[0].isupper() else -1
    return {root for root, balance in capital.items() if balance > 0}
