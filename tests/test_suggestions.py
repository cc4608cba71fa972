"""Moderators' decisions that other comment systems send are kept, and only where they may be."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from ombud import Engine
from ombud.settings import Settings

SUGGEST = "/v1alpha1/comments:suggestscore"
SUGGESTION = {
    "comment": {"text": "You never read the article."},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
    "languages": ["en"],
    "communityId": "desk",
    "clientToken": "comment:81",
}


def kept(settings: Settings) -> list[dict[str, Any]]:
    """Return the suggestions on the disk."""
    file = settings.data / "suggestions.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_a_suggestion_is_kept(client: TestClient, settings: Settings, engine: Engine) -> None:
    """The answer echoes the token; the whole suggestion is on the disk, with the versions."""
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
    assert line["attributeScores"] == {"TOXICITY": {"summaryScore": {"value": 1}}}
    assert ("desk", context) == (line["communityId"], line["context"])
    assert (engine.version, engine.model) == (line["policy"], line["model"])
    assert line["time"].endswith("+00:00")


def test_suggestions_may_name_any_attribute(client: TestClient, settings: Settings) -> None:
    """Talk v4 sends its own names; odd texts are kept as they came."""
    scores = {"APPROVED": {"summaryScore": {"value": 1.0}}}
    spans = {"OTHER": {"spanScores": [{"begin": 0, "end": 3, "score": {"value": 0}}]}}
    for text, given in (("fine", scores), ("\ud800", spans)):
        body = json.dumps({"comment": {"text": text}, "attributeScores": given}).encode()
        assert client.post(SUGGEST, content=body).status_code == 200

    assert [scores, spans] == [line["attributeScores"] for line in kept(settings)]
    assert kept(settings)[1]["text"] == "\ud800"


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
    """Where the disk refuses, the caller hears it and can send the suggestion again."""
    settings.data.write_text("a file where the folder should be")

    answer = client.post(SUGGEST, json=SUGGESTION)

    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")


def test_a_line_cut_short_does_not_spoil_the_next(client: TestClient, settings: Settings) -> None:
    """What a crash left half written is ended before the next line."""
    settings.data.mkdir(parents=True)
    (settings.data / "suggestions.jsonl").write_bytes(b'{"time": "20')

    client.post(SUGGEST, json=SUGGESTION)

    first, second = (settings.data / "suggestions.jsonl").read_text().splitlines()
    assert first == '{"time": "20'
    assert json.loads(second)["clientToken"] == "comment:81"
