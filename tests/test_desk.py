"""The moderators' queue in a real browser, on a real server: keys, outbox, claims, live, phone."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import Serving
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

import ombud
from ombud import Engine
from ombud.passwords import hashed
from ombud.settings import Settings
from ombud.store import staff
from ombud.web import create_app

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PASSWORD = "a long enough password"  # noqa: S105  # of invented people
BRIDGE = "https://harbour.example/bridge"
PATIENCE = 60
expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Newsroom:
    """A running application with staff, an article, and readers who write."""

    url: str
    app: Any
    client: httpx.Client
    tokens: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str, parent: int | None = None) -> int:
        """Send a comment as a reader, and return its number."""
        token = self.tokens.get(name)
        sent = httpx.post(
            f"{self.url}/api/comments",
            json={
                "article": BRIDGE,
                "text": text,
                "parent": parent,
                "author": {"name": name},
                "accept_terms": True,
            },
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=PATIENCE,
        )
        assert sent.status_code == 201, sent.text
        content = sent.json()
        self.tokens.setdefault(name, content["reader"]["token"])
        return int(content["id"])

    def comment(self, number: int) -> dict[str, Any]:
        """Return all that the staff knows of a comment."""
        known = self.client.get(f"/api/comments/{number}")
        assert known.status_code == 200, known.text
        return dict(known.json())

    def rulings(self, number: int) -> list[tuple[str, str | None, str]]:
        """Return who ruled what on a comment, oldest first."""
        return [(r["action"], r["clause"], r["by"]) for r in self.comment(number)["rulings"]]


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


@pytest.fixture(scope="module")
def house() -> Engine:
    """Return the whole house policy: the keys 1 to 9 stand for its clauses."""
    return ombud.house_policy()


@pytest.fixture
def newsroom(house: Engine, settings: Settings, serving: Serving) -> Iterator[Newsroom]:
    """Return a newsroom with two moderators, an editor and an article."""
    app = create_app(house, settings)
    with serving(app, settings) as url, httpx.Client(base_url=url, timeout=PATIENCE) as client:
        kept = hashed(PASSWORD)
        with app.state.office.store.writing() as tx:
            for name, role in (("joon", "moderator"), ("bo", "moderator"), ("marta", "editor")):
                staff.add(tx, name, role, kept, datetime.now(UTC))  # type: ignore[arg-type]
        signed_in = client.post("/api/session", json={"name": "marta", "password": PASSWORD})
        assert signed_in.status_code == 200, signed_in.text
        article = {
            "url": BRIDGE,
            "title": "Council votes to close the old swing bridge",
            "text": "HARWICK SOUND\nThe council voted to close the bridge for two winters.",
            "byline": "Marta Lindqvist",
            "outlet": "harbour-post",
        }
        assert client.put("/api/articles", json=article).status_code == 201
        yield Newsroom(url, app, client)


@contextmanager
def seated(
    browser: Browser,
    newsroom: Newsroom,
    name: str = "joon",
    path: str = "/desk",
    scheme: str = "light",
    size: dict[str, int] = WIDE,
) -> Iterator[Page]:
    """Sit down at the desk; whatever goes wrong in its scripts fails the test."""
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda line: (
            wrong.append(line.text)
            if line.type == "error" and "Failed to load resource" not in line.text
            else None
        ),
    )
    page.goto(f"{newsroom.url}{path}")
    sign_in(page, name)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    yield page
    context.close()
    assert wrong == []


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill the form in, with the keyboard."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def reading(page: Page, text: str) -> None:
    """Wait until a comment is open."""
    expect(page.locator(".reading .text")).to_have_text(text)


def settled(page: Page) -> None:
    """Wait until every ruling has arrived."""
    expect(page.locator(".sending")).to_have_text("")
    expect(page.locator(".slips .waiting, .slips .undoing")).to_have_count(0)


def offline(page: Page, *, lost: bool) -> BrowserContext:
    """Cut or mend the connection."""
    page.context.set_offline(lost)
    return page.context


def test_who_signs_in_is_checked(browser: Browser, newsroom: Newsroom) -> None:
    """A wrong password is told in words, the right one opens the queue, and one can leave."""
    newsroom.write("Ada", "I like the ferry.")
    page = browser.new_page()
    page.goto(f"{newsroom.url}/desk")
    sign_in(page, "joon", "not the password")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong. Try again.")
    expect(page.get_by_label("Password")).to_be_focused()

    sign_in(page, "joon")
    reading(page, "I like the ferry.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Password")).to_be_visible()
    page.close()


def test_a_code_is_asked_for_where_one_was_set_up(browser: Browser, newsroom: Newsroom) -> None:
    """The field for the code appears once the password is right, and a wrong code is told."""
    secret = pyotp.random_base32()
    with newsroom.app.state.office.store.writing() as tx:
        assert staff.change(tx, "bo", totp_secret=secret)
    page = browser.new_page()
    page.goto(f"{newsroom.url}/desk")
    expect(page.get_by_label("Code")).to_be_hidden()
    sign_in(page, "bo")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    page.close()


def test_the_keyboard_rules(browser: Browser, newsroom: Newsroom) -> None:
    """One key approves, one deletes by the suggested clause, a number by another."""
    fine = newsroom.write("Ada", "I like the ferry.")
    rude = newsroom.write("Bea", "Who voted for this sh*t?")
    odd = newsroom.write("Cem", "Football on Saturday, anyone?")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("a")
        reading(page, "Who voted for this sh*t?")
        page.keyboard.press("d")
        reading(page, "Football on Saturday, anyone?")
        page.keyboard.press("7")
        expect(page.get_by_role("heading", name="Nothing waits for a ruling.")).to_be_visible()
        settled(page)

    assert newsroom.rulings(fine) == [("approve", None, "joon")]
    assert newsroom.rulings(rude) == [("delete", "profanity", "joon")]
    assert newsroom.rulings(odd) == [("delete", "off_topic", "joon")]


def test_keys_rest_while_one_types(browser: Browser, newsroom: Newsroom) -> None:
    """Letters in a note and in the search are letters; a key held down rules once."""
    first = newsroom.write("Ada", "I like the ferry.")
    second = newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("n")
        page.keyboard.type("as agreed, daily")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("button", name="Approve")).to_be_focused()
        page.keyboard.down("a")
        page.keyboard.down("a")
        page.keyboard.up("a")
        reading(page, "I do not.")
        page.keyboard.press("/")
        page.keyboard.type("add")
        settled(page)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Undo the last ruling")
        page.get_by_label("Use single keys").uncheck()
        page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
        page.keyboard.press("a")
        reading(page, "I do not.")

    assert newsroom.comment(first)["rulings"][0]["note"] == "as agreed, daily"
    assert newsroom.rulings(second) == []


def test_the_last_ruling_can_be_undone(browser: Browser, newsroom: Newsroom) -> None:
    """After `u` the comment is open again where it stood, and held."""
    fine = newsroom.write("Ada", "I like the ferry.")
    newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("a")
        reading(page, "I do not.")
        settled(page)
        page.keyboard.press("u")
        reading(page, "I like the ferry.")
        settled(page)
        expect(page.locator(".list li").first).to_contain_text("Ada")
        expect(page.locator(".slips")).to_contain_text("taken back")

        page.keyboard.press("a")
        page.keyboard.press("u")
        reading(page, "I like the ferry.")
        settled(page)
    assert newsroom.comment(fine)["state"] == "held"


def test_one_ruling_for_several(browser: Browser, newsroom: Newsroom) -> None:
    """Those selected are ruled on together, and what became of each is told."""
    numbers = [newsroom.write(name, f"Cheap boats, says {name}.") for name in ("Ada", "Bea", "Cem")]
    with seated(browser, newsroom) as page:
        reading(page, "Cheap boats, says Ada.")
        for key in ("x", "j", "x"):
            page.keyboard.press(key)
        expect(page.locator(".selection")).to_contain_text("2 comments selected")
        page.keyboard.press("8")
        reading(page, "Cheap boats, says Cem.")
        settled(page)
        page.locator(".slips summary").click()
        expect(page.locator(".slips li li")).to_have_count(2)
        expect(page.locator(".slips li li").first).to_contain_text("deleted")

    states = [newsroom.comment(number)["state"] for number in numbers]
    assert states == ["deleted", "deleted", "held"]


def test_two_moderators_never_hold_the_same(browser: Browser, newsroom: Newsroom) -> None:
    """What one has open is shown to the other, cannot be ruled on, and vanishes once ruled on."""
    number = newsroom.write("Ada", "I like the ferry.")
    newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom) as joon, seated(browser, newsroom, "bo") as bo:
        reading(joon, "I like the ferry.")
        expect(bo.locator(".list li").first).to_contain_text("with joon")
        reading(bo, "I do not.")
        bo.keyboard.press("k")
        expect(bo.locator(".banner")).to_contain_text("joon has this comment open")
        bo.keyboard.press("a")
        expect(bo.locator("#notes")).to_contain_text("Not ruled")
        bo.keyboard.press("j")

        joon.keyboard.press("a")
        expect(bo.locator("#notes")).to_contain_text("joon approved the comment by Ada")
        expect(bo.locator(".list li")).to_have_count(1)
        reading(bo, "I do not.")
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_a_ruling_that_does_not_count_comes_back(browser: Browser, newsroom: Newsroom) -> None:
    """A ruling that meets somebody else's claim returns, with the words of who and what."""
    newsroom.write("Ada", "I like the ferry.")
    number = newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom, "bo") as bo:
        reading(bo, "I like the ferry.")
        offline(bo, lost=True)
        bo.keyboard.press("j")
        reading(bo, "I do not.")
        bo.keyboard.press("d")
        bo.get_by_role("dialog").get_by_role("button", name="No personal attacks").click()
        assert newsroom.client.put(f"/api/comments/{number}/claim").status_code == 200
        offline(bo, lost=False)

        expect(bo.get_by_role("alert")).to_contain_text("did not count")
        expect(bo.get_by_role("alert")).to_contain_text("marta")
        expect(bo.locator(".list li")).to_have_count(2)
    assert newsroom.rulings(number) == []


