"""What a reader does to send a comment in the widget, and what the newsroom then has."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page
from test_widget_page import Paper, discussion, newsroom

FERRY = "Who pays for the ferry while the bridge is closed?"
TRAIN = "I take the train now, it leaves at ten past seven."


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """Return a newsroom and its paper, both on real sockets."""
    with newsroom(tmp_path_factory.mktemp("newsroom")) as paper:
        yield paper


def fill(page: Page, text: str, name: str = "Nell") -> Locator:
    """Write a first comment, and return the button that sends it."""
    widget = discussion(page)
    widget.get_by_label("Write a comment").fill(text)
    widget.get_by_label("Your name").fill(name)
    widget.get_by_label("I accept the commenting policy.").check()
    return widget.get_by_role("button", name="Send", exact=True)


def kept(page: Page) -> list[str]:
    """Return the names of what the browser keeps."""
    found: list[str] = page.evaluate("Object.keys(localStorage)")
    return sorted(name.split(" ", 2)[2] for name in found)


def queue(paper: Paper, article: int) -> list[Any]:
    """Return what waits under an article, oldest first."""
    items: list[Any] = paper.ask("GET", f"/api/queue?article={article}")["items"]
    return items
