"""
The engine decides: it runs every rule on a case and takes the strictest action of all findings.

Judging is a pure function: the same case, policy version and model version give the same decision.
A rule or a model that crashes holds the comment; nothing is published because a check failed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import structlog

from ombud import __version__
from ombud.case import Case, Scores, Signal
from ombud.errors import PolicyError
from ombud.policy import Action, Decision, Finding, Policy, Rule
from ombud.text import Span

_log = structlog.get_logger()


class Engine:
    """A policy together with the signals that its rules ask for."""

    def __init__(self, policy: Policy, signals: Sequence[Signal]) -> None:
        """
        Take the policy and all signals there are.

        Raises PolicyError if a rule asks for a signal that is not among them.
        """
        self.policy = policy
        self.signals = {signal.name: signal for signal in signals}
        self._rules = [rule for rule in policy.rules if rule.mode != "off"]
        wanted = {name for rule in self._rules for name in rule.signals}
        for rule in self._rules:
            for name in rule.signals:
                if name not in self.signals:
                    message = (
                        f"rule '{rule.id}' asks for the signal '{name}';"
                        f" there are: {', '.join(sorted(self.signals)) or 'none'}"
                    )
                    raise PolicyError(message)
        self._wanted = [signal for signal in signals if signal.name in wanted]
        versions = [f"{signal.name}@{signal.version}" for signal in self._wanted]
        self.version = policy.version(f"ombud@{__version__}", *versions)
        self.model = model_id(signals)

    def prior(self, attribute: str) -> float:
        """
        Return the share of comments that have an attribute at which its score is a probability.

        One half if its signal does not say.
        """
        priors = (signal.priors for signal in self.signals.values())
        return next((own[attribute] for own in priors if attribute in own), 0.5)

    def judge(self, case: Case | str) -> Decision:
        """Judge one case, or a text of which nothing else is known."""
        return self.judge_all([Case(case) if isinstance(case, str) else case])[0]

    def judge_all(self, cases: Sequence[Case]) -> list[Decision]:
        """Judge many cases; every signal runs once for all of them."""
        if not cases:
            return []
        scores, broken = self._score(cases)
        return [
            self._decide(case.scored(Scores(values, partial(self._locate, case))), broken)
            for case, values in zip(cases, scores, strict=True)
        ]

    def score(self, cases: Sequence[Case], names: Iterable[str]) -> list[dict[str, float]]:
        """
        Return the scores of the signals with these names, for each case.

        Raises whatever a signal raises: whoever asks for a number must know that there is none.
        """
        found: list[dict[str, float]] = [{} for _ in cases]
        for name in names:
            _run(self.signals[name], cases, found)
        return found

    def _score(self, cases: Sequence[Case]) -> tuple[list[dict[str, float]], dict[str, str]]:
        """Return the scores of each case, and why a signal could not be run."""
        found: list[dict[str, float]] = [{} for _ in cases]
        broken: dict[str, str] = {}
        for signal in self._wanted:
            try:
                _run(signal, cases, found)
            except Exception as error:  # noqa: BLE001 - whatever it is, the comment is held
                # Logs never hold a comment's text, and a message or traceback may quote it.
                _log.error("signal_crashed", signal=signal.name, error=type(error).__name__)
                broken[signal.name] = type(error).__name__
        return found, broken

    def _locate(self, case: Case, attribute: str) -> Sequence[Span]:
        """Ask the signal that gives an attribute for the characters that carry it."""
        for signal in self._wanted:
            if attribute in signal.attributes:
                return signal.locate(case, attribute)
        return ()

    def _decide(self, case: Case, broken: Mapping[str, str]) -> Decision:
        """Run all rules on one case that has its scores."""
        findings: list[Finding] = []
        trials: list[Finding] = []
        for rule in self._rules:
            found = trials if rule.mode == "trial" else findings
            missing = [name for name in rule.signals if name in broken]
            if missing:
                why = f"the model '{missing[0]}' failed ({broken[missing[0]]})"
                found.append(_unchecked(rule, case, why))
                continue
            found.extend(_findings(rule, case))
        return Decision(
            action=max((finding.action for finding in findings), default=Action.APPROVE),
            findings=tuple(findings),
            trials=tuple(trials),
            scores=dict(case.scores),
            policy=self.version,
            model=self.model,
        )


def renewed(policy: Policy, decision: Decision, case: Case, rule: str) -> Decision:
    """
    Return a decision with what a rule finds now that more is known of its case.

    What all others found stays, so it must be one that asks for no signal.
    """
    known = next((one for one in policy.rules if one.id == rule and one.mode != "off"), None)
    if known is None:
        return decision
    fresh = _findings(known, case)

    def kept(before: Sequence[Finding], mode: str) -> tuple[Finding, ...]:
        others = (finding for finding in before if finding.rule != rule)
        return (*others, *(fresh if known.mode == mode else ()))

    findings = kept(decision.findings, "live")
    action = max((finding.action for finding in findings), default=Action.APPROVE)
    trials = kept(decision.trials, "trial")
    return replace(decision, action=action, findings=findings, trials=trials)


def model_id(signals: Iterable[Signal]) -> str:
    """Return the short hash that names the models as a whole."""
    versions = sorted(f"{signal.name}@{signal.version}" for signal in signals)
    return hashlib.sha256("\n".join(versions).encode()).hexdigest()[:12]


def _run(signal: Signal, cases: Sequence[Case], found: Sequence[dict[str, float]]) -> None:
    """Run one signal and enter what it could judge into `found`."""
    table = signal.score(cases)
    if table.shape != (len(cases), len(signal.attributes)):
        message = f"{signal.name} gave scores of shape {table.shape} for {len(cases)} cases"
        raise ValueError(message)
    judged = np.isfinite(table)
    for values, row, known in zip(found, table.tolist(), judged.tolist(), strict=True):
        values.update(
            (name, score)
            for name, score, there in zip(signal.attributes, row, known, strict=True)
            if there
        )


def _findings(rule: Rule, case: Case) -> list[Finding]:
    """Return what one rule finds that leads to an action; a crash is a finding that holds."""
    try:
        return [
            checked
            for finding in rule.find(case)
            if (checked := _checked(rule, case, finding)).action > Action.APPROVE
        ]
    except Exception as error:  # noqa: BLE001 - whatever it is, the comment is held
        _log.error("rule_crashed", rule=rule.id, error=type(error).__name__)
        return [_unchecked(rule, case, f"the check failed ({type(error).__name__})")]


def _checked(rule: Rule, case: Case, finding: Finding) -> Finding:
    """Return the finding with its rule and action; raise ValueError if it cannot be right."""
    span = finding.span or Span(0, len(case.text))
    if not (0 < finding.certainty <= 1 and 0 <= span.begin <= span.end <= len(case.text)):
        message = f"rule '{rule.id}' found {finding.certainty} at {tuple(span)}"
        raise ValueError(message)
    return replace(
        finding,
        span=span,
        certainty=round(finding.certainty, 4),
        rule=rule.id,
        clause=rule.title,
        action=rule.action(finding.certainty),
    )


def _unchecked(rule: Rule, case: Case, reason: str) -> Finding:
    """Return the finding that stands for a check that could not be made: it holds the comment."""
    return Finding(
        why=f"This clause could not be checked: {reason}. A moderator decides.",
        certainty=1.0,
        span=Span(0, len(case.text)),
        rule=rule.id,
        clause=rule.title,
        action=Action.HOLD,
    )
