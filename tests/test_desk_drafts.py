"""A language model's draft at the desk: asked for by a button, marked, and changed by an editor."""

from dataclasses import replace

import httpx2 as httpx
from answering import answer, answering
from playwright.sync_api import Browser, expect
from sitting import BRIDGE, Newsroom, browser, house, newsroom, seated

__all__ = ["browser", "house", "newsroom"]
WORDS = "The council voted to close the bridge for one winter, not for two winters."


def test_a_draft_is_marked_and_published_by_nobody_but_the_editor(
    browser: Browser, newsroom: Newsroom
) -> None:
    """Without a model there is no button; with one its words fill the field, and say whose."""
    given = {"article": BRIDGE, "text": WORDS}
    assert httpx.post(f"{newsroom.url}/api/reports", json=given, timeout=60).is_success
    said = answer("Our headline said it.", ("s1", "bridge"))
    office = newsroom.app.state.office
    with answering(say=lambda _: said) as stub:
        with seated(browser, newsroom, "marta", "/desk/reports/1") as page:
            page.get_by_role("button", name="Publish a correction…").click()
            expect(page.get_by_role("dialog").get_by_role("button", name="draft")).to_have_count(0)
        office.settings = replace(
            office.settings, language_model_url=stub.url, language_model="parrot"
        )
        with seated(browser, newsroom, "marta", "/desk/reports/1") as page:
            page.get_by_role("button", name="Publish a correction…").click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_role("button", name="Let the language model draft it").click()
            field = dialog.get_by_label("What was wrong, and what is right")
            expect(field).to_have_value("Our headline said it.")
            expect(dialog).to_contain_text("Worded by a language model, not checked")
            expect(dialog.locator("q")).to_have_text("bridge")
            stub.status = 500
            dialog.get_by_role("button", name="Let the language model draft it").click()
            expect(dialog.get_by_role("status")).to_contain_text("language model")
            expect(field).to_have_value("Our headline said it.")
    assert newsroom.client.get("/api/reports/1").json()["corrections"] == []
