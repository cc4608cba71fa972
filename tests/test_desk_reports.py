"""The corrections desk in a real browser: by keyboard, on a phone, for everybody."""

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Route, expect
from sitting import BRIDGE, PHONE, WIDE, Newsroom, browser, house, newsroom, seated

__all__ = ["browser", "house", "newsroom"]
WORDS = "The council voted to <b>open</b> the bridge, not to close it."


@pytest.fixture
def told(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom that a reader has told of an error."""
    given = {"article": BRIDGE, "text": WORDS, "name": "Ada", "email": "ada@example.org"}
    sent = httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60)
    assert sent.status_code == 201, sent.text
    return newsroom


def test_a_report_is_answered_with_a_correction_by_keyboard(
    browser: Browser, told: Newsroom
) -> None:
    """One key opens it, one takes it up, one closes its assertion and publishes on the way."""
    with seated(browser, told, "marta", "/desk/reports") as page:
        expect(page.locator(".campaigns > li")).to_contain_text("1 assertion, 1 open")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Report 1")
        expect(page.locator("blockquote")).to_have_text(WORDS)
        expect(page.locator(".assertions q").first).to_contain_text("close the")
        page.keyboard.press("t")
        expect(page.get_by_role("main")).to_contain_text("with marta")
        page.keyboard.press("s")
        page.get_by_role("dialog").get_by_label("It is").select_option("corrected")
        page.get_by_role("dialog").get_by_label("Why").fill("The minutes say so.")
        page.get_by_role("dialog").get_by_role("button", name="Keep").click()
        page.get_by_role("dialog").get_by_label("What was wrong").fill("It was to open it.")
        page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(page.get_by_role("main")).to_contain_text("Answered")
        expect(page.get_by_role("main")).to_contain_text("It was to open it.")
    assert "It was to open it." in told.client.get("/corrections").text


def test_the_list_stands_as_it_was_left(browser: Browser, told: Newsroom) -> None:
    """What it was sifted by, and where one was; one press on a report opens it."""
    for text in ("It was a Tuesday.", "It was a Friday."):
        given = {"article": BRIDGE, "text": text}
        assert httpx.post(f"{told.url}/api/reports", json=given, timeout=60).is_success
    assert told.client.post("/api/reports/1/steps", json={"deed": "take"}).is_success
    with seated(browser, told, "marta", "/desk/reports") as page:
        rows = page.locator(".campaigns > li")
        expect(rows.first).to_contain_text("About Council votes to close the old swing bridge")
        page.get_by_label("With whom").select_option("With nobody")
        expect(rows).to_have_count(2)
        rows.last.locator(".said").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Report 3")
        page.keyboard.press("Escape")
        expect(rows).to_have_count(2)
        expect(rows.last).to_have_attribute("aria-current", "true")
        page.keyboard.press("/")
        page.keyboard.type("tuesday")
        page.keyboard.press("Enter")
        expect(rows).to_contain_text(["It was a Tuesday."])
        expect(rows).to_have_count(1)


def test_the_page_says_that_it_works(browser: Browser, told: Newsroom) -> None:
    """While an answer is awaited for longer than a moment, and not afterwards."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with seated(browser, told, "marta", "/desk/reports") as page:
        page.route("**/api/dashboard*", hold)
        page.get_by_role("link", name="Dashboard").click()
        expect(page.locator("body")).to_have_class("desk asking")
        held[0].continue_()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
        expect(page.locator("body")).to_have_class("desk")


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("place", ["/desk/reports", "/desk/reports/1"])
def test_everybody_can_read_it(
    browser: Browser, told: Newsroom, place: str, size: dict[str, int]
) -> None:
    """Nothing that axe knows is wrong, and nothing is wider than a phone."""
    with seated(browser, told, path=place, size=size) as page:
        expect(page.get_by_role("main")).to_contain_text("not to close it")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_form_can_be_read_and_sent_by_everybody(browser: Browser, told: Newsroom) -> None:
    """Without scripts, on a phone, and with nothing that axe knows to be wrong."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{told.url}/corrections/report?article={BRIDGE}")
    page.get_by_label("What is wrong").fill("It was a Tuesday.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("status")).to_contain_text("has the number 2")
    context.close()
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(f"{told.url}/corrections/report")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()
