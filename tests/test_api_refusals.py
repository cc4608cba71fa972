"""Bad input: a clear problem document with a stable code and the right status, nothing kept."""

import json

import pytest
from newsroom import BRIDGE, FERRY, MILL, OPEN, Newsroom, bearer, code, key
from starlette.testclient import TestClient

from ombud.store import erasure

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def nothing_kept(api: Newsroom) -> bool:
    """Whether no comment and no reader was entered."""
    with api.store.reading() as tx:
        counts = [
            tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("comments", "readers", "decisions", "sent")
        ]
    return counts == [0] * 4


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"article": "https://harbour.example/nowhere"}, (404, "not_found")),
        ({"article": 77}, (404, "not_found")),
        ({"article": 10**30}, (422, "invalid_input")),
        ({"article": "9" * 30}, (404, "not_found")),
        ({"article": ""}, (404, "not_found")),
        ({"article": True}, (422, "invalid_input")),
        ({"article": None}, (422, "invalid_input")),
        ({"parent": 77}, (404, "not_found")),
        ({"parent": -1}, (404, "not_found")),
        ({"parent": 2**63}, (422, "invalid_input")),
        ({"parent": "1"}, (422, "invalid_input")),
        ({"text": ""}, (422, "invalid_input")),
        ({"text": " \n\u200b\u2800"}, (422, "invalid_input")),
        ({"text": "x" * 20_481}, (422, "invalid_input")),
        ({"text": "é" * 10_241}, (422, "invalid_input")),
        ({"text": "x" * 2**20}, (422, "invalid_input")),
        ({"text": "half \ud800 of one"}, (422, "invalid_input")),
        ({"text": "a\0b"}, (422, "invalid_input")),
        ({"text": ["a"]}, (422, "invalid_input")),
        ({"author": None}, (422, "invalid_input")),
        ({"author": {}}, (422, "invalid_input")),
        ({"author": {"name": ""}}, (422, "invalid_input")),
        ({"author": {"name": "\u200b"}}, (422, "invalid_input")),
        ({"author": {"name": "x" * 10_000}}, (422, "invalid_input")),
        ({"author": {"name": "Ada\r\nSet-Cookie: a=b"}}, (422, "invalid_input")),
        ({"author": {"name": "A\0da"}}, (422, "invalid_input")),
        ({"author": {"name": "\udc00"}}, (422, "invalid_input")),
        ({"author": {"name": "Ada", "email": "nobody"}}, (422, "invalid_input")),
        ({"author": {"name": "Ada", "email": f"a@{'x' * 400}"}}, (422, "invalid_input")),
        ({"author": {"token": "ombk_cms"}}, (422, "invalid_input")),
        ({"accept_terms": 1}, (422, "invalid_input")),
    ],
    ids=str,
)
def test_what_cannot_be_a_comment_is_refused(
    api: Newsroom, fields: dict[str, object], refusal: tuple[int, str]
) -> None:
    """The refusal names the field or what there is not, is short, and nothing is kept."""
    given = {"article": BRIDGE, "text": OPEN, "author": {"name": "Ada"}, "accept_terms": True}
    body = json.dumps({**given, **fields}).encode()
    answer = api.client.post(
        "/api/comments", content=body, headers={"Content-Type": "application/json"}
    )

    assert code(answer) == refusal
    assert len(answer.content) < 500
    assert nothing_kept(api)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"", (400, "invalid_json")),
        (b"{bad", (400, "invalid_json")),
        (b"null", (400, "invalid_json")),
        (b"[]", (400, "invalid_json")),
        (b'"text"', (400, "invalid_json")),
        (b'{"text": "\xff"}', (400, "invalid_json")),
        (b'{"text": ' + b"[" * 100_000, (400, "invalid_json")),
        (b'{"article": ' + b"9" * 5_000 + b"}", (400, "invalid_json")),
        (b"{}", (422, "invalid_input")),
        (b'{"text": "' + b"x" * 4 * 2**20 + b'"}', (413, "too_large")),
    ],
    ids=lambda given: repr(given)[:20],
)
def test_a_body_that_cannot_be_read_is_refused(
    api: Newsroom, body: bytes, refusal: tuple[int, str]
) -> None:
    """No JSON, no object, no UTF-8, too deep, too large: also where no length was announced."""
    headers = {"Content-Type": "application/json"}
    answers = [
        api.client.post("/api/comments", content=body, headers=headers),
        api.client.post("/api/comments", content=iter([body]), headers=headers),
    ]

    assert [code(answer) for answer in answers] == [refusal] * 2
    assert nothing_kept(api)


