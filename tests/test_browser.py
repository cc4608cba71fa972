"""The pages in a real browser: what a reader sees, on a desk and on a phone, by keyboard too."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import Serving
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ombud import Engine
from ombud.demo import TRIAL, Demo, invented
from ombud.settings import Settings
from ombud.web import create_app

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=20_000)
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# Relative luminance and contrast as WCAG 2.2 defines them, of each text against what is behind it.
FAINT = """() => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const node of document.querySelectorAll("body *")) {
    const written = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
    if (!written || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(parts(style.color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) faint.push(`${node.textContent} ${ratio}`);
  }
  return faint;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one the tests are skipped, or fail where it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        message = "no Chromium on this machine"
        if os.environ.get("OMBUD_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{message}, and OMBUD_REQUIRE_BROWSER=1 asks for it")
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def trying(engine: Engine, settings: Settings, serving: Serving) -> Iterator[str]:
    """Return the address of a demo in which nothing arrives."""
    quiet = Demo(content=replace(invented(), lines=(), live=()))
    with serving(create_app(engine, settings, quiet), settings) as url:
        yield url


@contextmanager
def opened(
    browser: Browser, url: str, scheme: str = "light", size: dict[str, int] = WIDE
) -> Iterator[Page]:
    """Open a page, and fail if anything was wrong in the browser's console."""
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(url)
    yield page
    page.close()
    assert wrong == []


def test_the_decision_appears_while_one_types(browser: Browser, trying: str) -> None:
    """Typing is enough: the action, the marked characters and the cited clause appear."""
    with opened(browser, f"{trying}/try") as page:
        box = page.get_by_label("Your comment")
        box.press_sequentially("\U0001f600 Who voted for this sh*t?")

        expect(page.get_by_role("status")).to_contain_text("Deleted")
        expect(page.locator("mark").first).to_contain_text("sh*t")
        expect(page.locator("#findings")).to_contain_text("% sure")
        link = page.locator("#findings a").first
        link.click()
        expect(page.locator("section:target h2")).to_be_visible()


def test_the_keyboard_is_enough(browser: Browser, trying: str) -> None:
    """From the top of the page one can skip, write and ask for a decision without a mouse."""
    with opened(browser, f"{trying}/try") as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.get_by_label("Your comment").focus()
        page.keyboard.insert_text("I cross that bridge twice a day.")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_role("status")).to_have_text("Approved")
        expect(page.get_by_label("Your comment")).to_have_value("I cross that bridge twice a day.")


def test_a_sample_fills_everything_in(browser: Browser, trying: str) -> None:
    """One click fills in text, name and whom it replies to, and shows the decision."""
    sample = next(sample for sample in TRIAL.samples if sample.reply_to == 0)
    with opened(browser, f"{trying}/try") as page:
        page.get_by_role("button", name=sample.label).click()

        expect(page.get_by_label("Your comment")).to_have_value(sample.text)
        expect(page.get_by_label("Your name")).to_have_value(sample.name)
        expect(page.get_by_label("In reply to")).to_have_value(TRIAL.thread[0].text)
        expect(page.locator("#decision")).not_to_have_attribute("data-action", "none")


def test_markup_in_a_comment_stays_text(browser: Browser, trying: str) -> None:
    """A comment with elements in it is shown letter by letter."""
    with opened(browser, f"{trying}/try") as page:
        page.get_by_label("Your comment").fill('<img src=x onerror="boom()"> sh*t')

        expect(page.locator("#marked")).to_contain_text('<img src=x onerror="boom()">')
        assert page.locator("#marked img").count() == 0


def test_emptying_the_box_takes_the_decision_back(browser: Browser, trying: str) -> None:
    """No decision stands there for a text that is gone."""
    with opened(browser, f"{trying}/try") as page:
        box = page.get_by_label("Your comment")
        box.fill("sh*t")
        expect(page.get_by_role("status")).to_contain_text("Deleted")
        box.fill("")

        expect(page.get_by_role("status")).to_have_text("Nothing written yet.")
        expect(page.locator("#marked")).to_be_hidden()


def test_what_goes_wrong_is_said(browser: Browser, trying: str) -> None:
    """A refusal of the server is shown in words, and no decision is claimed."""
    page = browser.new_page()
    page.goto(f"{trying}/try")
    page.get_by_label("Your comment").fill("x" * 20_481)

    expect(page.get_by_role("alert")).to_contain_text("at most 20480 bytes")
    expect(page.get_by_role("status")).to_have_text("No decision.")
    page.close()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/try", "/policy", "/demo/harbour-post/swing-bridge", "/demo/tramline/old-cinema"]
)
def test_pages_can_be_read(
    browser: Browser, trying: str, path: str, scheme: str, size: dict[str, int]
) -> None:
    """In light and dark, wide and narrow, nothing overflows and every text has enough contrast."""
    with opened(browser, f"{trying}{path}", scheme, size) as page:
        if path == "/try":
            page.get_by_role("button", name="Masked swearing").click()
            expect(page.locator("mark").first).to_be_visible()
        for box in page.locator("details").all():
            box.evaluate("box => { box.open = true }")

        assert page.evaluate(FAINT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize(
    "path", ["/", "/try", "/policy", "/demo/harbour-post/swing-bridge", "/demo/tramline/old-cinema"]
)
def test_everything_to_press_is_named_and_large_enough(
    browser: Browser, trying: str, path: str
) -> None:
    """Controls have names, fields have labels, headings skip no level, targets have 24 pixels."""
    with opened(browser, f"{trying}{path}", size=PHONE) as page:
        # All at once: a discussion draws itself anew when its comments come.
        controls = page.locator("button, input, select, textarea, nav a, summary").evaluate_all(
            "all => all.filter((e) => e.checkVisibility({ visibilityProperty: true }))"
            ".map((e) => [e.getBoundingClientRect().height,"
            " (e.labels?.[0] ?? e).textContent.trim()])"
        )
        for height, name in controls:
            assert height >= 24, name
            assert name
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
