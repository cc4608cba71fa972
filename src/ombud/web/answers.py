"""How a decision is written as JSON, everywhere the same."""

from ombud.policy import Decision, Finding

_DIGITS = 4


def decided(text: str, decision: Decision) -> dict[str, object]:
    """Return a decision with its findings; `quote == text[begin:end]`, counted in code points."""
    return {
        "action": str(decision.action),
        "findings": [_found(text, finding) for finding in decision.findings],
        "scores": {name: round(score, _DIGITS) for name, score in decision.scores.items()},
        "policy": decision.policy,
        "model": decision.model,
    }


def _found(text: str, finding: Finding) -> dict[str, object]:
    """Return one finding."""
    begin, end = finding.span or (0, len(text))
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "why": finding.why,
        "certainty": finding.certainty,
        "begin": begin,
        "end": end,
        "quote": text[begin:end],
        "action": str(finding.action),
    }
