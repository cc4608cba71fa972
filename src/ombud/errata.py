"""What readers report as wrong and what the paper corrects.  Frozen, without I/O."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Report:
    """
    A reader's report of an error.

    `text` is what they wrote, in a comment or to the desk; None once it was erased.
    `article` is None where it is not known yet what the report is about.
    """

    id: int
    outlet: str
    source: str
    article: int | None
    edition: int | None
    comment: int | None
    text: str | None
    salt: str | None
    name: str | None
    email: str | None
    at: datetime
    state: str
    assigned_to: str | None
    acknowledge_by: datetime
    acknowledged_at: datetime | None
    due_at: datetime
    answered_at: datetime | None
    erased_at: datetime | None

    def overdue(self, at: datetime) -> bool:
        """Whether it should have been answered, or at least taken up, by a time."""
        if self.state == "answered":
            return False
        return self.due_at < at or (self.acknowledged_at is None and self.acknowledge_by < at)


@dataclass(frozen=True, slots=True)
class Assertion:
    """
    One thing that a report asserts, by its number there; the span is of the report's text.

    `gone`: it was merged into another one, or added by mistake.
    """

    id: int
    report: int
    number: int
    kind: str
    begin: int
    end: int
    status: str
    correction: int | None
    by: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """
    What somebody did about a report: of one assertion, or of all of it (None).

    `correction`: what was published, where the step says so; `undoes`: the step that it takes back.
    `proposal`: what was proposed to be published, where the step rests on that.
    """

    id: int
    report: int
    assertion: int | None
    deed: str
    before: str
    after: str
    reason: str | None
    by: str
    at: datetime
    correction: int | None = None
    undoes: int | None = None
    proposal: int | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A text of another outlet that an editor laid beside a report, as it was given."""

    id: int
    report: int
    name: str
    outlet_name: str
    content: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """
    What an outlet published about an error of its own.

    `before` and `after` are the editions of the article with the error and without.
    `replaces`: an earlier one that no longer holds.
    """

    id: int
    outlet: str
    article: int
    kind: str
    text: str
    before: int
    after: int
    by: str
    published_at: datetime
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A correction or clarification that an editor proposes, and that waits for another to agree.

    `newest` and `edition`: the newest correction of the article (0: none) and the article's edition
    when it was written.
    `outcome`: how it ended: "published" (as `correction`), "refused" or "withdrawn"; None until
    then.
    """

    id: int
    outlet: str
    article: int
    kind: str
    text: str
    before: int
    after: int
    newest: int
    edition: int
    by: str
    at: datetime
    replaces: int | None = None
    outcome: str | None = None
    reason: str | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None
    correction: int | None = None