def test_a_length_that_is_none_is_no_fault(api: Newsroom) -> None:
    """A strange Content-Length is left to the server; what comes in is counted all the same."""
    headers = {"Content-Type": "application/json", "Content-Length": "²".encode("latin-1")}
    answer = api.client.post("/api/comments", content=b"{}", headers=headers)  # type: ignore[arg-type]

    assert code(answer) == (422, "invalid_input")


def test_answers_have_a_place(api: Newsroom) -> None:
    """Nobody answers what is held, deleted, erased, elsewhere, or ten deep already."""
    held = api.sent("It waits.")["id"]
    gone, erased = (api.approved(text)["id"] for text in ("It goes.", "It is erased."))
    api.rule(gone, "delete", "shouting")
    with api.store.writing() as tx:
        erasure.comment(tx, erased, "asked for", "ombud", api.now())
    elsewhere = api.approved("About boats.", article=FERRY)["id"]

    for parent in (held, gone, erased, elsewhere):
        assert code(api.send("An answer.", "Bo", parent=parent)) == (404, "not_found")
    parent = api.approved("The root.")["id"]
    for depth in range(1, 11):
        sent = api.approved(f"Answer {depth}.", "Bo", parent=parent)
        assert sent["comment"]["depth"] == depth
        parent = sent["id"]
    refused = api.send("One too deep.", parent=parent)
    assert code(refused) == (422, "invalid_input")
    assert "nest 10 deep" in refused.json()["detail"]


@pytest.mark.parametrize("mode", ["article", "outlet"])
def test_a_closed_article_takes_nothing(api: Newsroom, mode: str) -> None:
    """Closed by itself or with its outlet: comments and previews are refused, pages stay."""
    place = "/api/articles/1" if mode == "article" else "/api/outlets/harbour"
    given = {"mode": "closed", "reason": "It is late."}
    assert api.client.patch(place, json=given, headers=key("edith")).status_code == 200

    assert code(api.send()) == (409, "closed")
    given = {"article": BRIDGE, "text": OPEN, "author": {"name": "Ada"}}
    assert code(api.client.post("/api/comments/preview", json=given)) == (409, "closed")
    shown = api.client.get("/api/comments", params={"article": BRIDGE}).json()
    assert shown["article"]["open"] is False
    known = api.client.get("/api/articles", headers=key("edith")).json()["articles"]
    assert {one["url"]: one["open"] for one in known}[BRIDGE] is False
    assert api.send(article=MILL).status_code == 201


def test_what_is_written_as_html_comes_back_as_text(api: Newsroom) -> None:
    """Script in every field is kept as it is and sent as JSON that no browser takes for a page."""
    given = {"url": f"{BRIDGE}?q=<b>", "title": SCRIPT, "byline": SCRIPT, "text": SCRIPT}
    article = api.client.put(
        "/api/articles", json={**given, "outlet": "harbour"}, headers=key("cms")
    ).json()["id"]
    email = "<script>@mail.example"
    sent = api.approved(SCRIPT, SCRIPT, article=article, author={"name": SCRIPT, "email": email})
    reader = bearer(sent["reader"]["token"])
    place = f"/api/comments/{sent['id']}"
    api.client.post(f"{place}/flags", json={"note": SCRIPT}, headers=reader)
    api.client.post(
        f"{place}/rulings", json={"action": "approve", "note": SCRIPT}, headers=key("joon")
    )
    ban = {"reason": SCRIPT}
    api.client.post(f"/api/readers/{sent['reader']['id']}/bans", json=ban, headers=key("edith"))

    page = api.client.get("/api/comments", params={"article": article})
    item = api.client.get(place, headers=key("joon"))
    reader_shown = api.client.get(f"/api/readers/{sent['reader']['id']}", headers=key("joon"))
    for answer in (page, item, reader_shown):
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
    (shown,) = page.json()["comments"]
    assert (shown["text"], shown["author"]["name"]) == (SCRIPT, SCRIPT)
    assert (page.json()["article"]["title"], page.json()["article"]["byline"]) == (SCRIPT, SCRIPT)
    assert item.json()["rulings"][-1]["note"] == SCRIPT
    assert item.json()["flagged"][0]["note"] == SCRIPT
    assert reader_shown.json()["bans"][0]["reason"] == SCRIPT


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://harbour.example/a",
        "https://",
        "https://:443/",
        "//harbour.example/a",
        "http://[",
        "http://[::1",
        "https://harbour.example:port/",
        "https://user:password@harbour.example/a",
        "https://harbour.example/a\nSet-Cookie: b",
        "https://harbour.example/a b",
        "https://evil.example\\@harbour.example/",
        "https://" + "x" * 300 + ".example/",
        "1",
    ],
)
def test_an_address_that_is_none_is_refused(api: Newsroom, url: str) -> None:
    """An article's address, an origin and a page of terms are addresses that browsers follow."""
    article = {"url": url, "title": "T", "outlet": "harbour"}
    answers = [
        api.client.put("/api/articles", json=article, headers=key("cms")),
        *(
            api.client.patch("/api/outlets/harbour", json=given, headers=key("edith"))
            for given in ({"origins": [url], "reason": "R"}, {"terms_url": url, "reason": "R"})
        ),
    ]

    assert [code(answer) for answer in answers] == [(422, "invalid_input")] * 3


