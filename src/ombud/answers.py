"""How a decision is written as JSON, everywhere the same."""

from ombud.policy import Decision, Finding
from ombud.text import Span

_DIGITS = 4


def decided(text: str, decision: Decision) -> dict[str, object]:
    """Return a decision with its findings; `quote == text[begin:end]`, counted in code points."""
    answer: dict[str, object] = {
        "action": str(decision.action),
        "findings": [_found(text, finding) for finding in decision.findings],
        "scores": {name: round(score, _DIGITS) for name, score in decision.scores.items()},
        "policy": decision.policy,
        "model": decision.model,
    }
    if decision.trials:
        answer["trials"] = [_found(text, finding) for finding in decision.trials]
    return answer


def _found(text: str, finding: Finding) -> dict[str, object]:
    """Return one finding."""
    span = finding.span or Span(0, len(text))
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "why": finding.why,
        "certainty": finding.certainty,
        "begin": span.begin,
        "end": span.end,
        "quote": span.quote(text),
        "action": str(finding.action),
    }
