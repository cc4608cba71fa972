"""The corrections desk over HTTP: texts beside a report, late steps, notices, and bad input."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import re2
from newsroom import BRIDGE, Newsroom, code, key
from test_api_reports import ATOM, correct, send, step

from ombud.following.keeping import edition
from ombud.store import erasure, feeds, stories
from ombud.stories.reading import read

PAGE = """Bridge to close for one winter

By Jo Reed

The council voted on Tuesday to close the bridge for one winter, the town clerk, Ida Norr, said.

The chairwoman declined to comment on the vote of the council, which was taken in public.
"""
CUP = """Home team wins the cup

The home team won the cup on penalties after two hours of play, said its coach, Anna Lind.

Some nine thousand people watched the match, which the visitors had led until the last minute.
"""
HTML = "<img src=x onerror=alert(1)>"


def lay(api: Newsroom, number: int, who: str = "joon", **more: object) -> Any:  # noqa: ANN401
    """Lay a text beside a report, and return the answer."""
    given = {"name": "https://gull.example/bridge", "content": PAGE, "outlet": "Gull Post", **more}
    return api.client.post(f"/api/reports/{number}/documents", json=given, headers=key(who))


def test_a_text_beside_a_report_shows_in_its_assertions(api: Newsroom) -> None:
    """With the exact line, its side, its source; left out again it is gone."""
    number = send(api, "It is closed for one winter, not two.").json()["id"]
    known = lay(api, number).json()
    line = known["assertions"][0]["elsewhere"][0]
    assert PAGE[line["begin"] : line["end"]] == line["text"]
    assert (line["side"], line["document"]) == ("report", known["documents"][0]["id"])
    assert known["documents"][0]["outlet"] == "Gull Post"
    assert code(lay(api, number))[0] == 409
    gone = api.client.delete(f"/api/reports/{number}/documents/1", headers=key("joon")).json()
    assert (gone["documents"], gone["assertions"][0]["elsewhere"]) == ([], [])
    again = api.client.delete(f"/api/reports/{number}/documents/1", headers=key("joon"))
    assert code(again)[0] == 404


@pytest.mark.parametrize(
    "wrong", [{"content": " "}, {"content": "Subscribe."}, {"name": ""}, {"name": "x" * 2001}]
)
def test_a_text_without_an_article_is_refused(api: Newsroom, wrong: dict[str, str]) -> None:
    """And so is one for a report that one does not see."""
    number = send(api).json()["id"]
    assert code(lay(api, number, **wrong))[0] in (400, 422)
    assert code(lay(api, number, "vera"))[0] == 404
    assert code(lay(api, 99))[0] == 404


def test_a_late_step_is_a_conflict(api: Newsroom) -> None:
    """Of two who saw the same, the second changes nothing and is told who was faster."""
    number = send(api).json()["id"]
    seen = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()["seen"]
    first = step(api, number, "status", assertion=1, status="no_error", seen=seen)
    late = step(api, number, "status", "cms", assertion=1, status="not_ours", seen=seen)
    assert (first.status_code, code(late)[0]) == (201, 409)
    assert "by edith meanwhile" in late.json()["detail"]
    now = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()
    assert (now["assertions"][0]["status"], len(now["steps"])) == ("no_error", 1)


def test_steps_over_http(api: Newsroom) -> None:
    """Given away, put off, merged and taken back; the report says what can be taken back."""
    number = send(api).json()["id"]
    due = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    assert step(api, number, "due", due=due).json()["due_at"].startswith(due[:10])
    assert step(api, number, "assign", to="mira").json()["assigned_to"] == "mira"
    merged = step(api, number, "merge", assertion=1, other=2).json()
    assert len(merged["assertions"]) == 1
    undone = step(api, number, "undo", step=merged["undo"]).json()
    assert len(undone["assertions"]) == 2
    assert [one["holds"] for one in undone["steps"]] == [True, True, False, False]
    assert code(step(api, number, "due"))[0] == 422
    assert code(step(api, number, "due", due="soon"))[0] == 422
    assert code(step(api, number, "due", due="2020-01-01T00:00:00Z"))[0] == 422


@pytest.mark.parametrize("field", ["text", "article", "name", "email", "passage"])
@pytest.mark.parametrize("value", [HTML, "x" * 10_001, "\ud800", "\0", 7, None, ["x"]])
def test_whatever_a_reader_sends_is_answered(api: Newsroom, field: str, value: object) -> None:
    """Taken as words or refused, never a fault of ours."""
    given = {"text": "It was Tuesday.", "article": BRIDGE, field: value}
    sent = api.client.post(
        "/api/reports",
        content=json.dumps(given),
        headers={"Content-Type": "application/json"},
    )
    assert sent.status_code in (201, 400, 404, 422), sent.text
    if sent.status_code == 201:
        page = api.client.get(f"/api/reports/{sent.json()['id']}", headers=key("joon"))
        assert page.status_code == 200


@pytest.mark.parametrize("field", ["reason", "status", "kind", "to", "deed"])
@pytest.mark.parametrize("value", [HTML, "x" * 10_000, "\0", 7])
def test_whatever_the_staff_sends_is_answered(api: Newsroom, field: str, value: object) -> None:
    """Kept as words or refused, never a fault of ours."""
    number = send(api).json()["id"]
    for deed in ("status", "kind", "assign"):
        given = {"deed": deed, "assertion": 1, "reason": "r", "status": "no_error"} | {field: value}
        done = api.client.post(f"/api/reports/{number}/steps", json=given, headers=key("edith"))
        assert done.status_code in (201, 400, 403, 404, 409, 422), done.text


def test_a_correction_is_published_once_and_shown_as_it_is(api: Newsroom) -> None:
    """HTML is words everywhere; the same again is a conflict; what was replaced says so."""
    first = correct(api, text=HTML).json()["id"]
    assert code(correct(api, text=HTML))[0] == 409
    assert code(correct(api, text="x" * 10_000))[0] in (400, 422)
    second = correct(api, text="It is three winters.", replaces=first).json()["id"]
    assert code(correct(api, text="It is four.", replaces=first))[0] == 409
    assert code(correct(api, text="It is four.", seen=first))[0] == 409
    page = api.client.get("/corrections/articles/1").text
    assert HTML not in page
    assert f'Replaced by <a href="/corrections/articles/1#correction-{second}">' in page
    note = api.client.get("/corrections/articles/1/note").text
    assert "&lt;img" not in note
    linked = json.loads(re2.search(r'ld\+json">(.*?)</script>', page)[1])
    assert [one["text"] for one in linked["correction"]] == ["It is three winters."]


def test_the_linked_data_is_whole(api: Newsroom) -> None:
    """Every property is schema.org's, with the times as it wants them, and a policy."""
    correct(api)
    page = api.client.get("/corrections/articles/1").text
    linked = json.loads(re2.search(r'ld\+json">(.*?)</script>', page)[1])
    assert set(linked) <= {
        "@context", "@type", "url", "headline", "dateModified", "datePublished", "correction",
        "publisher",
    }  # fmt: skip
    (one,) = linked["correction"]
    assert (linked["@context"], linked["@type"]) == ("https://schema.org", "NewsArticle")
    assert set(one) == {"@type", "@id", "datePublished", "text"}
    assert one["@type"] == "CorrectionComment"
    assert one["datePublished"] == linked["dateModified"]
    assert datetime.fromisoformat(one["datePublished"]).utcoffset() == timedelta()
    assert linked["publisher"]["name"] == "The Harbour Post"
    assert linked["publisher"]["correctionsPolicy"].endswith("/corrections?outlet=harbour")


