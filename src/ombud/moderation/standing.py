"""The state that a comment begins in: what the mode of its article makes of the decision."""

from typing import Final

from ombud.newsroom import Mode, Record, State
from ombud.policy import Action, Decision, Policy
from ombud.rejection import likely_to_reject
from ombud.store.comments import Standing

_FEW: Final = 5
"""Comments from which on a share of deleted ones says something."""
_MANY_DELETED: Final = 0.3
_NEW: Final = "The reader is new: first comments wait for a moderator."
_LATELY: Final = "Many of this reader's latest comments were deleted."
_ALL_WAIT: Final = "Every comment waits for a moderator here."


def standing(
    decision: Decision,
    policy: Policy,
    mode: Mode,
    record: Record,
    *,
    trust_after: int,
    staff: bool = False,
) -> Standing:
    """
    Return the state of a new comment.

    Automatic: what the policy deletes is deleted, what it approves is published unless the reader
    is new or had many comments deleted lately; the rest waits.
    Otherwise everything waits, but for what the staff writes and the policy approves.
    """
    why = _why_held(decision, mode, record, trust_after=trust_after, staff=staff)
    state: State = "held" if why else "approved"
    if mode == "automatic" and decision.action is Action.DELETE and not staff:
        state, why = "deleted", ""
    certainties = [finding.certainty for finding in decision.findings]
    return Standing(state, why, max(certainties, default=0.0), disagreement(decision, policy))


def _why_held(
    decision: Decision, mode: Mode, record: Record, *, trust_after: int, staff: bool
) -> str:
    """Say why a comment waits for a moderator; nothing if it need not."""
    if decision.action is not Action.APPROVE:
        strictest = decision.strictest
        assert strictest is not None  # noqa: S101  # something led to the action
        return f"{strictest.clause} {strictest.why}"
    if staff:
        return ""
    if mode != "automatic":
        return _ALL_WAIT
    if record.approved < trust_after:
        return _NEW
    if record.lately >= _FEW and record.lately_deleted >= _MANY_DELETED * record.lately:
        return _LATELY
    return ""


def disagreement(decision: Decision, policy: Policy) -> float:
    """
    Return how likely two moderators would judge the comment differently, from 0 to one half.

    If each rejects it with the probability that the models give, independently of the other.
    """
    rejected = likely_to_reject(decision, policy)
    return 2 * rejected * (1 - rejected)
