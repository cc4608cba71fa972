"""
What changes for a newsroom from one version of the models to another, on its own comments.

Both versions judge the same comments by the same policy.
A threshold that was set by hand is carried over by share: the new one is where as many comments
reach it as reached the old one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from ombud.case import Case
from ombud.engine import Engine
from ombud.policy import Action, Decision, Policy, Rule

QUANTILES = (0.5, 0.9, 0.99)
THRESHOLDS = (0.5, 0.8, 0.9)
_LEAST = 0.0001
_AT_ONCE = 256

Pair = tuple[float, float]
"""What the old and the new version say of one comment."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A comment that the two versions decide differently."""

    case: Case
    before: Action
    after: Action
    rules: tuple[str, ...]
    """The rules that lead to an action with one version only."""


@dataclass(slots=True)
class Comparison:
    """
    What two versions make of the same comments.

    scores: of each attribute (old, new) pairs.
    certainties: of each live rule (old, new) pairs, 0 where it finds nothing.
    moves: how many comments went from which action to which.
    flips: those whose action differs, in the order of the comments.
    """

    scores: dict[str, list[Pair]] = field(default_factory=lambda: defaultdict(list))
    certainties: dict[str, list[Pair]] = field(default_factory=lambda: defaultdict(list))
    moves: Counter[tuple[Action, Action]] = field(default_factory=Counter)
    flips: list[Flip] = field(default_factory=list)


def compare(cases: Iterable[Case], before: Engine, after: Engine) -> Comparison:
    """Judge the cases with both, by the policy of `before`."""
    rules = [rule for rule in before.policy.rules if rule.mode == "live"]
    policy = _open(before.policy)
    engines = [Engine(policy, tuple(one.signals.values())) for one in (before, after)]
    found = Comparison()
    remaining = iter(cases)
    while some := list(islice(remaining, _AT_ONCE)):
        old, new = (engine.judge_all(some) for engine in engines)
        for case, *decisions in zip(some, old, new, strict=True):
            _enter(found, rules, case, decisions)
    return found


def same_share(pairs: Sequence[Pair], threshold: float) -> float | None:
    """
    Return the new threshold that as many comments reach as reach the old one.

    The old one stays where it keeps the share.
    None where none or all of them reach it: nothing can be said about it.
    """
    old, new = np.array(pairs).T
    reached = int((old >= threshold).sum())
    if reached == (new >= threshold).sum() > 0:
        return threshold
    if not 0 < reached < len(new):
        return None
    last, next_one = np.sort(new)[::-1][reached - 1 : reached + 1]
    return round(float(last + next_one) / 2, 4)


def _enter(
    found: Comparison, rules: Sequence[Rule], case: Case, decisions: Sequence[Decision]
) -> None:
    """Enter what two decisions say of one comment."""
    old, new = decisions
    for name in old.scores.keys() & new.scores.keys():
        found.scores[name].append((old.scores[name], new.scores[name]))
    sides = [_certainties(decision) for decision in decisions]
    actions = [Action.APPROVE, Action.APPROVE]
    differ = []
    for rule in rules:
        was, becomes = (side.get(rule.id, 0.0) for side in sides)
        found.certainties[rule.id].append((was, becomes))
        reached = [rule.action(was), rule.action(becomes)]
        actions = [max(pair) for pair in zip(actions, reached, strict=True)]
        if reached[0] != reached[1]:
            differ.append(rule.id)
    before, after = actions
    found.moves[before, after] += 1
    if before != after:
        found.flips.append(Flip(case, before, after, tuple(differ)))


def _open(policy: Policy) -> Policy:
    """Return the policy with findings of any certainty."""
    return replace(
        policy,
        rules=tuple(
            replace(rule, hold=_LEAST, delete=None) if rule.mode == "live" else rule
            for rule in policy.rules
        ),
    )


def _certainties(decision: Decision) -> Mapping[str, float]:
    """Return the highest certainty of each rule that found something."""
    highest: dict[str, float] = {}
    for finding in decision.findings:
        highest[finding.rule] = max(finding.certainty, highest.get(finding.rule, 0.0))
    return highest