def test_an_origin_is_kept_as_browsers_send_it(api: Newsroom) -> None:
    """Large letters, a port that goes without saying and letters of other scripts are levelled."""
    written = ["https://Harbour.Example:443/", "http://bücher.example", "http://[::1]:8000/x"]
    given = {"origins": written, "reason": "They moved."}
    answer = api.client.patch("/api/outlets/harbour", json=given, headers=key("edith"))

    assert answer.json()["origins"] == [
        "https://harbour.example",
        "http://xn--bcher-kva.example",
        "http://[::1]:8000",
    ]


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "2026-10-14T09:00:00", "x"]
)
def test_a_time_at_the_end_of_the_calendar_is_refused(api: Newsroom, moment: str) -> None:
    """What could be kept and never read again is not kept; nor is a time without a zone."""
    article = {"url": f"{BRIDGE}/t", "title": "T", "outlet": "harbour", "published_at": moment}
    reader = api.sent()["reader"]["id"]
    ban = {"reason": "R", "until": moment}

    for answer in (
        api.client.put("/api/articles", json=article, headers=key("cms")),
        api.client.post(f"/api/readers/{reader}/bans", json=ban, headers=key("edith")),
    ):
        assert code(answer) == (422, "invalid_input")
    past = {"reason": "R", "until": "2001-01-01T00:00:00Z"}
    answer = api.client.post(f"/api/readers/{reader}/bans", json=past, headers=key("edith"))
    assert code(answer) == (422, "invalid_input")


def test_a_ruling_that_cannot_be_made_is_refused(api: Newsroom) -> None:
    """Another action, a clause that is none, too long a note, an erased comment, none at all."""
    number, erased = (api.sent(text)["id"] for text in (OPEN, "It is erased."))
    with api.store.writing() as tx:
        erasure.comment(tx, erased, "asked for", "ombud", api.now())

    def rule(comment: int, **given: object) -> tuple[int, str]:
        place = f"/api/comments/{comment}/rulings"
        headers = {**key("joon"), "Content-Type": "application/json"}
        return code(api.client.post(place, content=json.dumps(given), headers=headers))

    assert rule(number, action="hold") == (422, "invalid_input")
    assert rule(number, action="delete", clause="loudness") == (422, "invalid_input")
    assert rule(number, action="delete", clause="x" * 2**20) == (422, "invalid_input")
    assert rule(number, action="approve", note="x" * 2_001) == (422, "invalid_input")
    assert rule(number, action="approve", note="\ud800") == (422, "invalid_input")
    assert rule(number, clause="shouting") == (422, "invalid_input")
    assert rule(erased, action="approve") == (409, "conflict")
    assert rule(77, action="approve") == (404, "not_found")
    assert rule(10**30, action="approve") == (422, "invalid_input")
    place = f"/api/comments/{number}/escalation"
    assert code(api.client.post(place, json={"note": " "}, headers=key("joon"))) == (
        422,
        "invalid_input",
    )
    picked = api.client.put(f"/api/comments/{number}/pick", headers=key("edith"))
    assert code(picked) == (409, "conflict")
    bulk = {"comments": [number] * 501, "action": "approve"}
    assert code(api.client.post("/api/rulings", json=bulk, headers=key("joon"))) == (
        422,
        "invalid_input",
    )


def test_a_wrong_way_is_answered_in_the_same_shape(client: TestClient) -> None:
    """A path that is none, a method that is none, and a number that is none."""
    assert code(client.get("/api/nowhere")) == (404, "not_found")
    assert code(client.put("/api/comments", json={})) == (405, "method_not_allowed")
    assert code(client.get("/api/comments/one")) == (422, "invalid_input")
    assert code(client.get("/api/comments")) == (422, "invalid_input")
    assert code(client.get("/api/comments?article=1&limit=101")) == (422, "invalid_input")
    assert code(client.get("/api/comments?article=1&sort=best")) == (422, "invalid_input")
