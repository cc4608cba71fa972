"""The readers' widget for those who write: sending, changing, answers."""

import pytest
from playwright.sync_api import Browser, expect
from sending import FERRY, TRAIN, fill, kept, paper, queue
from test_widget_page import Paper, browser, discussion, opened

__all__ = ["browser", "paper"]

KNOWN = "JSON.parse(Object.entries(localStorage).find(([k]) => /reader$/.test(k))[1]).token"


def test_a_first_comment_is_taken(browser: Browser, paper: Paper) -> None:
    """Text, name and consent are asked for in words; then the comment waits and is one's own."""
    article = paper.article()
    with opened(browser, article) as page:
        widget = discussion(page)
        send = widget.get_by_role("button", name="Send", exact=True)
        expect(send).to_be_hidden()
        widget.get_by_label("Write a comment").click()
        for words, label in (
            ("Please write something first.", "Write a comment"),
            ("Please give a name.", "Your name"),
            ("Please accept the commenting policy first.", "I accept the commenting policy."),
        ):
            send.click()
            expect(widget.locator("form [role=alert]")).to_have_text(words)
            expect(widget.get_by_label(label)).to_be_focused()
            if label == "I accept the commenting policy.":
                widget.get_by_label(label).check()
            else:
                widget.get_by_label(label).fill(FERRY if label == "Write a comment" else "Nell")
        send.click()

        expect(widget.locator(".receipt")).to_be_focused()
        expect(widget.locator(".receipt")).to_contain_text("A moderator will look")
        assert kept(page) == ["reader", "terms"]
        assert page.context.cookies() == []
        assert [one["author"]["name"] for one in queue(paper, article.id)] == ["Nell"]
        page.reload()
        widget.locator("summary").click()
        expect(widget.locator(".mine")).to_contain_text("Waiting")
        expect(widget.locator(".mine")).to_contain_text(FERRY)
        widget.get_by_label("Write a comment").click()
        expect(widget.get_by_text("You write as Nell.")).to_be_visible()
        expect(widget.get_by_label("I accept the commenting policy.")).to_be_hidden()


@pytest.mark.parametrize("mode", ["automatic", "premoderate"])
def test_one_is_told_before_sending(browser: Browser, paper: Paper, mode: str) -> None:
    """What breaks the policy is marked with the clause quoted; then one changes it."""
    # Whoever holds everything publishes nothing at once, and yet may publish it.
    article = paper.article(mode=mode)
    told = "As it stands, this breaks the policy."
    body = {"article": article.id, "text": "What sh*t!", "author": {"name": "Ada"}}
    foreseen = paper.ask("POST", "/api/comments/preview", body, token="")
    assert foreseen["notice"]["summary"] == told
    with opened(browser, article) as page:
        widget = discussion(page)
        fill(page, "\U0001f600 Who sells such sh*t, and who buys sh*t?").click()
        title = widget.get_by_role("heading", name="Before you send")
        expect(title).to_be_focused()
        expect(widget.locator(".warning > p").first).to_have_text(told)
        expect(widget.locator("mark")).to_have_text(["sh*t", "sh*t"])
        expect(widget.locator("q")).to_contain_text("expletives")
        assert queue(paper, article.id) == []
        assert widget.get_by_role("button", name="Send", exact=True).is_hidden()

        widget.get_by_role("button", name="Change it").click()
        chosen = widget.get_by_label("Write a comment").evaluate(
            "box => box.value.slice(box.selectionStart, box.selectionEnd)"
        )
        assert chosen == "sh*t"
        page.keyboard.insert_text("fish")
        expect(title).to_have_count(0)
        widget.get_by_label("Write a comment").fill(FERRY)
        widget.get_by_role("button", name="Send", exact=True).click()
        expect(widget.locator(".receipt")).to_contain_text("A moderator will look")


def test_a_receipt_follows_the_rulings(browser: Browser, paper: Paper) -> None:
    """What became of a comment is said where one wrote it, and what one writes anew is kept."""
    article = paper.article()
    with opened(browser, article) as page:
        widget = discussion(page)
        fill(page, FERRY).click()
        receipt = widget.locator(".receipt")
        expect(receipt).to_contain_text("A moderator will look")
        number = queue(paper, article.id)[0]["id"]
        receipt.get_by_role("button", name="Write another comment").focus()
        article.rule(number, "approve")
        expect(receipt).to_have_class("receipt approved")
        expect(receipt.locator(".verdict")).to_have_text("Your comment is published.")
        expect(receipt.get_by_role("button")).to_have_text(["Write another comment"])
        expect(receipt).to_be_focused()
        article.rule(number, "delete", "length")
        expect(receipt.locator(".verdict")).to_have_text("Your comment was not published.")
        receipt.get_by_role("button", name="Change and send anew").click()
        page.keyboard.insert_text("So: ")
        article.rule(number, "approve")
        expect(receipt.locator(".verdict")).to_have_text("Your comment is published.")
        expect(receipt.locator("textarea")).to_be_focused()
        receipt.get_by_role("button", name="Close").click()
        receipt.get_by_role("button", name="Write another comment").click()
        expect(widget.get_by_label("Write a comment")).to_be_focused()


