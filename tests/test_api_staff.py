"""The calls of the staff, as docs/api.md promises them."""

import threading

import pytest
from newsroom import BRIDGE, FERRY, MILL, OPEN, Newsroom, bearer, code, key

from ombud.store import log
from ombud.web.news import Event

ITEM = set(
    "id state text created_at author article parent decision held_because suggested certainty"
    " disagreement flags escalated claim ruling".split()
)
DETAILS = set("rulings flags audit alike article_text history".split())
LOUD = "WHY IS NOBODY TALKING ABOUT THIS SCANDAL"


def queue(api: Newsroom, who: str = "joon", **asked: object) -> list[int]:
    """Return the numbers of the comments in a list."""
    answer = api.client.get("/api/queue", params=asked, headers=key(who))  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_an_item_holds_what_a_ruling_rests_on(api: Newsroom) -> None:
    """All fields that are promised, the words of the clause and the quote among them."""
    root = api.approved()["id"]
    loud = api.sent(LOUD, "Bo", parent=root)["id"]
    (item,) = api.client.get("/api/queue", headers=key("joon")).json()["items"]
    whole = api.client.get(f"/api/comments/{loud}", headers=key("joon")).json()

    assert set(item) >= ITEM
    assert set(whole) >= ITEM | DETAILS
    assert {name: whole[name] for name in ITEM} == {name: item[name] for name in ITEM}
    assert item["parent"] == {"id": root, "name": "Ada", "text": OPEN}
    assert item["suggested"] == {"action": "delete", "clause": "shouting"}
    (found,) = item["decision"]["findings"]
    assert found["quote"] == LOUD[found["begin"] : found["end"]]
    assert found["title"] == "No SHOUTING."
    assert (item["article"]["url"], item["article"]["outlet"]) == (BRIDGE, "harbour")
    assert whole["article_text"] == "It is closed for two winters."
    assert [entry["deed"] for entry in whole["audit"]] == ["sent"]


def test_lists_are_narrowed_and_ordered(api: Newsroom) -> None:
    """By state, clause, article, outlet, reader, words, flags and editors; oldest first."""
    calm, loud = api.sent(), api.sent(LOUD, "Bo")
    ferry, mill = api.sent("Boats.", article=FERRY), api.sent("Flour.", article=MILL)
    approved = api.approved("A hundred % sure.")
    reader = bearer(loud["reader"]["token"])
    api.client.post(f"/api/comments/{approved['id']}/flags", json={}, headers=reader)
    api.client.post(
        f"/api/comments/{calm['id']}/escalation", json={"note": "?"}, headers=key("joon")
    )
    held = [calm["id"], loud["id"], ferry["id"]]

    assert queue(api) == held
    assert queue(api, order="newest") == held[::-1]
    assert queue(api, order="certainty")[0] == loud["id"]
    assert sorted(queue(api, order="disagreement")) == held
    assert queue(api, "cms") == [*held, mill["id"]]
    assert queue(api, "cms", outlet="valley") == [mill["id"]]
    assert queue(api, clause="shouting") == [loud["id"]]
    assert queue(api, article=2) == [ferry["id"]]
    assert queue(api, reader=loud["reader"]["id"]) == [loud["id"]]
    assert queue(api, escalated=1) == [calm["id"]]
    assert queue(api, state="approved") == queue(api, state="all", flagged=1) == [approved["id"]]
    assert queue(api, state="all", q="hundred %") == [approved["id"]]
    assert queue(api, state="all", q="_") == []
    assert code(api.client.get("/api/queue?state=lost", headers=key("joon"))) == (
        422,
        "invalid_input",
    )


def test_the_queue_goes_on_where_it_ended(api: Newsroom) -> None:
    """From cursor to cursor every held comment is seen once, in every order."""
    numbers = [api.sent(f"Comment {n}.")["id"] for n in range(5)]
    for order in ("oldest", "newest", "disagreement", "certainty"):
        seen: list[int] = []
        asked: dict[str, object] = {"order": order, "limit": 2}
        while True:
            answer = api.client.get("/api/queue", params=asked, headers=key("joon")).json()  # type: ignore[arg-type]
            assert answer["count"] == 5
            seen += [item["id"] for item in answer["items"]]
            if answer["next"] is None:
                break
            asked["after"] = answer["next"]
        assert sorted(seen) == numbers


