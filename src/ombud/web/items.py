"""Comments as the staff sees them in a queue: with everything that a ruling rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from ombud.moderation.notices import Notice, notice
from ombud.newsroom import Account, Comment, Published, Record, Ruling
from ombud.policy import Decision
from ombud.store import articles, campaigns, comments, decisions, readers, reports, rulings
from ombud.store.campaigns import Campaign
from ombud.web.api.shapes import (
    Clauses,
    decision_of,
    name_of,
    notice_of,
    own,
    reader_of,
    when,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some comments, fetched together."""

    decisions: Mapping[int, Decision]
    rulings: Mapping[int, Ruling]
    clauses: Mapping[str, Clauses]
    articles: Mapping[int, Published] = field(default_factory=dict)
    parents: Mapping[int, Comment] = field(default_factory=dict)
    readers: Mapping[int, tuple[Account, Record]] = field(default_factory=dict)
    campaigns: Mapping[int, Campaign] = field(default_factory=dict)

    def clauses_of(self, comment: int) -> Clauses:
        """Return the clauses of the policy by which a comment was decided."""
        decision = self.decisions.get(comment)
        return self.clauses.get(decision.policy, {}) if decision else {}


def told(tx: Connection, wanted: Sequence[Comment]) -> list[dict[str, object]]:
    """Return comments as their reader sees them: what became of each, and why."""
    facts = _decided(tx, wanted)
    found = reports.outcomes(tx, [comment.id for comment in wanted])
    return [_told(one, _with(_notice(one, facts), found.get(one.id, ()))) for one in wanted]


def _with(said: Notice, found: Sequence[str]) -> Notice:
    """Return what a reader is told with what the corrections desk found about their report."""
    return replace(said, codes=(*said.codes, *(f"report_{status}" for status in found)))


def told_new(
    comment: Comment, decision: Decision, clauses: Mapping[str, tuple[str, str]]
) -> dict[str, object]:
    """Return a comment as its reader sees it when it was just kept, and nobody has ruled on it."""
    said = notice(comment.text or "", comment.state, decision, None, clauses)
    return _told(comment, said)


def _told(comment: Comment, said: Notice) -> dict[str, object]:
    """Return a comment as its reader sees it."""
    return {
        "id": comment.id,
        "state": comment.state,
        "notice": notice_of(comment.text or "", said),
        "comment": own(comment),
    }


def items(tx: Connection, wanted: Sequence[Comment]) -> list[dict[str, object]]:
    """Return comments as the staff sees them."""
    decided = _decided(tx, wanted)
    facts = replace(
        decided,
        articles=articles.some(tx, {comment.article for comment in wanted}),
        parents=comments.some(tx, {comment.parent for comment in wanted if comment.parent}),
        readers=readers.some(tx, {comment.reader for comment in wanted}),
        campaigns=_campaigns(tx, wanted),
    )
    return [_item(comment, facts) for comment in wanted]


def _campaigns(tx: Connection, wanted: Sequence[Comment]) -> dict[int, Campaign]:
    """Return the campaigns of some comments, as far as they are of the outlet of each."""
    found: dict[int, Campaign] = {}
    for outlet in {comment.outlet for comment in wanted}:
        here = [comment.id for comment in wanted if comment.outlet == outlet]
        found |= campaigns.of(tx, here, [outlet])
    return found


def _decided(tx: Connection, wanted: Sequence[Comment]) -> Facts:
    """Fetch what was decided and ruled about some comments."""
    numbers = [comment.id for comment in wanted]
    found = decisions.of(tx, numbers)
    versions = {decision.policy for decision in found.values()}
    return Facts(found, rulings.standing(tx, numbers), decisions.clauses(tx, versions))


def _notice(comment: Comment, facts: Facts) -> Notice:
    """Return what the reader of a comment is told."""
    return notice(
        comment.text or "",
        comment.state,
        facts.decisions.get(comment.id),
        facts.rulings.get(comment.id),
        facts.clauses_of(comment.id),
    )


def _item(comment: Comment, facts: Facts) -> dict[str, object]:
    """Return one comment as the staff sees it."""
    account, record = facts.readers[comment.reader]
    article = facts.articles[comment.article]
    decision = facts.decisions.get(comment.id)
    ruling = facts.rulings.get(comment.id)
    parent = facts.parents.get(comment.parent or 0)
    return {
        "id": comment.id,
        "state": comment.state,
        "text": comment.text,
        "created_at": when(comment.created_at),
        "author": {**reader_of(account, record), "name": comment.name, "staff": comment.staff},
        "article": {
            "id": article.id,
            "title": article.article.title,
            "url": article.url,
            "outlet": article.outlet,
        },
        "parent": parent and {"id": parent.id, "name": parent.name, "text": parent.text},
        "decision": decision
        and decision_of(comment.text or "", decision, facts.clauses_of(comment.id)),
        "held_because": comment.held_because,
        "suggested": _suggested(decision),
        "certainty": comment.certainty,
        "disagreement": round(comment.disagreement, 4),
        "flags": comment.flags,
        "escalated": comment.escalated,
        "picked": comment.picked,
        "campaign": _campaign(facts.campaigns.get(comment.id)),
        "depth": comment.depth,
        "claim": comment.claimed_by
        and {"by": name_of(comment.claimed_by), "until": when(comment.claimed_until)},
        "ruling": ruling
        and {
            "id": ruling.id,
            "action": ruling.action,
            "clause": ruling.clause,
            "by": name_of(ruling.by),
            "at": when(ruling.at),
        },
    }


def _campaign(campaign: Campaign | None) -> dict[str, object] | None:
    """Return what is said in one line of the campaign that a comment is of."""
    if campaign is None:
        return None
    return {"id": campaign.id, "comments": campaign.comments, "held": campaign.held}


def _suggested(decision: Decision | None) -> dict[str, object] | None:
    """Return the ruling that the policy suggests."""
    if decision is None:
        return None
    strictest = decision.strictest
    if strictest is None:
        return {"action": "approve", "clause": None}
    return {"action": "delete", "clause": strictest.rule}
