"""The other pages of the desk in a real browser: comment, article, reader, figures, settings."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from sitting import (
    PHONE,
    WIDE,
    Newsroom,
    browser,
    house,
    newsroom,
    reading,
    seated,
    settled,
)
from sqlalchemy import update
from starlette.testclient import TestClient

from ombud.store.reviews import SHARE, drawn
from ombud.store.schema import secrets

__all__ = ["browser", "house", "newsroom"]
RUDE = "Who voted for this sh*t?"
FINE = (
    "I cross that bridge twice a day, and I still think that the council got it right:"
    " better two winters on the ferry than a span of the bridge in the river."
)


def accessible(page: Page) -> list[str]:
    """Return what axe finds wrong on a page."""
    found = Axe().run(page)
    return [found.generate_report()] if found.violations_count else []


def test_the_desk_is_one_page_without_anything_inline(client: TestClient) -> None:
    """Every address gives the same page, with a strict policy, and modules that may be kept."""
    front = client.get("/desk")
    assert front.status_code == 200
    assert client.get("/desk/comments/7").text == front.text
    assert client.get("/desk/nonsense").status_code == 404
    policy = front.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    start = front.text.index("/desk/modules/")
    script = client.get(front.text[start : front.text.index("desk.css")] + "desk.js")
    assert script.status_code == 200
    assert "immutable" in script.headers["cache-control"]


def test_a_comment_tells_all_that_happened_to_it(browser: Browser, newsroom: Newsroom) -> None:
    """The permalink shows decision, rulings and audit entries, and one can rule there."""
    number = newsroom.write("Ada", RUDE)
    with seated(browser, newsroom, "marta", f"/desk/comments/{number}") as page:
        expect(page.locator(".standing")).to_contain_text("Held")
        expect(page.locator("mark").first).to_have_text("sh*t")
        page.get_by_role("button", name="Delete…").click()
        page.get_by_role("dialog").get_by_role("button", name="No profanity").click()
        page.get_by_label("Why?").fill("A swear word, masked.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".standing")).to_contain_text("Deleted by marta")
        expect(page.get_by_role("region", name="Rulings")).to_contain_text("A swear word, masked.")
        expect(page.get_by_role("region", name="Audit entries")).to_contain_text("ruled")
        page.get_by_role("button", name="Take the ruling back").click()
        expect(page.locator(".standing")).to_contain_text("Held")
    actions = [action for action, _, _ in newsroom.rulings(number)]
    assert actions == ["delete", "undo"]


def test_an_article_shows_its_comments_by_state(browser: Browser, newsroom: Newsroom) -> None:
    """One sees what is held, approved and deleted under an article, and an editor sets its mode."""
    newsroom.write("Ada", FINE)
    article = newsroom.comment(newsroom.write("Bea", RUDE))["article"]["id"]
    with seated(browser, newsroom, "marta", f"/desk/articles/{article}") as page:
        expect(page.locator(".said-list > li")).to_have_count(2)
        page.get_by_role("link", name="Deleted 0").click()
        expect(page.get_by_text("No comment here is deleted.")).to_be_visible()
        page.get_by_label("How comments on this article").select_option("closed")
        expect(page.get_by_text("Kept.")).to_be_visible()
        page.reload()
        expect(page.get_by_label("How comments on this article")).to_have_value("closed")
        page.get_by_role("link", name="Rule on those that are held").click()
        reading(page, FINE)
        assert page.url.endswith(f"/desk?article={article}")


def test_an_editor_suspends_a_reader(browser: Browser, newsroom: Newsroom) -> None:
    """A reader's page shows how their comments fared; a suspension has a reason and an end."""
    number = newsroom.write("Ada", RUDE)
    reader = newsroom.comment(number)["author"]["id"]
    with seated(browser, newsroom, "joon", f"/desk/readers/{reader}") as page:
        expect(page.get_by_role("heading", name="Ada")).to_be_visible()
        expect(page.get_by_role("button", name="Suspend")).to_have_count(0)
    with seated(browser, newsroom, "marta", f"/desk/readers/{reader}") as page:
        page.get_by_label("Reason").fill("Insults after three warnings.")
        page.get_by_label("For how long").select_option("30")
        page.get_by_role("button", name="Suspend").click()
        bans = page.get_by_role("region", name="Suspensions")
        expect(bans).to_contain_text("Insults after three warnings.")
        bans.get_by_role("button", name="Lift").click()
        expect(bans).to_contain_text("Lifted")


