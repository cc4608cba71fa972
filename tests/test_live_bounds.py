"""How many may follow, and what keeps their streams open, and ends them."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import httpx2 as httpx
import pytest
from conftest import Serving
from newsroom import furnish, key
from streams import Open, running

from ombud import Engine
from ombud.settings import Settings
from ombud.store import Store
from ombud.web import create_app, live
from ombud.web.limits import Addresses

ARTICLE = "/api/events?article=1"
QUEUE = "/api/events?queue=1"


async def refused(api: Open, path: str, headers: Mapping[str, str]) -> tuple[int, str, str]:
    """Return status, code and detail of a refusal."""
    answer = await api.client.get(path, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    content = answer.json()
    return answer.status_code, content["code"], content["detail"]


def test_open_pages_are_bounded_in_all_and_by_address(
    plain: Engine, settings: Settings, store: Store
) -> None:
    """One too many is refused, with what to do; the desk is let in, and who leaves makes room."""
    furnish(store)
    at_most = replace(settings, max_streams=3, streams_per_address=2)
    app = create_app(plain, at_most, store=store)
    elsewhere = {"X-Forwarded-For": "203.0.113.8"}

    async def whole() -> None:
        async with running(app) as api:
            app.state.address = Addresses(["203.0.113.7", "127.0.0.1"])
            first, second = [await api.follow(headers=elsewhere) for _ in range(2)]
            assert await refused(api, ARTICLE, elsewhere) == (
                429,
                "busy",
                "2 pages from your address are told what happens already; close one",
            )
            third = await api.follow(headers={"X-Forwarded-For": "203.0.113.9"})
            full = await refused(api, ARTICLE, {"X-Forwarded-For": "203.0.113.10"})
            assert full[:2] == (503, "unavailable")
            desk = await api.follow(QUEUE, key("joon"))
            await first.leave()
            await third.leave()
            again = await api.follow(headers=elsewhere)
            for stream in (second, desk, again):
                await stream.leave()

    asyncio.run(whole())


def test_open_desks_are_bounded_in_all_and_by_member(
    plain: Engine, settings: Settings, furnished: Store
) -> None:
    """Nor may one of the staff, or a program, take all places; readers have places of their own."""
    app = create_app(
        plain, replace(settings, max_desk_streams=3, streams_per_member=2), store=furnished
    )

    async def whole() -> None:
        async with running(app) as api:
            first, second = [await api.follow(QUEUE, key("joon")) for _ in range(2)]
            assert await refused(api, QUEUE, key("joon")) == (
                429,
                "busy",
                "2 pages of yours are told what happens already; close one",
            )
            third = await api.follow(QUEUE, key("edith"))
            full = await refused(api, QUEUE, key("cms"))
            assert full[:2] == (503, "unavailable")
            reader = await api.follow()
            await first.leave()
            again = await api.follow(QUEUE, key("cms"))
            for stream in (second, third, reader, again):
                await stream.leave()

    asyncio.run(whole())


def test_a_quiet_stream_is_kept_open(
    plain: Engine, settings: Settings, furnished: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something that is no event is written now and then, or proxies would take it for dead."""
    monkeypatch.setattr(live, "_QUIET", 1)

    async def whole() -> None:
        async with running(create_app(plain, settings, store=furnished)) as api:
            stream = await api.follow()
            assert await stream.written() == ": still here"
            await stream.leave()

    asyncio.run(whole())


def test_a_server_that_stops_ends_its_streams(
    plain: Engine, settings: Settings, furnished: Store, serving: Serving
) -> None:
    """A stream ends as it should, and is not cut off once the server has no patience left."""
    app = create_app(plain, settings, store=furnished)
    with httpx.Client(timeout=30) as client:
        with serving(app, settings) as url:
            asked = client.build_request("GET", f"{url}{ARTICLE}")
            stream = client.send(asked, stream=True)
            lines = stream.iter_lines()
            assert next(lines).startswith("id: ")
        # Raises if the connection broke before the stream was over.
        rest = list(lines)
    assert rest[0] == "event: hello"
