"""Google's wire format: what clients of Perspective send, and what they rely on in the answer."""

import json
import math
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from ombud import Article, Case, Engine
from ombud.case import NO_PRIORS
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.perspective import balanced, offered

ANALYZE = "/v1alpha1/comments:analyze"
INSULT = "You are a complete idiot and everybody here knows it."
POLITE = "The bridge report is on page four."


def asked(text: object = POLITE, **fields: object) -> dict[str, object]:
    """Return a request to score a text for toxicity, with other fields."""
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **fields}


def test_the_answer_has_googles_shape(client: TestClient) -> None:
    """One span over the whole text carries the summary value; the scores are the first key."""
    answer = client.post(ANALYZE, json=asked(clientToken="c-81", languages=["en"])).json()

    value = answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"]
    score = {"value": value, "type": "PROBABILITY"}
    expected = {
        "attributeScores": {
            "TOXICITY": {
                "spanScores": [{"begin": 0, "end": 34, "score": score}],
                "summaryScore": score,
            }
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "c-81",
    }
    assert expected == answer
    assert list(expected) == list(answer)
    assert isinstance(value, float)


def test_scores_are_the_signals_as_if_classes_were_balanced(
    client: TestClient, engine: Engine
) -> None:
    """Every attribute on offer gives the score of the signal behind it, at a prior of one half."""
    names = list(reversed(offered(engine)))
    answer = client.post(
        ANALYZE, json={"comment": {"text": INSULT}, "requestedAttributes": {n: {} for n in names}}
    ).json()

    [scores] = engine.score([Case(INSULT)], ["toxicity"])
    given = answer["attributeScores"]
    assert names == list(given)
    for name in names:
        score, prior = scores[name], engine.prior(name)
        odds = score / (1 - score) * (1 - prior) / prior
        value = given[name]["summaryScore"]["value"]
        assert value == pytest.approx(odds / (1 + odds), abs=1e-4)
    assert given["TOXICITY"]["summaryScore"]["value"] > 0.8


@pytest.mark.parametrize(("score", "prior"), [(0.0, 0.2), (1.0, 0.2), (0.2, 0.2), (0.7, 0.5)])
def test_balancing_keeps_the_ends_and_moves_the_prior_to_one_half(
    score: float, prior: float
) -> None:
    """What is certain stays certain; what is as likely as usual becomes one half."""
    expected = 0.5 if score == prior else score
    assert balanced(score, prior) == expected


def test_unsupported_attributes_can_be_dropped(client: TestClient) -> None:
    """With dropUnsupportedAttributes the others are scored; if none is left, it is an error."""
    request = asked(dropUnsupportedAttributes=True)
    request["requestedAttributes"] = {"FLIRTATION": {}, "TOXICITY": {}}
    answer = client.post(ANALYZE, json=request).json()
    request["requestedAttributes"] = {"FLIRTATION": {}}
    refused = client.post(ANALYZE, json=request)

    assert list(answer["attributeScores"]) == ["TOXICITY"]
    assert refused.json()["error"]["message"] == "Unknown requested attribute: FLIRTATION"


def test_the_topic_needs_an_article(engine: Engine, settings: Settings) -> None:
    """Off topic cannot be told without the article; with it, it is scored like the others."""
    both = Engine(engine.policy, [*engine.signals.values(), _OffTopic()])
    article = {"text": "Council publishes bridge report\nIt is long."}
    context = {"articleAndParentComment": {"article": article, "parentComment": {"text": "Why?"}}}
    request = asked(requestedAttributes={"OFF_TOPIC": {}})
    with TestClient(create_app(both, settings)) as client:
        refused = client.post(ANALYZE, json=request)
        answer = client.post(ANALYZE, json={**request, "context": context}).json()

    message = "Attribute OFF_TOPIC needs context.article_and_parent_comment.article"
    assert (refused.status_code, refused.json()["error"]["message"]) == (400, message)
    assert answer["attributeScores"]["OFF_TOPIC"]["summaryScore"]["value"] == 0.75


def test_models_read_valid_text_only(engine: Engine, settings: Settings) -> None:
    """A lone surrogate reaches no model, not in the article and not in the parent comment."""
    both = Engine(engine.policy, [*engine.signals.values(), _OffTopic("\ufffd")])
    article = {"text": "Council publishes bridge report\nIt is long.\ud800"}
    parent = {"text": "Why?\udfff"}
    context = {"articleAndParentComment": {"article": article, "parentComment": parent}}
    request = asked(requestedAttributes={"OFF_TOPIC": {}}, context=context)
    with TestClient(create_app(both, settings)) as client:
        answer = client.post(ANALYZE, content=json.dumps(request).encode()).json()

    assert answer["attributeScores"]["OFF_TOPIC"]["summaryScore"]["value"] == 0.75


class _OffTopic:
    """A signal that expects one article and one parent."""

    name = "topic"
    version = "0"
    attributes = ("OFF_TOPIC",)
    priors = NO_PRIORS

    def __init__(self, end: str = "") -> None:
        """Take how both end."""
        self._expected = (
            Article("Council publishes bridge report", f"It is long.{end}"),
            f"Why?{end}",
        )

    def score(self, cases: Any) -> Any:  # noqa: ANN401
        """Score what belongs to the article and the parent of the test."""
        scores = [0.75 if (c.article, c.parent) == self._expected else math.nan for c in cases]
        return np.array(scores)[:, None]

    def locate(self, *_: object) -> tuple[()]:
        """Find nothing."""
        return ()


def test_scores_below_their_threshold_are_left_out(client: TestClient) -> None:
    """Where all are below, the key attributeScores is absent and the languages remain."""
    some = {"TOXICITY": {"scoreThreshold": 0.5}, "INSULT": {}}
    answer = client.post(ANALYZE, json=asked(requestedAttributes=some)).json()
    none = client.post(
        ANALYZE, json=asked(requestedAttributes={"TOXICITY": {"scoreThreshold": 0.99}})
    ).json()

    assert list(answer["attributeScores"]) == ["INSULT"]
    assert none == {"languages": ["en"], "detectedLanguages": ["en"]}


def test_spans_count_utf16_units(client: TestClient) -> None:
    """A character outside the basic plane counts as two, as JavaScript and Java have it."""
    text = f"\U0001f600\U0001f600 e\u0301 {INSULT}"
    answer = client.post(ANALYZE, json=asked(text, spanAnnotations=True)).json()

    whole, evidence = answer["attributeScores"]["TOXICITY"]["spanScores"]
    units = text.encode("utf-16-le")
    assert (0, len(units) // 2) == (whole["begin"], whole["end"])
    quoted = units[2 * evidence["begin"] : 2 * evidence["end"]].decode("utf-16-le")
    assert quoted in INSULT
    assert "idiot" in quoted


@pytest.mark.parametrize(
    ("text", "given", "languages", "detected"),
    [
        ("Hallo, ik vind dit een heel goed artikel over de brug.", ["en"], ["en"], ["nl"]),
        ("Hallo, ik vind dit een heel goed artikel over de brug.", None, ["nl"], ["nl"]),
        (POLITE, ["EN"], ["EN"], ["en"]),
        (POLITE, ["is", "hi-Latn"], ["is", "hi-Latn"], ["en"]),
        ("\U0001f600", None, ["und"], ["und"]),
    ],
)
def test_any_language_is_scored(
    client: TestClient,
    text: str,
    given: list[str] | None,
    languages: list[str],
    detected: list[str],
) -> None:
    """Languages mirror the request, or what was detected; no language is ever refused."""
    answer = client.post(ANALYZE, json=asked(text, languages=given)).json()

    assert (languages, detected) == (answer["languages"], answer["detectedLanguages"])


@pytest.mark.parametrize("path", [ANALYZE, "/v1alpha1/comments%3Aanalyze", f"/s/post{ANALYZE}"])
@pytest.mark.parametrize("query", ["", "?key=k&alt=json&policy=x&prettyPrint=false&$.xgafv=2"])
def test_prefixes_and_parameters_survive(client: TestClient, path: str, query: str) -> None:
    """Any prefix, an escaped colon and any parameter lead to the same answer."""
    assert "attributeScores" in client.post(f"{path}{query}", json=asked()).json()


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded", "text/plain"])
def test_the_content_type_does_not_matter(client: TestClient, kind: str) -> None:
    """The body is JSON whatever the header says, with the quotes of keys left out if need be."""
    for body in (
        json.dumps(asked()),
        "{comment: {text: 'x'}, requestedAttributes: {TOXICITY: {}}}",
    ):
        answer = client.post(ANALYZE, content=body, headers={"content-type": kind})

        assert "attributeScores" in answer.json()


def test_the_policys_decision_comes_last_and_only_when_asked_for(client: TestClient) -> None:
    """With ombud=1 the last key holds the decision with findings and versions."""
    text = "WHY IS NOBODY TALKING ABOUT THIS SCANDAL"
    answer = client.post(f"{ANALYZE}?ombud=1", json=asked(text)).json()

    assert "ombud" not in client.post(ANALYZE, json=asked(text)).json()
    assert list(answer)[-1] == "ombud"
    assert {"action", "findings", "scores", "policy", "model"} == set(answer["ombud"])
    for finding in answer["ombud"]["findings"]:
        assert text[finding["begin"] : finding["end"]] == finding["quote"]
    assert "shouting" in {finding["rule"] for finding in answer["ombud"]["findings"]}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            r"\ud83d WHY IS NOBODY \udfff TALKING ABOUT THIS",
            "\ud83d WHY IS NOBODY \udfff TALKING ABOUT THIS",
        ),
        (r"\ud800 \ud83d\ude00 WHY IS NOBODY TALKING", "\ud800 \U0001f600 WHY IS NOBODY TALKING"),
        ("\ud83d\ude00 WHY IS NOBODY TALKING", "\U0001f600 WHY IS NOBODY TALKING"),
    ],
)
def test_a_decision_quotes_the_text_as_given(client: TestClient, written: str, text: str) -> None:
    """Lone surrogates are quoted as they came, and two halves of a character count as one."""
    body = f'{{"comment": {{"text": "{written}"}}, "requestedAttributes": {{"TOXICITY": {{}}}}}}'
    answer = client.post(f"{ANALYZE}?ombud=1", content=body.encode("utf-8", "surrogatepass")).json()

    assert "shouting" in {finding["rule"] for finding in answer["ombud"]["findings"]}
    for finding in answer["ombud"]["findings"]:
        assert text[finding["begin"] : finding["end"]] == finding["quote"]
    [whole] = answer["attributeScores"]["TOXICITY"]["spanScores"]
    assert len(text.encode("utf-16-le", "surrogatepass")) // 2 == whole["end"]


