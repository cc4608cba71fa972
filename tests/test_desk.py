"""The moderators' queue in a real browser: sign-in, keys, filters, phone."""

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect
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
    sign_in,
)

from ombud.store import staff

__all__ = ["browser", "house", "newsroom"]


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
    # Copies of one text would stand in the list as one.
    lines = {
        "Ada": "Cheap boats at the old quay.",
        "Bea": "My tickets are half the price.",
        "Cem": "Who needs a bicycle?",
    }
    numbers = [newsroom.write(name, text) for name, text in lines.items()]
    with seated(browser, newsroom) as page:
        reading(page, lines["Ada"])
        for key in ("x", "j", "x"):
            page.keyboard.press(key)
        expect(page.locator(".selection")).to_contain_text("2 comments selected")
        page.keyboard.press("8")
        reading(page, lines["Cem"])
        settled(page)
        page.locator(".slips summary").click()
        expect(page.locator(".slips li li")).to_have_count(2)
        expect(page.locator(".slips li li").first).to_contain_text("deleted")

    states = [newsroom.comment(number)["state"] for number in numbers]
    assert states == ["deleted", "deleted", "held"]


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


def test_one_article_is_chosen_by_its_title(browser: Browser, newsroom: Newsroom) -> None:
    """The queue is narrowed to an article, and widened again, with the keyboard alone."""
    title = "Council votes to close the old swing bridge"
    newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.keyboard.press("f")
        article = page.get_by_label("Article", exact=True)
        expect(article.get_by_role("option")).to_have_text(["All articles", title])
        article.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_url("**/desk?article=1")
        expect(page.get_by_role("button", name=f"Without: {title}")).to_be_visible()
        page.reload()
        without = page.get_by_role("button", name=f"Without: {title}")
        without.press("Enter")
        page.wait_for_url("**/desk")
        expect(without).to_have_count(0)


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
