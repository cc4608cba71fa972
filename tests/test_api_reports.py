"""Reports of errors over HTTP: who may send, see and answer them, and what everybody reads."""

from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import re2
from newsroom import BRIDGE, Newsroom, code, key

FORM = "/corrections/report"
WORDS = "It is closed for one winter, not two. The name is Martha."
ATOM = "{http://www.w3.org/2005/Atom}"


def send(
    api: Newsroom, text: str = WORDS, headers: dict[str, str] | None = None, **more: object
) -> Any:  # noqa: ANN401
    """Send a report, and return the answer."""
    given = {"text": text, "article": BRIDGE, "email": "ada@example.org", **more}
    return api.client.post("/api/reports", json=given, headers=headers)


def step(api: Newsroom, number: int, deed: str, who: str = "edith", **more: object) -> Any:  # noqa: ANN401
    """Do something about a report, and return the answer."""
    given = {"deed": deed, "reason": "So it is.", **more}
    return api.client.post(f"/api/reports/{number}/steps", json=given, headers=key(who))


def correct(api: Newsroom, who: str = "edith", **more: object) -> Any:  # noqa: ANN401
    """Publish a correction of the article about the bridge, and return the answer."""
    given = {"article": 1, "kind": "correction", "text": "It is <one> winter.", **more}
    return api.client.post("/api/corrections", json=given, headers=key(who))


def test_from_a_report_to_its_correction(api: Newsroom) -> None:
    """A reader writes, an editor finds it right, corrects it, and the report is answered."""
    number = send(api).json()["id"]
    known = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()
    first, second = known["assertions"]
    assert (first["quote"], first["kind"]) == ("It is closed for one winter, not two.", "fact")
    assert first["evidence"][0]["text"] == "It is closed for two winters."
    assert (known["article"]["id"], known["reachable"], known["overdue"]) == (1, True, False)
    assert second["evidence"][0]["part"] == "byline"

    correction = correct(api).json()
    assert step(api, number, "take", "joon").json()["assigned_to"] == "joon"
    corrected = {"status": "corrected", "correction": correction["id"]}
    assert step(api, number, "status", assertion=1, **corrected).status_code == 201
    answered = step(api, number, "status", assertion=2, status="no_error").json()
    assert answered["state"] == "answered"
    assert [one["deed"] for one in answered["steps"]] == ["assigned", "status", "status"]
    assert answered["corrections"][0]["text"] == "It is <one> winter."
    # What was corrected because of it was not corrected before.
    assert [one["corrections"] for one in answered["assertions"]] == [[], []]


def test_who_may_ask_what(api: Newsroom) -> None:
    """Nobody but the outlet's staff sees reports; moderators do not close; anybody may report."""
    number = send(api).json()["id"]

    assert code(api.client.get("/api/reports")) == (401, "unauthorized")
    assert api.client.get("/api/reports", headers=key("vera")).json()["reports"] == []
    assert code(api.client.get(f"/api/reports/{number}", headers=key("vera")))[0] == 404
    assert code(step(api, number, "status", "joon", assertion=1, status="no_error"))[0] == 403
    assert code(correct(api, "joon"))[0] == 403
    assert code(correct(api, "vera"))[0] == 404


def test_the_list_goes_on_where_it_ended(api: Newsroom) -> None:
    """Page after page comes every report once."""
    numbers = [send(api).json()["id"] for _ in range(5)]
    seen: list[int] = []
    after = ""
    while True:
        page = api.client.get(f"/api/reports?limit=2{after}", headers=key("joon")).json()
        seen += [one["id"] for one in page["reports"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"

    assert seen == numbers
    chosen = api.client.get("/api/reports?state=answered", headers=key("joon")).json()
    assert chosen["reports"] == []


def test_the_list_is_sifted(api: Newsroom) -> None:
    """By outlet, by who looks into a report, and by words; it says what each is about."""
    first, second = (send(api, text).json()["id"] for text in (WORDS, "It was a Friday: 100 %."))
    step(api, first, "take", "joon")

    def found(asked: str) -> list[int]:
        every = api.client.get(f"/api/reports?{asked}", headers=key("joon")).json()["reports"]
        assert {one["title"] for one in every} <= {"Council closes the bridge"}
        return [one["id"] for one in every]

    assert found("held_by=me") == [first]
    assert found("held_by=nobody") == [second]
    assert found("q=FRIDAY") == found("q=100 %25.") == [second]
    assert found("q=%25martha") == found("outlet=valley") == []
    assert found("outlet=harbour") == [first, second]
    known = api.client.get(f"/api/reports/{first}", headers=key("joon")).json()
    assert known["staff"] == ["chief", "mira"]


def test_a_report_that_is_sent_twice_is_one(api: Newsroom) -> None:
    """Under the same key; another one under it is refused."""
    headers = {"Idempotency-Key": "k1"}

    first, again = send(api, headers=headers), send(api, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert code(send(api, "It was a Friday.", headers))[0] == 409


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "\0"}, {"email": "ada"}, {"article": "", "outlet": ""}, {"name": 7}],
)
def test_what_is_wrong_is_said(api: Newsroom, wrong: dict[str, Any]) -> None:
    """With the name of the field; an outlet must be told where no article tells it."""
    assert code(send(api, **wrong)) == (422, "invalid_input")


