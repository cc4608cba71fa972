"""Reporting an error under an article, and the note of what was corrected, on a paper's page."""

import gzip
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import PHONE, WIDE, browser
from test_widget_page import KILOBYTE, Article, Paper, opened, paper

__all__ = ["browser", "paper"]
WORDS = "It is <b>one</b> winter, not two."


def with_note(paper: Paper, lang: str = "en", way: str = "ltr", attributes: str = "") -> Article:
    """Return an article whose page has the note instead of the comments."""
    article = paper.article()
    article.show(attributes, lang=lang, way=way, script="corrections.js")
    path = article.url.removeprefix(paper.pages)
    kind, page = paper.content[path]
    paper.content[path] = (kind, page.replace("ombud-comments", "ombud-correction"))
    return article


def correct(article: Article, text: str, **more: Any) -> int:  # noqa: ANN401
    """Publish a correction of an article."""
    given = {"article": article.id, "kind": "correction", "text": text, **more}
    number: int = article.paper.ask("POST", "/api/corrections", given)["id"]
    return number


def reports(article: Article) -> list[dict[str, Any]]:
    """Return the reports about an article, with all that is known of each."""
    asked = f"/api/reports?article={article.id}"
    found: list[dict[str, Any]] = article.paper.ask("GET", asked)["reports"]
    return found


def form_of(page: Page, tag: str) -> Locator:
    """Open the form with the keyboard, and return it."""
    button = page.locator(tag).get_by_role("button", name="Report an error")
    button.focus()
    page.keyboard.press("Enter")
    form = page.locator(tag).locator("form").filter(has_text="What is wrong")
    expect(form.get_by_label("What is wrong")).to_be_focused()
    return form


@pytest.mark.parametrize("tag", ["ombud-comments", "ombud-correction"])
def test_a_reader_reports_what_they_marked(browser: Browser, paper: Paper, tag: str) -> None:
    """The passage comes along, the words arrive as they are, and the reader gets a number."""
    article = paper.article() if tag == "ombud-comments" else with_note(paper)
    with opened(browser, article) as page:
        button = page.locator(tag).get_by_role("button", name="Report an error")
        expect(button).to_be_visible()
        page.get_by_text("It is closed for two winters.").click(click_count=3)
        button.click()
        form = page.locator(tag).locator("form").filter(has_text="What is wrong")
        expect(form.locator("blockquote")).to_have_text("It is closed for two winters.")
        form.get_by_label("What is wrong").fill(WORDS)
        form.get_by_label("E-mail").fill("ada@example.org")
        page.keyboard.press("Control+Enter")
        thanks = page.locator(tag).get_by_text("Thank you. Your report has the number")
        expect(thanks).to_be_focused()
        expect(thanks).to_contain_text("by e-mail")
        expect(button).to_be_visible()

    (report,) = reports(article)
    assert report["text"] == f"“It is closed for two winters.”\n\n{WORDS}"
    (assertion,) = report["assertions"]
    assert (assertion["begin"], assertion["kind"]) == (0, "fact")
    assert report["reachable"]


def test_nothing_that_was_written_is_lost(browser: Browser, paper: Paper) -> None:
    """Without a line it stays in the form, also over a reload, and is sent once in the end."""
    article = with_note(paper)
    with opened(browser, article, fails=True) as page:
        form = form_of(page, "ombud-correction")
        page.keyboard.press("Control+Enter")
        expect(form.get_by_role("alert")).to_have_text("Please say what is wrong.")
        form.get_by_label("What is wrong").fill(WORDS)
        page.context.set_offline(offline=True)
        form.get_by_role("button", name="Send the report").click()
        expect(form.get_by_role("alert")).to_contain_text("What you wrote is kept.")
        page.context.set_offline(offline=False)
        page.reload()
        form = form_of(page, "ombud-correction")
        expect(form.get_by_label("What is wrong")).to_have_value(WORDS)
        form.get_by_role("button", name="Send the report").dblclick()
        expect(page.get_by_text("Thank you. Your report")).to_be_visible()
    assert [one["text"] for one in reports(article)] == [WORDS]


def test_the_note_shows_what_holds(browser: Browser, paper: Paper) -> None:
    """What was replaced is not there; nothing of it is markup, and it leads to what changed."""
    article = with_note(paper)
    first = correct(article, "It is one winter.")
    second = correct(article, "It is <b>three</b> winters.", replaces=first)
    with opened(browser, article) as page:
        note = page.locator("ombud-correction .note")
        expect(note).to_have_count(1)
        expect(note).to_contain_text("It is <b>three</b> winters.")
        link = note.get_by_role("link", name="What changed").get_attribute("href")
        assert link == f"{paper.server}/corrections/articles/{article.id}#correction-{second}"


def test_the_note_can_stand_alone(browser: Browser, paper: Paper) -> None:
    """Where the comments have the button, a second one would be one too many."""
    article = with_note(paper, attributes="notes")
    correct(article, "It is one winter.")
    with opened(browser, article) as page:
        expect(page.locator("ombud-correction .note")).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize(
    ("scheme", "size", "lang", "way"),
    [("light", WIDE, "en", "ltr"), ("dark", PHONE, "en", "ltr"), ("light", PHONE, "ar", "rtl")],
    ids=["light", "phone-dark", "phone-rtl"],
)
def test_everybody_can_read_and_fill_it(
    browser: Browser, paper: Paper, scheme: str, size: dict[str, int], lang: str, way: str
) -> None:
    """Nothing that axe knows is wrong with note and form, and nothing is wider than a phone."""
    article = with_note(paper, lang, way)
    correct(article, "It is one winter.")
    with opened(browser, article, scheme, size) as page:
        expect(page.locator("ombud-correction .note")).to_be_visible()
        form_of(page, "ombud-correction")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.locator("ombud-correction section").get_attribute("dir") == way
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Report an error")).to_be_focused()


def test_a_page_that_is_not_known_has_no_note_and_no_fault(browser: Browser, paper: Paper) -> None:
    """The button is there all the same, and the words lead an editor to the article."""
    article = with_note(paper)
    path = article.url.removeprefix(paper.pages)
    kind, text = paper.content[path]
    paper.content[path] = (kind, text.replace(article.url, f"{paper.pages}/unknown"))
    with opened(browser, article) as page:
        expect(page.get_by_role("button", name="Report an error")).to_be_visible()
        expect(page.locator("ombud-correction .note")).to_have_count(0)


def test_it_weighs_little(browser: Browser, paper: Paper) -> None:
    """All that a page loads for the note, with the form, is under 10 KB compressed."""
    article = with_note(paper)
    loaded: dict[str, int] = {}
    page = browser.new_page()
    page.on(
        "response",
        lambda got: (
            loaded.update({got.url: len(gzip.compress(got.body(), mtime=0))})
            if got.url.startswith(paper.server) and got.request.resource_type == "script"
            else None
        ),
    )
    page.goto(article.url)
    expect(page.get_by_role("button", name="Report an error")).to_be_visible()
    page.close()

    assert len(loaded) > 1
    assert sum(loaded.values()) < 10 * KILOBYTE, loaded