def test_a_ruling_cites_a_clause_and_can_be_taken_back(api: Newsroom) -> None:
    """Deleting cites the clause given or the strictest found; undoing restores, as a new ruling."""
    number = api.sent(LOUD)["id"]
    deleted = api.rule(number, "delete")
    foreign = api.client.delete(f"/api/rulings/{deleted['id']}", headers=api.cookie("mira"))
    undone = api.client.delete(f"/api/rulings/{deleted['id']}", headers=key("joon"))
    again = api.client.delete(f"/api/rulings/{deleted['id']}", headers=key("joon"))

    assert (deleted["comment"], deleted["state"], deleted["clause"]) == (
        number,
        "deleted",
        "shouting",
    )
    assert code(foreign) == (403, "forbidden")
    assert (undone.status_code, undone.json()["state"]) == (200, "held")
    assert undone.json()["id"] != deleted["id"]
    assert code(again) == (409, "conflict")
    shown = api.client.get(f"/api/comments/{number}", headers=key("joon")).json()
    assert [ruling["action"] for ruling in shown["rulings"]] == ["delete", "undo"]
    assert shown["ruling"] is None


def test_many_rulings_stand_or_fall_alone(api: Newsroom) -> None:
    """Each comment answers for itself, in the order asked, and none is ruled on twice."""
    numbers = [api.sent(f"Comment {n}.")["id"] for n in range(2)]
    given = {"comments": [numbers[0], 77, numbers[1], numbers[0]], "action": "approve"}
    answer = api.client.post("/api/rulings", json=given, headers=key("joon"))

    found = answer.json()["rulings"]
    assert answer.status_code == 200
    assert [one["comment"] for one in found] == [numbers[0], 77, numbers[1]]
    assert [one.get("state") for one in found] == ["approved", None, "approved"]
    assert (found[1]["code"], bool(found[1]["detail"])) == ("not_found", True)


def test_a_claim_keeps_others_off(api: Newsroom) -> None:
    """Whoever claims first rules; others are told who it is; programs and people are told apart."""
    number = api.sent()["id"]
    place = f"/api/comments/{number}"
    mira = api.cookie("mira")
    claimed = api.client.put(f"{place}/claim", headers=mira)
    refused = api.client.put(f"{place}/claim", headers=key("joon"))
    ruled = {"action": "approve"}

    assert set(claimed.json()) == {"by", "until"}
    assert code(refused) == (409, "conflict")
    assert "mira" in refused.json()["detail"]
    assert code(api.client.post(f"{place}/rulings", json=ruled, headers=key("joon"))) == (
        409,
        "conflict",
    )
    api.client.delete(f"{place}/claim", headers=key("joon"))
    assert code(api.client.put(f"{place}/claim", headers=key("joon"))) == (409, "conflict")
    assert api.client.put(f"{place}/claim", headers=mira).status_code == 200
    api.client.delete(f"{place}/claim", headers=mira)
    assert api.client.put(f"{place}/claim", headers=key("joon")).status_code == 200


