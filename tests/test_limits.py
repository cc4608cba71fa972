"""What is longer than its limit is refused, with the limit, in Google's shape."""

import pytest
from starlette.testclient import TestClient

ANALYZE = "/v1alpha1/comments:analyze"
SUGGEST = "/v1alpha1/comments:suggestscore"
ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


def asked(text: object = "Why?", **fields: object) -> dict[str, object]:
    """Return a request to score a text for toxicity, with other fields."""
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **fields}


@pytest.mark.parametrize("text", ["x" * 20_481, "é" * 10_241, "x" * 2**20])
@pytest.mark.parametrize("path", [ANALYZE, SUGGEST])
def test_too_long_a_comment_is_refused_with_the_limit(
    client: TestClient, path: str, text: str
) -> None:
    """Message and first detail are Google's; a second detail says how long a comment may be."""
    scores = {"TOXICITY": {"summaryScore": {"value": 1}}}
    answer = client.post(path, json=asked(text, attributeScores=scores))

    error = answer.json()["error"]
    assert (answer.status_code, error["message"]) == (400, "Comment text too long.")
    google, limit = error["details"]
    assert google == {"@type": ERROR, "errorType": "COMMENT_TOO_LONG"}
    said = {"field": "comment.text", "description": "At most 20480 bytes of UTF-8."}
    assert [said] == limit["fieldViolations"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sessionId": "é" * 513}, "'sessionId': it must be at most 1024 bytes"),
        ({"communityId": "x" * 1025}, "'communityId': it must be at most 1024 bytes"),
        ({"clientToken": "x" * 1025}, "'clientToken': it must be at most 1024 bytes"),
        ({"languages": ["en"] * 101}, "'languages': it must be at most 100 strings"),
        ({"languages": ["x" * 1000, "x" * 25]}, "with 1024 bytes of UTF-8 in all"),
        ({"context": {"entries": [{}] * 1001}}, "'context.entries': it must be at most 1000"),
        ({"context": {"entries": [{"text": "x" * (2**20 + 1)}]}}, "at most 1048576 bytes"),
        (
            {"requestedAttributes": {"x" * 1025: {}}},
            "'requestedAttributes': it must be at most 100 entries with names of at most 1024",
        ),
        (
            {"requestedAttributes": {f"A{number}": {} for number in range(101)}},
            "'requestedAttributes': it must be at most 100 entries",
        ),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreType": "x" * 1025}}},
            "'requestedAttributes.TOXICITY.scoreType': it must be at most 1024 bytes",
        ),
    ],
)
def test_too_long_a_field_is_refused_with_its_limit(
    client: TestClient, fields: dict[str, object], said: str
) -> None:
    """Whatever may come back or be kept is bounded; the refusal says how, and repeats nothing."""
    answer = client.post(ANALYZE, json={**asked(), **fields})

    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (400, "INVALID_ARGUMENT")
    assert said in error["message"]
    assert len(answer.content) < 1000
