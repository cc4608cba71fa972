"""How much one may send, from where, and cursors that belong to their question."""

import base64
import json
from contextlib import ExitStack
from pathlib import Path

from newsroom import BRIDGE, OPEN, Newsroom, bearer, code, key
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from ombud import Engine
from ombud.settings import Settings
from ombud.store import Store
from ombud.web import create_app
from ombud.web.limits import Limits

PAGE = f"/api/comments?article={BRIDGE}"


def limited(
    engine: Engine, tmp_path: Path, store: Store, host: str, **limits: object
) -> TestClient:
    """Return a client at an address, of an application with other limits."""
    settings = Settings(port=0, data=tmp_path, **limits)  # type: ignore[arg-type]
    return TestClient(create_app(engine, settings, store=store), client=(host, 5000))


def test_a_reader_and_an_address_send_so_many_a_minute(
    plain: Engine, tmp_path: Path, furnished: Store
) -> None:
    """One too many is refused with when to try again; trying has a measure of its own."""
    with ExitStack() as stack:
        app = limited(plain, tmp_path, furnished, "203.0.113.7")
        api = Newsroom(stack.enter_context(app), furnished)
        api.client.app.state.limits = Limits(2, 4, clock=lambda: 60.0)  # type: ignore[attr-defined]
        token = bearer(api.sent()["reader"]["token"])
        mine = [api.send(f"Thought {n}.", headers=token).status_code for n in range(3)]
        others = [api.send("Hello there.", name).status_code for name in ("Bo", "Cy")]
        refused = api.send("Hello there.", "Di")
        body = {"article": BRIDGE, "text": OPEN, "author": {"name": "Di"}}
        tries = [api.client.post("/api/comments/preview", json=body).status_code for _ in range(5)]

    assert mine == [201, 201, 429]
    assert others == [201, 429]
    assert code(refused) == (429, "busy")
    assert refused.headers["retry-after"] == "15"
    assert tries == [200] * 4 + [429]


def test_who_asks_through_a_trusted_proxy_is_counted_alone(
    plain: Engine, tmp_path: Path, furnished: Store
) -> None:
    """Behind a proxy each address counts for itself, of IPv4 also where a socket shows IPv6."""
    with ExitStack() as stack:
        given = {"address_per_minute": 1, "trusted_proxies": ("10.0.0.0/8",)}
        app = limited(plain, tmp_path, furnished, "::ffff:10.0.0.2", **given)
        api = Newsroom(stack.enter_context(app), furnished)
        came = ["203.0.113.7", "203.0.113.8", "6.6.6.6, 203.0.113.7", "::ffff:203.0.113.8"]
        answers = [api.send(headers={"X-Forwarded-For": one}).status_code for one in came]
        direct = stack.enter_context(limited(plain, tmp_path, furnished, "192.0.2.1", **given))
        spoofed = [
            Newsroom(direct, furnished).send(headers={"X-Forwarded-For": f"9.9.9.{n}"}).status_code
            for n in range(2)
        ]

    assert answers == [201, 201, 429, 429]
    assert spoofed == [201, 429]


def test_a_comment_on_the_page_for_trying_counts(
    plain: Engine, tmp_path: Path, furnished: Store
) -> None:
    """One address tries so many a minute, and is told when to try again."""
    with limited(plain, tmp_path, furnished, "203.0.113.7", address_per_minute=2) as client:
        answers = [client.post("/api/preview", json={"text": OPEN}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "30"


def test_a_proxy_that_nobody_named_is_told_of_once(
    plain: Engine, tmp_path: Path, furnished: Store
) -> None:
    """The log says so once, the dashboard from then on; of a named one there is nothing to say."""
    given = {"trusted_proxies": ("10.0.0.0/8",)}
    with ExitStack() as stack, capture_logs() as logs:
        for host in ("10.0.0.2", "192.0.2.1"):
            client = stack.enter_context(limited(plain, tmp_path, furnished, host, **given))
            for n in range(2):
                forwarded = {"X-Forwarded-For": f"9.9.9.{n}"}
                client.post("/api/preview", json={"text": OPEN}, headers=forwarded)
            warned = client.get("/api/dashboard", headers=key("joon")).json()["warning"]
            assert ("192.0.2.1, which is none of" in (warned or "")) == (host == "192.0.2.1")

    told = [line["proxy"] for line in logs if line["event"] == "proxy_not_trusted"]
    assert told == ["192.0.2.1"]


def test_a_cursor_belongs_to_its_question(api: Newsroom) -> None:
    """One from elsewhere, or one that somebody wrote themselves, is refused, at the desk too."""
    for n in range(3):
        api.approved(f"Root {n}.")
        api.sent(f"Held {n}.")
    after = api.client.get(f"{PAGE}&limit=1").json()["next"]
    queue = api.client.get("/api/queue?limit=1", headers=key("joon")).json()["next"]
    mark = json.loads(_unpacked(after))[0]
    desk = json.loads(_unpacked(queue))[0]

    assert api.client.get(f"{PAGE}&after={after}").status_code == 200
    assert api.client.get(f"/api/queue?after={queue}", headers=key("joon")).status_code == 200
    for place in (
        f"{PAGE}&sort=oldest&after={after}",
        f"/api/comments?article=2&after={after}",
        f"/api/comments?root=1&after={after}",
        f"{PAGE}&after={queue}",
        f"{PAGE}&after=zzz",
        f"{PAGE}&after=é",
        *(
            f"{PAGE}&after={_packed([mark, made])}"
            for made in ("a", [1, 2], None, {}, True, 2**63, 1.5)
        ),
    ):
        assert code(api.client.get(place)) == (422, "invalid_input"), place
    for made in (1, "a", [1], ["a", 1], [1, "a"], [1, 1.5], [True, 1], [1, 2**70], None):
        answer = api.client.get(f"/api/queue?after={_packed([desk, made])}", headers=key("joon"))
        assert code(answer) == (422, "invalid_input"), made
    other = api.client.get(f"/api/queue?order=newest&after={queue}", headers=key("joon"))
    assert code(other) == (422, "invalid_input")


def _unpacked(cursor: str) -> bytes:
    """Return what is in a cursor."""
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def _packed(content: object) -> str:
    """Return a cursor that somebody wrote themselves."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
