"""Two editors at the desk: what the first proposes is public when the second one agrees."""

from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from sitting import BRIDGE, PASSWORD, Newsroom, browser, house, newsroom, seated

from ombud.passwords import hashed
from ombud.store import staff

__all__ = ["browser", "house", "newsroom"]
TEXT = "The bridge is closed for one winter."


def propose(page: Page, words: str) -> None:
    """Say that the assertion is corrected, with words that are proposed."""
    dialog = page.get_by_role("dialog")
    page.keyboard.press("s")
    dialog.get_by_label("It is").select_option("corrected")
    dialog.get_by_label("Why").fill("The minutes say so.")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_contain_text("only the staff sees it")
    dialog.get_by_label("What was wrong").fill(words)
    dialog.get_by_role("button", name="Propose").click()


@pytest.fixture
def two(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom that wants two editors, and has them, with a report."""
    given = {"article": BRIDGE, "text": "It is closed for one winter, not two."}
    assert httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60).is_success
    change = {"two_editors": True, "reason": "r"}
    assert newsroom.client.patch("/api/outlets/harbour-post", json=change).is_success
    with newsroom.app.state.office.store.writing() as tx:
        staff.add(tx, "edda", "editor", hashed(PASSWORD), datetime.now(UTC))
    return newsroom


def test_the_second_editor_makes_it_public(browser: Browser, two: Newsroom) -> None:
    """Proposed, refused with a reason, worded anew, and public with the press that agrees."""
    with seated(browser, two, "marta", "/desk/reports/1") as page:
        propose(page, "It is winter.")
        mine = page.locator(".proposals > li").first
        expect(mine).to_contain_text("Not public yet. Proposal 1, a correction by marta")
        expect(page.locator(".assertions > li").first).to_contain_text("with proposal 1")
        expect(page.get_by_role("button", name="Agree")).to_have_count(0)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    with seated(browser, two, "edda", "/desk/reports") as page:
        page.get_by_role("button", name="Refuse proposal 1").click()
        page.get_by_role("dialog").get_by_label("Why").fill("Say how many.")
        page.get_by_role("dialog").get_by_role("button", name="Refuse").click()
        expect(page.locator(".proposals > li")).to_have_count(0)
    with seated(browser, two, "marta", "/desk/reports/1") as page:
        expect(page.locator(".proposals")).to_contain_text("Refused by edda")
        expect(page.locator(".proposals")).to_contain_text("Say how many.")
        propose(page, TEXT)
        expect(page.locator(".assertions > li").first).to_contain_text("with proposal 2")
    assert TEXT not in httpx.get(f"{two.url}/corrections", timeout=60).text
    with seated(browser, two, "edda", "/desk/reports/1") as page:
        page.get_by_role("button", name="Agree…").click()
        expect(page.get_by_role("dialog")).to_contain_text("Proposal 2 is public then.")
        page.get_by_role("dialog").get_by_label("Why").fill("I looked as well.")
        page.get_by_role("dialog").get_by_role("button", name="Agree").click()
        expect(page.locator(".assertions > li").first).to_contain_text("Corrected")
        expect(page.locator(".proposals")).not_to_contain_text(TEXT)
    assert TEXT in httpx.get(f"{two.url}/corrections", timeout=60).text