def test_the_feed_is_a_feed(api: Newsroom) -> None:
    """With all that RFC 4287 asks for: ids, titles, times and authors, of one outlet or of all."""
    correct(api, text=HTML)
    correct(api, text="Another.")
    for path in ("/corrections/feed.atom", "/corrections/feed.atom?outlet=harbour"):
        answer = api.client.get(path)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        feed = ET.fromstring(answer.text)  # noqa: S314  # of ours
        for name in ("id", "title", "updated"):
            assert feed.find(ATOM + name) is not None, name
        entries = feed.findall(ATOM + "entry")
        assert len({one.findtext(ATOM + "id") for one in entries}) == len(entries) == 2
        for one in entries:
            assert one.findtext(f"{ATOM}author/{ATOM}name") == "The Harbour Post"
            moment = datetime.fromisoformat(one.findtext(ATOM + "updated") or "")
            assert moment.tzinfo is not None
        assert entries[1].findtext(ATOM + "content") == HTML


def test_notices_are_set_up_by_editors(api: Newsroom) -> None:
    """A secret is needed and never shown; an address is one; what waits is shown and sent anew."""

    def change(who: str = "edith", **given: object) -> Any:  # noqa: ANN401
        body = {"reason": "r", **given}
        return api.client.patch("/api/outlets/harbour", json=body, headers=key(who))

    place = "https://cms.example/hook"
    assert code(change(webhook_url=place))[0] == 422
    assert code(change(webhook_url=place, webhook_secret="short"))[0] == 422  # noqa: S106
    assert code(change(webhook_url="javascript:alert(1)", webhook_secret="s" * 20))[0] == 422
    assert code(change("joon", webhook_url=place, webhook_secret="s" * 20))[0] == 403
    kept = change(webhook_url=place, webhook_secret="s" * 20)
    assert kept.json()["webhook_url"] == place
    assert "s" * 20 not in kept.text + json.dumps(
        api.client.get("/api/outlets", headers=key("edith")).json()
    )
    correct(api)
    asked = "/api/outlets/harbour/notices"
    (one,) = api.client.get(asked, headers=key("edith")).json()["notices"]
    assert (one["correction"], one["delivered_at"]) == (1, None)
    again = f"{asked}/{one['id']}/again"
    assert api.client.post(again, headers=key("edith")).status_code == 200
    assert code(api.client.get(asked, headers=key("joon")))[0] == 403
    assert code(api.client.get(asked, headers=key("vera")))[0] == 404
    assert code(api.client.post(f"{asked}/99/again", headers=key("edith")))[0] == 409