def field(page: str, name: str) -> str:
    """Return the value of a field of a form."""
    found = re2.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found is not None
    return unescape(found.group(1))


def filled(api: Newsroom, **more: str) -> dict[str, str]:
    """Return the form as a reader fills it in."""
    page = api.client.get(f"{FORM}?article={BRIDGE}").text
    assert field(page, "article") == BRIDGE
    given = {"token": field(page, "token"), "article": BRIDGE, "text": WORDS, "email": ""}
    return {**given, **more}


def test_the_form_works_without_a_script(api: Newsroom) -> None:
    """It is sent, answered with a page that may be loaded again, and is one report."""
    given = filled(api)
    for _ in range(2):
        sent = api.client.post(FORM, data=given)
        assert "has the number 1" in sent.text
        assert sent.url.query == b"sent=1"
    listed = api.client.get("/api/reports", headers=key("joon")).json()["reports"]
    assert [(one["source"], one["text"]) for one in listed] == [("form", WORDS)]


def test_the_form_keeps_what_was_written(api: Newsroom) -> None:
    """Whatever is wrong is said above it, and nothing has to be typed again."""
    answer = api.client.post(FORM, data=filled(api, article="https://else.example/"))
    assert "“Publication” must say whose error it is" in answer.text
    answer = api.client.post(FORM, data=filled(api, email="ada", text="<b>Wrong</b>"))

    assert answer.status_code == 422
    assert "“Your e-mail address” must be an address" in answer.text
    assert "&lt;b&gt;Wrong&lt;/b&gt;</textarea>" in answer.text


def test_nobody_sends_the_form_from_elsewhere(api: Newsroom) -> None:
    """Neither another site's page, nor whoever makes a token up; nothing is kept."""
    foreign = {"Origin": "https://evil.example"}
    assert api.client.post(FORM, data=filled(api), headers=foreign).status_code == 403
    for token in ("", "1.2.3", filled(api)["token"][:-1] + "x"):
        answer = api.client.post(FORM, data=filled(api, token=token))
        assert (answer.status_code, "open for too long" in answer.text) == (422, True)
    assert api.client.post(FORM, content=b"text=" + b"x" * 200_000).status_code == 413
    assert api.client.get("/api/reports", headers=key("joon")).json()["reports"] == []


def test_everybody_reads_what_was_corrected(api: Newsroom) -> None:
    """With what changed, for search engines, as a note for the article, and in a feed."""
    article = {
        "url": BRIDGE,
        "outlet": "harbour",
        "title": "Council closes the bridge",
        "text": "It is closed for one winter.",
        "byline": "Marta",
    }
    assert api.client.put("/api/articles", json=article, headers=key("cms")).status_code < 300
    correct(api)

    page = api.client.get("/corrections/articles/1").text
    assert "<del>two</del>" in page
    assert "<ins>one</ins>" in page
    assert '"text": "It is \\u003cone> winter."' in page
    assert '"@type": "CorrectionComment"' in page
    assert "It is &lt;one&gt; winter." in api.client.get("/corrections?outlet=harbour").text
    assert "so far" in api.client.get("/corrections?outlet=valley").text
    note = api.client.get("/corrections/articles/1/note")
    assert "It is &lt;one&gt; winter." in note.text
    assert "frame-ancestors *" in note.headers["content-security-policy"]
    feed = ET.fromstring(api.client.get("/corrections/feed.atom").content)  # noqa: S314
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == "It is <one> winter."
    assert entry.findtext(f"{ATOM}title") == "Correction: Council closes the bridge"
    found = api.client.get("/api/corrections?article=1").json()["corrections"]
    assert [(one["before"], one["after"]) for one in found] == [(1, 2)]


@pytest.mark.parametrize("place", ["?outlet=nowhere", "/articles/99", "/feed.atom?outlet=x"])
def test_what_there_is_not(api: Newsroom, place: str) -> None:
    """An unknown outlet or article is said to be unknown."""
    assert code(api.client.get(f"/corrections{place}"))[0] == 404


def test_a_form_whose_article_is_unknown_is_taken(api: Newsroom) -> None:
    """Once the outlet is said; the address stays with the words."""
    given = filled(api, article="https://harbour.example/print/7", outlet="harbour")
    assert "has the number 1" in api.client.post(FORM, data=given).text

    known = api.client.get("/api/reports/1", headers=key("joon")).json()
    assert known["article"] is None
    assert known["text"].endswith("https://harbour.example/print/7")
    moved = step(api, 1, "article", "joon", article=1).json()
    assert moved["article"]["title"] == "Council closes the bridge"
