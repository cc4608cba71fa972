"""The calls of readers and of the newsroom's system, as docs/api.md promises them."""

from datetime import UTC, datetime

import pytest
from newsroom import BRIDGE, FERRY, MILL, OPEN, Newsroom, bearer, code, key

CLAUSES = ("rule", "title", "clause", "why", "begin", "end", "quote")
PUBLIC = {
    "id",
    "article",
    "parent",
    "root",
    "depth",
    "author",
    "text",
    "created_at",
    "picked",
    "removed",
}
LOUD = "WHY IS NOBODY TALKING ABOUT THIS SCANDAL"


def page(api: Newsroom, article: str = BRIDGE, **asked: object) -> dict:  # type: ignore[type-arg]
    """Return a page of an article's comments."""
    answer = api.client.get("/api/comments", params={"article": article, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_a_first_comment_waits_and_its_reader_is_told(api: Newsroom) -> None:
    """The answer holds what is promised, and the token with which the reader comes back."""
    sent = api.sent(LOUD)

    assert {"id", "state", "notice", "comment", "reader"} == set(sent)
    assert sent["state"] == "held"
    assert set(sent["comment"]) == PUBLIC
    assert sent["comment"]["author"] == {"name": "Ada", "staff": False}
    assert sent["reader"]["name"] == "Ada"
    assert sent["reader"]["token"].startswith("ombr_")
    found = sent["notice"]["findings"][0]
    assert set(CLAUSES) == set(found)
    assert found["quote"] == LOUD[found["begin"] : found["end"]]
    assert found["title"] == "No SHOUTING."


def test_a_reader_without_an_account_comes_back_with_the_token(api: Newsroom) -> None:
    """The token shows one's own comments in every state, and writes under the same reader."""
    first = api.sent()
    token = bearer(first["reader"]["token"])
    second = api.sent("A second thought.", headers=token, author=None, accept_terms=False)
    elsewhere = api.sent("About boats.", headers=token, article=FERRY, accept_terms=False)
    api.rule(first["id"], "delete", "shouting")

    mine = api.client.get("/api/mine", headers=token).json()["comments"]
    here = api.client.get("/api/mine", params={"article": BRIDGE}, headers=token).json()
    assert [one["id"] for one in mine] == [elsewhere["id"], second["id"], first["id"]]
    assert [one["id"] for one in here["comments"]] == [second["id"], first["id"]]
    assert [one["state"] for one in mine] == ["held", "held", "deleted"]
    assert mine[2]["notice"]["findings"][0]["title"] == "No SHOUTING."
    assert mine[2]["comment"]["text"] == OPEN
    assert second["reader"]["id"] == first["reader"]["id"]


def test_a_token_in_the_body_is_as_good_as_in_the_header(api: Newsroom) -> None:
    """`author` may be a token, or hold one."""
    first = api.sent()
    token = first["reader"]["token"]
    answers = [
        api.sent("A second.", author=token, accept_terms=False),
        api.sent("A third.", author={"token": token}, accept_terms=False),
    ]

    assert [one["reader"]["id"] for one in answers] == [first["reader"]["id"]] * 2


def test_a_comment_is_seen_by_its_reader_and_by_others_when_approved(api: Newsroom) -> None:
    """The reader sees state and notice; others nothing before, and only the comment after."""
    sent = api.sent()
    place = f"/api/comments/{sent['id']}"
    other = bearer(api.sent("Another one.", "Bo")["reader"]["token"])
    before = [api.client.get(place), api.client.get(place, headers=other)]
    own = api.client.get(place, headers=bearer(sent["reader"]["token"])).json()
    api.rule(sent["id"])

    assert [code(answer) for answer in before] == [(404, "not_found")] * 2
    assert {"id", "state", "notice", "comment"} == set(own)
    assert set(api.client.get(place).json()) == PUBLIC
    assert "state" not in api.client.get(place, headers=other).json()


def test_a_page_holds_threads_with_their_first_answers(api: Newsroom) -> None:
    """Newest and oldest first, ten answers a root, the rest behind a cursor, nothing twice."""
    root = api.approved("The first root.")["id"]
    answers = [api.approved(f"Answer {n}.", parent=root)["id"] for n in range(12)]
    late = api.approved("The second root.")["id"]
    newest, oldest = page(api), page(api, sort="oldest")

    assert [one["id"] for one in newest["comments"]] == [late, root]
    assert [one["id"] for one in oldest["comments"]] == [root, late]
    assert newest["count"] == newest["article"]["count"] == 14
    assert newest["next"] is None
    top = newest["comments"][1]
    assert set(top) == PUBLIC | {"replies", "replies_next"}
    assert [one["id"] for one in top["replies"]] == answers[:10]
    asked = {"root": root, "after": top["replies_next"]}
    more = api.client.get("/api/comments", params=asked).json()
    assert [one["id"] for one in more["comments"]] == answers[10:]
    assert more["next"] is None
    assert [one["depth"] for one in more["comments"]] == [1, 1]
    assert {one["root"] for one in more["comments"]} == {root}


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_follow_each_other_without_gap_or_doubling(api: Newsroom, sort: str) -> None:
    """Going on from cursor to cursor one meets every root once, in order."""
    numbers = [api.approved(f"Root {n}.")["id"] for n in range(5)]
    seen: list[int] = []
    after = None
    for _ in range(3):
        found = page(api, sort=sort, limit=2, **({"after": after} if after else {}))
        seen += [one["id"] for one in found["comments"]]
        after = found["next"]

    assert after is None
    assert seen == (numbers if sort == "oldest" else numbers[::-1])


def test_what_was_taken_away_keeps_its_place_only(api: Newsroom) -> None:
    """A deleted comment with approved answers is shown removed; without answers it is gone."""
    root = api.approved("A root that goes.")["id"]
    answer = api.approved("An answer that stays.", "Bo", parent=root)["id"]
    alone = api.approved("Alone, and goes.")["id"]
    for number in (root, alone):
        api.rule(number, "delete", "shouting")

    (shown,) = page(api)["comments"]
    assert (shown["id"], shown["removed"]) == (root, True)
    assert (shown["text"], shown["author"]) == (None, None)
    assert [one["id"] for one in shown["replies"]] == [answer]
    api.rule(answer, "delete", "shouting")
    assert page(api)["comments"] == []


def test_a_preview_says_what_the_policy_would_make_of_it(api: Newsroom) -> None:
    """The nudge names what is wrong, needs no terms and keeps nothing."""
    given = {"article": BRIDGE, "text": LOUD, "author": {"name": "Ada"}}
    loud = api.client.post("/api/comments/preview", json=given).json()
    calm = api.client.post("/api/comments/preview", json={**given, "text": OPEN}).json()

    assert (loud["action"], calm["action"]) == ("HOLD", "APPROVE")
    assert loud["notice"]["findings"][0]["rule"] == "shouting"
    assert calm["notice"]["findings"] == []
    with api.store.reading() as tx:
        for table in ("comments", "readers", "log"):
            assert tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_terms_are_shown_and_accepted_once_a_version(api: Newsroom) -> None:
    """Before a first comment they must be accepted, and again when they changed."""
    assert api.client.get("/api/terms", params={"article": BRIDGE}).json() == {
        "version": "1",
        "url": "/policy",
    }
    assert code(api.send(accept_terms=False)) == (422, "terms_not_accepted")
    token = bearer(api.sent()["reader"]["token"])
    api.sent("A second.", headers=token, accept_terms=False)
    changed = {"terms_version": "2", "terms_url": "https://harbour.example/terms", "reason": "R"}
    api.client.patch("/api/outlets/harbour", json=changed, headers=key("edith"))

    refused = api.send("A third.", headers=token, accept_terms=False)
    assert code(refused) == (422, "terms_not_accepted")
    assert "https://harbour.example/terms" in refused.json()["detail"]
    api.sent("A third.", headers=token)
    api.sent("A fourth.", headers=token, accept_terms=False)


def test_sending_again_under_the_same_key_is_the_same_comment(api: Newsroom) -> None:
    """Reader, comment and token are those of the first time; another body is a conflict."""
    again = {"Idempotency-Key": "4f1c0c52-6f0e-4c0a-9f6b-0d7f1c4f8a11"}
    first, second = (api.sent(headers=again) for _ in range(2))

    assert first == second
    assert code(api.send("Another text.", headers=again)) == (409, "conflict")
    assert code(api.send(article=FERRY, headers=again)) == (409, "conflict")
    assert api.sent(name="Bo", headers=again)["id"] != first["id"]
    with api.store.reading() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM comments").scalar() == 2


def test_a_key_that_could_be_guessed_brings_no_token_back(api: Newsroom) -> None:
    """Name, text and article are public: with a short key anybody could ask for the token."""
    first, second = (api.sent(headers={"Idempotency-Key": "1"}) for _ in range(2))

    assert first["reader"]["token"]
    assert second["reader"]["token"] is None
    assert first["id"] == second["id"]


def test_a_reader_flags_a_comment_once(api: Newsroom) -> None:
    """A flag takes a reader of that outlet and an approved comment, and shows at the desk."""
    flagged = api.approved()["id"]
    held = api.sent("One that waits.")["id"]
    reader = bearer(api.sent("A reader.", "Bo")["reader"]["token"])
    stranger = bearer(api.sent("From the valley.", "Cy", article=MILL)["reader"]["token"])
    given = {"clause": "shouting", "note": "It is loud."}

    def flag(comment: int, headers: dict[str, str], **more: object) -> tuple[int, object]:
        place = f"/api/comments/{comment}/flags"
        answer = api.client.post(place, json={**given, **more}, headers=headers)
        return answer.status_code, answer.json().get("code")

    assert flag(flagged, {}) == (401, "unauthorized")
    assert flag(flagged, reader, clause="loudness") == (422, "invalid_input")
    assert flag(held, reader) == (404, "not_found")
    assert flag(flagged, stranger) == (403, "forbidden")
    assert [flag(flagged, reader) for _ in range(2)] == [(201, None)] * 2
    item = api.client.get(f"/api/comments/{flagged}", headers=key("joon")).json()
    assert item["flags"] == 1
    assert item["flagged"][0]["note"] == "It is loud."


def test_a_banned_reader_is_told_why_and_until_when(api: Newsroom) -> None:
    """A ban keeps from writing and flagging, not from reading, and ends when it is lifted."""
    flagged = api.approved("Another's.", "Bo")["id"]
    sent = api.sent()
    token = bearer(sent["reader"]["token"])
    place = f"/api/readers/{sent['reader']['id']}/bans"
    given = {"reason": "Insults.", "until": "2199-01-02T03:04:00Z"}
    ban = api.client.post(place, json=given, headers=key("edith"))

    refused = api.send("Again.", headers=token)
    assert ban.status_code == 201
    assert code(refused) == (403, "suspended")
    assert "until 02 January 2199, 03:04 UTC: Insults." in refused.json()["detail"]
    assert code(api.client.post(f"/api/comments/{flagged}/flags", json={}, headers=token)) == (
        403,
        "suspended",
    )
    assert api.client.get("/api/mine", headers=token).status_code == 200
    lifted = api.client.delete(f"/api/bans/{ban.json()['id']}", headers=key("edith"))
    assert lifted.json()["lifted_at"] <= datetime.now(UTC).isoformat()
    assert api.send("Again.", headers=token).status_code == 201
