"""What Google's service refused is refused in its words and its shape, and nothing leaks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from ombud import Engine
from ombud.case import NO_PRIORS
from ombud.settings import Settings
from ombud.store import staff
from ombud.web import create_app
from ombud.web.perspective import ATTRIBUTES, offered

ANALYZE = "/v1alpha1/comments:analyze"
SUGGEST = "/v1alpha1/comments:suggestscore"
ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
BOTH_CONTEXTS = (
    "Context can have either entries or article_and_parent_comment, but both fields were populated."
)


def asked(
    text: object = "The bridge report is on page four.", **fields: object
) -> dict[str, object]:
    """Return a request to score a text for toxicity, with other fields."""
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **fields}


def assert_refused(answer: Any, error_type: str, message: str, code: int = 400) -> None:  # noqa: ANN401
    """Assert that an answer is an error with this type and message in Google's shape."""
    status = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 413: "INVALID_ARGUMENT"}[code]
    details = [{"@type": ERROR, "errorType": error_type}]
    expected = {"code": code, "message": message, "status": status, "details": details}
    assert (code, {"error": expected}) == (answer.status_code, answer.json())


def test_only_what_a_model_backs_is_offered(client: TestClient, engine: Engine) -> None:
    """An attribute without a signal is refused by name, as one that does not exist."""
    missing = sorted(set(ATTRIBUTES) - set(offered(engine)))
    for name in (*missing, "LIKELY_TO_REJECT", "toxicity", "NONSENSE", ""):
        answer = client.post(ANALYZE, json=asked(requestedAttributes={"TOXICITY": {}, name: {}}))

        assert_refused(answer, "INVALID_REQUEST", f"Unknown requested attribute: {name}")


@pytest.mark.parametrize(
    ("fields", "error_type", "message"),
    [
        ({"comment": None}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": {}}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": {"text": ""}}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"comment": {"text": " \n\u2003"}}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ({"requestedAttributes": {}}, "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
        ({"requestedAttributes": None}, "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
        (
            {"requestedAttributes": {"TOXICITY": {"scoreType": "PERCENTILE"}}},
            "INVALID_REQUEST",
            "Requested score type PERCENTILE is not supported by attribute TOXICITY",
        ),
        (
            {"comment": {"text": "<p>x</p>", "type": "HTML"}},
            "INVALID_REQUEST",
            "Currently, only 'PLAIN_TEXT' comments are supported",
        ),
        ({"comment": {"text": "x", "type": "RTF"}}, "INVALID_REQUEST", "Unknown text type"),
        (
            {
                "context": {
                    "entries": [{"text": "x"}],
                    "articleAndParentComment": {"article": {"text": "x"}},
                }
            },
            "INVALID_REQUEST",
            BOTH_CONTEXTS,
        ),
    ],
)
def test_each_refusal_has_googles_words(
    client: TestClient, fields: dict[str, object], error_type: str, message: str
) -> None:
    """Clients match on the message and on the error type, so both are Google's."""
    assert_refused(client.post(ANALYZE, json={**asked(), **fields}), error_type, message)


PLACES = (
    ("comment", ()),
    ("text", ("comment",)),
    ("type", ("comment",)),
    ("context", ()),
    ("entries", ("context",)),
    ("articleAndParentComment", ("context",)),
    ("article", ("context", "articleAndParentComment")),
    ("parentComment", ("context", "articleAndParentComment")),
    ("text", ("context", "articleAndParentComment", "article")),
    ("requestedAttributes", ()),
    ("TOXICITY", ("requestedAttributes",)),
    ("scoreType", ("requestedAttributes", "TOXICITY")),
    ("scoreThreshold", ("requestedAttributes", "TOXICITY")),
    ("languages", ()),
    ("doNotStore", ()),
    ("spanAnnotations", ()),
    ("dropUnsupportedAttributes", ()),
    ("clientToken", ()),
    ("sessionId", ()),
    ("communityId", ()),
)
STRINGS = {"text", "type", "scoreType", "clientToken", "sessionId", "communityId"}
FLAGS = {"doNotStore", "spanAnnotations", "dropUnsupportedAttributes"}
LISTS = {"entries", "languages"}
WRONG: tuple[object, ...] = ("x", 7, -1.5, True, [], [7], [None], {}, {"x": 7})


def fits(name: str, value: object) -> bool:
    """Whether a value is of the JSON type of the field."""
    if name in STRINGS:
        return isinstance(value, str)
    if name in FLAGS:
        return isinstance(value, bool)
    if name == "scoreThreshold":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list) if name in LISTS else isinstance(value, dict)


@pytest.mark.parametrize(("name", "within"), PLACES)
def test_a_wrong_type_is_refused_by_field(
    client: TestClient, name: str, within: tuple[str, ...]
) -> None:
    """Each field given as each other JSON type is a 400 in Google's shape that names the field."""
    for value in WRONG:
        if fits(name, value):
            continue
        body: dict[str, Any] = asked()
        place = body
        for step in within:
            place = place.setdefault(step, {})
        place[name] = value
        answer = client.post(ANALYZE, json=body)

        error = answer.json()["error"]
        assert (
            answer.status_code,
            error["code"],
            error["status"],
        ) == (400, 400, "INVALID_ARGUMENT")
        assert name in error["message"], value
        assert error["details"][0]["errorType"] == "INVALID_REQUEST"


