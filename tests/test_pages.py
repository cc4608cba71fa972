"""The pages for people, and the JSON behind the one where a comment can be tried."""

import json
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
import re2
from starlette.testclient import TestClient
from walking import own_files

import ombud
from ombud import Engine
from ombud.case import NO_PRIORS
from ombud.errors import OmbudError
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.app import _WARM_UP
from ombud.web.failures import STATUS

PREVIEW = "/api/preview"


def test_the_start_page_leads_everywhere(client: TestClient, engine: Engine) -> None:
    """A newsroom's first page names the policy and leads to it, the desk and the API's document."""
    page = client.get("/").text

    assert engine.version in page
    for place in ("/policy", "/desk", "/try", "/api/openapi.json"):
        assert f'href="{place}"' in page
        assert client.get(place).status_code == 200


@pytest.mark.parametrize("path", ["/", "/try", "/policy"])
def test_pages_run_nothing_but_our_own_files(client: TestClient, path: str) -> None:
    """The policy for content allows no inline script or style, and the pages hold none."""
    own_files(client, path)


def test_the_policy_page_cites_every_clause(client: TestClient, engine: Engine) -> None:
    """Each rule has a place on the page that a decision can link to."""
    page = client.get("/policy").text

    for rule in engine.policy.rules:
        assert f'<section id="{rule.id}"' in page
    assert engine.version in page


def test_a_preview_cites_the_clause_and_the_characters(client: TestClient) -> None:
    """The answer has the action, and each finding its rule, clause, reason and exact quote."""
    text = "\U0001f600 WHY IS NOBODY TALKING ABOUT THIS SCANDAL"
    answer = client.post(PREVIEW, json={"text": text}).json()

    assert answer["action"] in ("HOLD", "DELETE")
    [finding] = [one for one in answer["findings"] if one["rule"] == "shouting"]
    assert text[finding["begin"] : finding["end"]] == finding["quote"]
    assert finding["clause"]
    assert finding["why"]
    assert answer["clauses"]["shouting"]


def test_a_preview_of_a_plain_comment_is_approved(client: TestClient) -> None:
    """Nothing found means approved, and nothing is kept on the disk."""
    given = {
        "text": "I cross that bridge twice a day.",
        "author": {"name": "Hedda"},
        "parent": "Why?",
    }
    answer = client.post(PREVIEW, json=given).json()

    assert (answer["action"], answer["findings"], answer["clauses"]) == ("APPROVE", [], {})


def test_a_preview_keeps_nothing(client: TestClient, settings: Settings) -> None:
    """Trying a comment leaves no trace in the data folder."""
    client.post(PREVIEW, json={"text": "Nothing of this remains."})

    kept = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert b"SQLite format" in kept
    assert b"Nothing of this remains" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 x",
        "a\x00b",
        "\u202eabc\u202c",
        "\U0001f600" * 30,
        "e" + "\u0301" * 10_000,
        "x" * 20_000,
    ],
)
def test_odd_texts_are_judged(client: TestClient, text: str) -> None:
    """Whatever a browser can send gets a decision."""
    body = json.dumps({"text": text, "author": {"name": text[:50]}}).encode()

    assert client.post(PREVIEW, content=body).status_code == 200


def test_a_preview_quotes_what_was_written(client: TestClient) -> None:
    """Lone surrogates stay in the quotes, whose offsets count on the text as it was given."""
    text = "\ud83d WHY IS NOBODY TALKING \udfff ABOUT THIS SCANDAL \U0001f600"
    answer = client.post(PREVIEW, content=json.dumps({"text": text}).encode()).json()

    assert answer["findings"]
    for finding in answer["findings"]:
        assert text[finding["begin"] : finding["end"]] == finding["quote"]
    assert "\ufffd" not in json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize("field", ["text", "parent"])
