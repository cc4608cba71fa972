"""Streams that end with the sign-in or the server, and replicas that tell each other."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from newsroom import MILL, furnish, key
from streams import names, running

from ombud import Engine
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.store import Store, staff
from ombud.web import create_app
from ombud.web.news import Event

QUEUE = "/api/events?queue=1"


@pytest.mark.parametrize("how", ["signed out", "gone", "moved", "revoked"])
def test_who_is_no_staff_any_more_is_told_nothing_more(
    plain: Engine, settings: Settings, furnished: Store, how: str
) -> None:
    """A stream ends before the next comment for whoever lost session, place or key."""

    async def scene() -> None:
        app = create_app(plain, settings, store=furnished)
        at = datetime.now(UTC)
        with furnished.writing() as tx:
            member = staff.member(tx, "mira")
            assert member is not None
            staff.sign_in(tx, member.id, "token", at, at.replace(year=at.year + 1))
        who = key("joon") if how == "revoked" else {"Cookie": "ombud_session=token"}
        async with running(app) as api:
            stream = await api.follow(QUEUE, who)
            with furnished.writing() as tx:
                {
                    "signed out": lambda: staff.sign_out(tx, "token"),
                    "gone": lambda: staff.change(tx, "mira", gone_at=at),
                    "moved": lambda: staff.change(tx, "mira", outlets=["valley"]),
                    "revoked": lambda: staff.revoke(tx, "joon", at),
                }[how]()
            await api.send("A secret of the harbour.")
            if how == "moved":
                await api.send("Of the valley.", MILL)
                told = await stream.next()
                assert told is not None
                assert told.content["text"] == "Of the valley."
                await stream.leave()
            else:
                assert await stream.rest() == []

    asyncio.run(scene())


def test_the_server_ends_all_streams_when_it_stops(
    plain: Engine, settings: Settings, furnished: Store
) -> None:
    """Who follows does not keep the server from stopping, not even with much still unread."""

    async def scene() -> None:
        async with running(create_app(plain, settings, store=furnished)) as api:
            stream = await api.follow(QUEUE, key("joon"))
            stream.stop_reading()
            for number in range(511):
                await api.app.state.live.tell(Event("claimed", {"id": number}, outlet="harbour"))
        stream.go_on()
        assert len(await stream.rest()) < 511

    asyncio.run(scene())


def test_replicas_tell_each_other(
    plain: Engine, settings: Settings, new_postgres: Callable[[], str]
) -> None:
    """On one PostgreSQL what one replica does is seen on the other: events, pages, the policy."""
    url = new_postgres()
    stores = [Store(url), Store(url)]
    furnish(stores[0])
    one, two = (create_app(plain, settings, store=store) for store in stores)
    page = "/api/comments?article=1"

    async def scene() -> None:
        async with running(one) as here, running(two) as there:
            reader = await there.follow()
            desk = await there.follow(QUEUE, key("joon"))
            assert (await there.client.get(page)).json()["comments"] == []
            number = await here.send()
            held = await desk.until("held")
            await here.client.put(f"/api/comments/{number}/claim", headers=key("joon"))
            assert (await desk.until("claimed")).content["by"] == "joon"
            await here.rule(number, who="joon")
            new = await reader.until("new")
            assert (await there.client.get(page)).json()["comments"][0]["id"] == number
            again = await here.follow(QUEUE, {**key("joon"), "Last-Event-ID": str(held.place)})
            assert names(again.seen) == ["ruled", "hello"]
            assert new.content["id"] == held.content["id"] == number
            for stream in (reader, desk, again):
                await stream.leave()

    asyncio.run(scene())


def test_a_policy_is_put_in_force_on_every_replica(
    plain: Engine, settings: Settings, new_postgres: Callable[[], str]
) -> None:
    """What an editor changes on one replica holds on the other, whose desk is told, at once."""
    url = new_postgres()
    stores = [Store(url), Store(url)]
    furnish(stores[0])
    one, two = (create_app(plain, settings, store=store) for store in stores)
    # The engine of the test has no models, so no rule that needs one can be on.
    off = [rule.id for rule in house_rules() if rule.signals or rule.id == "shouting"]
    toml = "\n".join(f'[rules.{name}]\nmode = "off"' for name in off)

    async def scene() -> None:
        async with running(one) as here, running(two) as there:
            desk = await there.follow(QUEUE, key("joon"))
            given = {"toml": toml, "reason": "Loud is fine."}
            adopted = await here.client.put("/api/policy", json=given, headers=key("cms"))
            assert adopted.status_code == 200, adopted.text
            told = await desk.until("policy")
            assert told.content["policy"] == adopted.json()["version"]
            await here.send()
            await desk.until("held")
            number = await there.send("THIS IS LOUD AND FINE FROM NOW ON")
            shown = await there.client.get(f"/api/comments/{number}", headers=key("joon"))

            assert shown.json()["decision"]["action"] == "APPROVE"
            assert shown.json()["decision"]["policy"] == adopted.json()["version"]
            policy = (await there.client.get("/api/policy", headers=key("cms"))).json()
            assert (policy["version"], policy["toml"]) == (adopted.json()["version"], toml)
            await desk.leave()

    asyncio.run(scene())