def test_new_comments_do_not_move_what_one_reads(browser: Browser, newsroom: Newsroom) -> None:
    """A new comment raises a counter; the list and the open comment stay where they are."""
    for name in ("Ada", "Bea"):
        newsroom.write(name, f"I like the ferry, says {name}.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry, says Ada.")
        expect(page.locator(".live")).to_have_text("Live")
        places = [page.locator(".list li").nth(n).bounding_box() for n in (0, 1)]
        newsroom.write("Cem", "I came late.")
        expect(page.locator(".fresh")).to_have_text("1 new")

        assert [page.locator(".list li").nth(n).bounding_box() for n in (0, 1)] == places
        reading(page, "I like the ferry, says Ada.")
        page.keyboard.press("r")
        expect(page.locator(".list li")).to_have_count(3)
        expect(page.locator(".list li").last).to_contain_text("I came late.")
        reading(page, "I like the ferry, says Ada.")


def test_a_line_that_died_unnoticed_is_made_up_for(browser: Browser, newsroom: Newsroom) -> None:
    """Another network tells nothing of the old one's end: the list is compared all the same."""
    newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        expect(page.locator(".live")).to_have_text("Live")
        with page.expect_response(lambda got: "/api/queue?" in got.url, timeout=PATIENCE * 1000):
            page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".live")).to_have_text("Live")


