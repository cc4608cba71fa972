"""Odd forms and texts at the corrections desk break no page, no feed and no server."""

from xml.etree import ElementTree as ET

from newsroom import Newsroom, key

ATOM = "{http://www.w3.org/2005/Atom}"
ODD = "It is\x0b one\x01 winter ]]> </script><b>\ufffe"


def correct(api: Newsroom, text: str) -> int:
    """Publish a correction, and return the status of the answer."""
    given = {"article": 1, "kind": "correction", "text": text}
    return int(api.client.post("/api/corrections", json=given, headers=key("edith")).status_code)


def test_a_form_of_many_fields_is_refused(api: Newsroom) -> None:
    """Whoever sends one is told so; nothing breaks."""
    answer = api.client.post(
        "/corrections/report",
        content="&".join(f"field{number}=1" for number in range(40)),
        headers={"Origin": "http://testserver"},
    )
    assert answer.status_code == 400
    assert "too many fields" in answer.text


def test_no_character_breaks_the_feed(api: Newsroom) -> None:
    """What XML has no place for is left out of the feed, and the words stay."""
    assert correct(api, ODD) == 201
    feed = ET.fromstring(api.client.get("/corrections/feed.atom").content)  # noqa: S314  # our own
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == "It is one winter ]]> </script><b>"
    page = api.client.get("/corrections/articles/1").text
    assert "</script><b>" not in page


def test_a_correction_says_something(api: Newsroom) -> None:
    """Signs that nobody sees are no words."""
    assert [correct(api, text) for text in ("\x01", "\u200b\u200b", "…")] == [422, 422, 422]
