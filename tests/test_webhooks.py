"""What an outlet's own system is told of what was published: signed, never lost, safely."""

import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import anyio
import pytest
from sqlalchemy import text
from writing import EDITH, Desk

from ombud.corrections.publishing import Written, publish
from ombud.store import Store, notices, outlets
from ombud.web import outward
from ombud.web.webhooks import Webhooks, signature

SECRET = "a secret of the paper's own system"  # noqa: S105  # invented
HERE = ("127.0.0.0/8",)


@dataclass
class System:
    """A paper's own system: what it was sent, and what it answers, one after another."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int | Callable[[], int]] = field(default_factory=list)


@contextmanager
def system(*answers: int | Callable[[], int]) -> Iterator[System]:
    """Run a real server that answers so; 204 when it has no more to answer."""
    here = System(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # a name of the library
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.got.append((dict(self.headers.items()), body))
            given = here.answers.pop(0) if here.answers else 204
            status = given if isinstance(given, int) else given()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", here.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom."""
    return Desk(store, at)


def tell(desk: Desk, url: str) -> None:
    """Say where the outlet's own system is."""
    with desk.store.writing() as tx:
        outlets.changed(tx, replace(outlets.every(tx)[0], webhook_url=url))
        outlets.sign_with(tx, outlets.every(tx)[0].id, webhook=SECRET)


def correct(desk: Desk, words: str = "The vote was on Tuesday.", **more: Any) -> int:  # noqa: ANN401
    """Publish a correction, and return its number."""
    with desk.store.writing() as tx:
        written = Written(desk.article.id, "correction", words, **more)
        return publish(tx, EDITH, written, desk.later(seconds=1), "https://ombud.example").id


def go_round(desk: Desk, networks: tuple[str, ...] = HERE) -> int:
    """Send what is due, and return how much of it was taken."""
    return anyio.run(Webhooks(desk.store, networks, lambda: desk.at).round)


def waiting(desk: Desk) -> list[notices.Notice]:
    """Return what was not taken yet."""
    with desk.store.reading() as tx:
        return [one for one in notices.latest(tx, "harbour", 9) if one.delivered_at is None]


def test_what_is_published_is_told_and_signed(desk: Desk) -> None:
    """Whoever knows the secret can check that it is ours; it is told once."""
    with system() as paper:
        tell(desk, paper.url)
        number = correct(desk)
        assert go_round(desk) == 1
        assert go_round(desk) == 0
        ((headers, body),) = paper.got

    content = json.loads(body)
    moment = headers["Ombud-Signature"].split(",")[0][2:]
    proof = headers["Ombud-Signature"].split("v1=")[1]
    signed = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    assert (proof, int(moment)) == (signed, int(desk.at.timestamp()))
    assert headers["Ombud-Event"] == content["id"]
    assert (content["type"], content["correction"]["id"]) == ("correction.published", number)
    assert content["json_ld"]["correction"][0]["@type"] == "CorrectionComment"
    assert waiting(desk) == []


def test_a_signature_is_bound_to_time_and_body(at: datetime) -> None:
    """Neither can be changed, and a full stop between them cannot be moved."""
    first = signature(SECRET, b"{}", at)

    assert first == signature(SECRET, b"{}", at)
    assert len({first, signature(SECRET, b"[]", at), signature("x" * 16, b"{}", at)}) == 3


@pytest.mark.parametrize("status", [500, 404, 302, 307])
def test_what_is_not_taken_is_sent_again_later(desk: Desk, status: int) -> None:
    """After a pause that grows, under the same name; a redirect is not followed."""
    with system(status, status) as paper:
        tell(desk, paper.url)
        correct(desk)
        assert go_round(desk) == 0
        assert go_round(desk) == 0
        (one,) = waiting(desk)
        assert one.next_at == desk.at + timedelta(seconds=10)
        assert str(status) in (one.failure or "")
        desk.later(seconds=11)
        assert go_round(desk) == 0
        assert waiting(desk)[0].next_at == desk.at + timedelta(seconds=30)
        desk.later(seconds=31)
        assert go_round(desk) == 1
        assert len({headers["Ombud-Event"] for headers, _ in paper.got}) == 1
        assert len(paper.got) == 3


def test_nothing_is_lost_while_the_system_is_down(desk: Desk) -> None:
    """However long: it is told of everything once it is back, at the address it has then."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        tell(desk, f"http://127.0.0.1:{closed.getsockname()[1]}/")
    for words in ("One.", "Two.", "Three."):
        correct(desk, words)
    for _ in range(30):
        desk.later(hours=7)
        go_round(desk)
    assert len(waiting(desk)) == 3
    with system() as paper:
        tell(desk, paper.url)
        desk.later(hours=7)
        assert go_round(desk) == 3
        told = {json.loads(body)["correction"]["text"] for _, body in paper.got}
    assert told == {"One.", "Two.", "Three."}


def test_a_slow_system_delays_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has so long; then it is asked again later."""
    monkeypatch.setattr(outward, "_ANSWER_IN", 0.2)
    ended = threading.Event()

    def slowly() -> int:
        ended.wait(5)
        return 204

    with system(slowly) as paper:
        tell(desk, paper.url)
        correct(desk)
        assert go_round(desk) == 0
        ended.set()
    assert waiting(desk)[0].failure


def test_after_a_crash_in_between_it_is_sent_again(desk: Desk) -> None:
    """Who took it and died before the answer is followed by another, with the same name."""
    with system() as paper:
        tell(desk, paper.url)
        correct(desk)
        with desk.store.writing() as tx:
            (taken,) = notices.take(tx, desk.at, 8)
        assert go_round(desk) == 0
        desk.later(seconds=61)
        assert go_round(desk) == 1
        (headers, _) = paper.got[0]
    assert headers["Ombud-Event"] == taken.notice.event
    with desk.store.writing() as tx:
        notices.later(tx, taken.notice, desk.at, "too late to say so")
    assert waiting(desk) == []


def test_a_system_inside_is_asked_only_where_the_settings_say_so(desk: Desk) -> None:
    """Nothing is sent there, and the notice waits with the reason."""
    with system() as paper:
        tell(desk, paper.url.replace("127.0.0.1", "localhost"))
        correct(desk)
        assert go_round(desk, ()) == 0
        assert paper.got == []
    assert "internal network" in (waiting(desk)[0].failure or "")


def test_without_an_address_nothing_is_written(desk: Desk) -> None:
    """Who asks for no notices has none."""
    correct(desk)
    with desk.store.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM notices")).scalar() == 0
    assert go_round(desk) == 0
