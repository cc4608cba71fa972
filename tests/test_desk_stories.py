"""Stories of other outlets at the desk, in a real browser."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect
from sitting import PHONE, WIDE, Newsroom, browser, house, newsroom, seated
from told import tell

from ombud.settings import Settings

__all__ = ["browser", "house", "newsroom"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings that let one outlet be followed."""
    return Settings(port=0, data=settings.data, follow_hosts=("gull.example",))


@pytest.fixture
def told(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom to which feeds brought stories."""
    with newsroom.app.state.office.store.writing() as tx:
        tell(tx, datetime.now(UTC))
    return newsroom


def test_an_editor_opens_a_dossier_and_follows_a_feed(browser: Browser, told: Newsroom) -> None:
    """The list leads to the articles side by side; a feed is added and taken away on the page."""
    with seated(browser, told, "marta", "/desk/stories") as page:
        expect(page.locator("ol.said-list > li")).to_have_count(1)
        page.get_by_label("Outlet").fill("Gull Sport")
        page.get_by_label("Address of its feed").fill("https://bay.example/feed")
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("on no host that is followed")
        page.get_by_label("Address of its feed").fill("https://gull.example/sport.xml")
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("https://gull.example/sport.xml")
        gone = page.get_by_role("button", name="Follow https://gull.example/sport.xml no more")
        gone.click()
        expect(gone).to_have_count(0)
        page.get_by_role("link", name="Pier 4 to close in March").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Pier 4 to close in March")
        expect(page.get_by_role("main")).to_contain_text("Could not verify it")
        # An outlet that is silent on something has no panel there.
        expect(page.locator("section .panel")).not_to_have_count(0)
        expect(page.locator("section .panel:not(:has(blockquote))")).to_have_count(0)


def test_a_date_in_the_future_is_told(browser: Browser, told: Newsroom) -> None:
    """Beside an article stands that its page gives a date that cannot be."""
    with seated(browser, told, path="/desk/stories/2") as page:
        expect(page.get_by_role("main")).to_contain_text("dated in the future (2 March 2999)")


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("place", ["/desk/stories?outlets=1", "/desk/stories/1"])
def test_everybody_can_read_it(
    browser: Browser, told: Newsroom, place: str, size: dict[str, int]
) -> None:
    """Nothing that axe knows is wrong, and nothing is wider than a phone."""
    with seated(browser, told, path=place, size=size) as page:
        expect(page.get_by_role("main")).to_contain_text("Pier 4 to close in March")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
