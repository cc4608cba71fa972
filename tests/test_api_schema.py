"""The OpenAPI document, and that nothing anybody may send is answered with a fault of ours."""

import json
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import BRIDGE, OPEN, Newsroom, key

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["approve", "delete", BRIDGE, "ombr_1_x", "ombk_cms", "https://[", "\0", "1"])
)
JSON = st.recursive(
    LEAVES,
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=4), some),
    max_leaves=4,
)
BODIES: dict[tuple[str, str], dict[str, object]] = {
    ("POST", "/api/comments"): {
        "article": BRIDGE,
        "text": OPEN,
        "parent": None,
        "author": {"name": "Ada", "email": "ada@mail.example"},
        "accept_terms": True,
    },
    ("POST", "/api/comments/preview"): {"article": 1, "text": OPEN, "author": {"name": "Ada"}},
    ("POST", "/api/comments/1/rulings"): {"action": "approve", "clause": "shouting", "note": "N"},
    ("POST", "/api/rulings"): {"comments": [1], "action": "approve", "clause": None, "note": None},
    ("POST", "/api/comments/1/escalation"): {"note": "N"},
    ("POST", "/api/readers/1/bans"): {"reason": "R", "until": "2199-01-01T00:00:00Z"},
    ("PUT", "/api/articles"): {
        "url": f"{BRIDGE}/new",
        "title": "T",
        "byline": "B",
        "text": "X",
        "published_at": "2026-10-14T09:00:00Z",
        "outlet": "harbour",
        "mode": "automatic",
        "open_outlet": False,
    },
    ("PATCH", "/api/articles/1"): {"mode": None},
    ("POST", "/api/feeds"): {"outlet": "Gull Post", "url": "https://gull.example/feed"},
    ("PATCH", "/api/outlets/harbour"): {
        "name": "N",
        "mode": "automatic",
        "origins": ["https://harbour.example"],
        "trust_after": 1,
        "terms_version": "1",
        "terms_url": "/policy",
        "reason": "R",
    },
    ("POST", "/api/session"): {"name": "nobody", "password": "x" * 201, "code": "1"},
}


@pytest.mark.parametrize("call", BODIES, ids=" ".join)
def test_no_field_whatever_it_holds_is_a_fault_of_ours(
    api: Newsroom, call: tuple[str, str]
) -> None:
    """Any JSON in any field is taken, or refused with a problem document; never a 500."""
    api.sent()
    method, path = call

    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(field=st.sampled_from(sorted(BODIES[call])), value=JSON)
    def whatever(field: str, value: Any) -> None:  # noqa: ANN401  # any JSON
        body = json.dumps({**BODIES[call], field: value}).encode()
        headers = {**key("cms"), "Content-Type": "application/json"}
        answer = api.client.request(method, path, content=body, headers=headers)

        assert answer.status_code < 500, (body, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"

    whatever()


def test_no_query_whatever_it_holds_is_a_fault_of_ours(api: Newsroom) -> None:
    """Any text in any parameter is an answer or a problem document; never a 500."""
    api.sent()
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    values = words | st.sampled_from(
        ["9" * 25, "9" * 5000, "-1", "1e9", "\0", "true", "W10", "WyIiLDFd"]
    )
    places = {
        "/api/comments": ["article", "root", "sort", "after", "limit"],
        "/api/counts": ["article"],
        "/api/queue": [
            *("state", "order", "clause", "article", "outlet", "reader"),
            *("escalated", "flagged", "q", "folded", "after", "limit"),
        ],
        "/api/mine": ["article"],
        "/api/terms": ["article"],
        "/api/articles": ["before", "limit"],
    }
    every = [(place, name) for place, names in places.items() for name in names]

    @settings(max_examples=60, deadline=None, database=None)
    @given(where=st.sampled_from(every), value=values)
    def whatever(where: tuple[str, str], value: str) -> None:
        place, name = where
        answer = api.client.get(place, params={"article": "1", name: value}, headers=key("cms"))

        assert answer.status_code < 500, (where, value, answer.text)

    whatever()


def test_the_document_holds_every_call(api: Newsroom) -> None:
    """It is valid OpenAPI, and every path below /api that the application answers is in it."""
    document = api.client.get("/api/openapi.json").json()
    OpenAPI.model_validate(document)
    calls = {
        (method.upper(), path) for path, found in document["paths"].items() for method in found
    }
    names = [found["operationId"] for path in document["paths"].values() for found in path.values()]

    for method, path in BODIES:
        known = path.replace("/1/", "/{}/").replace("/1", "/{}").replace("/harbour", "/{}")
        assert any(_shape(p) == known and m == method for m, p in calls), path
    for path in _paths(api.client.app):
        assert path in {_shape(known) for _, known in calls}, path
    assert len(names) == len(set(names))
    assert all(
        found.get("description") for path in document["paths"].values() for found in path.values()
    )


def _shape(path: str) -> str:
    """Return a path without the names of its parameters."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _paths(app: Any) -> set[str]:  # noqa: ANN401  # an application of any kind
    """Return the shapes of all paths below /api that are answered."""
    found = {_shape(str(getattr(route, "path", ""))) for route in app.routes}
    return {path for path in found if path.startswith("/api/")} - {"/api/openapi.json"}
