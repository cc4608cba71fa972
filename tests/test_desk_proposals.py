"""Two editors at the desk: what the first proposes is public when the second one agrees."""

from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sitting import BRIDGE, PASSWORD, PHONE, WIDE, Newsroom, browser, house, newsroom, seated

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


def told(newsroom: Newsroom) -> None:
    """Tell of an error in the article, as a reader."""
    given = {"article": BRIDGE, "text": "It is closed for one winter, not two."}
    assert httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60).is_success


def mend(
    newsroom: Newsroom,
    text: str = "HARWICK SOUND\nThe council voted to close the bridge for nine winters.",
) -> None:
    """Enter an edition of the article that says something else."""
    known = newsroom.client.get("/api/articles/1").json()
    article = {name: known[name] for name in ("url", "title", "byline", "outlet")}
    assert newsroom.client.put("/api/articles", json={**article, "text": text}).is_success


def reads(dialog: Locator, *, gone: str, come: str) -> None:
    """Expect that the change of the article is shown as readers are shown it."""
    shown = dialog.get_by_role("region", name="What readers will see")
    expect(shown.locator("del")).to_have_text(gone)
    expect(shown.locator("ins")).to_have_text(come)


@pytest.fixture
def two(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom that wants two editors, and has them, with a report."""
    told(newsroom)
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


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_what_readers_will_see_stands_above_the_button(
    browser: Browser, newsroom: Newsroom, size: dict[str, int]
) -> None:
    """The words as they are typed, and the change of the editions that are chosen."""
    told(newsroom)
    mend(newsroom, "HARWICK SOUND\nThe council voted to close the bridge for six winters.")
    mend(newsroom)
    with seated(browser, newsroom, "marta", "/desk/reports/1", size=size) as page:
        dialog = page.get_by_role("dialog", name="Publish a correction")
        page.keyboard.press("p")
        reads(dialog, gone="six", come="nine")
        dialog.get_by_label("What was wrong").fill("It is\nwinter.")
        seen = dialog.get_by_role("region", name="What readers will see")
        expect(seen).to_contain_text("CorrectionIt is winter.What changed in the article")
        dialog.get_by_label("It was wrong in").select_option("1")
        reads(dialog, gone="two", come="nine")
        dialog.get_by_label("It is right in").select_option("1")
        expect(seen).to_contain_text("No change of the article is shown with it.")
        dialog.get_by_label("It was wrong in").select_option("3")
        dialog.get_by_role("button", name="Publish").click()
        expect(seen.locator(".fault")).to_contain_text("The edition in which it was wrong comes")
        dialog.get_by_label("It is right in").select_option("3")
        dialog.get_by_label("It was wrong in").select_option("2")
        reads(dialog, gone="six", come="nine")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("main")).to_contain_text("Correction 1: It is winter.")
    public = httpx.get(f"{newsroom.url}/corrections/articles/1", timeout=60).text
    assert "<del>six</del>" in public


def test_nothing_is_published_whose_change_could_not_be_shown(
    browser: Browser, newsroom: Newsroom
) -> None:
    """The press asks for it again, and what was typed stays."""
    told(newsroom)
    mend(newsroom)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort() if len(lost) == 1 else route.continue_()

    with seated(browser, newsroom, "marta", "/desk/reports/1") as page:
        page.route("**/changes?*", lose)
        dialog = page.get_by_role("dialog")
        page.keyboard.press("p")
        expect(dialog.locator(".fault")).to_contain_text("The server cannot be reached.")
        dialog.get_by_label("What was wrong").fill("It is winter.")
        dialog.get_by_role("button", name="Publish").click()
        reads(dialog, gone="two", come="nine")
        expect(dialog.get_by_label("What was wrong")).to_have_value("It is winter.")
        dialog.get_by_role("button", name="Publish").click()
        expect(page.get_by_role("main")).to_contain_text("Correction 1: It is winter.")
    assert len(lost) == 2


@pytest.mark.parametrize("way", ["agree", "status"])
def test_who_agrees_sees_what_readers_will(browser: Browser, two: Newsroom, way: str) -> None:
    """Whether with one press, or by saying anew where the assertion stands."""
    mend(two)
    with seated(browser, two, "marta", "/desk/reports/1") as page:
        propose(page, TEXT)
        reads(page.locator(".proposals"), gone="two", come="nine")
    with seated(browser, two, "edda", "/desk/reports/1") as page:
        dialog = page.get_by_role("dialog")
        if way == "agree":
            page.get_by_role("button", name="Agree…").click()
            dialog.get_by_label("Why").fill("I looked as well.")
        else:
            page.keyboard.press("s")
            dialog.get_by_label("It is").select_option("corrected")
            dialog.get_by_label("Why").fill("I looked as well.")
            dialog.get_by_role("button", name="Keep").click()
            dialog.get_by_role("button", name="Proposal 1").click()
        agreed(page, two)


def test_who_agrees_begins_with_what_readers_will_see(browser: Browser, two: Newsroom) -> None:
    """However long the change is, its beginning is on the screen, and not its end."""
    mend(two, "HARWICK SOUND\n" + "The council voted to close every bridge. " * 200)
    with seated(browser, two, "marta", "/desk/reports/1") as page:
        propose(page, TEXT)
        expect(page.locator(".assertions > li").first).to_contain_text("with proposal 1")
    with seated(browser, two, "edda", "/desk/reports/1", size=PHONE) as page:
        page.get_by_role("button", name="Agree…").click()
        expect(page.get_by_role("dialog").get_by_text(TEXT)).to_be_in_viewport()
        page.get_by_role("dialog").get_by_label("Why").fill("I looked as well.")
        page.get_by_role("dialog").get_by_role("button", name="Agree", exact=True).click()
        expect(page.locator(".assertions > li").first).to_contain_text("Corrected")


def test_what_no_report_led_to_is_seen_as_well(browser: Browser, two: Newsroom) -> None:
    """Above the list: what another program proposed."""
    mend(two)
    given = {"article": 1, "kind": "correction", "text": TEXT}
    assert two.client.post("/api/corrections", json=given).status_code == 202
    with seated(browser, two, "edda", "/desk/reports") as page:
        reads(page.locator(".proposals"), gone="two", come="nine")
        page.get_by_role("button", name="Agree to publish proposal 1").click()
        agreed(page, two)


def test_a_long_change_is_folded_above_the_list(browser: Browser, two: Newsroom) -> None:
    """A key opens it, and it stays open where the list is drawn anew; who agrees sees it."""
    mend(two, "HARWICK SOUND\n" + "The council voted to close every bridge.\n" * 20)
    given = {"article": 1, "kind": "correction", "text": TEXT}
    assert two.client.post("/api/corrections", json=given).status_code == 202
    with seated(browser, two, "edda", "/desk/reports") as page:
        change = page.locator(".proposals > li").first.locator("details")
        expect(change.locator("ins").first).to_be_hidden()
        change.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(change.locator("ins").first).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        given = {**given, "text": "It is one winter.", "before": 1, "after": 1}
        assert two.client.post("/api/corrections", json=given).status_code == 202
        expect(page.locator(".proposals > li")).to_have_count(2)
        expect(change.locator("ins").first).to_be_visible()
        change.locator("summary").press("Space")
        page.get_by_role("button", name="Agree to publish proposal 1").click()
        expect(page.get_by_role("dialog").locator("ins").first).to_be_visible()


def agreed(page: Page, newsroom: Newsroom) -> None:
    """Read what readers will, and agree to it."""
    dialog = page.get_by_role("dialog")
    reads(dialog, gone="two", come="nine")
    expect(dialog).to_contain_text(TEXT)
    assert TEXT not in httpx.get(f"{newsroom.url}/corrections", timeout=60).text
    dialog.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator(".proposals > li")).to_have_count(0)
    assert TEXT in httpx.get(f"{newsroom.url}/corrections", timeout=60).text


def test_what_was_proposed_about_another_article_is_said(browser: Browser, two: Newsroom) -> None:
    """Nobody can agree to it where the report is about another one by now."""
    with seated(browser, two, "marta", "/desk/reports/1") as page:
        propose(page, TEXT)
        expect(page.get_by_role("main")).to_contain_text("with proposal 1. Another editor has to")
    article = {"url": f"{BRIDGE}/ferry", "title": "The ferry", "outlet": "harbour-post"}
    assert two.client.put("/api/articles", json=article).is_success
    given = {"deed": "article", "article": 2, "reason": "r"}
    assert two.client.post("/api/reports/1/steps", json=given).is_success
    with seated(browser, two, "edda", "/desk/reports/1") as page:
        expect(page.get_by_role("main")).to_contain_text("Proposal 1 is about another article")
        expect(page.get_by_role("button", name="Agree")).to_have_count(0)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_what_waits_is_on_the_dashboard_and_in_the_list(
    browser: Browser, two: Newsroom, size: dict[str, int]
) -> None:
    """How much and since when; a press leads to the reports that wait, and marks them."""
    told(two)
    with seated(browser, two, "marta", "/desk/reports?state=proposed", size=size) as page:
        expect(page.get_by_role("main")).to_contain_text("No report waits for a second editor.")
    given = {"deed": "status", "assertion": 1, "status": "no_error", "reason": "r"}
    assert two.client.post("/api/reports/2/steps", json=given).is_success
    given = {"article": 1, "kind": "correction", "text": TEXT}
    assert two.client.post("/api/corrections", json=given).status_code == 202
    with seated(browser, two, "edda", "/desk/dashboard", size=size) as page:
        figure = page.locator(".figures > div").filter(has_text="For a second editor")
        expect(figure).to_contain_text("For a second editor2the oldest since today, ")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        figure.get_by_role("link").click()
        expect(page.get_by_label("State")).to_have_value("proposed")
        rows = page.locator("ol.campaigns > li")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Report 2")
        expect(rows).to_contain_text("A second editor has to agree")
        expect(page.locator(".proposals > li")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.get_by_label("State").select_option("All")
        expect(rows).to_have_count(2)
