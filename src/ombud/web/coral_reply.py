"""
What Coral is told of a decision.

Coral drops a whole reply that holds a null, an empty text, an empty list of tags or a word that it
does not know, and then publishes the comment: what is not said is left out here, never left empty.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ombud.policy import Action, Decision, Finding
from ombud.text import Span

Reply = Mapping[str, object]
PREMOD: Final[Reply] = MappingProxyType({"status": "PREMOD"})
"""A moderator looks; also whenever a comment could not be judged."""
_APPROVED: Final[Reply] = MappingProxyType({"status": "APPROVED"})
_NO_OPINION: Final[Reply] = MappingProxyType({})
_REPORTED: Final = "correction_request"
_OTHER: Final = "OTHER"
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hate": "HATE_SPEECH",
        "obscenity": "OFFENSIVE",
        "off_topic": "IRRELEVANT_CONTENT",
        "personal_attack": "ABUSIVE",
        "policy_talk": "IRRELEVANT_CONTENT",
        "profanity": "OFFENSIVE",
        "promotion": "AD",
        "repetition": "IRRELEVANT_CONTENT",
        "threat": "ABUSIVE",
        "vulgarity": "OFFENSIVE",
    }
)
"""Coral's word for the clause of a rule; those of any other rule are named in our own."""
_FLAGS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "COMMENT_DETECTED_TOXIC": frozenset(
            "hate obscenity personal_attack profanity threat vulgarity".split()
        ),
        "COMMENT_DETECTED_SPAM": frozenset(("promotion", "repetition")),
    }
)
_MOST_NAMED: Final = 5
_LONGEST_QUOTE: Final = 200


def reply(text: str, decision: Decision, *, automatic: bool, policy_url: str) -> Reply:
    """
    Return the reply about a text.

    `automatic`: whether the policy may decide without a moderator.
    Otherwise Coral goes on with what it approves as it would without us, and what it would delete
    waits: in an outlet that premoderates, a moderator decides on every comment.
    """
    if decision.action is Action.APPROVE:
        return _APPROVED if automatic else _NO_OPINION
    rules = {finding.rule for finding in decision.findings}
    flagged = [
        {"actionType": "FLAG", "reason": reason} for reason, of in _FLAGS.items() if rules & of
    ]
    flags: Reply = {"actions": flagged} if flagged else {}
    # Whoever reports an error must be heard, whatever else the comment says.
    if decision.action is Action.HOLD or not automatic or _REPORTED in rules:
        return {**PREMOD, **flags}
    rejected = {"status": "REJECTED"}
    reason = _reason(text, decision.findings, policy_url)
    return {**rejected, **flags, "moderationAction": {**rejected, "rejectionReason": reason}}


def _reason(text: str, findings: Sequence[Finding], policy_url: str) -> dict[str, str]:
    """Return why a comment is rejected: by the strictest finding, and all others that reject it."""
    strict = [finding for finding in findings if finding.action is Action.DELETE]
    strict.sort(key=lambda finding: -finding.certainty)
    code = _CODES.get(strict[0].rule, _OTHER)
    own = {"customReason": _title(strict[0])} if code == _OTHER else {}
    cited = {finding.rule: finding for finding in reversed(strict)}
    named = [finding for finding in strict if cited[finding.rule] is finding][:_MOST_NAMED]
    explained = [_explained(text, finding) for finding in named]
    return {"code": code, **own, "detailedExplanation": " ".join([*explained, _appeal(policy_url)])}


def _explained(text: str, finding: Finding) -> str:
    """Return the clause in the paper's words, and the characters that break it, counted from 1."""
    span = finding.span or Span(0, len(text))
    quote = " ".join(span.quote(text).split())
    if span == Span(0, len(text)) or not quote:
        return f"{_title(finding)} (the whole comment)."
    if len(quote) > _LONGEST_QUOTE:
        quote = f"{quote[:_LONGEST_QUOTE]}…"
    first = span.begin + 1
    place = f"character {first}" if first == span.end else f"characters {first} to {span.end}"
    return f'{_title(finding)}: "{quote}" ({place}).'


def _title(finding: Finding) -> str:
    """Return the title of a clause without its full stop."""
    return finding.clause.strip().rstrip(".") or finding.rule


def _appeal(policy_url: str) -> str:
    """Say what a reader can do."""
    said = (
        "You may send your comment again, changed;"
        " if you think that this is a mistake, please write to the newsroom."
    )
    # A path alone would lead to the paper's own site.
    known = policy_url.startswith(("https://", "http://"))
    return f"{said} The policy: {policy_url}" if known else said
