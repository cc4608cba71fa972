"""Who may ask as Coral, and that nothing which goes wrong here lets a comment appear there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from phase import SECOND, SECRET, Phase, ask, opened, signature, written
from sqlalchemy import text
from starlette.testclient import TestClient

from ombud import Engine
from ombud.case import Case
from ombud.policy import Finding, Policy, Rule
from ombud.store import outlets
from ombud.web.wire import MAX_BODY

CLEAN = "<div>The council should have asked the people who live there.</div>"
PATH = "/coral/moderate"
PREMOD = {"status": "PREMOD"}


@pytest.fixture
def phase(tmp_path: Path, engine: Engine) -> Iterator[Phase]:
    """Return the phase of a newsroom that decides what is sure."""
    with opened(tmp_path, engine) as phase:
        yield phase


@pytest.fixture
def client(phase: Phase) -> Iterator[TestClient]:
    """Return the Coral that asks it."""
    with phase.serving() as client:
        yield client


def send(client: TestClient, body: bytes, header: str | None, path: str = PATH) -> Any:  # noqa: ANN401
    """Send a body under a header."""
    headers = {} if header is None else {b"X-Coral-Signature": header.encode("latin-1")}
    return client.post(path, content=body, headers=headers)


@pytest.mark.parametrize("secrets", [(SECRET,), (SECOND,), (SECRET, SECOND), ("gone", SECOND)])
def test_any_secret_of_the_outlet_is_right(client: TestClient, secrets: tuple[str, ...]) -> None:
    """While a secret changes both are right, alone and together."""
    body = written("<div>Die Brücke über den Fluß – 橋 😀 – ist alt.</div>")

    assert send(client, body, signature(body, *secrets)).status_code == 200
    assert send(client, body, signature(body, *secrets).replace(",", " , ")).status_code == 200


@pytest.mark.parametrize("header", [None, "", "sha1=00", "00", ",", "SHA256"])
def test_a_call_without_a_signature_is_refused(client: TestClient, header: str | None) -> None:
    """It is a problem document that says what is missing."""
    answer = send(client, written(CLEAN), header)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "X-Coral-Signature" in answer.json()["detail"]


def test_a_wrong_signature_is_refused(client: TestClient, phase: Phase) -> None:
    """One byte more or other, another secret, an odd sign: refused, and nothing is judged."""
    body = written(CLEAN)
    right = signature(body)
    compact = json.dumps(json.loads(body)).encode()
    for given, header in (
        (body + b" ", right),
        (body.replace(b"council", b"Council"), right),
        (compact, right),
        (body, signature(body, "empsec_other")),
        (body, signature(body, "")),
        (body, right[:-1]),
        (body, right + "0"),
        (body, "sha256=\xff"),
        (body, f"sha256={'0' * 64}," * 8 + right),
    ):
        answer = send(client, given, header)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert phase.entries() == []
    assert send(client, body, right.upper().replace("SHA256", "sha256")).status_code == 200


def test_each_outlet_has_secrets_of_its_own(client: TestClient, phase: Phase) -> None:
    """The path may name the outlet, and then no other's secret is right."""
    with phase.store.writing() as tx:
        outlets.opened(tx, "valley", "The Valley Voice", phase.desk.at)
        outlets.sign_with(tx, "valley", coral=["empsec_valley", ""])
    body = written(CLEAN)

    assert ask(client, body, path="/coral/harbour/moderate") == {"status": "APPROVED"}
    assert ask(client, body, "empsec_valley", path="/coral/valley/moderate") == {}
    assert ask(client, body, "empsec_valley") == {}
    for path, secret in (
        ("/coral/valley/moderate", SECRET),
        ("/coral/harbour/moderate", "empsec_valley"),
        ("/coral/nowhere/moderate", SECRET),
        ("/coral/valley/moderate", ""),
    ):
        assert send(client, body, signature(body, secret), path).status_code == 403
    for path in ("/coral/valley/more/moderate", "/coral/valleymoderate"):
        assert send(client, body, signature(body), path).status_code == 404
    assert client.get(PATH).status_code == 405


def test_secrets_that_change_are_known_in_seconds(client: TestClient, phase: Phase) -> None:
    """A secret that was withdrawn is wrong soon after, and a new one right."""
    body = written(CLEAN)
    assert ask(client, body)
    with phase.store.writing() as tx:
        outlets.sign_with(tx, "harbour", coral=["empsec_third"])
    phase.time += 3

    assert send(client, body, signature(body)).status_code == 403
    assert ask(client, body, "empsec_third")


