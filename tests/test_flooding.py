"""How fast comments come: of a reader, of a block of addresses, under an article."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from newsroom import BRIDGE, OPEN, Newsroom, code, furnish, key
from sqlalchemy import select
from starlette.testclient import TestClient
from writing import Desk

from ombud import Engine
from ombud.errors import BusyError
from ombud.moderation.pace import Pace, keep_pace
from ombud.moderation.sent import Guest
from ombud.newsroom import Trace
from ombud.settings import Settings
from ombud.store import Store, log, rates
from ombud.store.repeated import traces
from ombud.web import create_app
from ombud.web.news import events_of
from ombud.web.watch import Watch

PACE = Pace(reader_per_hour=3, block_per_minute=4)


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom, on each kind of database."""
    return Desk(store, at)


def test_a_reader_who_writes_too_much_is_asked_to_pause(desk: Desk) -> None:
    """The words say how many are taken, and when the oldest of them is an hour old it goes on."""
    account = desk.account()
    for _ in range(2):
        desk.send(author=account)
    begun = desk.at

    with desk.store.reading() as tx:
        with pytest.raises(BusyError, match="sent 3 comments in an hour; please pause") as refused:
            keep_pace(tx, PACE, account, None, begun)
        keep_pace(tx, PACE, account, None, begun + timedelta(minutes=60))
    assert refused.value.seconds == 3600 - 1


def test_a_block_of_addresses_is_counted_together(desk: Desk) -> None:
    """Whoever comes from where very many come from is asked to wait; others are not."""
    for number in range(4):
        trace = Trace(f"address {number}", "block", desk.at + timedelta(days=1))
        desk.send(author=Guest(f"Reader {number}"), trace=trace)
    near = Trace("address 9", "block", desk.at)
    far = Trace("address 9", "another", desk.at)

    with desk.store.reading() as tx:
        with pytest.raises(BusyError, match="very many comments come from where you are"):
            keep_pace(tx, PACE, None, near, desk.at)
        keep_pace(tx, PACE, None, near, desk.at + timedelta(minutes=1))
        keep_pace(tx, PACE, None, far, desk.at)


def test_the_rate_of_an_article_is_told_beside_what_is_usual(desk: Desk) -> None:
    """What came in the last minute is counted, and what came a minute on the day before."""
    begun = desk.at
    for _ in range(6):
        desk.later(minutes=10)
        desk.send()
    desk.later(hours=2)
    for _ in range(5):
        last = desk.send()

    with desk.store.reading() as tx:
        assert rates.lately(tx, desk.at, 5) == {last.article: 5}
        assert rates.lately(tx, desk.at, 6) == {}
        usually = rates.usual(tx, last.article, desk.at)
        fresh = rates.usual(tx, last.article, begun + timedelta(minutes=30))
    assert usually == pytest.approx(6 / 120, 0.01)
    assert fresh == 0


def test_a_flood_is_new_once(desk: Desk) -> None:
    """It is told once; after ten quiet minutes it is another one."""
    at, number = desk.at, desk.article.id
    with desk.store.writing() as tx:
        told = [
            rates.flooded(tx, number, 300, 4.0, at + timedelta(minutes=minutes))
            for minutes in (0, 1, 9, 30)
        ]
        flood = rates.flooding(tx, at, None)
        assert rates.flooding(tx, at, ["valley"]) == []
        assert rates.flooding(tx, at + timedelta(hours=1), None) == []

    assert told == [True, False, False, True]
    assert [(one.article, one.rate, one.usual) for one in flood] == [(number, 300, 4.0)]
    assert flood[0].began_at == at + timedelta(minutes=30)


def test_an_article_under_a_flood_is_a_word_on_the_desk(plain: Engine, settings: Settings) -> None:
    """Its comments are all taken; the desk is told where, and how many more than usual."""
    store = Store.in_folder(settings.data)
    furnish(store)
    app = create_app(plain, settings, store=store)
    with TestClient(app) as client:
        api = Newsroom(client, store)
        for number in range(3):
            api.sent(f"{OPEN} {number}", f"Reader {number}")
        watch = Watch(app.state.office, least=3)
        for _ in range(2):
            client.portal.call(watch.look, api.now())  # type: ignore[union-attr]
        seen, closed = (
            client.get("/api/campaigns", headers=key(who)).json() for who in ("joon", "vera")
        )
        with store.reading() as tx:
            told = [entry for entry in log.since(tx, 0) if entry.deed == "flooded"]
            events = events_of(tx, told)

    [flood] = seen["floods"]
    assert (flood["article"]["url"], flood["rate"], flood["usual"]) == (BRIDGE, 3, 0)
    assert closed["floods"] == []
    assert [(event.name, event.content["rate"], event.outlet) for event in events] == [
        ("flood", 3, "harbour")
    ]


def test_too_many_from_one_block_are_refused(plain: Engine, settings: Settings) -> None:
    """The address is known by a proxy that is trusted; the answer says when to try again."""
    store = Store.in_folder(settings.data)
    furnish(store)
    proxied = replace(settings, trusted_proxies=("192.0.2.0/24",), block_per_minute=2)
    app = create_app(plain, proxied, store=store)
    with TestClient(app, client=("192.0.2.1", 4711)) as client:
        api = Newsroom(client, store)
        for number in range(2):
            headers = {"X-Forwarded-For": f"198.51.100.{number}"}
            api.sent(f"{OPEN} {number}", f"Reader {number}", headers=headers)
        refused = api.send("Another.", headers={"X-Forwarded-For": "198.51.100.200"})
        api.sent("Another.", headers={"X-Forwarded-For": "198.51.101.1"})
    with store.reading() as tx:
        kept = tx.execute(select(traces.c.address, traces.c.block)).all()

    assert code(refused) == (429, "busy")
    assert int(refused.headers["retry-after"]) > 0
    assert len({one.address for one in kept}) == 3
    assert len({one.block for one in kept}) == 2
    assert "198.51" not in str(kept)
