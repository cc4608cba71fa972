"""The moderators' desk in a real browser, on a real server: who sits there, and what they see."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
import pytest
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
    # Keys mean something once the view stands where the sign-in stood.
    expect(page.locator("main .door")).to_have_count(0)
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


def once(answer: dict[str, Any]) -> Callable[[Route], None]:
    """
    Return what answers one request so, and lets all others through.

    It stays: to take a route away stalls whatever is on its way just then.
    """
    answers = iter([answer])

    def route(asked: Route) -> None:
        first = next(answers, None)
        if first:
            asked.fulfill(**first)
        else:
            asked.continue_()

    return route
