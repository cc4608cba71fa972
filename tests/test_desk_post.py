"""The post in a real browser: by keyboard, on a phone, for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from mailed import posted
from playwright.sync_api import Browser, expect
from sitting import PHONE, WIDE, Newsroom, browser, house, newsroom, seated

__all__ = ["browser", "house", "newsroom"]


@pytest.fixture
def post(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom with two mails that are no report."""
    store = newsroom.app.state.office.store
    with store.reading() as tx:
        outlet = tx.exec_driver_sql("SELECT id FROM outlets").scalar()
    posted(store, 1, outlet=outlet)
    posted(store, 2, outlet=outlet, subject="An invoice " * 20, sender="b@else.example")
    return newsroom


def test_the_post_is_worked_through_by_keyboard(browser: Browser, post: Newsroom) -> None:
    """One key says that a mail was read, one takes it back, one makes a report of it."""
    with seated(browser, post, "marta", "/desk/post") as page:
        mails = page.locator("[data-mail]")
        expect(mails).to_have_count(2)
        expect(page.get_by_role("link", name="Corrections 2 mails")).to_be_visible()
        page.keyboard.press("n")
        page.get_by_role("dialog").get_by_label("Why").fill("It is for the accounts.")
        page.get_by_role("dialog").get_by_role("button", name="Keep").click()
        expect(mails).to_have_count(1)
        expect(page.get_by_role("main")).to_contain_text("1 mail to be read")
        expect(page.get_by_role("link", name="Corrections 1 mail", exact=True)).to_be_visible()
        page.keyboard.press("u")
        expect(mails).to_have_count(2)
        page.keyboard.press("j")
        expect(page.locator("[data-mail='1']")).to_have_attribute("aria-current", "true")
        page.keyboard.press("r")
        expect(mails).to_have_count(1)
        page.goto(f"{post.url}/desk/reports")
        expect(page.get_by_role("main")).to_contain_text("Post: 1 mail to be read")
        expect(page.locator(".campaigns > li")).to_contain_text("Autumn")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_everybody_can_read_it_and_no_html_is_drawn(
    browser: Browser, post: Newsroom, size: dict[str, int]
) -> None:
    """Nothing that axe knows is wrong, nothing is wider than a phone, words stay words."""
    with seated(browser, post, path="/desk/post", size=size) as page:
        expect(page.get_by_role("main")).to_contain_text("<b>Autumn</b> leaves.")
        expect(page.get_by_role("main").locator(".said b")).to_have_count(0)
        expect(page.get_by_role("main")).to_contain_text("it is text/html in truth")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.get_by_label("Sender or subject").fill("invoice")
        page.keyboard.press("Enter")
        expect(page.locator("[data-mail]")).to_have_count(1)


def test_a_long_mail_is_folded(browser: Browser, newsroom: Newsroom) -> None:
    """Its beginning stands there, and the first of its attachments; the rest is a press away."""
    store = newsroom.app.state.office.store
    with store.reading() as tx:
        outlet = tx.exec_driver_sql("SELECT id FROM outlets").scalar()
    text = "Autumn leaves. " * 10_000
    file = {"name": "a.png", "claimed": "image/png", "real": "image/png", "size": 1_500}
    posted(store, 1, outlet=outlet, text=text, attachments=[{**file, "lies": False}] * 50)
    with seated(browser, newsroom, "marta", "/desk/post", size=PHONE) as page:
        mail = page.locator("[data-mail]")
        expect(mail).to_contain_text("50 attachments, which were not kept")
        expect(mail.locator("li:visible")).to_have_count(5)
        mail.get_by_text("45 more").click()
        expect(mail.locator("li:visible")).to_have_count(50)
        assert len(mail.locator(".said").inner_text()) < 2_000
        mail.get_by_role("button", name="Show all 150,000 letters").click()
        assert len(mail.locator(".said").inner_text()) > 100_000
        mail.get_by_role("button", name="Show less").click()
        assert len(mail.locator(".said").inner_text()) < 2_000