def test_a_wrong_policy_names_its_line(browser: Browser, newsroom: Newsroom) -> None:
    """A mistake in the policy file is told with its line; a right one becomes a version."""
    with seated(browser, newsroom, "marta", "/desk/policy") as page:
        page.get_by_label("Policy file").fill('name = "Ours"\n\n[rules.shoutin]\nmode = "off"\n')
        page.get_by_label("Reason").fill("Capitals are fine.")
        page.get_by_role("button", name="Put it in force").click()
        expect(page.get_by_role("alert")).to_contain_text("Line 3. ")
        expect(page.get_by_role("alert")).to_contain_text("shouting")
        expect(page.get_by_label("Policy file")).to_be_focused()
        page.get_by_label("Policy file").fill('name = "Ours"\n\n[rules.shouting]\nmode = "off"\n')
        page.get_by_role("button", name="Put it in force").click()
        expect(page.get_by_role("region", name="Versions")).to_contain_text("Capitals are fine.")
        expect(page.get_by_role("region", name="Versions")).to_contain_text("marta")
        page.reload()
        expect(page.get_by_label("Policy file")).to_have_value(
            'name = "Ours"\n\n[rules.shouting]\nmode = "off"\n'
        )


def test_an_editor_sets_an_outlet(browser: Browser, newsroom: Newsroom) -> None:
    """Settings of an outlet are kept; what cannot be is told in words."""
    with seated(browser, newsroom, "marta", "/desk/outlets") as page:
        page.get_by_label("Where its pages are").fill("harbour.example")
        page.get_by_label("Reason").fill("The mayor's race is over.")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("alert").filter(has_text="must be an address")).to_be_visible()
        page.get_by_label("Where its pages are").fill("https://harbour.example")
        page.get_by_label("Moderation").select_option("automatic")
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_text("Kept.")).to_be_visible()
    assert newsroom.client.get("/api/outlets/harbour-post").json()["mode"] == "automatic"


def test_picks_are_proposed_and_chosen(browser: Browser, newsroom: Newsroom) -> None:
    """Approved comments are proposed with reasons, and only what an editor chooses is picked."""
    number = newsroom.write("Ada", FINE)
    newsroom.client.post(f"/api/comments/{number}/rulings", json={"action": "approve"})
    with seated(browser, newsroom, "marta", "/desk/picks") as page:
        expect(page.locator(".reasons li").first).to_be_visible()
        page.get_by_role("button", name="Pick it").click()
        expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    assert newsroom.comment(number)["picked"] is True


def test_an_excerpt_keeps_the_words(browser: Browser, newsroom: Newsroom) -> None:
    """From a published comment one comes to its excerpt, where another word is refused."""
    number = newsroom.write("Ada", FINE)
    newsroom.client.post(f"/api/comments/{number}/rulings", json={"action": "approve"})
    with seated(browser, newsroom, "joon", f"/desk/comments/{number}") as page:
        page.get_by_role("link", name="Quote it in an article").click()
        box = page.get_by_label("As it is to be quoted")
        expect(box).to_have_value(FINE)
        expect(page.get_by_text("This may be printed")).to_be_visible()
        expect(page.get_by_text("Nothing was changed.")).to_be_visible()
        expect(page.locator("mark")).to_have_count(0)
        expect(page.get_by_text("No mend was proposed.")).to_be_visible()
        box.fill(FINE.replace("right", "wrong"))
        expect(page.get_by_text("This may not be printed")).to_be_visible()
        expect(page.locator(".reasons li")).to_have_count(1)
        expect(page.locator("mark")).to_have_text(["right"])
        expect(page.get_by_role("button", name="Copy the excerpt")).to_be_disabled()
        assert accessible(page) == []