@pytest.mark.parametrize("value", [7, [None], {"x": 7}, "x", True, [["en"]], [{"text": 7}]])
def test_lists_of_the_wrong_things_are_refused(client: TestClient, value: object) -> None:
    """A list must hold what it is documented to hold."""
    for body in (asked(languages=value), asked(context={"entries": value})):
        assert client.post(ANALYZE, json=body).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 5_000,
        b"9" * 9_000,
    ],
)
@pytest.mark.parametrize("path", [ANALYZE, SUGGEST])
def test_what_is_no_json_object_is_refused(client: TestClient, path: str, body: bytes) -> None:
    """Broken JSON, other JSON and deep nesting are a 400 in Google's shape."""
    answer = client.post(path, content=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["errorType"] == "INVALID_REQUEST"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999", "9" * 400])
def test_numbers_that_are_none_are_refused(client: TestClient, number: str) -> None:
    """Values that are infinite or not a number are no thresholds and no scores."""
    comment = '{"comment": {"text": "x"}, '
    threshold = f'"requestedAttributes": {{"TOXICITY": {{"scoreThreshold": {number}}}}}}}'
    score = f'"attributeScores": {{"A": {{"summaryScore": {{"value": {number}}}}}}}}}'

    assert client.post(ANALYZE, content=comment + threshold).status_code == 400
    assert client.post(SUGGEST, content=comment + score).status_code == 400


def test_too_large_a_body_is_refused(client: TestClient) -> None:
    """More than four megabytes are a 413 in Google's shape."""
    answer = client.post(ANALYZE, content=b" " * (4 * 2**20 + 1))

    message = "Request payload size exceeds the limit: 4194304 bytes."
    assert_refused(answer, "INVALID_REQUEST", message, 413)


@pytest.mark.parametrize(
    "path", ["/v1alpha1/comments", "/v1alpha1/", "/x/v1alpha1/y", "/xv1alpha1/comments:analyze"]
)
def test_an_unknown_path_is_refused_in_googles_shape(client: TestClient, path: str) -> None:
    """Below v1alpha1 a path that does not exist is a 404 that clients can read."""
    message = "Requested entity was not found."
    assert_refused(client.post(path, json=asked()), "INVALID_REQUEST", message, 404)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_refused_in_googles_shape(client: TestClient, method: str) -> None:
    """Only POST is allowed, and the answer says so."""
    answer = client.request(method, ANALYZE)

    assert (
        answer.status_code,
        answer.json()["error"]["code"],
        answer.headers["allow"],
    ) == (405, 405, "POST")


class _Broken:
    """A signal that crashes on one word, and gives that word away in its error."""

    name = "toxicity"
    version = "0"
    attributes = ("TOXICITY",)
    priors = NO_PRIORS

    def score(self, cases: Any) -> Any:  # noqa: ANN401
        """Crash as soon as a text names the word."""
        for case in cases:
            if "crash" in case.text:
                raise RuntimeError(case.text)
        return np.full((len(cases), 1), 0.25)

    def locate(self, *_: object) -> tuple[()]:
        """Find nothing."""
        return ()


def test_a_crash_is_an_error_that_tells_no_text(engine: Engine, settings: Settings) -> None:
    """A crashing model is a 500 in Google's shape; neither answer nor log quotes the comment."""
    broken = Engine(type(engine.policy)(()), [_Broken()])
    app = create_app(broken, settings)
    with capture_logs() as logs, TestClient(app, raise_server_exceptions=False) as client:
        answer = client.post(f"{ANALYZE}?key=hidden-key", json=asked("crash over private words"))
        fine = client.post(ANALYZE, json=asked("fine"))

    assert (answer.status_code, answer.json()["error"]["status"]) == (500, "INTERNAL")
    assert fine.json()["attributeScores"]["TOXICITY"]["summaryScore"]["value"] == 0.25
    written = f"{logs}{answer.text}"
    assert "RuntimeError" in written
    assert "private" not in written
    assert "hidden-key" not in written


def test_keys_are_asked_for_where_the_settings_name_some(engine: Engine, tmp_path: Path) -> None:
    """A good key, also of a program, passes in query or header; a bad one has Google's words."""
    settings = Settings(data=tmp_path, api_keys=("first-key", "second-key"))
    app = create_app(engine, settings)
    with app.state.office.store.writing() as tx:
        staff.add_key(tx, "coral", "ombk_coral", "moderator", datetime.now(UTC))
    with TestClient(app) as client:
        program = client.post(f"{ANALYZE}?key=ombk_coral", json=asked())
        unknown = client.post(f"{ANALYZE}?key=ombk_other", json=asked())
        good = client.post(f"{ANALYZE}?key=second-key", json=asked())
        header = client.post(ANALYZE, json=asked(), headers={"x-goog-api-key": "first-key"})
        bad = client.post(f"{ANALYZE}?key=%C3%A9", json=asked())
        none = client.post(
            SUGGEST, json=asked(attributeScores={"TOXICITY": {"summaryScore": {"value": 1}}})
        )

    assert (good.status_code, header.status_code, program.status_code) == (200, 200, 200)
    assert unknown.status_code == 400
    message = "API key not valid. Please pass a valid API key."
    assert (400, message) == (bad.status_code, bad.json()["error"]["message"])
    assert (none.status_code, none.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


def test_requests_are_logged_and_counted_without_their_content(client: TestClient) -> None:
    """A line and a count name the method and the status; nothing that was sent is there."""
    with capture_logs() as logs:
        client.post(f"/s/secret-site{ANALYZE}?key=hidden-key", json=asked("private words"))
        client.post(
            SUGGEST, json=asked(attributeScores={"TOXICITY": {"summaryScore": {"value": 1}}})
        )
    numbers = client.get("/metrics").text

    assert [(line["route"], line["status"]) for line in logs] == [
        ("comments:analyze", 200),
        ("comments:suggestscore", 200),
    ]
    assert 'ombud_requests_total{route="comments:analyze",status="200"} 1.0' in numbers
    for secret in ("private", "hidden-key", "secret-site", "bridge"):
        assert secret not in f"{logs}{numbers}"
