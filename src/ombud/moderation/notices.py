"""What a reader is told about their comment: what became of it, and by which published words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ombud.newsroom import Ruling, State
from ombud.policy import Action, Decision, Finding
from ombud.text import Span

_PASSED_ON: Final = "passed_on"
SENTENCES: Final[Mapping[str, str]] = {
    "held": "A moderator will look at your comment.",
    "approved": "Your comment is published.",
    "deleted": "Your comment was not published.",
    "would_approve": "This keeps to the policy.",
    "would_hold": "A moderator would look at this.",
    "would_delete": "As it stands, this breaks the policy.",
    _PASSED_ON: "Thank you for pointing to an error: it was passed on to the corrections desk,"
    " which looks into every report.",
    "report_corrected": "The corrections desk found you right, and it was corrected.",
    "report_clarified": "The corrections desk has had it made clearer.",
    "report_no_error": "The corrections desk has looked into it and found no error.",
    "report_not_ours": "The corrections desk found that it is not about something we published.",
    "report_withdrawn": "What you reported was withdrawn.",
}
"""What is said in English, by the code for which others have words of their own."""
_CORRECTION: Final = "correction_request"


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
    """A sentence or two, each by its code, and the clauses that they rest on."""

    codes: tuple[str, ...]
    findings: tuple[Broken, ...] = ()

    @property
    def summary(self) -> str:
        """The sentences in English."""
        return " ".join(SENTENCES[code] for code in self.codes)


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
    passed_on = any(finding.rule == _CORRECTION for finding in found)
    codes: tuple[str, ...] = (state, _PASSED_ON) if passed_on else (state,)
    if state == "approved":
        return Notice(codes)
    if ruling and ruling.action == "delete":
        if ruling.clause is None:
            return Notice(codes)
        cited = [finding for finding in found if finding.rule == ruling.clause]
        whole = Finding("", 1.0, Span(0, len(text)), ruling.clause, "", Action.DELETE)
        return Notice(codes, _broken(text, cited or [whole], clauses))
    return Notice(codes, _broken(text, found, clauses))


def foreseen(decision: Decision, clauses: Mapping[str, tuple[str, str]], text: str) -> Notice:
    """Return what a reader is told before sending: what the policy would make of the comment."""
    code = f"would_{decision.action}".lower()
    return Notice((code,), _broken(text, decision.findings, clauses))


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
