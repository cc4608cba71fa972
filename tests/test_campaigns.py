"""Campaigns: how repeats grow into one, what is counted, and one ruling on all of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from writing import BRIDGE, CLAUSES, EDITH, JOON, MIRA, Desk, decided, found

from ombud.errors import ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation import campaigns as moderation
from ombud.moderation import rulings
from ombud.moderation.rulings import Verdict
from ombud.moderation.sent import Guest
from ombud.newsroom import Comment, Staff, Trace
from ombud.store import Store, campaigns, erasure, log, outlets, sweeps
from ombud.store import rulings as kept
from ombud.store.campaigns import Campaign
from ombud.store.repeated import traces

SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
OTHER = "My neighbour's geese have more sense than the whole planning committee had."
LINE = BRIDGE.text
FOREIGN = Staff("vera", "editor", ("valley",))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


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
    while True:
        with desk.store.writing() as tx:
            swept = moderation.rule(
                tx, who, campaign, Verdict(action, **more), CLAUSES, at=at, goes_on=goes_on
            )
        goes_on, ruled = swept.ruling, (*ruled, *swept.ruled)
        if not swept.more:
            return replace(swept, ruled=ruled)


def test_two_are_repeats_and_three_a_campaign(desk: Desk) -> None:
    """The third near copy makes a campaign of all three, and later ones are counted one by one."""
    first, second = sent(desk, 1), sent(desk, 2, f"Yes!! {SLOGAN}")
    assert one(desk, second) is None

    third = sent(desk, 3, SLOGAN.upper().capitalize())
    assert counted(one(desk, third)) == (3, 3, 3, 1)
    assert one(desk, first) == one(desk, third)

    far = desk.put("https://harbour.example/far").url
    sent(desk, 4, article=far)
    last = sent(desk, 4, f"{SLOGAN} 7788")
    campaign = one(desk, last)
    assert counted(campaign) == (5, 5, 5, 2)
    assert campaign is not None
    assert (campaign.first, campaign.latest_at) == (first.id, last.created_at)
    assert 0.8 <= campaign.least_likeness < 1
    assert len(every(desk)) == 1


def test_short_and_different_comments_are_none(desk: Desk) -> None:
    """Comments that say little, or something else, make no campaign however many there are."""
    for number in range(5):
        sent(desk, number, "Well said!")
    for number, text in enumerate([SLOGAN, OTHER, "The ferry was late again, and so was I."]):
        sent(desk, number, text)

    assert every(desk) == []


def test_a_text_that_is_like_both_joins_two_campaigns(desk: Desk) -> None:
    """What belongs together is one campaign, counted once, also by the number it had before."""
    far = desk.put("https://harbour.example/far").url
    ada = desk.account("Ada")
    for number in range(4):
        sent(desk, number, SLOGAN)
    desk.send(SLOGAN, ada, decided(found("repetition")))
    for number in range(3):
        sent(desk, 10 + number, OTHER, article=far)
    desk.send(OTHER, ada, decided(found("repetition")))
    before = every(desk)
    bridging = sent(desk, 20, f"{SLOGAN} {OTHER}")

    [campaign] = every(desk)
    assert [counted(known) for known in before] == [(5, 5, 5, 1), (4, 4, 4, 2)]
    assert counted(campaign) == (10, 10, 9, 2)
    assert one(desk, bridging) == campaign
    with desk.store.reading() as tx:
        assert [campaigns.one(tx, known.id) for known in before] == [campaign, campaign]


def test_what_waits_follows_rulings_and_erasures(desk: Desk) -> None:
    """Ruling, undoing, escalating and erasing change what is held, and erasing also the size."""
    sent_ = [sent(desk, number) for number in range(4)]
    ruling = desk.rule(JOON, sent_[0].id, "delete", "repetition")
    assert counted(one(desk, sent_[1])) == (4, 3, 4, 1)

    with desk.store.writing() as tx:
        rulings.undo(tx, JOON, ruling.id, desk.later(seconds=1))
    assert counted(one(desk, sent_[1])) == (4, 4, 4, 1)

    desk.rule(JOON, sent_[1].id)
    with desk.store.writing() as tx:
        rulings.escalate(tx, JOON, sent_[1].id, "Look.", desk.later(seconds=1))
        erasure.comment(tx, sent_[0].id, "asked for", "ombud", desk.later(seconds=1))
    assert counted(one(desk, sent_[1])) == (3, 3, 3, 1)
    assert one(desk, sent_[0]) is None


def test_who_sees_one_outlet_is_shown_its_part(desk: Desk) -> None:
    """Counts, rulings and copies of other outlets are nobody else's."""
    with desk.store.writing() as tx:
        outlets.opened(tx, "valley", "Valley News", desk.at)
    mill = desk.put("https://valley.example/mill", outlet="valley").url
    for number in range(3):
        sent(desk, number)
    for number in range(2):
        last = sent(desk, 10 + number, article=mill)
    whole, part = one(desk, last), one(desk, last, ("valley",))

    assert counted(whole) == (5, 5, 5, 2)
    assert counted(part) == (2, 2, 2, 1)
    assert whole is not None
    assert whole.outlets == ("harbour", "valley")
    assert whole.reasons
    assert part is not None
    assert part.reasons == []
    swept = rule(desk, FOREIGN, whole.id)
    assert len(swept.ruled) == 2
    assert counted(one(desk, last)) == (5, 3, 5, 2)
    with desk.store.reading() as tx:
        assert len(sweeps.copies_of(tx, whole.id, ("valley",), None, 10)[0]) == 2
        assert campaigns.page(tx, ("elsewhere",), None, 10) == ([], None)
    with desk.store.writing() as tx, pytest.raises(NotFoundError, match="no campaign"):
        moderation.seen(tx, Staff("x", "admin", ("elsewhere",)), whole.id)


