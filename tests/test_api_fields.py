"""What a field may hold, and how a refusal names it."""

import pytest
from newsroom import BRIDGE, OPEN, Newsroom, code, key

from ombud.rules import house_rules

PLAIN = "".join(f"[rules.{rule.id}]\nmode = 'off'\n" for rule in house_rules() if rule.signals)
"""A policy file for a newsroom without models."""


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"article": True}, "article"),
        ({"article": "a\0b"}, "article"),
        ({"author": 3}, "author"),
        ({"author": {"name": 3}}, "author.name"),
    ],
)
def test_a_refusal_names_the_field_and_no_kind_of_ours(
    api: Newsroom, fields: dict[str, object], place: str
) -> None:
    """Where a field may be of several kinds too, the place is the name that the caller gave."""
    given = {"article": BRIDGE, "text": OPEN, "author": {"name": "Ada"}, "accept_terms": True}
    answer = api.client.post("/api/comments", json={**given, **fields})

    assert code(answer) == (422, "invalid_input")
    assert answer.json()["detail"].startswith(f"'{place}': ")


def test_a_field_that_is_too_long_says_how_long_it_may_be(api: Newsroom) -> None:
    """Of a text as of a list: the bound, and what was given."""
    author = {"name": "Ada", "email": "a" * 400}
    given = {"article": BRIDGE, "text": OPEN, "author": author, "accept_terms": True}
    text = api.client.post("/api/comments", json=given)
    listed = api.client.get("/api/counts", params=[("article", "1")] * 201)

    assert text.json()["detail"] == "'author.email': it must have at most 320, not 400"
    assert listed.json()["detail"] == "'article': it must have at most 200, not 201"


@pytest.mark.parametrize("reason", ["", " ", "\n\t\u00a0"])
def test_a_reason_of_blanks_is_none(api: Newsroom, reason: str) -> None:
    """A ban and another policy say why; the blanks around it are not kept."""
    place = f"/api/readers/{api.sent()['reader']['id']}/bans"
    policy = {"toml": PLAIN, "reason": reason}

    for answer in (
        api.client.post(place, json={"reason": reason}, headers=key("edith")),
        api.client.put("/api/policy", json=policy, headers=key("cms")),
    ):
        assert code(answer) == (422, "invalid_input")
    ban = api.client.post(place, json={"reason": f"{reason}Insults. "}, headers=key("edith"))
    assert ban.json()["reason"] == "Insults."


def test_the_versions_are_those_that_came_into_force(api: Newsroom) -> None:
    """Going back to an earlier policy is a change of its own, with its author and reason."""
    quiet = f"{PLAIN}[rules.links]\nmode = 'off'"
    for toml, reason in ((PLAIN, "Begin."), (quiet, "Links are fine."), (PLAIN, "They are not.")):
        given = {"toml": toml, "reason": reason}
        assert api.client.put("/api/policy", json=given, headers=key("cms")).status_code == 200

    found = api.client.get("/api/policy/versions", headers=key("joon")).json()["versions"]
    assert [(one["by"], one["reason"], one["toml"]) for one in found] == [
        ("cms", "They are not.", PLAIN),
        ("cms", "Links are fine.", quiet),
        ("cms", "Begin.", PLAIN),
        ("ombud", "as it was at start", ""),
    ]
