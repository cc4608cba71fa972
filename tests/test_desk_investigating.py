"""Looking into a report at the desk: what others do shows, what is late changes nothing."""

from datetime import UTC, datetime, timedelta

import httpx2 as httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect
from sitting import BRIDGE, PASSWORD, PHONE, WIDE, Newsroom, browser, house, newsroom, seated
from sqlalchemy import text

from ombud.passwords import hashed
from ombud.store import staff

__all__ = ["browser", "house", "newsroom"]
WORDS = "The bridge is closed for one winter, not two. You misspelled Ms Lindqvist. It was Tuesday."
GULL = """Council closes the old swing bridge

By Jo Reed

The council voted to close the bridge for one winter, the town clerk, Ida Norr, said on Tuesday.

The chairwoman, Marta Lindqvist, declined to comment on the vote, which was taken in public.
"""


@pytest.fixture
def told(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom with two reports; the second is late."""
    for _ in range(2):
        given = {"article": BRIDGE, "text": WORDS, "name": "Ada", "email": "ada@example.org"}
        assert httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60).is_success
    with newsroom.app.state.office.store.writing() as tx:
        tx.execute(text("UPDATE reports SET due_at = 5, acknowledge_by = 5 WHERE id = 2"))
    return newsroom


def act(newsroom: Newsroom, **given: object) -> None:
    """Take a step at report 1, as somebody else at another screen."""
    done = newsroom.client.post("/api/reports/1/steps", json={"reason": "r", **given})
    assert done.status_code == 201, done.text


def dialog(page: Page) -> Locator:
    """Return the open dialog."""
    return page.get_by_role("dialog")


def test_what_another_does_shows_and_a_late_step_changes_nothing(
    browser: Browser, told: Newsroom
) -> None:
    """Without reloading; who answers an old question is told so, and need not type it again."""
    with seated(browser, told, "bo", "/desk/reports/1") as page:
        main = page.get_by_role("main")
        expect(main).to_contain_text("Assertion 1 · Fact")
        act(told, deed="kind", assertion=1, kind="emphasis")
        expect(main).to_contain_text("Assertion 1 · Emphasis")
        page.keyboard.press("s")
        dialog(page).get_by_label("It is").select_option("investigating")
        dialog(page).get_by_label("Why").fill("I look into it.")
        page.mouse.click(5, 5)
        page.keyboard.press("Escape")
        expect(dialog(page)).to_contain_text("Press Escape once more")
        act(told, deed="status", assertion=1, status="no_error")
        dialog(page).get_by_role("button", name="Keep").click()
        expect(page.locator(".note.fault")).to_contain_text("by marta meanwhile")
        expect(main.locator(".assertions > li").first).to_contain_text("No error")
        page.keyboard.press("c")
        expect(dialog(page).get_by_label("Why")).to_have_value("I look into it.")
    known = told.client.get("/api/reports/1").json()
    assert [one["by"] for one in known["steps"]] == ["marta", "marta"]


def step(page: Page, button: str, keep: str, **fields: str) -> None:
    """Take a step by hand, and wait until it is kept."""
    steps = page.locator("section").filter(has_text="Steps").last.locator("li")
    page.get_by_role("button", name=button).first.click()
    for label, value in fields.items():
        field = dialog(page).get_by_label(label.replace("_", " "))
        kind = field.evaluate("one => one.localName")
        field.select_option(value) if kind == "select" else field.fill(value)
    dialog(page).get_by_label("Why").fill("So it is.")
    known = steps.count()
    dialog(page).get_by_role("button", name=keep).click()
    expect(steps).to_have_count(known + 1)


def test_what_was_typed_for_one_report_is_not_there_at_another(
    browser: Browser, told: Newsroom
) -> None:
    """A reader would be told the reason of somebody else's report."""
    with seated(browser, told, "bo", "/desk/reports/1") as page:
        page.keyboard.press("s")
        dialog(page).get_by_label("It is").select_option("corrected")
        dialog(page).get_by_label("Why").fill("The clerk told us.")
        dialog(page).get_by_role("button", name="Keep").click()
        expect(dialog(page)).to_contain_text("Publish a correction")
        page.keyboard.press("Escape")
        page.get_by_role("main").get_by_role("link", name="Corrections").click()
        page.get_by_role("link", name="Report 2").click()
        expect(page.get_by_role("heading", name="Report 2")).to_be_visible()
        page.keyboard.press("s")
        expect(dialog(page).get_by_label("Why")).to_have_value("")


def test_steps_by_hand_and_back(browser: Browser, told: Newsroom) -> None:
    """Split, merged, added, given away, put off; then all but the first is taken back."""
    with seated(browser, told, "marta", "/desk/reports/1") as page:
        parts = page.locator(".assertions > li")
        expect(parts).to_have_count(3)

        step(page, "Split…", "Split", The_second_begins_with="11")
        expect(parts.first.locator(".said")).to_have_text("The bridge ")
        step(page, "Merge…", "Merge", takes_in="2")
        expect(parts).to_have_count(3)
        step(page, "Add an assertion…", "Add", In_these_words="It was Tuesday.")
        expect(parts).to_have_count(4)
        step(page, "Give it to…", "Keep", Name="bo")
        step(page, "Deadline…", "Keep", answered_by=_soon())
        main = page.get_by_role("main")
        expect(main).to_contain_text("with bo")
        expect(main).to_contain_text("marta splits it into “The bridge” and “is closed for one")
        expect(main).to_contain_text("marta merges assertion 2 into it: “The bridge")
        for number, count in enumerate((4, 4, 3, 4), 1):
            page.keyboard.press("u")
            dialog(page).get_by_label("Why").fill("A slip.")
            dialog(page).get_by_role("button", name="Take back").click()
            expect(page.locator(".reasons .gone")).to_have_count(number)
            expect(parts).to_have_count(count)
        expect(main).to_contain_text("marta takes back step 2 (assertion 1): A slip.")
    known = told.client.get("/api/reports/1").json()
    assert [one["holds"] for one in known["steps"]] == [True] + [False] * 8
    assert known["assigned_to"] is None


def _soon() -> str:
    """Return a day of the next weeks, as a field takes it."""
    return (datetime.now(UTC) + timedelta(days=9)).date().isoformat()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_other_outlets_stand_beside_an_assertion(
    browser: Browser, told: Newsroom, size: dict[str, int]
) -> None:
    """A text that is pasted shows its lines, word for word, for everybody to read."""
    with seated(browser, told, "marta", "/desk/reports/1", size=size) as page:
        page.get_by_role("button", name="Add a text…").click()
        dialog(page).get_by_label("Its address").fill("https://gull.example/bridge")
        dialog(page).get_by_label("Outlet").fill("Gull Post")
        dialog(page).get_by_label("Text or HTML").fill(GULL)
        dialog(page).get_by_role("button", name="Add", exact=True).click()
        first = page.locator(".assertions > li").first
        expect(first).to_contain_text("As the reader says")
        expect(first.locator("q", has_text="for one winter, the town clerk")).to_be_visible()
        expect(first).to_contain_text("source: the town clerk, Ida Norr")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        page.get_by_role("button", name="Leave out Gull Post").click()
        expect(page.get_by_text("As the reader says")).to_have_count(0)


def test_two_editors_see_what_is_proposed(browser: Browser, told: Newsroom) -> None:
    """The proposal of one stands there, and the other agrees with a press; a deadline as a date."""
    change = {"two_editors": True, "reason": "r"}
    assert told.client.patch("/api/outlets/harbour-post", json=change).is_success
    with seated(browser, told, "marta", "/desk/reports/1") as page:
        due = f"{_soon()}T12:00:00Z"
        act(told, deed="due", due=due)
        shown = datetime.fromisoformat(due)
        expect(page.get_by_role("main")).to_contain_text(f"due {shown.day} {shown:%B %Y}")
        key = {"deed": "status", "assertion": 1, "status": "no_error"}
        act(told, **key)
        first = page.locator(".assertions > li").first
        expect(first).to_contain_text(
            "marta proposes: No error. Another editor has to say the same."
        )
        expect(first).to_contain_text("Open")
        expect(first.get_by_role("button", name="Agree…")).to_have_count(0)
    with told.app.state.office.store.writing() as tx:
        staff.add(tx, "edda", "editor", hashed(PASSWORD), datetime.now(UTC))
    with seated(browser, told, "edda", "/desk/reports/1") as page:
        page.get_by_role("button", name="Agree…").click()
        dialog(page).get_by_label("Why").fill("I looked as well.")
        page.keyboard.press("Enter")
        expect(page.locator(".assertions > li").first).to_contain_text("No error")
        expect(page.locator(".assertions > li").first).not_to_contain_text("proposes")


def test_what_is_overdue_is_loud(browser: Browser, told: Newsroom) -> None:
    """On every page of the desk, above the list, and on the dashboard; gone once answered."""
    with seated(browser, told, "marta", "/desk/dashboard") as page:
        link = page.get_by_role("link", name="Corrections 1 overdue")
        expect(link).to_be_visible()
        expect(page.locator(".figures .fault")).to_have_text("1")
        link.click()
        expect(page.get_by_text("1 report is overdue: answer it first.")).to_be_visible()
        for number in (1, 2, 3):
            step = {"deed": "status", "assertion": number, "status": "not_ours", "reason": "r"}
            assert told.client.post("/api/reports/2/steps", json=step).is_success
        expect(page.get_by_role("link", name="Corrections", exact=True)).to_be_visible()
        expect(page.get_by_text("overdue")).to_have_count(0)


def test_an_outlet_sets_up_its_corrections_desk(browser: Browser, newsroom: Newsroom) -> None:
    """Deadlines, two editors and the address of its own system, whose secret is not shown again."""
    with seated(browser, newsroom, "marta", "/desk/outlets") as page:
        page.get_by_label("Days until it is answered").fill("10")
        page.get_by_label("Two editors").check()
        page.get_by_label("Where your own system").fill("https://cms.example/hook")
        page.get_by_label("Secret that signs it").fill("a secret that nobody knows")
        page.get_by_label("Reason").fill("As agreed.")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text("Kept.")).to_be_visible()
        expect(page.get_by_label("Secret that signs it")).to_have_value("")
        assert Axe().run(page).violations_count == 0
    known = newsroom.client.get("/api/outlets/harbour-post").json()
    assert (known["answer_days"], known["two_editors"]) == (10, True)
    assert known["webhook_url"] == "https://cms.example/hook"