def test_one_ruling_is_one_for_each_comment_and_is_taken_back_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each held comment gets its own ruling and entry, in steps; undoing restores them all."""
    monkeypatch.setattr(moderation, "AT_ONCE", 2)
    sent_ = [sent(desk, number) for number in range(5)]
    desk.rule(JOON, sent_[0].id)
    number = campaign_of(desk, sent_[0])
    swept = rule(desk, JOON, number, note="A round robin.")

    assert [ruling.comment for ruling in swept.ruled] == [comment.id for comment in sent_[1:]]
    assert {(r.clause, r.note, r.state_after) for r in swept.ruled} == {
        ("repetition", "A round robin.", "deleted")
    }
    with desk.store.reading() as tx:
        entries = [entry for comment in sent_ for entry in log.about(tx, comment.id)]
        [whole, single] = sweeps.sweeps(tx, number, None, 10)
    assert [entry.deed for entry in entries].count("ruled") == 5
    assert (whole.id, whole.comments, whole.action) == (swept.ruling, 4, "delete")
    assert single.comments == 1
    assert counted(one(desk, sent_[0])) == (5, 0, 5, 1)

    undone = 0
    while undone < 4:
        with desk.store.writing() as tx:
            step = moderation.undo(tx, JOON, number, swept.ruling or 0, desk.later(seconds=1))
        assert step.ruled
        undone += len(step.ruled)
    assert counted(one(desk, sent_[0])) == (5, 4, 5, 1)
    with desk.store.reading() as tx:
        assert kept.standing(tx, [comment.id for comment in sent_]).keys() == {sent_[0].id}


def campaign_of(desk: Desk, comment: Comment) -> int:
    """Return the number of a comment's campaign."""
    campaign = one(desk, comment)
    assert campaign is not None
    return campaign.id


def test_what_came_since_is_left_to_another_ruling(desk: Desk) -> None:
    """A ruling is about what was there when it began; who goes on with it rules on no more."""
    sent_ = [sent(desk, number) for number in range(3)]
    number = campaign_of(desk, sent_[0])
    swept = rule(desk, JOON, number)
    sent(desk, 4)
    with desk.store.writing() as tx:
        again = moderation.rule(
            tx,
            JOON,
            number,
            Verdict("delete"),
            CLAUSES,
            at=desk.later(seconds=1),
            goes_on=swept.ruling,
        )

    assert again.ruled == ()
    assert counted(one(desk, sent_[0])) == (4, 1, 4, 1)


def test_what_others_hold_or_what_waits_for_an_editor_is_left_alone(desk: Desk) -> None:
    """A claim and an escalation keep a comment out of somebody else's ruling on everything."""
    sent_ = [sent(desk, number) for number in range(4)]
    with desk.store.writing() as tx:
        rulings.claim(tx, MIRA, sent_[0].id, desk.at)
        rulings.escalate(tx, MIRA, sent_[1].id, "Look.", desk.at)
    number = campaign_of(desk, sent_[0])

    assert [r.comment for r in rule(desk, JOON, number).ruled] == [sent_[2].id, sent_[3].id]
    assert [r.comment for r in rule(desk, EDITH, number).ruled] == [sent_[1].id]