def test_who_cannot_be_told_again_asks_anew(browser: Browser, newsroom: Newsroom) -> None:
    """Where the server says `reload` instead of what was missed, the list is compared with its."""
    # A place that the log does not know, and a line that ends.
    ends = {"content_type": "text/event-stream", "body": "retry: 5000\nid: 999999.0\ndata: {}\n\n"}
    newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        page.route("**/api/events?*", lambda route: route.fulfill(**ends), times=1)
        page.reload()
        reading(page, "I like the ferry.")
        newsroom.write("Bea", "I came late.")
        expect(page.locator(".fresh")).to_have_text("1 new")
        reading(page, "I like the ferry.")


def test_no_ruling_is_lost_without_a_connection(browser: Browser, newsroom: Newsroom) -> None:
    """Rulings made offline wait in order, survive a reload, and arrive once each."""
    numbers = [newsroom.write(name, f"Says {name}.") for name in ("Ada", "Bea", "Cem", "Dee")]
    with seated(browser, newsroom) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        reading(page, "Says Ada.")
        offline(page, lost=True)
        for key in ("a", "1", "a"):
            page.keyboard.press(key)
        reading(page, "Says Dee.")
        expect(page.locator(".sending")).to_contain_text("3 rulings on their way")
        page.context.set_offline(False)
        page.reload()
        settled(page)
        reading(page, "Says Dee.")

    assert [newsroom.rulings(number) for number in numbers] == [
        [("approve", None, "joon")],
        [("delete", "personal_attack", "joon")],
        [("approve", None, "joon")],
        [],
    ]


