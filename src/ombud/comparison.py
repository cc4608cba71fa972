"""
What changes for a newsroom from one version of the models to another, on its own comments.

Both versions judge the same comments by the same policy.
A threshold that was set by hand is carried over by share: the new one is where as many comments
reach it as reached the old one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    certainties: of each rule (old, new) pairs, 0 where it finds nothing.
    moves: how many comments went from which action to which.
    """

    scores: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    certainties: dict[str, list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    moves: Counter[tuple[Action, Action]] = field(default_factory=Counter)

    def same_share(self, pairs: Sequence[tuple[float, float]], threshold: float) -> float | None:
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


def compare(
    cases: Iterable[Case], before: Engine, after: Engine, found: Comparison
) -> Iterator[Flip]:
    """Judge the cases with both, enter what they say into `found` and yield the flips."""
    policy = before.policy
    engines = [Engine(_open(policy), tuple(one.signals.values())) for one in (before, after)]
    remaining = iter(cases)
    while some := list(islice(remaining, _AT_ONCE)):
        judged = [engine.judge_all(some) for engine in engines]
        for case, old, new in zip(some, *judged, strict=True):
            for name in old.scores.keys() & new.scores.keys():
                found.scores[name].append((old.scores[name], new.scores[name]))
            sides = [
                {rule.id: _certainty(rule, decision) for rule in policy.rules}
                for decision in (old, new)
            ]
            yield from _entered(policy, case, sides, found)


def _entered(
    policy: Policy, case: Case, sides: Sequence[Mapping[str, float]], found: Comparison
) -> Iterator[Flip]:
    """Enter the certainties and actions of one comment, and yield it if it flips."""
    differ = []
    actions = [Action.APPROVE, Action.APPROVE]
    for rule in policy.rules:
        if rule.mode != "live":
            continue
        old, new = (side[rule.id] for side in sides)
        found.certainties[rule.id].append((old, new))
        reached = [rule.action(certainty) for certainty in (old, new)]
        actions = [max(pair) for pair in zip(actions, reached, strict=True)]
        if reached[0] != reached[1]:
            differ.append(rule.id)
    before, after = actions
    found.moves[before, after] += 1
    if before != after:
        yield Flip(case, before, after, tuple(differ))


def _open(policy: Policy) -> Policy:
    """Return the policy with findings of any certainty."""
    return replace(
        policy,
        rules=tuple(
            replace(rule, hold=_LEAST, delete=None) if rule.mode == "live" else rule
            for rule in policy.rules
        ),
    )


def _certainty(rule: Rule, decision: Decision) -> float:
    """Return the highest certainty of what a rule found, or 0."""
    return max((one.certainty for one in decision.findings if one.rule == rule.id), default=0.0)