def test_what_cannot_be_ruled_is_refused(desk: Desk) -> None:
    """The refusal says what was wrong, and nothing changes."""
    first, *_ = [sent(desk, number) for number in range(3)]
    number = campaign_of(desk, first)
    ruling = desk.rule(JOON, first.id, "delete", "repetition").id

    with pytest.raises(NotFoundError, match="there is no campaign 99"):
        rule(desk, JOON, 99)
    with pytest.raises(InvalidInputError, match="'action' is 'burn'"):
        rule(desk, JOON, number, "burn")
    with pytest.raises(InvalidInputError, match="no clause named 'x'"):
        rule(desk, JOON, number, clause="x")
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, MIRA, number, ruling)
    elsewhere = desk.rule(JOON, desk.send(OTHER).id, "delete", "repetition").id
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, JOON, number, elsewhere)
    with pytest.raises(InvalidInputError, match="'ruling' is not the number"):
        going_on(desk, JOON, number, ruling, "shouting")
    with pytest.raises(ForbiddenError, match="is joon's; an editor can"):
        undoing(desk, MIRA, number, ruling)
    with pytest.raises(NotFoundError, match="there is no ruling"):
        undoing(desk, JOON, number, ruling + 99)
    assert counted(one(desk, first)) == (3, 2, 3, 1)


def going_on(desk: Desk, who: Staff, campaign: int, ruling: int, clause: str | None = None) -> None:
    """Go on with a ruling."""
    with desk.store.writing() as tx:
        verdict = Verdict("delete", clause)
        moderation.rule(tx, who, campaign, verdict, CLAUSES, at=desk.at, goes_on=ruling)


def undoing(desk: Desk, who: Staff, campaign: int, ruling: int) -> None:
    """Take a ruling on a campaign back."""
    with desk.store.writing() as tx:
        moderation.undo(tx, who, campaign, ruling, desk.at)


def test_the_weightiest_that_waits_comes_first(desk: Desk) -> None:
    """What is held comes before what is not, then what weighs more; pages follow each other."""
    for number in range(12):
        large = sent(desk, number)
    for number in range(3):
        small = sent(desk, number, OTHER)
    order = [campaign_of(desk, large), campaign_of(desk, small)]
    assert [campaign.id for campaign in every(desk)] == order

    rule(desk, JOON, order[0])
    assert [campaign.id for campaign in every(desk)] == order[::-1]
    with desk.store.reading() as tx:
        [first], place = campaigns.page(tx, None, None, 1)
        [second], end = campaigns.page(tx, None, place, 1)
    assert [first.id, second.id, end] == [*order[::-1], None]


def test_it_is_looked_at_when_it_has_grown_and_the_desk_is_told(desk: Desk) -> None:
    """Reasons are looked for at certain sizes only; each time there is an entry for the desk."""
    trace = Trace("a" * 32, "b" * 32, desk.at + timedelta(days=14))
    for number in range(7):
        last = sent(desk, number, trace=trace)
    campaign = one(desk, last)
    with desk.store.reading() as tx:
        told = [entry for entry in log.since(tx, 0) if entry.deed.startswith("campaign_")]

    assert campaign is not None
    assert campaign.looked == 5
    assert {str(reason["kind"]) for reason in campaign.reasons} == {"burst", "address", "newcomers"}
    assert campaign.weight > 5
    assert [(entry.deed, entry.facts["comments"]) for entry in told] == [
        ("campaign_began", 3),
        ("campaign_grew", 5),
    ]


def test_an_erased_comment_leaves_no_trace_of_where_it_came_from(desk: Desk) -> None:
    """The hashes of its address go with the text."""
    trace = Trace("a" * 32, "b" * 32, desk.at + timedelta(days=14))
    first, other = (sent(desk, number, trace=trace) for number in range(2))
    with desk.store.writing() as tx:
        erasure.comment(tx, first.id, "asked for", "ombud", desk.later(seconds=1))
    with desk.store.reading() as tx:
        assert tx.execute(select(traces.c.comment)).scalars().all() == [other.id]


def test_a_line_of_the_article_is_shown_as_a_quotation(desk: Desk) -> None:
    """Copies of nothing but a line of the article are a campaign that weighs little."""
    line = "It is closed for two winters, and nobody in the council says who pays."
    desk.put(desk.article.url, replace(BRIDGE, text=f"{LINE} {line}"))
    for number in range(3):
        last = sent(desk, number, line)
    campaign = one(desk, last)

    assert campaign is not None
    assert campaign.quoted
    assert campaign.weight < 1


def test_readers_who_quote_the_same_and_say_something_else_are_none(desk: Desk) -> None:
    """What has nothing in common but a quotation is no campaign."""
    for number, own in enumerate(
        (
            "they say, and I wonder at what price.",
            "my grandmother said that in 1974 too!",
            "hangs in every window of our street.",
            "is a fine thing to sing on a march.",
        )
    ):
        sent(desk, number, f"“{SLOGAN}” {own}")

    assert every(desk) == []


def test_the_same_text_long_ago_is_no_campaign(desk: Desk) -> None:
    """Three copies within a month are one, over years they are not."""
    for number in range(3):
        last = sent(desk, number)
        desk.at += timedelta(days=200)

    assert one(desk, last) is None