class Raising:
    """A rule that fails."""

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Fail."""
        raise ValueError(case.text)


def test_a_rule_that_crashes_holds(phase: Phase) -> None:
    """A check that failed is no approval."""
    rule = Rule(Raising(), lets_pass=(), catches=(), id="broken", title="Broken.")
    phase.engine = Engine(Policy((rule,)), [])
    with phase.serving() as client:
        assert ask(client, written(CLEAN)) == PREMOD


def test_an_engine_that_crashes_holds(phase: Phase, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is raised, the answer is 200 and the comment waits; its text is in no log."""
    phase.engine = object()  # type: ignore[assignment]  # what no code expects
    with phase.serving() as client:
        assert ask(client, written(CLEAN)) == PREMOD

    (entry,) = phase.entries()
    assert entry.facts == {"because": "AttributeError", "status": "PREMOD"}
    said = capsys.readouterr().out
    assert "coral_unjudged" in said
    assert "council" not in said


def test_a_comment_that_is_not_judged_in_time_is_held(phase: Phase) -> None:
    """Coral hangs up and publishes; the answer comes before that."""
    phase.patience = 2.0
    with phase.serving(judging=False) as client:
        assert send(client, written(CLEAN), signature(written(CLEAN))).json() == PREMOD
    assert [entry.facts["because"] for entry in phase.entries()] == ["TimeoutError"]


def test_where_too_many_wait_a_comment_is_held_at_once(
    phase: Phase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody joins a queue whose end comes too late."""
    monkeypatch.setattr("ombud.web.coral.LONGEST_QUEUE", -1)
    with phase.serving() as client:
        assert ask(client, written(CLEAN)) == PREMOD
    (entry,) = phase.entries()
    assert entry.facts["because"] == "too many comments are waiting"


def test_without_a_database_everything_is_held(phase: Phase) -> None:
    """Whether it is away before the first call or later, no comment appears for that."""
    with phase.store.writing() as tx:
        tx.execute(text("ALTER TABLE outlets RENAME TO away"))
    with phase.serving() as client:
        # Nobody knows who asks: the answer that does no harm.
        assert send(client, written(CLEAN), "sha256=00").json() == PREMOD
        with phase.store.writing() as tx:
            tx.execute(text("ALTER TABLE away RENAME TO outlets"))
        assert ask(client, written(CLEAN)) == {"status": "APPROVED"}

        with phase.store.writing() as tx:
            tx.execute(text("ALTER TABLE outlets RENAME TO away"))
            tx.execute(text("ALTER TABLE articles RENAME TO gone"))
        phase.time += 3
        # The secrets that were read before still tell who asks.
        assert send(client, written(CLEAN), "sha256=00").status_code == 403
        assert ask(client, written(CLEAN, "EDIT")) == PREMOD
        with phase.store.writing() as tx:
            tx.execute(text("ALTER TABLE away RENAME TO outlets"))
            tx.execute(text("ALTER TABLE gone RENAME TO articles"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no JSON",
        b"[]",
        b"[" * 100_000,
        b"null",
        b'{"action": "NEW"}',
        b'{"action": "NEW", "comment": null}',
        b'{"action": "NEW", "comment": {"body": null}}',
        b'{"action": "NEW", "comment": {"body": "Fine."}, "story": null}',
        b'{"action": "PUBLISH", "comment": {"body": "Fine."}}',
        b'{"comment": {"body": "Fine."}}',
        b'{"action": "NEW", "comment": {"body": "\xff"}}',
        written(""),
        written("<div><br></div>"),
        written("<p>\n&nbsp;</p>"),
        written("\u200b"),
        b'{"action": "NEW", "comment": {"body": "Fine."}, "story": {"url": "\\ud800"}}',
        written("x" * 20_481),
        written("<div></div>" * 20_000),
    ],
)
def test_what_cannot_be_judged_is_held(client: TestClient, body: bytes) -> None:
    """No comment, no text, or too much of it: a moderator looks, and Coral hears so."""
    assert ask(client, body) == PREMOD


def test_a_body_that_is_too_large_is_held(client: TestClient) -> None:
    """It is not read to its end, and still nothing appears."""
    answer = send(client, b"x" * (MAX_BODY + 1), "sha256=00")

    assert (answer.status_code, answer.json()) == (200, PREMOD)


def test_the_log_is_given_up_when_the_database_stays_away(
    phase: Phase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After some tries the server's own log says that an entry is missing."""
    monkeypatch.setattr("ombud.web.coral._TRIES", (0.0, 0.0))
    with phase.serving() as client:
        with phase.store.writing() as tx:
            tx.execute(text("ALTER TABLE log RENAME TO away"))
        assert ask(client, written(CLEAN)) == {"status": "APPROVED"}
    assert "coral_unlogged" in capsys.readouterr().out
    with phase.store.writing() as tx:
        tx.execute(text("ALTER TABLE away RENAME TO log"))
