"""What everybody may read: nothing of what is held, gone or private, never old, and from where."""

import asyncio
import json
from threading import Event

import httpx2 as httpx
import pytest
from newsroom import BRIDGE, OPEN, Newsroom, bearer, code, key
from sqlalchemy import Connection
from starlette.requests import Request

from ombud import Engine
from ombud.settings import Settings
from ombud.store import Store, comments, erasure
from ombud.web import create_app
from ombud.web.public import Public

HARBOUR = {"Origin": "https://harbour.example"}
PAGE = f"/api/comments?article={BRIDGE}"


def test_nothing_private_is_ever_in_a_public_answer(api: Newsroom) -> None:
    """No public answer, however asked for, holds a held, deleted or erased text, or an e-mail."""
    root = api.approved("A root for all.", author={"name": "Rae", "email": "rae@mail.example"})[
        "id"
    ]
    hidden = ["held-words", "deleted-words", "erased-words", "mail.example", "Heldwig", "Delwyn"]
    api.sent("held-words", parent=root, author={"name": "Heldwig", "email": "h@mail.example"})
    for number in (
        api.approved("deleted-words", "Delwyn", parent=root)["id"],
        (above := api.approved("deleted-words above", "Delwyn")["id"]),
    ):
        if number == above:
            api.approved("An answer that stays.", parent=above)
        api.rule(number, "delete", "shouting")
    erased = api.approved("erased-words", "Erwin", parent=root)
    with api.store.writing() as tx:
        erasure.comment(tx, erased["id"], "asked for", "ombud", api.now())
        tx.exec_driver_sql("UPDATE comments SET picked = true WHERE id = ?", (root,))
    stranger = bearer(api.sent("Nothing.", "Sid")["reader"]["token"])

    paths = api.client.get("/api/openapi.json").json()["paths"]
    gets = [path for path, calls in paths.items() if "get" in calls and "events" not in path]
    asked = {"article": BRIDGE, "outlet": "harbour"}
    places = [path.format(**dict.fromkeys(_names(path), n)) for path in gets for n in range(1, 9)]
    places += [f"{PAGE}&sort={sort}" for sort in ("newest", "oldest", "picks")]
    places += [f"/api/comments?root={n}" for n in range(1, 9)] + ["/", "/policy", "/metrics"]
    seen = 0
    for place in places:
        for headers in ({}, stranger, key("vera")):
            answer = api.client.get(
                place, params=asked if "?" not in place else None, headers=headers
            )
            assert answer.status_code < 500, place
            assert not [word for word in hidden if word in answer.text], place
            seen += "A root for all." in answer.text
    assert seen > 9


def _names(path: str) -> list[str]:
    """Return the names of the parameters of a path."""
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