def test_who_held_nothing_lets_go_of_nothing(
    api: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desks are told of a release only where there was a claim of the one who asks."""
    told: list[Event] = []

    async def tell(event: Event) -> None:
        told.append(event)

    monkeypatch.setattr(api.client.app.state.live, "tell", tell)  # type: ignore[attr-defined]
    place = f"/api/comments/{api.sent()['id']}/claim"
    api.client.put(place, headers=key("joon"))
    for who in ("cms", "joon", "joon"):
        assert api.client.delete(place, headers=key(who)).status_code == 200

    assert [event.name for event in told] == ["claimed", "released"]


def test_two_who_claim_at_once_never_both_hold_it(api: Newsroom) -> None:
    """Of many programs and people who ask at the same time one gets the comment."""
    number = api.sent()["id"]
    callers = [key("joon"), key("cms"), key("edith"), api.cookie("mira"), api.cookie("chief")]
    begin, answers = threading.Barrier(len(callers)), []

    def claim(who: dict[str, str]) -> None:
        begin.wait(20)
        answers.append(api.client.put(f"/api/comments/{number}/claim", headers=who).status_code)

    threads = [threading.Thread(target=claim, args=(who,)) for who in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(answers) == [200, 409, 409, 409, 409]


def test_what_waits_for_an_editor_is_an_editors(api: Newsroom) -> None:
    """After an escalation moderators cannot rule, editors can, and the note is there."""
    number = api.sent()["id"]
    place = f"/api/comments/{number}"
    answer = api.client.post(
        f"{place}/escalation", json={"note": "Is it libel?"}, headers=key("joon")
    )
    refused = api.client.post(
        f"{place}/rulings", json={"action": "approve"}, headers=api.cookie("mira")
    )

    assert answer.status_code == 201
    assert code(refused) == (403, "forbidden")
    shown = api.client.get(place, headers=key("edith")).json()
    assert (shown["escalated"], shown["rulings"][-1]["note"]) == (True, "Is it libel?")
    assert api.rule(number, who="edith")["state"] == "approved"


def test_picks_are_approved_comments(api: Newsroom) -> None:
    """A pick stands alone among the picks, and is none any more when it is deleted."""
    root = api.approved()["id"]
    answer = api.approved("A fine answer.", "Bo", parent=root)["id"]
    place = f"/api/comments/{answer}/pick"
    picks = {"article": BRIDGE, "sort": "picks"}
    picked = api.client.put(place, headers=key("edith"))
    shown = api.client.get("/api/comments", params=picks).json()["comments"]
    unpicked = api.client.delete(place, headers=key("edith"))

    assert picked.json() == {"picked": True}
    assert [(one["id"], one["picked"], one["replies"]) for one in shown] == [(answer, True, [])]
    assert unpicked.json() == {"picked": False}
    api.client.put(place, headers=key("edith"))
    api.rule(answer, "delete", "shouting")
    assert api.client.get("/api/comments", params=picks).json()["comments"] == []


def test_a_reader_as_the_staff_sees_them(api: Newsroom) -> None:
    """Name, since when, how many comments in which state, bans, and the comments themselves."""
    sent = api.approved()
    api.sent("Held.", headers=bearer(sent["reader"]["token"]), author=None)
    shown = api.client.get(f"/api/readers/{sent['reader']['id']}", headers=key("joon")).json()

    assert (shown["name"], shown["approved"], shown["held"], shown["deleted"]) == ("Ada", 1, 1, 0)
    assert [item["text"] for item in shown["comments"]] == ["Held.", OPEN]
    assert set(shown) >= {"since", "bans", "outlet"}


def test_settings_of_an_outlet_are_changed_one_by_one(api: Newsroom) -> None:
    """What is left out stays, and an automatic outlet publishes what the policy approves."""
    place = "/api/outlets/harbour"
    before = api.client.get(place, headers=key("edith")).json()
    given = {"mode": "automatic", "name": "The Post"}
    asked = {**given, "reason": "We trust it now."}
    after = api.client.patch(place, json=asked, headers=key("edith")).json()

    assert after == {**before, **given}
    assert api.client.get(place, headers=key("joon")).json() == after
    assert (api.sent()["state"], api.sent(LOUD, "Bo")["state"]) == ("approved", "held")
    assert len(api.client.get("/api/comments", params={"article": BRIDGE}).json()["comments"]) == 1


@pytest.mark.parametrize(
    "given", [{"mode": "open"}, {"trust_after": -1}, {"name": ""}, {"reason": " "}]
)
def test_settings_that_cannot_be_are_refused(api: Newsroom, given: dict[str, object]) -> None:
    """A mode that is none, a negative number, no name, blanks for a reason."""
    asked = {"reason": "R", **given}
    answer = api.client.patch("/api/outlets/harbour", json=asked, headers=key("edith"))

    assert code(answer) == (422, "invalid_input")


def test_a_change_of_settings_says_why(api: Newsroom) -> None:
    """Without a reason nothing changes; with one the log keeps it, with what changed alone."""
    place = "/api/outlets/harbour"
    refused = api.client.patch(place, json={"mode": "closed"}, headers=key("edith"))
    for mode in ("premoderate", "closed"):
        given = {"mode": mode, "trust_after": 0, "reason": "It gets late."}
        api.client.patch(place, json=given, headers=key("edith"))

    assert code(refused) == (422, "invalid_input")
    assert "'reason'" in refused.json()["detail"]
    with api.store.reading() as tx:
        (entry,) = (one for one in log.since(tx, 0) if one.deed == "outlet_changed")
    assert (entry.by, entry.facts) == ("key:edith", {"mode": "closed", "reason": "It gets late."})
