"""What a reader is told about their comment: what became of it, and by which published words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ombud.newsroom import Ruling, State
from ombud.policy import Action, Decision, Finding
from ombud.text import Span

_SUMMARIES: Final[Mapping[State, str]] = {
    "held": "A moderator will look at your comment.",
    "approved": "Your comment is published.",
    "deleted": "Your comment was not published.",
}
_FORESEEN: Final[Mapping[Action, str]] = {
    Action.APPROVE: "This keeps to the policy.",
    Action.HOLD: "A moderator would look at this.",
    Action.DELETE: "As it stands, this breaks the policy.",
}
_CORRECTION: Final = "correction_request"
_REPORTED: Final = (
    "Thank you for pointing to an error: it was passed on to the corrections desk,"
    " which looks into every report."
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A clause that a comment breaks: its published title and words, why, and where."""

    rule: str
    title: str
    clause: str
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence or two, and the clauses that they rest on."""

    summary: str
    findings: tuple[Broken, ...] = ()


def notice(
    text: str,
    state: State,
    decision: Decision | None,
    ruling: Ruling | None,
    clauses: Mapping[str, tuple[str, str]],
) -> Notice:
    """
    Return what the reader of a comment is told.

    `clauses`: title and words of each clause by rule, in the policy of the decision.
    A moderator who deleted a comment cites one clause; what was found of it is marked, or the
    whole comment where nothing was.
    """
    found: Sequence[Finding] = decision.findings if decision else ()
    summary = _SUMMARIES[state]
    if any(finding.rule == _CORRECTION for finding in found):
        summary = f"{summary} {_REPORTED}"
    if state == "approved":
        return Notice(summary)
    if ruling and ruling.action == "delete":
        if ruling.clause is None:
            return Notice(summary)
        cited = [finding for finding in found if finding.rule == ruling.clause]
        whole = Finding("", 1.0, Span(0, len(text)), ruling.clause, "", Action.DELETE)
        return Notice(summary, _broken(text, cited or [whole], clauses))
    return Notice(summary, _broken(text, found, clauses))


def foreseen(decision: Decision, clauses: Mapping[str, tuple[str, str]], text: str) -> Notice:
    """Return what a reader is told before sending: what the policy would make of the comment."""
    return Notice(_FORESEEN[decision.action], _broken(text, decision.findings, clauses))


def _broken(
    text: str, found: Sequence[Finding], clauses: Mapping[str, tuple[str, str]]
) -> tuple[Broken, ...]:
    """Return what was found in the published words."""
    return tuple(
        Broken(
            finding.rule,
            *clauses.get(finding.rule, (finding.clause, "")),
            finding.why,
            finding.span or Span(0, len(text)),
        )
        for finding in found
    )