def test_the_list_says_what_is_overdue(api: Newsroom) -> None:
    """Of the outlets that one sees."""
    send(api)
    known = api.client.get("/api/reports?limit=1", headers=key("joon")).json()
    assert (known["waiting"], known["overdue"]) == (1, 0)
    known = api.client.get("/api/reports?limit=1", headers=key("vera")).json()
    assert (known["waiting"], known["overdue"]) == (0, 0)


def test_an_erased_report_is_still_shown(api: Newsroom) -> None:
    """Without its words, and without anything beside them."""
    number = send(api).json()["id"]
    lay(api, number)
    with api.store.writing() as tx:
        erasure.report(tx, number, "asked for", "ombud", api.now())
    known = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()
    assert (known["text"], known["assertions"][0]["evidence"]) == (None, [])
    assert known["assertions"][0]["elsewhere"] == []


def test_pages_of_followed_outlets_are_proposed(api: Newsroom) -> None:
    """Those whose words are like the article's; laid beside the report, they are not any more."""
    with api.store.writing() as tx:
        for number, text in enumerate((PAGE, CUP)):
            url = f"https://gull.example/{number}"
            feeds.add(tx, "Gull Post", f"{url}/feed", "staff:edith", api.now())
            feed = feeds.take_feed(tx, api.now())
            assert feed is not None
            feeds.see(tx, feed, [("k", url, "")], api.now(), 1)
            page = feeds.take_page(tx, api.now())
            assert page is not None
            stories.keep(tx, page, edition(read("p", text.encode()).document), api.now(), None)
    number = send(api, "It is closed for one winter, not two.").json()["id"]
    asked = f"/api/reports/{number}/candidates"
    (one,) = api.client.get(asked, headers=key("joon")).json()["candidates"]
    assert (one["outlet"], one["url"]) == ("Gull Post", "https://gull.example/0")
    known = api.client.post(
        f"/api/reports/{number}/documents", json={"page": one["page"]}, headers=key("joon")
    ).json()
    assert known["assertions"][0]["elsewhere"][0]["side"] == "report"
    assert known["documents"][0]["name"] == one["url"]
    assert api.client.get(asked, headers=key("joon")).json()["candidates"] == []
    gone = api.client.post(
        f"/api/reports/{number}/documents", json={"page": 99}, headers=key("joon")
    )
    assert code(gone)[0] == 404
    assert code(api.client.get(asked, headers=key("vera")))[0] == 404
