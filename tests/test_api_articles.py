"""Articles as the newsroom's system enters them, and what everybody may know of them."""

from newsroom import BRIDGE, FERRY, Newsroom, code, key

from ombud.store import log


def page(api: Newsroom) -> dict:  # type: ignore[type-arg]
    """Return the page of an article's comments."""
    answer = api.client.get("/api/comments", params={"article": BRIDGE})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def changes(api: Newsroom) -> list[dict[str, object]]:
    """Return what the log keeps of changes of outlets."""
    with api.store.reading() as tx:
        return [dict(one.facts) for one in log.since(tx, 0) if one.deed == "outlet_changed"]


def test_an_address_is_one_article(api: Newsroom) -> None:
    """A new address is 201, the same again 200 with the same number, also with another title."""
    given = {"url": f"{BRIDGE}/more", "title": "More of it", "outlet": "harbour"}
    answers = [
        api.client.put("/api/articles", json=given, headers=key("cms")),
        api.client.put("/api/articles", json=given, headers=key("cms")),
        api.client.put("/api/articles", json={**given, "title": "Most"}, headers=key("cms")),
    ]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    first = answers[0].json()
    assert {"id", "url", "outlet"} == set(first)
    assert [first] * 3 == [answer.json() for answer in answers]
    assert api.client.get(f"/api/articles/{first['id']}").json()["title"] == "Most"


def test_an_article_is_shown_to_anybody(api: Newsroom) -> None:
    """All that is promised of an article, times in UTC, without its text."""
    given = {
        "url": f"{BRIDGE}/time",
        "title": "T",
        "byline": "B",
        "text": "secret draft",
        "published_at": "2026-10-14T11:00:00+02:00",
        "outlet": "harbour",
    }
    number = api.client.put("/api/articles", json=given, headers=key("cms")).json()["id"]
    shown = api.client.get(f"/api/articles/{number}").json()

    assert shown == {
        "id": number,
        "url": given["url"],
        "title": "T",
        "byline": "B",
        "published_at": "2026-10-14T09:00:00.000Z",
        "outlet": "harbour",
        "mode": None,
        "open": True,
        "count": 0,
    }


def test_an_outlet_is_opened_where_that_is_asked_for(api: Newsroom) -> None:
    """A typing error is refused with the outlets there are; a key of one outlet opens none."""
    given = {"url": "https://isle.example/a", "title": "Isle", "outlet": "isle"}
    mistyped = api.client.put("/api/articles", json=given, headers=key("cms"))
    given["open_outlet"] = True  # type: ignore[assignment]
    refused = api.client.put("/api/articles", json=given, headers=key("joon"))
    opened = api.client.put("/api/articles", json=given, headers=key("cms"))

    assert code(mistyped) == (422, "invalid_input")
    assert "no outlet 'isle'; there are: harbour, valley;" in mistyped.json()["detail"]
    assert code(refused) == (403, "forbidden")
    assert opened.status_code == 201
    outlet = api.client.get("/api/outlets/isle", headers=key("cms")).json()
    assert (outlet["mode"], outlet["origins"]) == ("premoderate", ["https://isle.example"])


def test_an_address_that_may_now_ask_stands_in_the_log(api: Newsroom) -> None:
    """An article elsewhere widens its outlet's origins, once, and the log says why."""
    given = {"url": "https://more.example/a", "title": "More", "outlet": "harbour"}
    for title in ("More", "Most"):
        api.client.put("/api/articles", json={**given, "title": title}, headers=key("cms"))

    (facts,) = changes(api)
    assert facts == {
        "origins": ["https://harbour.example", "https://more.example"],
        "reason": "an article with this address was entered",
    }


def test_the_outlet_may_be_left_out_where_there_is_one(api: Newsroom) -> None:
    """Who sees one outlet need not name it, who sees two must."""
    given = {"url": f"{BRIDGE}/x", "title": "X"}
    several = api.client.put("/api/articles", json=given, headers=key("cms"))
    one = api.client.put("/api/articles", json=given, headers=key("joon"))

    assert code(several) == (422, "invalid_input")
    assert "harbour, valley" in several.json()["detail"]
    assert (one.status_code, one.json()["outlet"]) == (201, "harbour")


def test_a_mode_that_changes_alone_is_seen_at_once(api: Newsroom) -> None:
    """An article put again as it was, but closed, is closed on every page."""
    assert page(api)["article"]["open"]
    number = page(api)["article"]["id"]
    shown = api.client.get(f"/api/articles/{number}").json()
    given = {
        "url": BRIDGE,
        "title": shown["title"],
        "byline": shown["byline"],
        "text": "It is closed for two winters.",
        "published_at": shown["published_at"],
        "mode": "closed",
    }
    api.client.put("/api/articles", json=given, headers=key("cms"))
    api.client.put("/api/articles", json=given, headers=key("cms"))

    assert not page(api)["article"]["open"]
    assert code(api.send()) == (409, "closed")
    with api.store.reading() as tx:
        entered = [one for one in log.since(tx, 0) if one.deed == "article_mode"]
    assert len(entered) == 1


def test_comments_are_counted_by_address_and_number(api: Newsroom) -> None:
    """Counts come back by what was asked; what is unknown has none."""
    api.approved()
    asked = [BRIDGE, "1", "01", FERRY, "https://nobody.example/", "9" * 30, "9" * 5000, "٣", "-1"]
    answer = api.client.get("/api/counts", params={"article": asked})

    assert answer.status_code == 200
    assert answer.json() == {
        "counts": {one: 1 if one in (BRIDGE, "1", "01") else 0 for one in asked}
    }
