"""Campaigns at the desk in a real browser: by keyboard, on a phone, for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect
from sitting import PHONE, WIDE, Newsroom, browser, house, newsroom, seated

__all__ = ["browser", "house", "newsroom"]
SLOGAN = "Save the <b>Millbrook</b> line now, write to your councillor before Friday."


@pytest.fixture
def grown(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom with a campaign of three comments."""
    for number, text in enumerate((SLOGAN, f"Yes!! {SLOGAN}", SLOGAN.replace("now", "today"))):
        newsroom.write(f"Reader {number}", text)
    return newsroom


def test_a_campaign_is_ruled_on_and_taken_back_by_keyboard(
    browser: Browser, grown: Newsroom
) -> None:
    """One key opens it, two delete all of it, and one takes everything back."""
    with seated(browser, grown, path="/desk/campaigns") as page:
        expect(page.locator(".campaigns > li")).to_contain_text("3 held")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Campaign 1")
        expect(page.locator(".copies ins", has_text="today")).to_be_visible()
        expect(page.locator("blockquote")).to_have_text(SLOGAN)
        page.keyboard.press("d")
        page.get_by_role("dialog").get_by_role("button", name="No repeated comments").click()
        expect(page.locator(".sweep")).to_contain_text("3 comments deleted.")
        expect(page.get_by_role("main")).to_contain_text("Nothing is held.")
        page.keyboard.press("u")
        expect(page.locator(".sweep")).to_contain_text("3 comments taken back.")
        expect(page.get_by_role("main")).to_contain_text("3 held.")
    assert [action for action, _, _ in grown.rulings(1)] == ["delete", "undo"]


def test_keys_of_a_campaign_end_with_its_page(browser: Browser, grown: Newsroom) -> None:
    """On another page no key takes back what was ruled on a campaign."""
    with seated(browser, grown, path="/desk/campaigns/1") as page:
        page.keyboard.press("d")
        page.get_by_role("dialog").get_by_role("button", name="No repeated comments").click()
        expect(page.locator(".sweep")).to_contain_text("3 comments deleted.")
        page.get_by_role("link", name="Dashboard").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        page.keyboard.press("u")
        page.get_by_role("link", name="Campaigns").click()
        expect(page.locator(".campaigns > li")).to_contain_text("Nothing held")
        assert "DELETE" not in asked


def test_the_queue_leads_to_the_campaign(browser: Browser, grown: Newsroom) -> None:
    """A comment that is part of one says so, and how many there are."""
    with seated(browser, grown) as page:
        page.get_by_role("link", name="campaign 1 (3 copies)").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Campaign 1")


def test_a_campaign_is_one_row_of_the_queue(browser: Browser, grown: Newsroom) -> None:
    """It stands for its copies, also for those that come in, and the next one takes its place."""
    grown.write("Another", "The geese of my neighbour have more sense than the committee had.")
    with seated(browser, grown) as page:
        rows = page.locator(".list > li")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("and 2 copies")
        grown.write("Reader 4", f"{SLOGAN} 7788")
        expect(rows.first).to_contain_text("and 3 copies")
        expect(rows).to_have_count(2)
        page.keyboard.press("a")
        page.get_by_role("button", name="1 new").click()
        expect(rows.first).to_contain_text("and 2 copies")
        expect(rows.first).to_contain_text("Reader 1")


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("place", ["/desk/campaigns", "/desk/campaigns/1"])
def test_everybody_can_read_it(
    browser: Browser, grown: Newsroom, place: str, size: dict[str, int]
) -> None:
    """Nothing that axe knows is wrong, and nothing is wider than a phone."""
    with seated(browser, grown, path=place, size=size) as page:
        expect(page.get_by_role("main")).to_contain_text("3 held")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
