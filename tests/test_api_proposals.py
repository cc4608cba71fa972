"""Corrections that wait for a second editor, over HTTP: no page shows them, and the staff does."""

from typing import Any

import pytest
from newsroom import BRIDGE, Newsroom, code, key
from test_api_reports import correct, send, step

WORDS = "The chairwoman is called Lindqvist."
PAGES = (
    "/corrections",
    "/corrections/articles/1",
    "/corrections/articles/1/note",
    "/corrections/feed.atom",
    f"/api/corrections?article={BRIDGE}",
)


@pytest.fixture
def two(api: Newsroom) -> Newsroom:
    """Return a newsroom that wants two editors."""
    change = {"two_editors": True, "reason": "r"}
    outlet = api.client.get("/api/articles/1", headers=key("edith")).json()["outlet"]
    done = api.client.patch(f"/api/outlets/{outlet}", json=change, headers=key("edith"))
    assert done.is_success, done.text
    return api


def end(api: Newsroom, deed: str, who: str = "cms", number: int = 1, **more: object) -> Any:  # noqa: ANN401
    """Agree to a proposal, refuse it or withdraw it, and return the answer."""
    given = {"deed": deed, **more}
    return api.client.post(f"/api/proposals/{number}", json=given, headers=key(who))


def shown(api: Newsroom) -> list[bool]:
    """Return which public pages show the words."""
    return [WORDS in api.client.get(page).text for page in PAGES]


def waiting(api: Newsroom, who: str = "joon") -> list[dict[str, Any]]:
    """Return what somebody of the staff sees waiting."""
    answer = api.client.get("/api/proposals", headers=key(who))
    return list(answer.json()["proposals"])


def test_no_page_shows_what_is_proposed(two: Newsroom) -> None:
    """Not before the second editor closes the assertion; then every one does."""
    number = send(two).json()["id"]
    proposed = correct(two, text=WORDS)
    assert (proposed.status_code, proposed.json()["outcome"]) == (202, None)
    named = {"assertion": 1, "status": "corrected", "proposal": proposed.json()["proposal"]}
    first = step(two, number, "status", **named).json()
    assert (first["assertions"][0]["status"], first["proposals"][0]["by"]) == ("open", "edith")
    assert not any(shown(two))

    second = step(two, number, "status", "cms", **named).json()
    assert second["assertions"][0]["correction"] == second["corrections"][0]["id"]
    assert (second["steps"][-1]["proposal"], second["proposals"][0]["outcome"]) == (1, "published")
    assert all(shown(two))
    assert waiting(two) == []


def test_without_a_report_another_editor_agrees(two: Newsroom) -> None:
    """The staff of the outlet sees what waits; moderators and other outlets agree to nothing."""
    correct(two, text=WORDS)
    (one,) = waiting(two)
    assert (one["text"], one["now"]) == (WORDS, {"newest": 0, "edition": 1})
    assert waiting(two, "vera") == []
    assert code(two.client.get("/api/proposals"))[0] == 401
    refused = [end(two, "agree", who).status_code for who in ("joon", "vera", "edith")]
    assert refused == [403, 404, 403]
    assert code(end(two, "agree", number=9))[0] == 404
    assert not any(shown(two))
    assert end(two, "agree").json()["correction"] == 1
    assert all(shown(two))
    assert code(end(two, "agree"))[0] == 409


def test_refused_withdrawn_and_told_what_changed(two: Newsroom) -> None:
    """Each with its reason; what changed meanwhile is a conflict until it was looked at."""
    for words in (WORDS, "It is one winter.", "It was Tuesday."):
        correct(two, text=words, seen=0)
    assert code(end(two, "refuse"))[0] == 422
    assert end(two, "refuse", reason="No.").json()["reason"] == "No."
    assert end(two, "withdraw", "edith", 2).json()["outcome"] == "withdrawn"
    change = {"url": BRIDGE, "title": "T", "text": "Another text."}
    put = two.client.put("/api/articles", json=change, headers=key("cms"))
    assert put.is_success, put.text
    assert code(end(two, "agree", number=3))[0] == 409
    now = waiting(two)[0]["now"]
    assert end(two, "agree", number=3, **now).json()["outcome"] == "published"
    assert not any(shown(two))


def mend(api: Newsroom, byline: str = "Marta") -> None:
    """Enter an edition of the article that says something else."""
    text = "It is closed for one winter."
    article = {"url": BRIDGE, "title": "Council closes the bridge", "text": text, "byline": byline}
    put = api.client.put("/api/articles", json=article, headers=key("cms"))
    assert put.is_success, put.text


def changes(api: Newsroom, who: str = "joon", article: int = 1, **editions: object) -> Any:  # noqa: ANN401
    """Ask how two editions of an article differ, and return the answer."""
    place = f"/api/articles/{article}/changes"
    return api.client.get(place, params={"before": 1, "after": 2, **editions}, headers=key(who))


def test_what_changed_is_shown_before_it_is_public(two: Newsroom) -> None:
    """As readers would see it; to nobody but the staff, and not once a proposal has ended."""
    mend(two)
    mend(two, "Marta Sand")
    pieces = changes(two).json()["pieces"]
    marked = [(one["kind"], one["text"]) for one in pieces if one["kind"] != "same"]
    assert marked == [
        ("left out", "two"),
        ("added", "one"),
        ("left out", "winters"),
        ("added", "winter"),
    ]
    assert changes(two, before=2, after=3).json() == changes(two, before=2).json() == {"pieces": []}
    assert code(two.client.get("/api/articles/1/changes?before=1&after=2"))[0] == 401
    assert code(changes(two, "vera"))[0] == code(changes(two, article=99))[0] == 404
    for wrong in ({"before": 0}, {"after": 4}, {"before": 3}, {"article": 2**70}):
        assert code(changes(two, **wrong)) == (422, "invalid_input")

    number = send(two).json()["id"]
    correct(two, text=WORDS, before=1, after=2)
    report = two.client.get(f"/api/reports/{number}", headers=key("joon"))
    assert waiting(two)[0]["pieces"] == report.json()["proposals"][0]["pieces"] == pieces
    page = two.client.get("/corrections/articles/1").text
    assert "<del>" not in page
    end(two, "agree")
    assert "<del>two</del><ins>one</ins>" in two.client.get("/corrections/articles/1").text
    report = two.client.get(f"/api/reports/{number}", headers=key("joon"))
    assert report.json()["proposals"][0]["pieces"] == []


def test_what_waits_is_counted_and_listed(two: Newsroom) -> None:
    """On the dashboard of who sees the outlet, and as a state of reports."""
    first, second = (send(two).json()["id"] for _ in range(2))
    correct(two, text=WORDS)
    step(two, second, "status", assertion=1, status="no_error")

    def counted(who: str) -> dict[str, Any]:
        answer = two.client.get("/api/dashboard", headers=key(who))
        return dict(answer.json()["corrections"]["second"])

    assert counted("vera") == {"corrections": 0, "assertions": 0, "oldest": None}
    assert counted("joon") == {"corrections": 1, "assertions": 1, "oldest": waiting(two)[0]["at"]}
    found = two.client.get("/api/reports?state=proposed", headers=key("joon")).json()["reports"]
    assert [(one["id"], one["proposed"]) for one in found] == [(second, True)]
    every = two.client.get("/api/reports", headers=key("joon")).json()["reports"]
    assert [(one["id"], one["proposed"]) for one in every] == [(first, False), (second, True)]
