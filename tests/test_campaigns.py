"""Campaigns: how repeats grow into one, and what is counted."""

from datetime import datetime, timedelta

import pytest
from campaigning import OTHER, SLOGAN, counted, every, one, sent
from writing import JOON, Desk, decided, found

from ombud.moderation import rulings
from ombud.store import Store, campaigns, erasure


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


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
