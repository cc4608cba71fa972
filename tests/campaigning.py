"""Helpers for tests of campaigns: copies by many readers, what is counted, rulings on all."""

from dataclasses import replace

from writing import CLAUSES, Desk, decided, found

from ombud.moderation import campaigns as moderation
from ombud.moderation.rulings import Verdict
from ombud.moderation.sent import Guest
from ombud.newsroom import Comment, Staff
from ombud.store import campaigns
from ombud.store.campaigns import Campaign

SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
OTHER = "My neighbour's geese have more sense than the whole planning committee had."


def sent(desk: Desk, number: int, text: str = SLOGAN, **more: object) -> Comment:
    """Send a comment by a reader of its own."""
    return desk.send(text, Guest(f"Reader {number}"), decided(found("repetition")), **more)


def one(desk: Desk, comment: Comment, outlets: tuple[str, ...] | None = None) -> Campaign | None:
    """Return the campaign of a comment."""
    with desk.store.reading() as tx:
        return campaigns.of(tx, [comment.id], outlets).get(comment.id)


def counted(campaign: Campaign | None) -> tuple[int, ...]:
    """Return comments, held ones, readers and articles of a campaign."""
    assert campaign is not None
    return (campaign.comments, campaign.held, campaign.readers, campaign.articles)


def every(desk: Desk) -> list[Campaign]:
    """Return all campaigns."""
    with desk.store.reading() as tx:
        return campaigns.page(tx, None, None, 100)[0]


def rule(
    desk: Desk, who: Staff, campaign: int, action: str = "delete", **more: object
) -> moderation.Swept:
    """Rule on a campaign, step by step, until nothing is left."""
    at, goes_on, ruled = desk.later(seconds=1), None, ()
    past: int | None = 0
    while past is not None:
        with desk.store.writing() as tx:
            verdict = Verdict(action, **more)  # type: ignore[arg-type]
            swept = moderation.rule(
                tx, who, campaign, verdict, CLAUSES, at=at, goes_on=goes_on, past=past
            )
        goes_on, past, ruled = swept.ruling, swept.past, (*ruled, *swept.ruled)
    return replace(swept, ruled=ruled)


def campaign_of(desk: Desk, comment: Comment) -> int:
    """Return the number of a comment's campaign."""
    campaign = one(desk, comment)
    assert campaign is not None
    return campaign.id
