"""
What other outlets report of what a report asserts, beside the sentences of our article.

Every line is an exact slice of a text, with who said it, whose copy it is and what it says of
checking.
Which side a line takes is shown as far as words tell; nothing follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from ombud.assertions.evidence import Evidence, Side, nearness, side
from ombud.errata import Gathered
from ombud.errors import InvalidInputError
from ombud.newsroom import Article
from ombud.stories.agencies import origin, same_outlet
from ombud.stories.document import Attribution, Document, Status, Strength
from ombud.stories.dossier import Account, Checked, Claim, Dossier, Relation, Response, Stance
from ombud.stories.dossiers import dossier
from ombud.stories.passages import joined
from ombud.stories.reading import Reading, read
from ombud.text import Span, sentences

_MOST: Final = 3
"""Lines of one text that are shown for an assertion."""
_SHARE: Final = 0.5
"""Share of the nearest line's nearness that another line needs, where no claim joins it."""
_NO_CORROBORATION: Final = "agree_same_origin"
_AGREE: Final = ("agree", "agree_partial", "agree_more_specific", "agree_different_sources")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One sentence of another outlet, by its characters in the text that was read.

    `status`: what it says itself of checking.
    `same_origin`: it rests on what our article rests on, so that it corroborates nothing.
    `counted`: the texts before this one, by their numbers, that rest on the same as it.
    """

    document: int
    begin: int
    end: int
    text: str
    side: Side
    status: Status | None
    source: str | None
    strength: Strength | None
    same_origin: bool
    counted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """
    How an outlet tells what an assertion is about; `document` is None for our article.

    `relations`: how its report relates to our article's.
    """

    document: int | None
    stance: Stance
    response: Response
    checked: Checked | None
    relations: tuple[Relation, ...]


class Comparison:
    """Our article and the texts beside a report, laid side by side."""

    def __init__(self, article: Article, outlet: str, gathered: Sequence[Gathered]) -> None:
        """Read the texts; one that cannot be read any more is left out."""
        self.readings: dict[int, Reading] = {}
        for one in gathered:
            try:
                self.readings[one.id] = reading_of(
                    one.name, one.outlet_name, one.content, one.at.date()
                )
            except InvalidInputError:
                continue
        self._article = article
        documents = [reading.document for reading in self.readings.values()]
        self._documents = (_ours(article, outlet), *documents)
        self._dossier = _laid(self._documents) if documents else None

    def lines(self, assertion: str, near: Sequence[Evidence]) -> list[Line]:
        """Return the lines for an assertion, whose nearest sentences in our article are given."""
        told = next((one for one in near if one.part == "text"), None)
        chosen = self._claims(told)
        ours = near[0].text if near else ""
        return [
            self._line(assertion, ours, (place, number, sentence), chosen)
            for number, place in enumerate(self.readings, 1)
            for sentence in self._sentences(assertion, number, chosen)
        ]

    def told(self, near: Sequence[Evidence], lines: Sequence[Line]) -> list[Told]:
        """
        Return how our article and the others tell what an assertion is about, ours first.

        `lines`: those for the assertion; a text that says otherwise there does not agree.
        """
        chosen = self._claims(next((one for one in near if one.part == "text"), None))
        if not chosen:
            return []
        # One sentence may say several things; what most outlets tell is what it is about.
        claim = max(chosen, key=lambda one: sum(map(_mentions, one.accounts)))
        otherwise = {line.document for line in lines if line.side == "report"}
        found = []
        for number, place in enumerate([None, *self.readings]):
            account = claim.accounts[number]
            relations = tuple(
                relation
                for relation in _relations(claim, 0, number)
                if not (place in otherwise and relation in _AGREE)
            )
            if _mentions(account):
                stance, response = account.stance, account.response
                found.append(Told(place, stance, response, account.checked, relations))
        return found if len(found) > 1 else []

    def _claims(self, told: Evidence | None) -> list[Claim]:
        """Return the claims that a sentence of our article is part of."""
        if told is None or self._dossier is None:
            return []
        spans = self._documents[0].sentences
        numbers = {
            n for n, span in enumerate(spans) if span.begin < told.end > told.begin < span.end
        }
        return [c for c in self._dossier.claims if numbers & set(c.accounts[0].sentences)]

    def _sentences(self, assertion: str, number: int, claims: Sequence[Claim]) -> list[int]:
        """Return the sentences of a text that speak of an assertion, by its claims or its words."""
        document = self._documents[number]
        near = nearness(assertion, [span.quote(document.text) for span in document.sentences])
        joined = {n for claim in claims for n in claim.accounts[number].sentences}
        least = _SHARE * max(near, default=0.0)
        rank = sorted(range(len(near)), key=lambda n: (n not in joined, -near[n], n))
        return [n for n in rank if n in joined or (near[n] > 0 and near[n] >= least)][:_MOST]

    def _line(
        self, assertion: str, ours: str, place: tuple[int, int, int], claims: Sequence[Claim]
    ) -> Line:
        """Return a sentence with all that is known of it."""
        gathered, number, sentence = place
        document = self._documents[number]
        span = document.sentences[sentence]
        text = span.quote(document.text)
        claim = next((c for c in claims if sentence in c.accounts[number].sentences), None)
        said = _said(self._dossier, number, span)
        return Line(
            gathered,
            span.begin,
            span.end,
            text,
            side(assertion, ours, text),
            self._dossier.statuses[number].get(sentence) if self._dossier else None,
            (said and (said.speaker or said.source or Span(0, 0)).quote(document.text)) or None,
            said.strength if said else None,
            self._same(claim, 0, number),
            tuple(
                before
                for at, before in enumerate(self.readings, 1)
                if at < number and self._same(claim, at, number)
            ),
        )

    def _same(self, claim: Claim | None, one: int, other: int) -> bool:
        """Whether two texts rest on one origin: as their reports of a claim do, or as copies."""
        found = _NO_CORROBORATION in _relations(claim, one, other)
        return found or _one_wire(self._documents[one], self._documents[other])


@lru_cache(maxsize=64)
def reading_of(name: str, outlet: str, content: str, day: date | None = None) -> Reading:
    """
    Return what was read of a text; `outlet` is whose it is, where an editor says so.

    `day`: on which it was laid there; a date after that is in the future, today without one.
    Raises InvalidInputError if there is no article in it.
    """
    reading = read(name, content.encode(), today=day)
    if outlet:
        document = replace(reading.document, outlet=outlet)
        reading = replace(reading, document=document)
    return reading


@lru_cache(maxsize=16)
def _laid(documents: tuple[Document, ...]) -> Dossier | None:
    """Return the dossier of some texts, None if they are too long to be compared."""
    try:
        return dossier(documents)
    except InvalidInputError:
        return None


@lru_cache(maxsize=16)
def _ours(article: Article, outlet: str) -> Document:
    """Return our article as the story tools read it; its offsets are those of its text."""
    lines = article.text.splitlines() or [""]
    return Document(
        "article",
        outlet,
        article.text,
        Span(0, len(article.text)),
        tuple(joined(article.text, sentences(article.text))),
        article.title,
        article.byline,
        origin=origin(article.byline, lines[0], lines[1:][-1:]),
    )


def _relations(claim: Claim | None, one: int, other: int) -> Sequence[Relation]:
    """Return how two texts' reports of a claim relate."""
    pairs = claim.pairs if claim else ()
    return next((pair.relations for pair in pairs if pair.articles == (one, other)), ())


def _mentions(account: Account) -> bool:
    """Whether an outlet tells it at all."""
    return account.stance != "not_mentioned"


def _said(laid: Dossier | None, number: int, span: Span) -> Attribution | None:
    """Return who says what a sentence says, where it tells."""
    for one in laid.attributions[number] if laid else ():
        place = one.cue or one.source or one.content[0]
        if span.begin <= place.begin < span.end:
            return one
    return None


def _one_wire(one: Document, other: Document) -> bool:
    """Whether two texts are copies of one agency's, or one is the agency's own."""
    ours, theirs = one.origin or one.outlet, other.origin or other.outlet
    return same_outlet(ours, theirs)
