"""Campaigns: what is shown of them, to whom, in which order, and why."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from campaigning import OTHER, SLOGAN, campaign_of, counted, every, one, rule, sent
from sqlalchemy import select
from writing import BRIDGE, JOON, Desk

from ombud.errors import NotFoundError
from ombud.moderation import campaigns as moderation
from ombud.newsroom import Staff, Trace
from ombud.store import Store, campaigns, erasure, log, outlets, queue, sweeps
from ombud.store.queue import Order, Place, Wanted
from ombud.store.repeated import traces

LINE = BRIDGE.text
FOREIGN = Staff("vera", "editor", ("valley",))


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


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
    assert part.opened_at == last.created_at - timedelta(seconds=1)
    assert part.weight < 1 < whole.weight
    swept = rule(desk, FOREIGN, whole.id)
    assert len(swept.ruled) == 2
    assert counted(one(desk, last)) == (5, 3, 5, 2)
    with desk.store.reading() as tx:
        assert len(sweeps.copies_of(tx, whole.id, ("valley",), None, 10)[0]) == 2
        assert campaigns.page(tx, ("elsewhere",), None, 10) == ([], None)
    with desk.store.writing() as tx, pytest.raises(NotFoundError, match="no campaign"):
        moderation.seen(tx, Staff("x", "admin", ("elsewhere",)), whole.id)


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


def test_the_queue_has_of_each_campaign_one_comment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first in the order asked for stands for the others, and pages lose nothing else."""
    monkeypatch.setattr(queue, "_AT_ONCE", 4)
    slogans = [sent(desk, number).id for number in range(9)]
    others = [sent(desk, number, OTHER).id for number in range(4)]
    lone = [desk.send(f"Well said, {n}!").id for n in range(3)]

    def listed(order: Order, limit: int) -> list[int]:
        found: list[int] = []
        place: Place | None = None
        with desk.store.reading() as tx:
            while True:
                some, place = queue.folded(tx, Wanted(order=order), place, limit)
                found += [comment.id for comment in some]
                if place is None:
                    return found

    assert listed("oldest", 20) == [slogans[0], others[0], *lone]
    assert listed("newest", 20) == [*lone[::-1], others[-1], slogans[-1]]
    for limit in (1, 2, 3):
        assert [one for one in listed("oldest", limit) if one in lone] == lone
        assert listed("oldest", limit)[0] == slogans[0]


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


def test_erasing_takes_the_words_that_reasons_quote(desk: Desk) -> None:
    """A misspelling is somebody's own words: it goes with the comment, other reasons stay."""
    odd = SLOGAN.replace("councillor", "counzillorz")
    copies = [sent(desk, number, odd) for number in range(3)]
    before = one(desk, copies[1])
    with desk.store.writing() as tx:
        erasure.comment(tx, copies[0].id, "asked for", "ombud", desk.later(seconds=1))
    after = one(desk, copies[1])

    assert before is not None
    assert "counzillorz" in str(before.reasons)
    assert after is not None
    assert {reason["kind"] for reason in after.reasons} == {"burst", "newcomers"}


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