def test_one_may_send_it_anyway(browser: Browser, paper: Paper) -> None:
    """What was sent anyway and deleted is explained, and can be sent anew, changed."""
    article = paper.article(mode="automatic")
    with opened(browser, article) as page:
        widget = discussion(page)
        fill(page, "Who sells such sh*t on the market?").click()
        widget.get_by_role("button", name="Send anyway").click()
        receipt = widget.locator(".receipt")
        expect(receipt).to_contain_text("Your comment was not published.")
        expect(receipt.locator("mark")).to_have_text("sh*t")
        expect(receipt.locator("q")).to_contain_text("expletives")

        receipt.get_by_role("button", name="Change and send anew").click()
        box = widget.locator("textarea:focus")
        expect(box).to_have_value("Who sells such sh*t on the market?")
        box.fill("Salmon is dear these days, my neighbours say.")
        box.press("Control+Enter")
        expect(widget.locator(".receipt").last).to_contain_text("A moderator will look")
        widget.locator("summary").click()
        expect(widget.locator(".mine .badge")).to_have_text(["Waiting", "Not published"])

        widget.locator(".mine button").last.click()
        widget.locator("textarea:focus").fill("Herring, on the other hand, is cheap.")
        page.keyboard.press("Control+Enter")
        expect(widget.locator(".mine .badge")).to_have_count(3)
        expect(widget.locator("summary")).to_be_focused()


def test_a_reply_is_published_where_it_belongs(browser: Browser, paper: Paper) -> None:
    """A trusted reader's reply stands at once below what it answers, once, and is announced."""
    article = paper.article(mode="automatic")
    first = article.add(FERRY)
    with opened(browser, article) as page:
        widget = discussion(page)
        fill(page, TRAIN).click()
        expect(widget.locator(".receipt")).to_be_visible()
        article.rule(queue(paper, article.id)[0]["id"], "approve")
        expect(widget.locator("article").first).to_contain_text(TRAIN)
        expect(widget.locator(".mine .badge")).to_have_text("Published")
        for i in range(4):
            sent = article.paper.ask(
                "POST",
                "/api/comments",
                {"article": article.id, "text": f"{TRAIN} And again in {1980 + i}, I swear."},
                token=page.evaluate(KNOWN),
            )
            if sent["state"] == "held":
                article.rule(sent["id"], "approve")
        widget.get_by_role("button", name="Reply to Ada").click()
        page.keyboard.insert_text("The county pays, says the report of last May.")
        page.keyboard.press("Control+Enter")

        expect(widget.locator(".receipt:focus")).to_contain_text("Your comment is published.")
        expect(widget.get_by_role("article", name="Reply by Nell to Ada")).to_have_count(1)
        widget.locator(".receipt:focus").get_by_role("button", name="Close").click()
        expect(widget.get_by_role("button", name="Reply to Ada")).to_be_focused()
        assert first


def test_what_the_server_says_comes_in_the_language_of_the_page(
    browser: Browser, paper: Paper
) -> None:
    """State, refusal and notice are in the reader's language; of the clause the paper's words."""
    article = paper.article(lang="ar", way="rtl")
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        fill(page, "Who sells such sh*t?").click()
        expect(widget.locator(".warning q")).to_contain_text("expletives")
        expect(widget.locator(".warning li span")).to_have_count(0)
        widget.get_by_role("button", name="Send anyway").click()
        expect(widget.locator(".verdict")).to_have_text("سيراجعها مشرف.")

        widget.get_by_role("button", name="Write another comment").click()
        about = {"url": article.url, "title": "Council closes the bridge", "mode": "closed"}
        paper.ask("PUT", "/api/articles", {**about, "outlet": "harbour-post"})
        widget.get_by_label("Write a comment").fill(TRAIN)
        widget.get_by_role("button", name="Send", exact=True).click()
        expect(widget.locator("form [role=alert]")).to_have_text("أغلق باب التعليق.")
