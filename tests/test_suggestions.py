"""Moderators' decisions that other comment systems send are kept, and only where they may be."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient
from suggested import kept, opened

from ombud import Engine
from ombud.settings import Settings
from ombud.store import staff
from ombud.web import create_app

SUGGEST = "/v1alpha1/comments:suggestscore"
SUGGESTION = {
    "comment": {"text": "You never read the article."},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
    "languages": ["en"],
    "communityId": "desk",
    "clientToken": "comment:81",
}


def test_a_suggestion_is_kept(client: TestClient, settings: Settings, engine: Engine) -> None:
    """The answer echoes the token; the whole suggestion is in the store, with the versions."""
    context = {"entries": [{"text": '{"url": "https://post.example/a"}'}]}
    answer = client.post(SUGGEST, json={**SUGGESTION, "context": context})

    expected = {
        "clientToken": "comment:81",
        "requestedLanguages": ["en"],
        "detectedLanguages": ["en"],
    }
    assert (200, expected) == (answer.status_code, answer.json())
    [line] = kept(settings)
    assert line["text"] == "You never read the article."
    assert line["scores"] == {"TOXICITY": {"summaryScore": {"value": 1}}}
    assert (line["community"], line["token"]) == ("desk", "comment:81")
    assert (["en"], context) == (line["languages"], line["context"])
    assert (engine.version, engine.model) == (line["policy"], line["model"])
    assert abs(line["at"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert (line["by"], line["comment"]) == ("key:none", None)


def test_suggestions_may_name_any_attribute(client: TestClient, settings: Settings) -> None:
    """Talk v4 sends its own names; odd texts are kept as they came."""
    scores = {"APPROVED": {"summaryScore": {"value": 1.0}}}
    spans = {"OTHER": {"spanScores": [{"begin": 0, "end": 3, "score": {"value": 0}}]}}
    for written, given in (("fine", scores), ("\ud800", spans)):
        body = json.dumps({"comment": {"text": written}, "attributeScores": given}).encode()
        assert client.post(SUGGEST, content=body).status_code == 200

    assert [scores, spans] == [line["scores"] for line in kept(settings)]
    assert kept(settings)[1]["text"] == "\ud800"


def test_only_the_fields_that_google_names_are_kept(client: TestClient, settings: Settings) -> None:
    """Whatever else a caller puts into scores or context never reaches the disk."""
    score = {"value": 0.5, "type": "PROBABILITY", "other": "hidden"}
    span = {"begin": 0, "end": 3, "score": score, "other": "hidden"}
    text = {"text": "Why?", "type": "PLAIN_TEXT", "other": "hidden"}
    both = {"article": text, "parent_comment": text, "other": text}
    suggestion = {
        **SUGGESTION,
        "attribute_scores": {"A": {"summary_score": score, "spanScores": [span], "other": score}},
        "attributeScores": None,
        "context": {"articleAndParentComment": both, "other": "hidden"},
        "other": "hidden",
    }
    assert client.post(SUGGEST, json=suggestion).status_code == 200

    [line] = kept(settings)
    assert line["scores"] == {
        "A": {
            "summaryScore": {"value": 0.5},
            "spanScores": [{"begin": 0, "end": 3, "score": {"value": 0.5}}],
        }
    }
    entry = {"text": "Why?", "type": "PLAIN_TEXT"}
    expected = {"articleAndParentComment": {"article": entry, "parentComment": entry}}
    assert expected == line["context"]
    assert "hidden" not in str(line)


def spans(count: int, end: int = 3) -> dict[str, object]:
    """Return the scores of one attribute with so many spans."""
    return {"spanScores": [{"begin": 0, "end": end, "score": {"value": 1}}] * count}


def test_a_large_suggestion_is_kept(client: TestClient, settings: Settings) -> None:
    """The longest of everything that is allowed is kept as it came."""
    largest = {
        "comment": {"text": "x" * 20_480},
        "attributeScores": {"x" * 1024: spans(1000, 20_480)},
        "context": {"entries": [{"text": "x" * 2**15}, {"text": "é" * 2**14}]},
        "languages": ["x" * 1024],
        "communityId": "x" * 1024,
        "clientToken": "é" * 512,
        "sessionId": "x" * 1024,
    }
    assert client.post(SUGGEST, json=largest).status_code == 200

    [line] = kept(settings)
    assert (largest["attributeScores"], largest["context"]) == (
        line["scores"],
        line["context"],
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"communityId": "x" * 1025}, "'communityId': it must be at most 1024 bytes of UTF-8."),
        ({"sessionId": "x" * 1025}, "'sessionId': it must be at most 1024 bytes of UTF-8."),
        ({"clientToken": "é" * 513}, "'clientToken': it must be at most 1024 bytes of UTF-8."),
        ({"languages": ["x" * 1025]}, "'languages': it must be at most 100 strings"),
        (
            {"attributeScores": {"x" * 1025: spans(1)}},
            "'attributeScores': it must be at most 100 entries",
        ),
        (
            {"attributeScores": {f"A{number}": spans(1) for number in range(101)}},
            "'attributeScores': it must be at most 100 entries",
        ),
        ({"attributeScores": {"A": spans(1001)}}, "it must be at most 1000 objects"),
        ({"attributeScores": {"A": spans(501), "B": spans(500)}}, "at most 1000 spans"),
        ({"attributeScores": {"A": spans(1, 20_481)}}, "begin and end, from 0 to 20480"),
        ({"context": {"entries": [{"text": "x" * 2**15}, {"text": "é" * 2**15}]}}, "65536 bytes"),
        (
            {"context": {"articleAndParentComment": {"article": {"text": "x" * 65_537}}}},
            "Context text too long: with a suggestion it must be at most 65536 bytes",
        ),
    ],
)
def test_too_large_a_suggestion_is_refused(
    client: TestClient, settings: Settings, fields: dict[str, object], said: str
) -> None:
    """Nobody can fill the disk with one request: the refusal says the limit, nothing is kept."""
    answer = client.post(SUGGEST, json={**SUGGESTION, **fields})

    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (400, "INVALID_ARGUMENT")
    assert said in error["message"]
    assert len(answer.content) < 1000
    assert kept(settings) == []


@pytest.mark.parametrize("value", [True, "true", "TRUE"])
def test_do_not_store_keeps_nothing(client: TestClient, settings: Settings, value: object) -> None:
    """A suggestion that must not be stored is answered and forgotten."""
    answer = client.post(SUGGEST, json={**SUGGESTION, "doNotStore": value})

    assert answer.json()["clientToken"] == "comment:81"
    assert kept(settings) == []


def test_fields_may_be_written_as_in_protocol_buffers(
    client: TestClient, settings: Settings
) -> None:
    """The names with underscores count too: a do_not_store must never be overlooked."""
    body = {"comment": {"text": "x"}, "requested_attributes": {"TOXICITY": {"score_threshold": 0}}}
    suggestion = {**SUGGESTION, "do_not_store": True}

    assert "attributeScores" in client.post("/v1alpha1/comments:analyze", json=body).json()
    assert client.post(SUGGEST, json=suggestion).status_code == 200
    assert kept(settings) == []


@pytest.mark.parametrize(
    "scores",
    [
        None,
        {},
        {"TOXICITY": {}},
        {"TOXICITY": None},
        {"TOXICITY": []},
        {"TOXICITY": {"spanScores": []}},
        {"TOXICITY": {"summaryScore": {}}},
        {"TOXICITY": {"summaryScore": {"value": "1"}}},
        {"TOXICITY": {"summaryScore": {"value": True}}},
        {"TOXICITY": {"summaryScore": {"value": 2}}},
        {"TOXICITY": {"summaryScore": {"value": 1, "type": "RAW"}}},
        {"TOXICITY": {"summaryScore": {"value": 1, "type": 7}}},
        {"TOXICITY": {"spanScores": [{"begin": 0, "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"end": 3, "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"begin": 3, "end": 0, "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"begin": 0, "end": "3", "score": {"value": 1}}]}},
        {"TOXICITY": {"spanScores": [{"begin": 0, "end": 3}]}},
        {"TOXICITY": {"spanScores": [7]}},
        "x",
        7,
        [],
    ],
)
def test_a_suggestion_without_scores_is_refused(
    client: TestClient, settings: Settings, scores: object
) -> None:
    """No scores, an empty entry, a span without its place or a value that is none are a 400."""
    answer = client.post(SUGGEST, json={**SUGGESTION, "attributeScores": scores})

    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert kept(settings) == []


def test_a_suggestion_that_cannot_be_stored_is_not_acknowledged(
    client: TestClient, settings: Settings
) -> None:
    """Where the database refuses, the caller hears it and can send the suggestion again."""
    with opened(settings) as store:
        with store.writing() as tx:
            tx.execute(text("ALTER TABLE suggestions RENAME TO away"))
        answer = client.post(SUGGEST, json=SUGGESTION)
        with store.writing() as tx:
            tx.execute(text("ALTER TABLE away RENAME TO suggestions"))

    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert client.post(SUGGEST, json=SUGGESTION).status_code == 200
    assert len(kept(settings)) == 1


def test_suggestions_have_a_limit_in_all(engine: Engine, settings: Settings) -> None:
    """Nobody can fill the disk with many requests: from the limit on they are refused."""
    large = {**SUGGESTION, "context": {"entries": [{"text": "x" * 60_000}]}}
    app = create_app(engine, replace(settings, max_suggestions=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        statuses = [client.post(SUGGEST, json=large).status_code for _ in range(18)]

    assert statuses == [200] * 17 + [503]
    assert len(kept(settings)) == 17


def test_who_suggests_is_kept_and_never_the_key(client: TestClient, settings: Settings) -> None:
    """A program's key is its name; another key is told from others by a few signs of its hash."""
    with opened(settings) as store, store.writing() as tx:
        staff.add_key(tx, "coral", "ombk_secret", "moderator", datetime.now(UTC), ["harbour"])
    for key in ("ombk_secret", "another-secret"):
        assert client.post(f"{SUGGEST}?key={key}", json=SUGGESTION).status_code == 200
    client.post(SUGGEST, json=SUGGESTION, headers={"x-goog-api-key": "another-secret"})

    lines = kept(settings)
    assert [lines[0]["by"], lines[1]["by"]] == ["key:coral", lines[2]["by"]]
    assert lines[1]["by"].startswith("key:")
    assert "secret" not in str(lines)
