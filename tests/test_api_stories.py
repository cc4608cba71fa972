"""Feeds and stories over HTTP: who may see and change them, and what comes."""

import pytest
from newsroom import Newsroom, code, key
from told import tell

from ombud.settings import Settings
from ombud.store import log

FEED = {"outlet": "Gull Post", "url": "https://www.gull.example/feed"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings that let one outlet be followed."""
    return Settings(port=0, data=settings.data, follow_hosts=("gull.invalid", "gull.example"))


def test_an_editor_follows_a_feed_and_no_more(api: Newsroom) -> None:
    """It is listed with who added it, and both deeds are in the log."""
    made = api.client.post("/api/feeds", json=FEED, headers=key("edith"))
    assert (made.status_code, made.json()) == (201, {"id": 1})
    answer = api.client.get("/api/feeds", headers=key("joon")).json()
    assert answer["hosts"] == ["gull.invalid", "gull.example"]
    assert [(one["outlet"], one["added_by"]) for one in answer["feeds"]] == [
        ("Gull Post", "key:edith")
    ]
    assert api.client.delete("/api/feeds/1", headers=key("edith")).status_code == 200
    assert api.client.get("/api/feeds", headers=key("joon")).json()["feeds"] == []
    with api.store.reading() as tx:
        deeds = [entry.deed for entry in log.since(tx, 0)]
    assert deeds[-2:] == ["feed_added", "feed_removed"]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({**FEED, "url": "https://bay.example/feed"}, (422, "host_not_followed")),
        ({**FEED, "url": "http://169.254.169.254/"}, (422, "host_not_followed")),
        ({**FEED, "url": "feed"}, (422, "no_address")),
        ({**FEED, "outlet": ""}, (422, "invalid_input")),
        ({**FEED, "outlet": "  "}, (422, "invalid_input")),
    ],
)
def test_what_may_not_be_followed_is_refused(
    api: Newsroom, given: dict[str, str], refusal: tuple[int, str]
) -> None:
    """The error has a code of its own."""
    answer = api.client.post("/api/feeds", json=given, headers=key("edith"))
    assert code(answer) == refusal


def test_moderators_see_and_editors_change(api: Newsroom) -> None:
    """Who has no key sees nothing, and a moderator follows nobody."""
    assert code(api.client.get("/api/stories")) == (401, "unauthorized")
    assert code(api.client.post("/api/feeds", json=FEED, headers=key("joon")))[0] == 403
    assert code(api.client.delete("/api/feeds/1", headers=key("joon")))[0] == 403
    assert code(api.client.delete("/api/feeds/9", headers=key("edith"))) == (404, "not_found")
    again = [api.client.post("/api/feeds", json=FEED, headers=key("edith")) for _ in range(2)]
    assert code(again[1]) == (409, "conflict")


def test_stories_are_listed_by_how_many_outlets_have_them(api: Newsroom) -> None:
    """Those of several outlets come unasked, the others on request, in pages."""
    with api.store.writing() as tx:
        tell(tx, api.now())
    found = api.client.get("/api/stories", headers=key("joon")).json()["stories"]
    assert [[one["outlet"] for one in story["articles"]] for story in found] == [
        ["Gull Post", "Bay Wire", "Coast Daily"]
    ]
    first = api.client.get("/api/stories?outlets=1&limit=1", headers=key("joon")).json()
    rest = api.client.get(
        f"/api/stories?outlets=1&limit=1&after={first['next']}", headers=key("joon")
    ).json()
    assert len(first["stories"]) == len(rest["stories"]) == 1
    assert rest["next"] is None


def test_a_story_is_a_dossier_with_where_its_articles_stand(api: Newsroom) -> None:
    """Every outlet's report of a claim is there, and the address of each article."""
    with api.store.writing() as tx:
        tell(tx, api.now())
    story = api.client.get("/api/stories/1", headers=key("joon")).json()
    assert [one["outlet"] for one in story["articles"]] == ["Gull Post", "Bay Wire", "Coast Daily"]
    stances = {
        account["stance"] for claim in story["claims"] for account in claim["outlets"].values()
    }
    assert "could_not_verify" in stances
    assert story["pages"][story["articles"][1]["id"]]["url"] == "https://o1.example/pier"
    page = story["pages"][story["articles"][1]["id"]]["id"]
    said = api.client.get(f"/api/stories/pages/{page}", headers=key("joon")).json()["editions"]
    assert [one["title"] for one in said] == ["Officials plan to close pier 4 over cracks"]
    (hall,) = api.client.get("/api/stories/2", headers=key("joon")).json()["articles"]
    assert (hall["published_at"], hall["future_date"]) == (None, "2999-03-02")
    for path in ("/api/stories/7", "/api/stories/pages/77"):
        assert code(api.client.get(path, headers=key("joon"))) == (404, "not_found")