def test_an_answer_that_got_lost_doubles_nothing(browser: Browser, newsroom: Newsroom) -> None:
    """A ruling that reached the server, whose answer did not come back, is not made twice."""
    number = newsroom.write("Ada", "I like the ferry.")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.route("**/api/rulings", lose)
        page.keyboard.press("a")
        expect(page.locator(".slips")).to_contain_text("Approved")
        settled(page)
    assert lost
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_a_sign_in_that_ended_loses_nothing(browser: Browser, newsroom: Newsroom) -> None:
    """Whoever is signed out meanwhile signs in again, and the ruling goes out."""
    number = newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.context.clear_cookies()
        page.keyboard.press("a")
        expect(page.get_by_role("dialog", name="Sign in again")).to_contain_text("Nothing is lost")
        expect(page.get_by_role("dialog").get_by_label("Password")).to_be_focused()
        page.keyboard.insert_text(PASSWORD)
        page.keyboard.press("Enter")
        settled(page)
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_filters_live_in_the_address(browser: Browser, newsroom: Newsroom) -> None:
    """Filters are bookmarks: back and forward go through them, and a reload keeps them."""
    newsroom.write("Ada", "I like the ferry.")
    newsroom.write("Bea", "Who voted for this sh*t?")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("f")
        page.get_by_label("Clause", exact=True).select_option("profanity")
        reading(page, "Who voted for this sh*t?")
        assert page.url.endswith("/desk?clause=profanity")
        page.get_by_label("Order").select_option("newest")
        expect(page.locator(".chips li")).to_have_count(2)
        page.go_back()
        expect(page.locator(".chips li")).to_have_count(1)
        page.go_back()
        expect(page.locator(".list li")).to_have_count(2)
        page.go_forward()
        reading(page, "Who voted for this sh*t?")
        page.reload()
        reading(page, "Who voted for this sh*t?")
        expect(page.locator(".list li")).to_have_count(1)
        page.get_by_role("button", name="Without: No profanity").click()
        expect(page.locator(".list li")).to_have_count(2)
        page.keyboard.press("Escape")
        page.get_by_label("Search in the comments").fill("FERRY")
        page.keyboard.press("Enter")
        expect(page.locator(".list li")).to_have_count(1)
        assert page.url.endswith("/desk?q=FERRY")


