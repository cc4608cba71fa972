"""
What a rule may look at: the case, and the scores that signals gave it.

A case is frozen and holds facts only; whoever builds it has fetched them before.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from ombud.lexicon.meant import mended
from ombud.newsroom import Article, Reader, Repeat, Spread
from ombud.text import (
    Chunk,
    Folded,
    Span,
    folded_words,
    masked_chunks,
    sentences,
    undisguise,
    unveil,
)

NO_PRIORS: Final[Mapping[str, float]] = MappingProxyType({})
"""What a signal gives whose scores are probabilities where half of all comments are such."""


class Scores(Mapping[str, float]):
    """
    What the signals gave one text: attribute to a number from 0 to 1.

    An attribute that could not be judged, such as the topic where no article is given, is absent.
    """

    def __init__(
        self,
        values: Mapping[str, float] | None = None,
        locate: Callable[[str], Sequence[Span]] = lambda _: (),
    ) -> None:
        """Take the numbers, and a way to find the characters that carry one of them."""
        self._values = dict(values or {})
        self._locate = locate

    def __getitem__(self, attribute: str) -> float:
        """Return the score of one attribute."""
        return self._values[attribute]

    def __iter__(self) -> Iterator[str]:
        """Yield the attributes that were judged."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many attributes were judged."""
        return len(self._values)

    def above(self, attribute: str, bound: float) -> float:
        """Return the score if it is at least `bound`, otherwise or where it is unknown 0."""
        score = self._values.get(attribute, 0.0)
        return score if score >= bound else 0.0

    def span(self, attribute: str) -> Span | None:
        """Return the characters of the original that carry most of the score, if any do."""
        return next(iter(self._locate(attribute)), None)


@dataclass(frozen=True)
class Case:
    """
    All that a rule may look at; no rule looks anywhere else.

    `staff` and `readers` are names of others, which this one may not sign with; `outlet` is the
    name of the paper; `spread` is how far the campaign has spread that it repeats.
    """

    text: str
    author: Reader | None = None
    article: Article | None = None
    parent: str | None = None
    repeats: tuple[Repeat, ...] = ()
    staff: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    outlet: str = ""
    spread: Spread | None = None
    scores: Scores = field(default_factory=Scores, compare=False, repr=False)

    @cached_property
    def plain(self) -> Folded:
        """The text in lower case with look-alikes and invisible characters undone."""
        return unveil(self.text)

    @cached_property
    def folded(self) -> Folded:
        """The text with every disguise undone."""
        return undisguise(self.plain)

    @cached_property
    def meant(self) -> Folded:
        """The folded text with rude words as they are meant; what models read."""
        return mended(self.folded, self.text)

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """The words of the folded text, each with its begin and end there."""
        return folded_words(self.folded.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the folded text, each once."""
        return frozenset(word for word, _, _ in self.words)

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The places of the unveiled text where signs may stand for letters."""
        return masked_chunks(self.plain)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the text."""
        return sentences(self.text)

    def scored(self, scores: Scores) -> "Case":
        """Return the same case with scores; what was worked out about the text is kept."""
        case = copy.copy(self)
        object.__setattr__(case, "scores", scores)  # the copy is not shared yet
        return case


class Signal(Protocol):
    """A model that gives texts numbers from 0 to 1."""

    @property
    def name(self) -> str:
        """The file name of the signal."""

    @property
    def version(self) -> str:
        """A short hash of its weights."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the numbers it gives."""

    @property
    def priors(self) -> Mapping[str, float]:
        """The share of comments at which a score is a probability; one half where not named."""

    def score(self, cases: Sequence[Case]) -> NDArray[np.float64]:
        """Return an array of shape (cases, attributes); not a number where it cannot judge."""

    def locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """
        Return the characters of the original text that carry the score, those that do most first.

        Empty where it lies in the whole text.
        """
