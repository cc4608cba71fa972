"""
How likely a careful moderator is to reject a comment: the policy's own decision, calibrated.

What speaks for it is the strongest of what the policy found and of what the models see of the
clauses that are live, found or not.
Two numbers turn it into a probability, fitted by `training/rejection.py` on comments that a
moderator read by the house policy; half of all comments being rejected is the prior.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ombud.policy import Decision, Policy

SHIFT: Final = -1.570
SLOPE: Final = 0.968
WANTED: Final = frozenset(("intent", "toxicity"))
"""The signals without which there is too little to go by."""
_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "correction_request": ("CORRECTION_REQUEST",),
        "hate": ("HATEFUL", "IDENTITY_ATTACK"),
        "impersonation": ("IMPERSONATION",),
        "incoherence": ("INCOHERENT",),
        "obscenity": ("OBSCENITY",),
        "personal_attack": ("PERSONAL_ATTACK", "TOXICITY"),
        "policy_talk": ("POLICY_TALK",),
        "promotion": ("PROMOTION",),
        "proselytizing": ("PROSELYTIZING",),
        "threat": ("THREATENING", "THREAT"),
        "vulgarity": ("VULGARITY",),
    }
)
"""What the models give of the clause of a rule."""
_LEAST: Final = 0.01
_DIGITS: Final = 4


def evidence(decision: Decision, policy: Policy) -> float:
    """Return the log-odds of the strongest that speaks against the comment."""
    names = [
        name
        for rule in policy.rules
        if rule.mode == "live"
        for name in _ATTRIBUTES.get(rule.id, ())
    ]
    # Where a check failed, the policy is sure that it does not know, and nothing makes up for it.
    found = [finding.certainty for finding in decision.findings]
    strongest = max((*found, *(decision.scores.get(name, 0.0) for name in names)), default=0.0)
    bounded = min(max(strongest, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def likely_to_reject(decision: Decision, policy: Policy) -> float:
    """Return the probability that a moderator rejects the comment."""
    margin = SHIFT + SLOPE * evidence(decision, policy)
    return round(1 / (1 + math.exp(-margin)), _DIGITS)
