"""Who follows is told what is theirs, once, in order, also after a break, on every replica."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime

import pytest
from newsroom import MILL, furnish, key
from streams import Open, names, running

from ombud import Engine
from ombud.settings import Settings
from ombud.store import Store, erasure
from ombud.web import create_app
from ombud.web.news import Event, place_of

QUEUE = "/api/events?queue=1"
Scene = Callable[[Open], Coroutine[object, object, None]]


@pytest.fixture
def play(plain: Engine, settings: Settings, store: Store) -> Callable[[Scene], None]:
    """Return the way to play a scene with a running application, on each kind of database."""
    furnish(store)
    app = create_app(plain, settings, store=store)

    def played(scene: Scene) -> None:
        async def whole() -> None:
            async with running(app) as api:
                await scene(api)

        asyncio.run(whole())

    return played


def back(place: str | None) -> dict[str, str]:
    """Return the header with which a browser comes back."""
    assert place is not None
    return {"Last-Event-ID": place}


def test_readers_are_told_of_their_article_only(play: Callable[[Scene], None]) -> None:
    """New, withdrawn and count go to those who read that article, and nothing of what is held."""

    async def scene(api: Open) -> None:
        here, there = await api.follow(), await api.follow(f"/api/events?article={MILL}")
        await api.send("It waits for ever.")
        number, other = await api.send(), await api.send("Over there.", MILL)
        for action in ("approve", "delete"):
            await api.rule(number, action)
            await here.until("count")
        await api.rule(other)
        await there.until("count")
        seen, others = here.seen[1:], there.seen[1:]

        assert names(seen) == ["new", "count", "withdrawn", "count"]
        assert seen[0].content["id"] == number
        assert seen[0].content["text"] == "A fair decision for the old bridge."
        assert "state" not in seen[0].content
        assert [seen[n].content for n in (1, 2, 3)] == [{"count": 1}, {"id": number}, {"count": 0}]
        assert names(others) == ["new", "count"]
        assert others[0].content["id"] == other
        for stream in (here, there):
            await stream.leave()

    play(scene)


def test_staff_are_told_of_their_outlets_only(play: Callable[[Scene], None]) -> None:
    """Held, claimed, ruled, released, flagged and withdrawn carry what the desk needs."""

    async def scene(api: Open) -> None:
        harbour, valley = [await api.follow(QUEUE, key(name)) for name in ("joon", "vera")]
        number = await api.send()
        await harbour.until("held")
        place = f"/api/comments/{number}/claim"
        await api.client.put(place, headers=key("joon"))
        await api.client.delete(place, headers=key("joon"))
        await api.rule(number, who="edith")
        await harbour.until("ruled")
        with api.app.state.office.store.writing() as tx:
            erasure.comment(tx, number, "asked for", "ombud", datetime.now(UTC))
        await api.send("Over there.", MILL)
        await harbour.until("withdrawn")
        other = await valley.next()

        by_name = {one.name: one.content for one in harbour.seen[1:]}
        assert set(by_name) == {"held", "claimed", "released", "ruled", "withdrawn"}
        assert by_name["held"]["text"] == "A fair decision for the old bridge."
        assert by_name["claimed"]["by"] == "joon"
        assert by_name["ruled"]["ruling"]["by"] == "edith"
        assert by_name["released"] == by_name["withdrawn"] == {"id": number}
        assert other is not None
        assert (other.name, other.content["text"]) == ("held", "Over there.")
        for stream in (harbour, valley):
            await stream.leave()

    play(scene)


def test_who_comes_back_has_missed_nothing(play: Callable[[Scene], None]) -> None:
    """From any place, between the events of one entry too, all that followed comes once."""

    async def scene(api: Open) -> None:
        stream = await api.follow()
        hello = stream.seen[0].place
        for text in ("One.", "Two."):
            number = await api.send(text)
            for action in ("approve", "delete"):
                await api.rule(number, action)
                # What is taken back before anybody was told is not told as new.
                await stream.until("count")
        whole = stream.seen[1:]
        await stream.leave()

        assert len(whole) == 8
        places = [hello, *(one.place for one in whole)]

        assert len(set(places)) == len(places)
        for missed, place in enumerate(places):
            again = await api.follow(headers=back(place))
            # What was deleted since is not told as new any more.
            expected = [(one.name, one.place) for one in whole[missed:] if one.name != "new"]
            told = [(one.name, one.place) for one in again.seen]
            assert told[:-1] == expected
            assert told[-1][0] == "hello"
            await again.leave()

    play(scene)


def test_what_happens_while_somebody_comes_back_is_told_once(
    play: Callable[[Scene], None],
) -> None:
    """Many who come back while comments are approved see each of them once, in order."""

    async def scene(api: Open) -> None:
        numbers = [await api.send(f"Comment {n}.") for n in range(12)]
        first = await api.follow()
        start = first.seen[0].place

        async def rule() -> None:
            for number in numbers:
                await api.rule(number)

        ruling = asyncio.create_task(rule())
        streams = [first]
        for _ in range(6):
            await first.until("count")
            streams.append(await api.follow(headers=back(start)))
        await ruling
        for stream in streams:
            # Each tells of every comment, and of the number after each.
            while len(stream.seen) < 25:
                assert await stream.next() is not None
            new = [one.content["id"] for one in stream.seen if one.name == "new"]
            assert new == numbers
            places = [one.place for one in stream.seen if one.name != "hello"]
            assert len(set(places)) == len(places) == 24
            await stream.leave()

    play(scene)


def test_a_follower_who_does_not_read_is_sent_away_and_may_come_back(
    play: Callable[[Scene], None],
) -> None:
    """Nobody waits for a slow one; after the end of the stream nothing of it is lost."""

    async def scene(api: Open) -> None:
        slow, quick = [await api.follow(QUEUE, key("joon")) for _ in range(2)]
        slow.stop_reading()
        number = await api.send()
        place = (await quick.until("held")).place
        for _ in range(600):
            await api.app.state.live.tell(Event("claimed", {"id": number}, outlet="harbour"))
            await quick.until("claimed")
        slow.go_on()
        ended = await slow.rest()
        again = await api.follow(QUEUE, {**key("joon"), **back(slow.seen[0].place)})

        assert len(ended) < 600
        assert names(again.seen) == ["held", "hello"]
        assert again.seen[0].place == place
        for stream in (quick, again):
            await stream.leave()

    play(scene)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("12.1", (12, 1)),
        ("12", (12, 9)),
        ("", None),
        (None, None),
        ("x", None),
        ("-1", None),
        ("1.2.3", None),
        ("1.", None),
        ("٣", None),
        ("9" * 19, None),
    ],
)
def test_a_place_is_two_numbers(given: str | None, place: object) -> None:
    """What is no place of ours is no place: the stream begins now."""
    assert place_of(given) == place


def test_a_place_that_is_none_of_ours_begins_anew(play: Callable[[Scene], None]) -> None:
    """From a later place than the last, as after a restored backup, one is told to ask anew."""

    async def scene(api: Open) -> None:
        stream = await api.follow(headers=back("999999999.1"))
        assert names(stream.seen) == ["reload", "hello"]
        number = await api.send()
        await api.rule(number)
        assert (await stream.until("new")).content["id"] == number
        await stream.leave()

    play(scene)
