"""The desk when a reader writes again while an editor answers: it is read before that counts."""

from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from mailed import posted
from playwright.sync_api import Browser, Locator, Page, expect
from sitting import BRIDGE, PHONE, WIDE, Newsroom, browser, house, newsroom, seated

from ombud.store import log
from ombud.store.log import Deed

__all__ = ["browser", "house", "newsroom"]
AGAIN = "I was wrong: it is two winters."


@pytest.fixture
def told(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom that a reader has told of an error."""
    given = {"article": BRIDGE, "text": "It is closed for one winter.", "email": "ada@example.org"}
    assert httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60).is_success
    return newsroom


def write(newsroom: Newsroom) -> None:
    """Write about the report once more, as its reader."""
    store, at = newsroom.app.state.office.store, datetime.now(UTC)
    posted(store, 1, outlet="harbour-post", kind="reply", report=1, text=AGAIN, at=at)
    with store.writing() as tx:
        facts = {"kind": "reply", "report": 1}
        log.append(tx, Deed(at, "ombud", "mail_kept", "harbour-post", facts=facts))
    newsroom.app.state.office.changed([])


def close(page: Page, status: str) -> Locator:
    """Begin to say where the assertion stands, and return the dialog."""
    dialog = page.get_by_role("dialog")
    page.keyboard.press("s")
    dialog.get_by_label("It is").select_option(status)
    dialog.get_by_label("Why").fill("The minutes say so.")
    return dialog


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_who_closes_a_report_is_told_and_confirms_anew(
    browser: Browser, told: Newsroom, size: dict[str, int]
) -> None:
    """What the editor wrote is kept, what the reader wrote is shown, and then it is closed."""
    with seated(browser, told, "marta", "/desk/reports/1", size=size) as page:
        main = page.get_by_role("main")
        dialog = close(page, "no_error")
        write(told)
        expect(page.locator("main")).to_contain_text(AGAIN)
        dialog.get_by_role("button", name="Keep").click()
        note = page.locator(".note.fault").filter(has_text="look at that, and do it again")
        expect(note).to_contain_text("The reader wrote again meanwhile")
        expect(note).to_contain_text("What you wrote is kept for that.")
        expect(main).to_contain_text(AGAIN)
        expect(main).to_contain_text("The reader wrote this since the last step.")
        expect(main).to_contain_text("Assertion 1 · Fact · Open")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.keyboard.press("s")
        expect(dialog.get_by_label("Why")).to_have_value("The minutes say so.")
        dialog.get_by_label("It is").select_option("no_error")
        dialog.get_by_role("button", name="Keep").click()
        expect(main).to_contain_text("Assertion 1 · Fact · No error")
        expect(main).not_to_contain_text("since the last step")


def test_nothing_is_published_before_it_was_read(browser: Browser, told: Newsroom) -> None:
    """Also where the reader writes while the words of the correction are being typed."""
    with seated(browser, told, "marta", "/desk/reports/1") as page:
        dialog = close(page, "corrected")
        dialog.get_by_role("button", name="Keep").click()
        dialog.get_by_label("What was wrong").fill("It is one winter.")
        write(told)
        expect(page.locator("main")).to_contain_text(AGAIN)
        dialog.get_by_role("button", name="Publish").click()
        note = page.locator(".note.fault").filter(has_text="look at that, and do it again")
        expect(note).to_contain_text("The reader wrote again meanwhile")
        expect(page.get_by_role("main")).to_contain_text(AGAIN)
        assert told.client.get("/api/corrections?article=1").json() == {"corrections": []}
        page.keyboard.press("p")
        expect(dialog.get_by_label("What was wrong")).to_have_value("It is one winter.")
        page.keyboard.press("Escape")
    assert told.client.get("/api/reports/1").json()["steps"] == []


def test_what_arrives_while_nothing_is_asked_is_told(browser: Browser, told: Newsroom) -> None:
    """On the page, without reloading."""
    with seated(browser, told, "marta", "/desk/reports/1") as page:
        expect(page.get_by_role("main")).to_contain_text("Assertion 1")
        write(told)
        expect(page.locator(".note")).to_contain_text("The reader wrote again: it stands under")
        expect(page.get_by_role("main")).to_contain_text(AGAIN)
