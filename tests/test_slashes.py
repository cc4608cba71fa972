"""Addresses of pages that end with a slash lead to the page; those of programs stay strict."""

import pytest
from newsroom import Newsroom
from playwright.sync_api import Browser, expect
from sitting import Newsroom as Sitting
from sitting import browser, house, newsroom, seated

__all__ = ["browser", "house", "newsroom"]


@pytest.mark.parametrize(
    "page",
    [
        "/desk",
        "/desk/reports",
        "/desk/comments/7",
        "/policy",
        "/try",
        "/corrections",
        "/corrections/report",
        "/corrections/articles/1",
    ],
)
def test_a_page_is_found_with_a_slash(api: Newsroom, page: str) -> None:
    """It leads to the page on the same host, with what was asked."""
    answer = api.client.get(f"{page}/?outlet=harbour&q=%26a", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{page}?outlet=harbour&q=%26a"
    arrived = api.client.get(f"{page}/")
    assert (arrived.status_code, arrived.url.path) == (200, page)
    assert arrived.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    [
        "/api/reports/",
        "/api/corrections/?article=1",
        "/coral/moderate/",
        "/healthz/",
        "/embed.js/",
        "/corrections/feed.atom/",
        "/desk//",
        "//evil.example/desk/",
        "/nothing/",
    ],
)
def test_anything_else_stays_strict(api: Newsroom, path: str) -> None:
    """It is not there, and nobody is sent elsewhere."""
    answer = api.client.get(f"http://testserver{path}", follow_redirects=False)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_the_desk_opens(browser: Browser, newsroom: Sitting) -> None:
    """In a browser, at its own address."""
    with seated(browser, newsroom, path="/desk/") as page:
        expect(page.get_by_role("heading", name="Nothing waits for a ruling.")).to_be_visible()
        assert page.url == f"{newsroom.url}/desk"