def test_the_longest_comment_is_scored(client: TestClient) -> None:
    """Exactly 20,480 bytes are still a comment."""
    assert client.post(ANALYZE, json=asked("x" * 20_480)).status_code == 200
    assert client.post(ANALYZE, json=asked("é" * 10_240)).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "You idiot \udfff\ud800 you",
        "a\x00b",
        "\u202eidiot era uoy\u202c \u2066x",
        "\U0001f600\U0001f4a9" * 50,
        "e" + "\u0301" * 10_000,
        "\ufeff\u200b\u200d.",
        "a" * 5_000,
    ],
)
def test_odd_texts_are_scored(client: TestClient, text: str) -> None:
    """Lone surrogates, NUL, bidi overrides, emoji and piles of marks get an answer."""
    body = json.dumps(asked(text, spanAnnotations=True, clientToken="\ud83d")).encode()
    for query in ("", "?ombud=1"):
        answer = client.post(ANALYZE + query, content=body)

        assert answer.status_code == 200
        assert answer.json()["clientToken"] == "\ud83d"


@pytest.mark.parametrize("value", [True, False, "true", "FALSE", None])
def test_do_not_store_may_be_written_as_text(client: TestClient, value: object) -> None:
    """Talk v4 passes an environment variable on."""
    assert client.post(ANALYZE, json=asked(doNotStore=value)).status_code == 200