def test_what_readers_write_is_only_text(browser: Browser, newsroom: Newsroom) -> None:
    """Markup stays letters, and marks are in their place after characters outside the BMP."""
    text = '<img src=x onerror="boom()"> \U0001f600\U0001f600 what a load of sh*t'
    newsroom.write("<b>Ada</b>", text)
    with seated(browser, newsroom) as page:
        expect(page.locator(".reading .text")).to_contain_text('<img src=x onerror="boom()">')
        expect(page.locator(".reading .who")).to_contain_text("<b>Ada</b>")
        assert page.locator(".reading img, .reading b, .list img").count() == 0
        expect(page.locator(".reading mark").last).to_have_text("sh*t")
        number = page.locator(".reading .text a.number").last
        written = number.get_attribute("data-number") or ""
        number.click()
        expect(page.locator(".cited li:target .number")).to_have_text(written)


def test_the_opposite_decision_is_told_before(browser: Browser, newsroom: Newsroom) -> None:
    """Before a ruling one reads what was decided on nearly the same comment, by whom and when."""
    text = "The council has sold this town to the ferry company, and everybody knows what it paid."
    first = newsroom.write("Ada", text)
    ruled = newsroom.client.post(f"/api/comments/{first}/rulings", json={"action": "approve"})
    assert ruled.status_code == 201
    newsroom.write("Bea", f"{text}!")
    with seated(browser, newsroom) as page:
        expect(page.locator(".warning")).to_contain_text("approved by marta, today")
        page.keyboard.press("1")
        expect(page.locator("#notes")).to_contain_text("Deleted, but nearly the same comment was")
        settled(page)


def test_an_escalated_comment_waits_for_an_editor(browser: Browser, newsroom: Newsroom) -> None:
    """A moderator leaves a comment to an editor with a note; only the editor rules on it then."""
    number = newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("e")
        page.keyboard.type("Is she the minister?")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".slips")).to_contain_text("Escalated")
        settled(page)
    assert newsroom.comment(number)["escalated"] is True
    with seated(browser, newsroom, "marta", "/desk?escalated=1") as page:
        expect(page.locator(".more")).to_contain_text("Is she the minister?")
        page.keyboard.press("a")
        settled(page)
    assert newsroom.comment(number)["state"] == "approved"


def test_a_phone_is_enough(browser: Browser, newsroom: Newsroom) -> None:
    """At 360 pixels nothing overflows, and everything can be done with the thumb."""
    newsroom.write("Ada", "Who voted for this sh*t?")
    number = newsroom.write("Bea", f"I like the ferry {'very ' * 60}much, {'x' * 90}.")
    with seated(browser, newsroom, size=PHONE) as page:
        page.get_by_role("button", name="Delete: No profanity").click()
        expect(page.locator(".reading .text")).to_contain_text("I like the ferry")
        page.get_by_role("button", name="List").click()
        expect(page.locator(".list li")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for button in page.locator("button, .list input").all():
            box = button.bounding_box() if button.is_visible() else None
            assert box is None or box["height"] >= 24 or button.get_attribute("type") == "checkbox"
        page.get_by_role("button", name="Approve").click()
        settled(page)
    assert newsroom.comment(number)["state"] == "approved"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_is_accessible(
    browser: Browser, newsroom: Newsroom, scheme: str, size: dict[str, int]
) -> None:
    """Axe finds nothing in the queue, in its filters, its help, and among its clauses."""
    newsroom.write("Ada", "I like the ferry.")
    newsroom.write("Bea", "Who voted for this sh*t? WHY DOES NOBODY TALK ABOUT THE MONEY")
    with seated(browser, newsroom, scheme=scheme, size=size) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("a")
        expect(page.locator(".reading mark").first).to_be_visible()
        settled(page)
        page.keyboard.press("f")
        expect(page.get_by_label("Order")).to_be_visible()
        found = [Axe().run(page)]
        page.get_by_role("button", name="Keys and help").click()
        found.append(Axe().run(page))
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Note", exact=True).click()
        page.keyboard.press("Escape")
        page.keyboard.press("0")
        expect(page.get_by_role("dialog")).to_be_visible()
        found.append(Axe().run(page))

    assert [one.generate_report() for one in found if one.violations_count] == []