@pytest.mark.parametrize(("text", "size"), [("é" * 10_241, 20_482), ("\U0001f600" * 5_121, 20_484)])
def test_a_preview_has_the_limit_of_the_api(
    client: TestClient, field: str, text: str, size: int
) -> None:
    """A comment may be 20,480 bytes of UTF-8 long, however few its characters."""
    longest = client.post(PREVIEW, json={"text": "x", field: text[:-1]})
    longer = client.post(PREVIEW, json={"text": "x", field: text})

    assert (longest.status_code, longer.status_code) == (200, 422)
    said = f"'{field}': it must be at most 20480 bytes of UTF-8, and has {size}"
    assert said == longer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status", "code", "said"),
    [
        (b"", 400, "invalid_json", "Invalid JSON"),
        (b"[]", 400, "invalid_json", "must be a JSON object"),
        (b"{}", 422, "invalid_input", "'text': Field required"),
        (b'{"text": ""}', 422, "invalid_input", "'text': String should have at least 1"),
        (b'{"text": " \\n "}', 422, "invalid_input", "'text' is only white space"),
        (b'{"text": 7}', 422, "invalid_input", "'text': Input should be a valid string"),
        (b'{"text": ["x"]}', 422, "invalid_input", "'text'"),
        (b'{"text": "x", "author": "x"}', 422, "invalid_input", "'author'"),
        (b'{"text": "x", "author": {"name": 7}}', 422, "invalid_input", "'author.name'"),
        (b'{"text": "x", "article": []}', 422, "invalid_input", "'article'"),
        (b'{"text": "x", "article": {"text": {}}}', 422, "invalid_input", "'article.text'"),
        (b'{"text": "x", "parent": 7}', 422, "invalid_input", "'parent'"),
        (b'{"text": "' + b"secret" * 10_000 + b'"}', 422, "invalid_input", "and has 60000"),
        (b'{"text": "' + b"x" * 5_000_000 + b'"}', 413, "too_large", "exceeds the limit"),
    ],
)
def test_a_bad_preview_is_a_problem_with_a_stable_code(
    client: TestClient, body: bytes, status: int, code: str, said: str
) -> None:
    """Errors are problem+json; they name the field and never repeat what it held."""
    answer = client.post(PREVIEW, content=body)

    problem = answer.json()
    assert (status, status, code) == (answer.status_code, problem["status"], problem["code"])
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in problem["detail"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/static/../app.py", 404, "not_found"),
        ("GET", PREVIEW, 405, "method_not_allowed"),
        ("POST", "/policy", 405, "method_not_allowed"),
    ],
)
def test_other_refusals_have_the_same_shape(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    """A missing page and a wrong method are problem+json too."""
    answer = client.request(method, path)

    assert (status, code) == (answer.status_code, answer.json()["code"])
    assert answer.headers["content-type"] == "application/problem+json"


def below(error: type[OmbudError]) -> set[type[OmbudError]]:
    """Return all errors below one."""
    children = error.__subclasses__()
    return set(children).union(*map(below, children))


def test_every_error_has_a_status() -> None:
    """Every error of all modules stands in the tree, and none reaches a client as a fault."""
    for module in walk_packages(ombud.__path__, "ombud."):
        # Alembic's own file runs in a migration only.
        if not module.name.endswith(("__main__", "migrations.env")):
            import_module(module.name)
    errors = below(OmbudError)

    assert {error.__module__ for error in errors} == {"ombud.errors"}
    assert errors == set(STATUS)


def test_health_and_readiness(client: TestClient, engine: Engine, settings: Settings) -> None:
    """A process is alive at once, and ready when a comment has been judged."""
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json() == {"status": "ready"}

    cold = TestClient(create_app(engine, settings)).get("/readyz")
    assert (cold.status_code, cold.json()["code"]) == (503, "not_ready")


class _Broken:
    """A signal that cannot score anything."""

    name = "toxicity"
    version = "0"
    attributes = ("TOXICITY",)
    priors = NO_PRIORS

    def score(self, _: Any) -> Any:  # noqa: ANN401
        """Crash."""
        raise RuntimeError

    def locate(self, *_: object) -> tuple[()]:
        """Find nothing."""
        return ()


def test_a_broken_model_is_not_ready(engine: Engine, settings: Settings) -> None:
    """Where the warm-up fails the server answers, and says that it is not ready."""
    broken = Engine(type(engine.policy)(()), [_Broken()])
    with TestClient(create_app(broken, settings)) as client:
        assert (
            client.get("/healthz").status_code,
            client.get("/readyz").status_code,
        ) == (200, 503)


def test_numbers_are_kept(client: TestClient) -> None:
    """Decisions, findings, batches, requests and the queue are counted; paths are not."""
    client.post(PREVIEW, json={"text": "WHY IS NOBODY TALKING ABOUT THIS SCANDAL"})
    client.get("/nowhere/secret")

    numbers = client.get("/metrics").text
    for name in (
        'ombud_findings_total{action="',
        'ombud_decisions_total{action="',
        'ombud_requests_total{route="/api/preview",status="200"} 1.0',
        'ombud_requests_total{route="unknown",status="404"} 1.0',
        'ombud_request_seconds_count{route="/api/preview"} 1.0',
        f"ombud_batch_size_count {len(_WARM_UP) + 1}.0",
        "ombud_queue_depth 0.0",
    ):
        assert name in numbers
    assert "secret" not in numbers
    assert float(numbers.split("\nombud_judging_seconds_total ")[1].split()[0]) > 0


def test_a_request_keeps_its_id(client: TestClient) -> None:
    """A fit id from the caller comes back, anything else gets a new one."""
    given = client.get("/healthz", headers={"x-request-id": "abc-123"})
    unfit = client.get("/healthz", headers={"x-request-id": "a b\tc"})

    assert given.headers["x-request-id"] == "abc-123"
    assert re2.fullmatch(r"[0-9a-f]{16}", unfit.headers["x-request-id"])


def test_the_api_describes_itself(client: TestClient) -> None:
    """The OpenAPI document names what a preview takes."""
    document = client.get("/api/openapi.json").json()

    body = document["paths"][PREVIEW]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["required"] == ["text"]
