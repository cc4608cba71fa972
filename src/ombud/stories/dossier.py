"""
What a dossier says: for each claim, what each outlet reports, and how the reports relate.

The words are those of the field notes; each value rests on sentences that are named beside it.
"""

from dataclasses import dataclass
from typing import Literal

from ombud.stories.document import Attribution, Document, Status, Strength
from ombud.text import Span

Stance = Literal[
    "asserted",
    "attributed",
    "confirmed_by_own_sources",
    "could_not_verify",
    "implied",
    "not_mentioned",
]
Response = Literal[
    "stated_on_record",
    "denied",
    "neither_confirmed_nor_denied",
    "declined_to_comment",
    "none_reported",
]
Basis = Literal["stated", "not_determinable", "only_outlet_in_this_story"]
Relation = Literal[
    "agree_different_sources",
    "agree_same_origin",
    "agree",
    "agree_more_specific",
    "agree_partial",
    "differ_in_detail",
    "differ_in_emphasis",
    "differ_in_verification",
    "only_one_outlet",
]
Opinion = Literal["same", "different", "unrelated"]


@dataclass(frozen=True, slots=True)
class Checked:
    """
    How checking a claim ended, and who checked.

    verifier: an outlet, an agency or a source; None where nobody could.
    """

    status: Status
    verifier: str | None
    verifier_is_publisher: bool


@dataclass(frozen=True, slots=True)
class Account:
    """
    What one outlet reports of a claim.

    sentences: those that say it or say how it was checked, by number; attributions: those in them.
    origins: keys of whom the report rests on, comparable with those of other outlets.
    answered_by: the words that name whose response it is.
    """

    stance: Stance
    response: Response
    checked: Checked | None
    sentences: tuple[int, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    strongest: Strength | None = None
    origins: frozenset[str] = frozenset()
    answered_by: Span | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """Two slices that stand side by side: what each of two articles says of one thing."""

    kind: Literal["number", "date", "day", "time", "name"]
    spans: tuple[Span | None, Span | None]
    differ: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """
    How two articles' reports of a claim relate; by number in the story.

    titled: the article that has the claim in its title, where the other's speaks of something else.
    """

    articles: tuple[int, int]
    relations: tuple[Relation, ...]
    details: tuple[Detail, ...] = ()
    titled: int | None = None


@dataclass(frozen=True, slots=True)
class FirstReporter:
    """Who reported a claim first, as far as the articles say it; `said` is where they do."""

    outlet: str | None
    basis: Basis
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    What a language model worded: no evidence, and checked by nobody.

    quotations: what it quotes, by article, all of it verbatim.
    pair, opinion: the two articles of which it was asked, and whether it finds they say the same.
    """

    text: str
    model: str
    quotations: tuple[tuple[int, Span], ...]
    pair: tuple[int, int] | None = None
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One claim of a story.

    article, span: the sentence that says it most clearly; accounts: one for each article, in order.
    origins: how many different origins the reports rest on, as far as can be told.
    proposals: what a language model says of it, if one was asked.
    """

    article: int
    span: Span
    accounts: tuple[Account, ...]
    pairs: tuple[Pair, ...]
    first: FirstReporter
    relation: Relation
    origins: int
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The articles of one story, with what is said of checking in each, and the claims."""

    documents: tuple[Document, ...]
    attributions: tuple[tuple[Attribution, ...], ...]
    statuses: tuple[dict[int, Status], ...]
    claims: tuple[Claim, ...]
