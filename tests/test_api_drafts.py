"""A language model drafts a correction where one is set; an editor reads, changes, publishes it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from answering import Stub, answer, answering
from fastapi.testclient import TestClient
from newsroom import BRIDGE, Newsroom, code, key

from ombud.engine import Engine
from ombud.settings import Settings
from ombud.store import Store
from ombud.web import create_app

QUOTED = "It is closed for two winters."
DRAFT = "/api/reports/1/assertions/1/draft"


@pytest.fixture
def stub() -> Iterator[Stub]:
    """Return a language model that quotes our article."""
    said = answer("Our article said that the bridge is closed for two winters.", ("s1", QUOTED))
    with answering(say=lambda _: said) as stub:
        yield stub


@pytest.fixture
def worded(plain: Engine, settings: Settings, furnished: Store, stub: Stub) -> Iterator[Newsroom]:
    """Return a running application with that model, and a report."""
    chosen = replace(settings, language_model_url=stub.url, language_model="parrot")
    with TestClient(create_app(plain, chosen, store=furnished)) as client:
        report(client)
        yield Newsroom(client, furnished)


def report(client: TestClient) -> None:
    """Report an error in the article about the bridge."""
    given = {"text": "It is closed for one winter, not two.", "article": BRIDGE}
    assert client.post("/api/reports", json=given).status_code == 201


def draft(newsroom: Newsroom, who: str = "edith", path: str = DRAFT) -> Any:  # noqa: ANN401
    """Ask for a draft, and return the answer."""
    return newsroom.client.post(path, headers=key(who))


def test_a_draft_comes_with_what_it_quotes_and_nothing_is_published(worded: Newsroom) -> None:
    """The desk knows that there is a model; what it words stays a proposal."""
    known = worded.client.get("/api/reports/1", headers=key("edith")).json()
    assert known["drafts"] is True
    got = draft(worded).json()
    assert (got["model"], got["quotations"]) == ("parrot", [QUOTED])
    assert got["text"].startswith("Our article said")
    after = worded.client.get("/api/reports/1", headers=key("edith")).json()
    assert after["corrections"] == after["steps"] == []


def test_what_quotes_words_that_nobody_wrote_is_thrown_away(worded: Newsroom, stub: Stub) -> None:
    """The editor is told why, and gets no text."""
    stub.say = lambda _: answer("It is closed for nine winters.", ("s1", "nine winters"))
    assert draft(worded).status_code == 422
    assert "nine" not in draft(worded).json().get("text", "")


def test_who_may_ask_for_what(worded: Newsroom, stub: Stub) -> None:
    """Editors of the outlet may, about what is there; nobody else's words leave the house."""
    assert code(draft(worded, "joon")) == (403, "forbidden")
    assert code(draft(worded, "vera")) == (404, "not_found")
    assert code(draft(worded, path="/api/reports/1/assertions/9/draft")) == (404, "not_found")
    assert stub.asked == []


def test_without_a_model_there_are_no_drafts(api: Newsroom) -> None:
    """Nothing is asked, and the desk shows no button."""
    report(api.client)
    known = api.client.get("/api/reports/1", headers=key("edith")).json()
    assert known["drafts"] is False
    assert code(draft(api)) == (404, "not_found")