@pytest.mark.parametrize("path", [PAGE, "/api/articles/1", f"/api/counts?article={BRIDGE}"])
def test_who_has_an_answer_is_told_so(api: Newsroom, path: str) -> None:
    """The tag answers 304 without a body until something changes, also among other tags."""
    first = api.client.get(path)
    tag = first.headers["etag"]
    again = [
        api.client.get(path, headers={"If-None-Match": given}) for given in (tag, f'"x", {tag}')
    ]
    other = api.client.get(path, headers={"If-None-Match": '"x"'})
    api.approved()
    changed = api.client.get(path, headers={"If-None-Match": tag})

    assert [(one.status_code, one.content, one.headers["etag"]) for one in again] == [
        (304, b"", tag)
    ] * 2
    assert other.json() == first.json()
    assert first.headers["cache-control"] == "no-cache"
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_long_answers_are_packed_for_who_can_unpack(api: Newsroom) -> None:
    """A page is sent packed only to who says so, and says on what it depends."""
    for number in range(9):
        api.approved(f"{OPEN} And once more, because it is true: {number}.")
    packed = api.client.get(PAGE, headers={"Accept-Encoding": "br, gzip"})
    plain = api.client.get(PAGE, headers={"Accept-Encoding": "identity"})
    refused = api.client.get(PAGE, headers={"Accept-Encoding": "gzip;q=0"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.json() == plain.json()
    assert {"Accept-Encoding", "Origin"} <= set(plain.headers["vary"].split(", "))


def test_a_page_is_never_old_after_a_ruling(api: Newsroom) -> None:
    """Approved, deleted, taken back, picked, escalated: the next reader sees it."""
    number = api.sent()["id"]

    def texts() -> list[str | None]:
        return [one["text"] for one in api.client.get(PAGE).json()["comments"]]

    assert texts() == []
    api.rule(number)
    assert texts() == [OPEN]
    deleted = api.rule(number, "delete", "shouting")
    assert texts() == []
    api.client.delete(f"/api/rulings/{deleted['id']}", headers=key("joon"))
    assert texts() == [OPEN]
    api.client.put(f"/api/comments/{number}/pick", headers=key("edith"))
    assert api.client.get(PAGE).json()["comments"][0]["picked"] is True
    api.client.post(f"/api/comments/{number}/escalation", json={"note": "?"}, headers=key("joon"))
    assert texts() == []


def test_what_was_read_before_a_ruling_is_not_kept_after_it(
    plain: Engine, settings: Settings, furnished: Store
) -> None:
    """A reader whose page was being read while a comment was deleted leaves no old page behind."""
    app = create_app(plain, settings, store=furnished)

    async def main() -> None:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
        ):
            given = {"article": 1, "text": OPEN, "author": {"name": "Ada"}, "accept_terms": True}
            number = (await client.post("/api/comments", json=given)).json()["id"]
            place = f"/api/comments/{number}/rulings"
            await client.post(place, json={"action": "approve"}, headers=key("joon"))
            pages = app.state.pages
            reading, ruled = Event(), Event()

            def slowly(tx: Connection) -> tuple[int, bytes]:
                found = state(tx)
                reading.set()
                assert ruled.wait(20)
                return found

            old = asyncio.create_task(pages.answer(asking(), "page", slowly))
            await asyncio.to_thread(reading.wait, 20)
            deleted = {"action": "delete", "clause": "shouting"}
            await client.post(place, json=deleted, headers=key("joon"))
            ruled.set()
            before = json.loads((await old).body)
            after = json.loads((await pages.answer(asking(), "page", state)).body)

        assert (before, after) == ("approved", "deleted")

    asyncio.run(main())


def asking() -> Request:
    """Return a request, of which only headers are looked at."""
    return Request({"type": "http", "headers": []})


def state(tx: Connection) -> tuple[int, bytes]:
    """Return the state of the first comment, as an answer about its article."""
    comment = comments.one(tx, 1)
    assert comment is not None
    return comment.article, json.dumps(comment.state).encode()


def test_many_large_answers_do_not_fill_the_memory(api: Newsroom) -> None:
    """Answers are kept by their bytes: the oldest go when together they are too heavy."""
    pages = Public(api.client.app.state.office)  # type: ignore[attr-defined]
    large = b"x" * (20 * 2**20)
    asked: list[int] = []

    def ask(_: object, number: int) -> tuple[int, bytes]:
        asked.append(number)
        return 1, large

    async def main() -> None:
        for number in (0, 1, 2, 3, 3, 0):
            await pages.answer(asking(), number, ask, number)  # type: ignore[arg-type]

    api.client.portal.call(main)  # type: ignore[union-attr]
    assert asked == [0, 1, 2, 3, 0]


def test_the_pages_of_an_outlet_may_ask(api: Newsroom) -> None:
    """Its origins are let in by name, without cookies; others get the answer unreadable."""
    own = api.client.get(PAGE, headers=HARBOUR)
    foreign = api.client.get(PAGE, headers={"Origin": "https://evil.example"})

    assert own.headers["access-control-allow-origin"] == "https://harbour.example"
    assert own.headers["access-control-expose-headers"] == "Retry-After"
    assert "access-control-allow-credentials" not in own.headers
    assert "access-control-allow-origin" not in foreign.headers
    assert "Origin" in foreign.headers["vary"]
    refused = api.client.get("/api/comments?article=77", headers=HARBOUR)
    assert code(refused) == (404, "not_found")
    assert refused.headers["access-control-allow-origin"] == "https://harbour.example"


def test_a_browser_asks_before_it_sends(api: Newsroom) -> None:
    """The preflight allows the headers of the widget to our outlets and nothing to others."""
    asked = {"Access-Control-Request-Method": "POST"}
    own = api.client.options("/api/comments", headers={**HARBOUR, **asked})
    null = api.client.options("/api/comments", headers={"Origin": "null", **asked})

    assert own.status_code == 204
    assert own.headers["access-control-allow-origin"] == "https://harbour.example"
    allowed = own.headers["access-control-allow-headers"]
    for header in ("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"):
        assert header in allowed
    assert "DELETE" not in own.headers["access-control-allow-methods"]
    assert null.status_code == 403
    assert "access-control-allow-origin" not in null.headers


def test_an_origin_that_was_taken_away_may_ask_no_more(api: Newsroom) -> None:
    """What an editor adds or removes holds at once, also for whoever asked a moment ago."""
    office = api.client.app.state.office  # type: ignore[attr-defined]
    assert api.client.portal.call(office.may_ask, HARBOUR["Origin"])  # type: ignore[union-attr]
    given = {"origins": ["https://new.example"], "reason": "A move."}
    api.client.patch("/api/outlets/harbour", json=given, headers=key("edith"))

    assert api.client.portal.call(office.may_ask, "https://new.example")  # type: ignore[union-attr]
    assert not api.client.portal.call(office.may_ask, HARBOUR["Origin"])  # type: ignore[union-attr]
