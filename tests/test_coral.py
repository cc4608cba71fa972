"""Coral's external moderation phase is answered by the policy, and never fails open."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from phase import SECOND, Phase, ask, opened, signature, taken, written
from starlette.testclient import TestClient
from writing import URL, Desk

from ombud import Engine
from ombud.policy import Policy
from ombud.store import articles, outlets
from ombud.web.coral import LONGEST_QUEUE

CLEAN = "<div>The council should have asked the people who live there.</div>"
RUDE = "<div>What the f<b>uc</b>k is this bridge for?</div>"
LOUD = "<div>THIS BRIDGE IS A DISGRACE AND EVERYBODY KNOWS IT</div>"
PATH = "/coral/moderate"


@pytest.fixture
def phase(tmp_path: Path, engine: Engine) -> Iterator[Phase]:
    """Return the phase of a newsroom that decides what is sure."""
    with opened(tmp_path, engine) as phase:
        yield phase


@pytest.fixture
def desk(phase: Phase) -> Desk:
    """Return that newsroom."""
    return phase.desk


@pytest.fixture
def client(phase: Phase) -> Iterator[TestClient]:
    """Return the Coral that asks it."""
    with phase.serving() as client:
        yield client


def test_what_the_policy_approves_is_approved(client: TestClient) -> None:
    """An outlet that decides what is sure lets a clean comment appear at once."""
    assert ask(client, written(CLEAN)) == {"status": "APPROVED"}


def test_what_the_policy_holds_waits_for_a_moderator(client: TestClient) -> None:
    """Coral shows it among the pending comments."""
    assert ask(client, written(LOUD)) == {"status": "PREMOD"}


def test_what_the_policy_deletes_is_rejected_with_the_clause(
    client: TestClient, phase: Phase
) -> None:
    """The reader is told the clause, the characters of the text as it reads, and what to do."""
    phase.change(terms_url="https://post.example/policy")

    assert ask(client, written(RUDE)) == {
        "status": "REJECTED",
        "actions": [{"actionType": "FLAG", "reason": "COMMENT_DETECTED_TOXIC"}],
        "moderationAction": {
            "status": "REJECTED",
            "rejectionReason": {
                "code": "OFFENSIVE",
                "detailedExplanation": (
                    'No profanity: "fuck" (characters 10 to 13).'
                    " You may send your comment again, changed; if you think that this is a"
                    " mistake, please write to the newsroom."
                    " The policy: https://post.example/policy"
                ),
            },
        },
    }


@pytest.mark.parametrize("mode", ["premoderate", "closed"])
def test_without_leave_to_publish_there_is_no_opinion(
    client: TestClient, phase: Phase, mode: str
) -> None:
    """Where a moderator looks at everything, nothing is published or rejected without one."""
    phase.change(mode=mode)
    body = written(CLEAN)
    answer = client.post(PATH, content=body, headers={"X-Coral-Signature": signature(body)})

    assert (answer.status_code, answer.content) == (200, b"{}")
    assert ask(client, written(LOUD)) == {"status": "PREMOD"}
    waits = ask(client, written(RUDE))
    assert (waits["status"], "moderationAction" in waits) == ("PREMOD", False)
    assert waits["actions"]


def test_the_article_may_be_moderated_otherwise(client: TestClient, desk: Desk) -> None:
    """The mode of the story's article counts, found by its address; of others the outlet's."""
    with desk.store.writing() as tx:
        articles.moderate(tx, desk.article.id, "premoderate")

    assert ask(client, written(CLEAN)) == {}
    for url in ("https://harbour.example/unknown", None, 7):
        assert ask(client, json_of(CLEAN, url)) == {"status": "APPROVED"}


def json_of(body: str, url: object) -> bytes:
    """Return a request about a story whose address may be anything."""
    return json.dumps({"action": "NEW", "comment": {"body": body}, "story": {"url": url}}).encode()


def test_the_article_of_another_outlet_is_not_looked_at(client: TestClient, desk: Desk) -> None:
    """An outlet's Coral learns nothing of another's articles."""
    with desk.store.writing() as tx:
        outlets.opened(tx, "valley", "The Valley Voice", desk.at)
    other = desk.put("https://valley.example/a", outlet="valley")
    with desk.store.writing() as tx:
        articles.moderate(tx, other.id, "premoderate")

    assert ask(client, written(CLEAN, url=other.url)) == {"status": "APPROVED"}


def test_capitals_of_the_article_are_no_shouting(client: TestClient, desk: Desk) -> None:
    """What the article says is known to the rules."""
    text = "HARBOUR BRIDGE AUTHORITY REPLIED"
    assert ask(client, written(text)) == {"status": "PREMOD"}
    article = type(desk.article.article)("The HARBOUR BRIDGE AUTHORITY REPLIED", "It REPLIED.")
    desk.put(URL, article)
    assert ask(client, written(f"{text} ")) == {"status": "APPROVED"}


def test_an_edit_is_judged_as_a_new_comment_is(client: TestClient) -> None:
    """Nobody gets a text past the policy by changing it afterwards."""
    assert ask(client, written(CLEAN, "EDIT"))["status"] == "APPROVED"
    assert ask(client, written(RUDE, "EDIT"))["status"] == "REJECTED"


def test_the_policy_in_force_judges(phase: Phase) -> None:
    """When an editor changes the policy, the next comment is judged by the new one."""
    rules = [rule for rule in phase.engine.policy.rules if rule.id != "shouting"]
    with phase.serving() as client:
        assert ask(client, written(LOUD)) == {"status": "PREMOD"}
        phase.engine = Engine(Policy(tuple(rules)), list(phase.engine.signals.values()))
        assert ask(client, written(LOUD, "EDIT")) == {"status": "APPROVED"}


def test_every_decision_stands_in_the_log_without_its_text(phase: Phase, desk: Desk) -> None:
    """The log says what was decided, by which versions, and where; the chain stays whole."""
    with phase.serving() as client:
        ask(client, written(RUDE))
        ask(client, written(CLEAN, "EDIT"))

    rude, clean = phase.entries()
    assert (rude.by, rude.outlet, rude.article) == ("ombud", "harbour", desk.article.id)
    assert rude.facts == {
        "event": "NEW",
        "digest": rude.facts["digest"],
        "status": "REJECTED",
        "action": "DELETE",
        "rules": ["profanity"],
        "findings": [["profanity", 0.97, 9, 13]],
        "policy": phase.engine.version,
        "model": phase.engine.model,
    }
    assert (clean.facts["event"], clean.facts["status"]) == ("EDIT", "APPROVED")
    assert clean.facts["digest"] != rude.facts["digest"]
    assert "bridge" not in str(rude.facts)
    # Whoever has the log but not the database cannot try texts out.
    plain = "What the fuck is this bridge for?"
    assert rude.facts["digest"] != hashlib.sha256(plain.encode()).hexdigest()


def test_the_log_is_written_when_the_database_is_free_again(phase: Phase) -> None:
    """Nobody waits for the log, and no entry is lost while somebody else writes."""
    with phase.serving() as client, phase.store.writing():
        assert ask(client, written(RUDE))["status"] == "REJECTED"
        assert phase.entries() == []

    assert len(phase.entries()) == 1


def test_decisions_are_counted(phase: Phase) -> None:
    """What Coral's comments are found to break is among the numbers of the application."""
    with phase.serving() as client:
        ask(client, written(RUDE))
        client.post(PATH)

    numbers = phase.metrics.written().decode()
    assert 'ombud_decisions_total{action="DELETE"} 1.0' in numbers
    assert 'ombud_requests_total{route="coral",status="200"} 1.0' in numbers
    assert 'ombud_requests_total{route="coral",status="401"} 1.0' in numbers