def test_second_reviews_are_blind(browser: Browser, newsroom: Newsroom) -> None:
    """A second moderator answers without seeing the ruling, and changes nothing by it."""
    number = newsroom.write("Ada", FINE)
    path = f"/api/comments/{number}/rulings"
    ruling = newsroom.client.post(path, json={"action": "approve"}).json()["id"]
    # By this secret the ruling is among the few that are reviewed.
    secret = next(f"{n}" for n in range(10_000) if drawn(f"{n}", ruling, SHARE))
    with newsroom.app.state.office.store.writing() as tx:
        tx.execute(update(secrets).where(secrets.c.name == "readers").values(value=secret))
    with seated(browser, newsroom, "joon", "/desk/reviews") as page:
        expect(page.locator(".review .text")).to_have_text(FINE)
        expect(page.locator("main")).not_to_contain_text("marta")
        page.keyboard.press("1")
        expect(page.locator(".review")).to_contain_text("Nothing to review now.")
    assert newsroom.rulings(number) == [
        ("approve", None, "marta"),
        ("delete", "personal_attack", "joon"),
    ]
    assert newsroom.comment(number)["state"] == "approved"


def test_the_dashboard_counts(browser: Browser, newsroom: Newsroom) -> None:
    """The dashboard says in tables what was found, ruled and overturned."""
    newsroom.write("Ada", RUDE)
    with seated(browser, newsroom) as page:
        reading(page, RUDE)
        page.keyboard.press("a")
        settled(page)
        page.get_by_role("link", name="Dashboard").click()
        expect(page.get_by_role("heading", name="Dashboard")).to_be_focused()
        row = page.get_by_role("row", name="No profanity").first
        expect(row.get_by_role("cell").nth(0)).to_have_text("1")
        expect(row.get_by_role("cell").nth(2)).to_have_text("1")
        expect(page.locator(".figures")).to_contain_text("Your rulings today")
        page.get_by_label("Period").select_option("30")
        expect(page.get_by_role("region", name="Clauses in the last 30 days")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("region", name="Clauses in the last 14 days")).to_be_visible()


def test_unknown_things_are_told_in_words(browser: Browser, newsroom: Newsroom) -> None:
    """A comment that is not there is a sentence with what to do, and the way back works."""
    with seated(browser, newsroom, path="/desk/comments/999") as page:
        expect(page.get_by_role("alert")).to_contain_text("There is no comment 999.")
        page.get_by_role("link", name="Queue").click()
        expect(page.get_by_role("heading", name="Nothing waits for a ruling.")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(
    browser: Browser, newsroom: Newsroom, scheme: str, size: dict[str, int]
) -> None:
    """Axe finds nothing on any page, and nothing overflows."""
    number = newsroom.write("Ada", RUDE)
    ruled = newsroom.client.post(
        f"/api/comments/{number}/rulings", json={"action": "delete", "clause": "profanity"}
    )
    assert ruled.status_code == 201
    known = newsroom.comment(number)
    paths = (
        f"/desk/comments/{number}",
        "/desk/dashboard",
        f"/desk/articles/{known['article']['id']}?state=deleted",
        f"/desk/readers/{known['author']['id']}",
        "/desk/policy",
        "/desk/outlets",
        "/desk/picks",
        "/desk/reviews",
    )
    with seated(browser, newsroom, "marta", scheme=scheme, size=size) as page:
        for path in paths:
            page.goto(f"{newsroom.url}{path}")
            expect(page.locator("main h1")).to_be_visible()
            expect(page.locator("main")).not_to_contain_text("cannot be shown")
            for box in page.locator("details").all():
                box.evaluate("box => { box.open = true }")
            assert accessible(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
