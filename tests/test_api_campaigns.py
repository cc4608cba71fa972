"""Campaigns over HTTP: what is shown to whom, one ruling on all, its undoing, and refusals."""

from typing import Any

import pytest
from newsroom import MILL, Newsroom, code, key

SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
REWORDED = (
    "The mayor must resign over the ferry contract!",
    "Who signs such a contract for a ferry should, if he is our mayor, be made to resign.",
)
VARIANTS = (SLOGAN, f"Yes!! {SLOGAN}", SLOGAN.replace("Millbrook", "Milbrook"), f"{SLOGAN} 7788")


@pytest.fixture
def grown(api: Newsroom) -> Newsroom:
    """Return a newsroom with a campaign of three comments in one outlet and one in another."""
    for number, text in enumerate(VARIANTS[:3]):
        api.sent(text, f"Reader {number}")
    api.sent(VARIANTS[3], "Vic", article=MILL)
    return api


def asked(api: Newsroom, path: str = "", who: str = "cms", **more: Any) -> Any:  # noqa: ANN401
    """Return what the API answers about campaigns."""
    answer = api.client.get(f"/api/campaigns{path}", headers=key(who), params=more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ruled(api: Newsroom, campaign: int, who: str = "joon", **given: object) -> Any:  # noqa: ANN401
    """Rule on a campaign."""
    given = {"action": "delete", **given}
    return api.client.post(f"/api/campaigns/{campaign}/rulings", json=given, headers=key(who))


def test_a_campaign_is_one_thing_with_everything_about_it(grown: Newsroom) -> None:
    """Who, where, when and how alike is told, and each copy with its differences."""
    [listed] = asked(grown)["campaigns"]
    whole = asked(grown, f"/{listed['id']}")
    copies = asked(grown, f"/{listed['id']}/copies")["copies"]

    assert {listed[name] for name in ("comments", "held", "readers")} == {4}
    assert (listed["articles"], listed["outlets"]) == (2, ["harbour", "valley"])
    assert listed["text"] == SLOGAN
    assert sum(whole["times"]["counts"]) == 4
    assert [one["comments"] for one in whole["under"]] == [3, 1]
    assert sorted(one["name"] for one in whole["by"]) == [*(f"Reader {n}" for n in range(3)), "Vic"]
    assert [one["text"] for one in copies] == list(VARIANTS)
    assert copies[0]["pieces"] == []
    for one in copies[1:]:
        kept = [piece["text"] for piece in one["pieces"] if piece["kind"] != "left out"]
        assert "".join(kept) == one["text"]
    assert {"kind": "added", "text": "Milbrook"} in copies[2]["pieces"]
    assert {"kind": "left out", "text": "Millbrook"} in copies[2]["pieces"]


def test_pages_of_copies_follow_each_other(grown: Newsroom) -> None:
    """A cursor leads on to the rest, and counts for its own campaign only."""
    first = asked(grown, "/1/copies", limit=3)
    rest = asked(grown, "/1/copies", limit=3, after=first["next"])

    assert [one["text"] for one in first["copies"] + rest["copies"]] == list(VARIANTS)
    assert rest["next"] is None
    other = grown.client.get(
        "/api/campaigns/2/copies", params={"after": first["next"]}, headers=key("cms")
    )
    assert code(other) == (422, "invalid_input")


def test_each_sees_and_rules_on_the_outlets_that_are_theirs(grown: Newsroom) -> None:
    """Counts, texts and rulings end at the outlets of who asks."""
    [seen] = asked(grown, who="vera")["campaigns"]
    answer = ruled(grown, seen["id"], "vera").json()

    assert (seen["comments"], seen["outlets"], seen["text"]) == (1, ["valley"], VARIANTS[3])
    assert [one["text"] for one in asked(grown, "/1/copies", "vera")["copies"]] == [VARIANTS[3]]
    assert (answer["ruled"], answer["held"]) == (1, 0)
    assert asked(grown, "/1")["held"] == 3


def test_one_ruling_and_its_undoing(grown: Newsroom) -> None:
    """All that is held is deleted, citing the clause; each reader is told; all of it comes back."""
    answer = ruled(grown, 1, "cms", note="A round robin.", expected=4).json()
    comment = grown.client.get("/api/comments/1", headers=key("joon")).json()
    [shown] = asked(grown, "/1")["rulings"]

    assert (answer["ruled"], answer["more"], answer["held"]) == (4, False, 0)
    assert comment["ruling"]["clause"] == "repetition"
    assert comment["state"] == "deleted"
    assert comment["campaign"] == {"id": 1, "comments": 3, "held": 0}
    assert (shown["id"], shown["comments"], shown["by"]) == (answer["ruling"], 4, "cms")
    assert asked(grown)["campaigns"][0]["held"] == 0

    path = f"/api/campaigns/1/rulings/{answer['ruling']}"
    back = grown.client.delete(path, headers=key("cms")).json()
    assert (back["ruled"], back["held"], back["more"]) == (4, 4, False)
    assert asked(grown, "/1")["rulings"] == []


def test_what_cannot_be_is_refused(grown: Newsroom) -> None:
    """Nobody signed in, no such campaign, fewer held than were seen, no such ruling."""
    assert code(grown.client.get("/api/campaigns")) == (401, "unauthorized")
    assert code(ruled(grown, 9)) == (404, "not_found")
    assert code(ruled(grown, 1, expected=50)) == (409, "conflict")
    assert code(ruled(grown, 1, action="burn")) == (422, "invalid_input")
    assert code(ruled(grown, 1, clause="nothing")) == (422, "invalid_input")
    assert code(ruled(grown, 1, ruling=7)) == (422, "invalid_input")
    gone = grown.client.delete("/api/campaigns/1/rulings/7", headers=key("joon"))
    assert code(gone) == (404, "not_found")
    assert asked(grown, "/1")["held"] == 4


def test_the_finding_names_the_campaign(grown: Newsroom) -> None:
    """Who looks at one comment is told how large the whole is, and since when."""
    number = grown.sent(VARIANTS[1], "Another")["id"]
    item = grown.client.get(f"/api/comments/{number}", headers=key("joon")).json()
    [finding] = [one for one in item["decision"]["findings"] if one["rule"] == "repetition"]

    assert finding["why"].startswith("The 4th of a campaign: from 3 readers under 1 article since")
    assert "Posted 3 times" in finding["why"]
    assert item["campaign"] == {"id": 1, "comments": 4, "held": 4}
    assert {one["id"] for one in item["alike"]} == {1, 2, 3}


def test_a_finding_tells_nothing_of_other_outlets(grown: Newsroom) -> None:
    """Where all copies stand elsewhere it says that there are some, and no more."""
    long = f"{REWORDED[0]} And so must whoever signed it for her."
    grown.sent(long, "Wes")
    number = grown.sent(long, "Vic", article=MILL)["id"]
    item = grown.client.get(f"/api/comments/{number}", headers=key("vera")).json()
    [finding] = [one for one in item["decision"]["findings"] if one["rule"] == "repetition"]

    assert finding["why"] == "Posted before, 100% alike."


def test_what_a_reader_was_asked_to_change_is_no_repeat(api: Newsroom) -> None:
    """A deleted comment that its own reader changes and sends anew does not count against it."""
    first = api.sent(f"{SLOGAN} You idiots!")
    api.rule(first["id"], "delete", "profanity")
    headers = {"Authorization": f"Bearer {first['reader']['token']}"}

    again = api.sent(SLOGAN, headers=headers)
    copied = api.sent(SLOGAN, headers=headers)

    assert again["notice"]["findings"] == []
    assert [one["rule"] for one in copied["notice"]["findings"]] == ["repetition"]


def test_who_looks_at_a_comment_sees_what_says_the_same_in_other_words(api: Newsroom) -> None:
    """A reworded comment is listed after those nearly the same, and marked as no proof."""
    first = api.sent(REWORDED[0])
    number = api.sent(REWORDED[1], "Another")["id"]
    item = api.client.get(f"/api/comments/{number}", headers=key("joon")).json()

    assert [(one["id"], one["reworded"]) for one in item["alike"]] == [(first["id"], True)]