def test_the_same_body_is_answered_as_before_and_counted_once(phase: Phase) -> None:
    """A replay changes nothing, also when the newsroom has decided otherwise meanwhile."""
    body = written(CLEAN)
    with phase.serving() as client:
        first = ask(client, body)
        phase.change(mode="premoderate")
        phase.time += 599
        assert ask(client, body) == first == {"status": "APPROVED"}
        # The signature may be another one: it is the body that counts.
        assert ask(client, body, SECOND) == first
    assert len(phase.entries()) == 1
    assert 'action="APPROVE"} 1.0' in phase.metrics.written().decode()


def test_after_some_minutes_the_same_body_is_judged_anew(phase: Phase) -> None:
    """The memory of what came is bounded in time."""
    body = written(CLEAN)
    with phase.serving() as client:
        assert ask(client, body) == {"status": "APPROVED"}
        phase.change(mode="premoderate")
        phase.time += 601
        assert ask(client, body) == {}
    assert len(phase.entries()) == 2


def test_the_memory_of_what_came_is_bounded(phase: Phase, monkeypatch: pytest.MonkeyPatch) -> None:
    """When too many came, the oldest is forgotten first."""
    monkeypatch.setattr("ombud.web.coral._MOST_KNOWN", 2)
    bodies = [written(CLEAN, author={"id": str(number)}) for number in range(3)]
    with phase.serving() as client:
        for body in (*bodies, bodies[2], bodies[1], bodies[0]):
            ask(client, body)
    assert len(phase.entries()) == 4


def test_the_same_body_at_the_same_time_is_judged_once(phase: Phase) -> None:
    """Two calls that overlap share one judgement."""
    with phase.serving() as client:
        app: Any = client.app
        body = written(RUDE)
        headers = {"X-Coral-Signature": signature(body)}

        async def both() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://ombud") as coral:
                asked = [coral.post(PATH, content=body, headers=headers) for _ in range(5)]
                return await asyncio.gather(*asked)

        assert client.portal is not None
        answers = client.portal.call(both)
    assert {answer.json()["status"] for answer in answers} == {"REJECTED"}
    assert len(phase.entries()) == 1


def test_hundreds_of_calls_at_once_are_all_answered(phase: Phase) -> None:
    """Each gets a reply that Coral takes: judged, or held where it would be judged too late."""
    # Nothing is judged before all have come, so how many wait does not hang on the machine.
    with phase.serving(judging=False) as client:
        app: Any = client.app
        bodies = [written(CLEAN, author={"id": f"u-{number}"}) for number in range(400)]

        async def all_at_once() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://ombud") as coral:
                asked = [
                    coral.post(PATH, content=body, headers={"X-Coral-Signature": signature(body)})
                    for body in bodies
                ]
                answered = asyncio.as_completed(asked)
                held = [await next(answered) for _ in range(400 - LONGEST_QUEUE)]
                phase.batches.start()
                return held + [await one for one in answered]

        assert client.portal is not None
        answers = client.portal.call(all_at_once)
    assert {answer.status_code for answer in answers} == {200}
    for answer in answers:
        taken(answer.json())
    said = [answer.json()["status"] for answer in answers]
    assert said == ["PREMOD"] * (400 - LONGEST_QUEUE) + ["APPROVED"] * LONGEST_QUEUE
    assert len(phase.entries()) == 400
