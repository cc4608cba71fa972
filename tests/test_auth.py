"""Who may what: roles, outlets, and programs whose keys are taken away."""

from datetime import UTC, datetime

import pytest
from newsroom import BRIDGE, MILL, Newsroom, bearer, code, key

from ombud.store import staff

MODERATED = [
    ("GET", "/api/queue"),
    ("GET", "/api/articles"),
    ("GET", "/api/outlets"),
    ("GET", "/api/outlets/harbour"),
    ("GET", "/api/policy"),
    ("GET", "/api/policy/versions"),
    ("GET", "/api/readers/1"),
    ("GET", "/api/session"),
    ("GET", "/api/events?queue=1"),
    ("PUT", "/api/comments/1/claim"),
    ("DELETE", "/api/comments/1/claim"),
    ("POST", "/api/comments/1/rulings"),
    ("POST", "/api/comments/1/escalation"),
    ("POST", "/api/rulings"),
    ("DELETE", "/api/rulings/1"),
    ("PATCH", "/api/articles/1"),
    ("PUT", "/api/articles"),
]
EDITED = [
    ("PATCH", "/api/outlets/harbour"),
    ("PUT", "/api/policy"),
    ("PUT", "/api/comments/1/pick"),
    ("DELETE", "/api/comments/1/pick"),
    ("POST", "/api/readers/1/bans"),
    ("DELETE", "/api/bans/1"),
]
BODY = {
    "action": "approve",
    "comments": [1],
    "note": "Look.",
    "mode": None,
    "url": BRIDGE,
    "title": "T",
    "toml": "",
    "reason": "Because.",
}


def ask(api: Newsroom, call: tuple[str, str], headers: dict[str, str]) -> tuple[int, str]:
    """Make a call with a body that all of them can use, and return how it is refused."""
    method, path = call
    body = BODY if method in ("POST", "PUT", "PATCH") else None
    return code(api.client.request(method, path, json=body, headers=headers))


@pytest.mark.parametrize("call", MODERATED + EDITED, ids=" ".join)
def test_what_is_the_staffs_is_nobody_elses(api: Newsroom, call: tuple[str, str]) -> None:
    """Without a sign-in, and with a reader's token, the answer is 401."""
    reader = bearer(api.sent()["reader"]["token"])

    assert ask(api, call, {}) == (401, "unauthorized")
    assert ask(api, call, reader) == (401, "unauthorized")
    assert ask(api, call, {"Cookie": "ombud_session=made-up"}) == (401, "unauthorized")


@pytest.mark.parametrize("call", EDITED, ids=" ".join)
def test_what_is_an_editors_is_no_moderators(api: Newsroom, call: tuple[str, str]) -> None:
    """The refusal names the role that it takes and the one there is."""
    assert ask(api, call, key("joon")) == (403, "forbidden")
    assert ask(api, call, api.cookie("mira")) == (403, "forbidden")


@pytest.mark.parametrize(
    "call",
    [
        ("GET", "/api/comments/1"),
        ("PUT", "/api/comments/1/claim"),
        ("DELETE", "/api/comments/1/claim"),
        ("PUT", "/api/comments/1/pick"),
        ("POST", "/api/comments/1/rulings"),
        ("POST", "/api/comments/1/escalation"),
        ("DELETE", "/api/rulings/1"),
        ("GET", "/api/readers/1"),
        ("POST", "/api/readers/1/bans"),
        ("DELETE", "/api/bans/1"),
        ("GET", "/api/outlets/harbour"),
        ("PATCH", "/api/outlets/harbour"),
        ("PATCH", "/api/articles/1"),
    ],
    ids=" ".join,
)
def test_staff_of_another_outlet_see_nothing_there(api: Newsroom, call: tuple[str, str]) -> None:
    """What is there answers as what is not: 404, in the same words."""
    comment = api.sent()
    api.rule(comment["id"], "delete", "shouting")
    banned = {"reason": "Insults."}
    place = f"/api/readers/{comment['reader']['id']}/bans"
    assert api.client.post(place, json=banned, headers=key("edith")).status_code == 201

    method, path = call
    missing = path.replace("/1", "/77").replace("harbour", "nowhere")
    answers = [
        api.client.request(
            method,
            place,
            headers=key("vera"),
            **({"json": BODY} if method in ("POST", "PUT", "PATCH") else {}),
        )
        for place in (path, missing)
    ]
    assert [code(answer) for answer in answers] == [(404, "not_found")] * 2
    there, nowhere = (answer.json()["detail"] for answer in answers)
    assert there == nowhere.replace("77", "1").replace("nowhere", "harbour")


def test_staff_of_another_outlet_find_nothing_in_lists(api: Newsroom) -> None:
    """Queue, articles and outlets hold one's own only, also when another's is asked for."""
    api.sent("Words of the harbour.")
    for path, name in (
        ("/api/queue", "items"),
        ("/api/queue?outlet=harbour", "items"),
        ("/api/queue?state=all&article=1", "items"),
        ("/api/queue?q=harbour", "items"),
    ):
        answer = api.client.get(path, headers=key("vera")).json()
        assert (answer[name], answer["count"]) == ([], 0)
    known = api.client.get("/api/articles", headers=key("vera")).json()["articles"]
    assert [article["url"] for article in known] == [MILL]
    known = api.client.get("/api/outlets", headers=key("vera")).json()["outlets"]
    assert [outlet["id"] for outlet in known] == ["valley"]
    ruled = {"comments": [1], "action": "approve"}
    answer = api.client.post("/api/rulings", json=ruled, headers=key("vera")).json()
    assert answer["rulings"][0]["code"] == "not_found"


def test_the_policy_takes_an_editor_of_all_outlets(api: Newsroom) -> None:
    """An editor of one outlet cannot change what holds for the other."""
    given = {"toml": "[rules.loudness]", "reason": "Test."}

    assert code(api.client.put("/api/policy", json=given, headers=key("edith"))) == (
        403,
        "forbidden",
    )
    refused = api.client.put("/api/policy", json=given, headers=key("cms"))
    assert code(refused) == (422, "invalid_policy")


def test_a_revoked_key_opens_nothing(api: Newsroom) -> None:
    """From the moment on which it is taken away a key is unknown."""
    assert api.client.get("/api/queue", headers=key("joon")).status_code == 200
    with api.store.writing() as tx:
        staff.revoke(tx, "joon", datetime.now(UTC))

    assert code(api.client.get("/api/queue", headers=key("joon"))) == (401, "unauthorized")
