"""
How likely a careful moderator is to reject a comment: the policy's own decision, calibrated.

Two things speak for it: how sure the policy is of what it found, and how near the comment comes to
what the models know as a breach, found or not.
Four numbers join them, fitted by `training/rejection.py` on comments that a moderator read by the
house policy; half of all comments being rejected is the prior.
"""

import math
from collections.abc import Mapping
from typing import Final

from ombud.encoder import CLAUSES
from ombud.policy import Decision

SHIFT: Final = -1.900
HELD: Final = -0.982
SURE: Final = 2.474
NEAR: Final = 0.762
WANTED: Final = frozenset(("intent", "toxicity"))
"""The signals without which there is too little to go by."""
_SPEAKING: Final = (*CLAUSES, "INCOHERENT", "TOXICITY", "SPAM")
_LEAST: Final = 0.01
_DIGITS: Final = 4


def evidence(decision: Decision) -> tuple[float, float, float]:
    """Return whether the policy holds the comment, how sure it is, and how near it comes to it."""
    sure = max((finding.certainty for finding in decision.findings), default=0.0)
    return float(sure > 0), sure, _log_odds(_nearest(decision.scores))


def likely_to_reject(decision: Decision) -> float:
    """Return the probability that a moderator rejects the comment."""
    held, sure, near = evidence(decision)
    return round(1 / (1 + math.exp(-(SHIFT + HELD * held + SURE * sure + NEAR * near))), _DIGITS)


def _nearest(scores: Mapping[str, float]) -> float:
    return max((scores.get(name, 0.0) for name in _SPEAKING), default=0.0)


def _log_odds(score: float) -> float:
    bounded = min(max(score, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
