"""The readers' widget on pages of another origin: what it weighs, needs, and who can read it."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect
from test_browser import PHONE, WIDE, browser

from ombud import Engine
from ombud.policy import configure
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.store import Store, staff
from ombud.web import create_app
from ombud.web.serve import address, listen, server

__all__ = ["browser"]

KEY = "ombk_widget"
KILOBYTE = 1024
RULES = ("length", "links", "profanity", "shouting")
STYLE = """
html { color-scheme: light dark; font: 100%/1.55 Georgia, serif;
  background: light-dark(#fbf9f4, #171614); color: light-dark(#1d1b18, #ece8e0); }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
"""
PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><meta charset="utf-8"><title>Council closes the bridge</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">{scripts}
<main><h1>Council closes the bridge</h1><p>It is closed for two winters.</p>
<ombud-comments article="{url}" {attributes}></ombud-comments></main>
"""
ARABIC = """
import {{ addLanguage }} from "{server}/static/embed/strings.js";
addLanguage("ar", {{ dir: "rtl", comments: "التعليقات", newest: "الأحدث",
  count: {{ one: "تعليق", two: "تعليقان", few: "{{n}} تعليقات", other: "{{n}} تعليقا" }},
  held: "سيراجعها مشرف.", refusals: {{ closed: "أغلق باب التعليق." }} }});
"""


@dataclass
class Paper:
    """A newsroom that serves comments, and a paper on another origin whose pages show them."""

    server: str
    pages: str
    store: Store
    content: dict[str, tuple[str, str]]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, method: str, path: str, body: object = None, token: str = KEY) -> Any:  # noqa: ANN401
        """Ask the API as the newsroom, or as whoever has the token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx2.request(
            method, f"{self.server}{path}", json=body, headers=headers, timeout=60
        )
        assert answer.is_success, answer.text
        return answer.json()

    def article(self, mode: str = "premoderate", **page: str) -> "Article":
        """Publish an article, with a page on which it can be commented."""
        url = f"{self.pages}/{next(self.numbers)}"
        about = {"url": url, "title": "Council closes the bridge", "mode": mode}
        number = self.ask("PUT", "/api/articles", {**about, "outlet": "harbour-post"})["id"]
        made = Article(self, number, url)
        made.show(**page)
        return made


@dataclass
class Article:
    """An article with its page."""

    paper: Paper
    id: int
    url: str

    def show(
        self, attributes: str = "", lang: str = "en", way: str = "ltr", script: str = "embed.js"
    ) -> None:
        """Lay out the page."""
        scripts = f'<script type="module" src="{self.paper.server}/{script}"></script>'
        if lang == "ar":
            scripts = f'<script type="module" src="/arabic.js"></script>{scripts}'
        page = PAGE.format(url=self.url, attributes=attributes, lang=lang, dir=way, scripts=scripts)
        self.paper.content[self.url.removeprefix(self.paper.pages)] = ("text/html", page)

    def send(self, text: str, name: str = "Ada", parent: int | None = None) -> Any:  # noqa: ANN401
        """Send a comment as a reader who is new."""
        body = {"article": self.id, "text": text, "parent": parent, "author": {"name": name}}
        return self.paper.ask("POST", "/api/comments", {**body, "accept_terms": True}, token="")

    def add(self, text: str, name: str = "Ada", parent: int | None = None) -> int:
        """Publish a comment: send it, and approve it as a moderator."""
        number: int = self.send(text, name, parent)["id"]
        self.rule(number, "approve")
        return number

    def rule(self, comment: int, action: str, clause: str | None = None) -> None:
        """Rule on a comment."""
        body = {"action": action, "clause": clause}
        self.paper.ask("POST", f"/api/comments/{comment}/rulings", body)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """Return a newsroom and its paper, both on real sockets."""
    with newsroom(tmp_path_factory.mktemp("newsroom")) as paper:
        yield paper


@contextmanager
def newsroom(folder: Path) -> Iterator[Paper]:
    """Serve a newsroom with its own database, and a paper on another port."""
    settings = Settings(port=0, data=folder)
    # Rules that need no model and no memory: what one test sends is nothing to another.
    engine = Engine(configure([rule for rule in house_rules() if rule.id in RULES]), [])
    store = Store.in_folder(folder)
    with store.writing() as tx:
        staff.add_key(tx, "widget", KEY, "editor", datetime.now(UTC))
    listening = listen(settings)
    running = server(create_app(engine, settings, store=store))
    content = {"/style.css": ("text/css", STYLE)}
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as pages:
        pages.daemon_threads = True
        paper = Paper(address(listening), f"http://127.0.0.1:{pages.server_port}", store, content)
        content["/arabic.js"] = ("text/javascript", ARABIC.format(server=paper.server))
        pages.RequestHandlerClass = _pages(paper)
        threads = [
            threading.Thread(target=running.run, kwargs={"sockets": [listening]}),
            threading.Thread(target=pages.serve_forever),
        ]
        for thread in threads:
            thread.start()
        yield paper
        running.should_exit = True
        pages.shutdown()
        for thread in threads:
            thread.join(timeout=20)


def _pages(paper: Paper) -> type[BaseHTTPRequestHandler]:
    """Return what serves the paper's pages, under the strictest policy that can be had."""
    policy = (
        f"default-src 'none'; style-src 'self'; img-src data:; script-src 'self' {paper.server};"
        f" connect-src {paper.server}; base-uri 'none'; require-trusted-types-for 'script'"
    )

    class Pages(BaseHTTPRequestHandler):
        """One paper's pages."""

        def do_GET(self) -> None:
            """Send a page."""
            kind, text = paper.content[self.path]
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Pages


@contextmanager
def opened(
    browser: Browser,
    article: Article,
    scheme: str = "light",
    size: dict[str, int] = WIDE,
    *,
    fails: bool = False,
    fragment: str = "",
) -> Iterator[Page]:
    """Open the page of an article as somebody new; unless it `fails`, nothing may go wrong."""
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(article.url + fragment)
    yield page
    context.close()
    assert fails or wrong == []


def discussion(page: Page) -> Locator:
    """Return the widget of a page."""
    return page.locator("ombud-comments")


def test_it_weighs_under_fifteen_kilobytes(browser: Browser, paper: Paper) -> None:
    """All that a page has to load for the widget is under 15 KB compressed."""
    article = paper.article()
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
    expect(page.get_by_label("Write a comment")).to_be_visible()
    page.close()

    assert len(loaded) > 1
    assert sum(loaded.values()) < 15 * KILOBYTE, loaded


@pytest.mark.parametrize(
    ("scheme", "size", "lang", "way"),
    [
        ("light", WIDE, "en", "ltr"),
        ("dark", WIDE, "en", "ltr"),
        ("light", PHONE, "en", "ltr"),
        ("dark", PHONE, "ar", "rtl"),
    ],
    ids=["light", "dark", "phone", "phone-dark-rtl"],
)
def test_everybody_can_read_and_use_it(
    browser: Browser, paper: Paper, scheme: str, size: dict[str, int], lang: str, way: str
) -> None:
    """With every form open axe finds nothing, nothing overflows, and phones have large targets."""
    article = paper.article(lang=lang, way=way)
    first = article.add("Who pays for the ferry while the bridge is closed?")
    second = article.add("الجسر القديم جميل جدا", "مريم", parent=first)
    paper.ask("PUT", f"/api/comments/{first}/pick")
    with opened(browser, article, scheme, size) as page:
        widget = discussion(page)
        widget.locator("textarea").first.fill("Who sells such sh*t?")
        widget.locator("input").first.fill("Nell")
        widget.get_by_role("checkbox").first.check()
        widget.locator("form .main").first.click()
        expect(widget.locator("mark")).to_have_text("sh*t")
        widget.locator(".warning button").last.click()
        expect(widget.locator(".receipt")).to_be_focused()
        widget.locator(".mine summary").click()
        widget.locator(".reply").last.click()
        widget.locator(".report").first.click()
        expect(widget.locator("select")).to_be_visible()

        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        least = 44 if size is PHONE else 24
        for control in widget.locator("button, select, textarea, summary, .accept").all():
            box = control.bounding_box()
            assert not box or box["height"] >= least, control.inner_text()
        assert widget.locator("article").nth(1).get_attribute("aria-label")
        assert second


def test_a_language_can_be_added(browser: Browser, paper: Paper) -> None:
    """A page adds its language; what that leaves out is said in English, right to left."""
    article = paper.article(lang="ar", way="rtl")
    for text in ("Who pays for the ferry?", "I take the train.", "My shop is on the other side."):
        article.add(text)
    with opened(browser, article) as page:
        widget = discussion(page)

        expect(widget.get_by_role("heading", level=2)).to_have_text("التعليقات")
        expect(widget.locator("section")).to_have_css("direction", "rtl")
        expect(widget.locator("header .hint").first).to_have_text("3 تعليقات")
        expect(widget.get_by_role("button", name="Oldest")).to_be_visible()


def test_headlines_have_their_numbers(browser: Browser, paper: Paper) -> None:
    """A small script of its own puts the number of comments under each headline."""
    article = paper.article(script="static/embed/counts.js")
    article.add("Who pays for the ferry?")
    place = article.url.removeprefix(paper.pages)
    kind, text = paper.content[place]
    numbers = [f'<ombud-count article="{url}"></ombud-count>' for url in (article.url, "none")]
    paper.content[place] = (kind, text + "".join(numbers))
    with opened(browser, article) as page:
        expect(page.locator("ombud-count").first).to_have_text("1 comment")
        expect(page.locator("ombud-count").last).to_have_text("0 comments")
