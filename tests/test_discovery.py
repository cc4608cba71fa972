"""Google's own client library builds itself from our discovery document, unmodified."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi import FastAPI
from googleapiclient import discovery
from googleapiclient.errors import HttpError
from starlette.testclient import TestClient
from suggested import kept

from ombud import Engine
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.discovery import document

PATH = "/$discovery/rest?version=v1alpha1"
REQUEST = {
    "comment": {"text": "You are a complete idiot."},
    "requestedAttributes": {"TOXICITY": {}},
    "languages": ["en"],
    "doNotStore": True,
}


@contextmanager
def built(url: str, key: str = "") -> Iterator[Any]:
    """Return the client that Google's library builds from an address."""
    with closing(
        discovery.build(
            "commentanalyzer",
            "v1alpha1",
            developerKey=key or None,
            discoveryServiceUrl=f"{url}{PATH}",
            static_discovery=False,
        )
    ) as client:
        yield client


@pytest.mark.parametrize("prefix", ["", "/s/harbour-post"])
def test_googles_client_scores_a_comment(live: str, prefix: str) -> None:
    """The official client analyses a comment after changing one address, with a prefix too."""
    with built(f"{live}{prefix}") as client:
        answer = client.comments().analyze(body=REQUEST).execute()

    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.8
    assert answer["languages"] == ["en"]


def test_googles_client_suggests_a_score(live: str, settings: Settings) -> None:
    """The official client's feedback arrives and is kept."""
    suggestion = {
        "comment": {"text": "You never read the article."},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "clientToken": "comment:81",
    }
    with built(live) as client:
        answer = client.comments().suggestscore(body=suggestion).execute()

    assert answer["clientToken"] == "comment:81"
    assert [line["token"] for line in kept(settings)] == ["comment:81"]


def test_googles_client_reads_our_errors(live: str) -> None:
    """The message and the error type arrive where users of the client look for them."""
    request = {**REQUEST, "requestedAttributes": {"FLIRTATION": {}}}
    with built(live) as client, pytest.raises(HttpError) as caught:
        client.comments().analyze(body=request).execute()

    assert caught.value.reason == "Unknown requested attribute: FLIRTATION"
    assert caught.value.error_details[0]["errorType"] == "INVALID_REQUEST"


def test_googles_client_sends_its_key(
    engine: Engine,
    settings: Settings,
    serving: Callable[[FastAPI, Settings], AbstractContextManager[str]],
) -> None:
    """The document itself needs no key; a good key scores, a bad one is refused in words."""
    guarded = replace(settings, api_keys=("good-key",))
    with serving(create_app(engine, guarded), guarded) as url:
        with built(url, "good-key") as client:
            assert client.comments().analyze(body=REQUEST).execute()
        with built(url, "bad-key") as client, pytest.raises(HttpError, match="key not valid"):
            client.comments().analyze(body=REQUEST).execute()


def test_every_reference_has_its_schema() -> None:
    """No part of the document points to a schema that is not there."""
    written = document("http://a.example/", "")
    schemas = written["schemas"]
    assert isinstance(schemas, dict)

    assert references(written) == set(schemas)


def test_every_parameter_is_googles_or_ours() -> None:
    """Nothing is advertised that nobody reads: `ombud` and `model` are ours, the rest Google's."""
    googles = "$.xgafv access_token alt callback fields key oauth_token prettyPrint quotaUser"
    parameters = document("http://a.example/", "")["parameters"]

    assert isinstance(parameters, dict)
    assert {*googles.split(), "uploadType", "upload_protocol", "ombud", "model"} == set(parameters)


def test_every_advertised_type_is_known(client: TestClient) -> None:
    """A type from the document is served or refused as unsupported, never as unknown."""
    schemas = client.get(PATH).json()["schemas"]
    score_types = schemas["AttributeParameters"]["properties"]["scoreType"]["enum"]
    text_types = schemas["TextEntry"]["properties"]["type"]["enum"]

    for score_type in score_types:
        for text_type in text_types:
            request = {
                "comment": {"text": "Why?", "type": text_type},
                "requestedAttributes": {"TOXICITY": {"scoreType": score_type}},
            }
            answer = client.post("/v1alpha1/comments:analyze", json=request)
            assert "Unknown" not in answer.text
            served = score_type in score_types[:2] and text_type != "HTML"
            assert served == (answer.status_code == 200)


def references(part: object) -> set[str]:
    """Return the names of all schemas that a part of the document refers to."""
    if isinstance(part, dict):
        found = {part["$ref"]} if "$ref" in part else set()
        return found.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list | tuple) else set()


def root(engine: Engine, settings: Settings, peer: str, headers: dict[str, str]) -> str:
    """Return the root address that a caller from `peer` with these headers is told."""
    app = create_app(engine, settings)
    with TestClient(app, "http://127.0.0.1:8000", client=(peer, 5000)) as client:
        return str(client.get(PATH, headers=headers).json()["rootUrl"])


FORWARDED = {"x-forwarded-host": "post.example", "x-forwarded-proto": "https"}


def test_the_configured_address_comes_first(engine: Engine, tmp_path: Path) -> None:
    """A public address in the settings is what clients are told."""
    settings = Settings(data=tmp_path, public_url="https://ombud.example/x/")

    assert root(engine, settings, "10.1.1.1", FORWARDED) == "https://ombud.example/x/"


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        ("10.1.1.1", FORWARDED, "https://post.example/"),
        (
            "10.1.1.1",
            {"x-forwarded-host": "evil.example, post.example:81"},
            "http://post.example:81/",
        ),
        ("10.1.1.1", {"x-forwarded-host": "evil.example/path?x"}, "http://127.0.0.1:8000/"),
        ("10.1.1.1", {}, "http://127.0.0.1:8000/"),
        ("192.0.2.1", FORWARDED, "http://127.0.0.1:8000/"),
        ("testclient", FORWARDED, "http://127.0.0.1:8000/"),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    engine: Engine, tmp_path: Path, peer: str, headers: dict[str, str], expected: str
) -> None:
    """Forwarding headers count from the proxies in the settings, and from nobody else."""
    settings = Settings(data=tmp_path, trusted_proxies=("10.0.0.0/8",))

    assert expected == root(engine, settings, peer, headers)


def test_the_host_header_is_never_repeated(live: str) -> None:
    """Whoever forges the Host header is told the address of the socket."""
    answer = httpx.get(f"{live}{PATH}", headers={"host": "evil.example"})

    assert f"{live}/" == answer.json()["rootUrl"]
    assert "evil" not in answer.text
