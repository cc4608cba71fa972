"""The readers' widget for those who write: sending, changing, drafts, failures, reports."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import jwt
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from test_widget_page import Paper, browser, discussion, newsroom, opened

from ombud.store import outlets

__all__ = ["browser"]

FERRY = "Who pays for the ferry while the bridge is closed?"
KNOWN = "JSON.parse(Object.entries(localStorage).find(([k]) => /reader$/.test(k))[1]).token"
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


def test_drafts_survive(browser: Browser, paper: Paper) -> None:
    """What was typed is there after a reload, for a comment and for a reply, until it is sent."""
    article = paper.article()
    article.add(TRAIN)
    with opened(browser, article) as page:
        widget = discussion(page)
        widget.get_by_label("Write a comment").fill(FERRY)
        widget.get_by_label("Your name").fill("Nell")
        widget.get_by_role("button", name="Reply to Ada").click()
        page.keyboard.insert_text("So do I.")
        page.keyboard.press("Escape")
        expect(widget.get_by_role("button", name="Reply to Ada")).to_be_focused()
        page.reload()
        expect(widget.get_by_label("Write a comment")).to_have_value(FERRY)
        expect(widget.get_by_label("Your name").first).to_have_value("Nell")
        expect(widget.locator("article textarea")).to_have_value("So do I.")

        widget.locator("article").get_by_role("button", name="Close").click()
        fill(page, FERRY).click()
        expect(widget.locator(".receipt")).to_be_visible()
        page.reload()
        expect(widget.get_by_label("Write a comment")).to_have_value("")
        expect(widget.locator("article textarea")).to_have_value("So do I.")


def test_sending_again_never_doubles(browser: Browser, paper: Paper) -> None:
    """A comment whose answer was lost is kept, and is one comment when it is sent again."""
    article = paper.article()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        page.route(
            "**/api/comments",
            lambda route: lose(route) if route.request.method == "POST" else route.continue_(),
        )
        fill(page, FERRY).click()
        expect(widget.locator("form [role=alert]")).to_contain_text("What you wrote is kept.")
        expect(widget.get_by_label("Write a comment")).to_have_value(FERRY)
        page.unroute("**/api/comments")
        page.reload()
        fill(page, FERRY).click()
        expect(widget.locator(".receipt")).to_be_visible()

        assert [one["text"] for one in queue(paper, article.id)] == [FERRY]


def test_a_refusal_keeps_what_was_typed(browser: Browser, paper: Paper) -> None:
    """What the server refuses is said in its words, and the text is still there."""
    article = paper.article()
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        fill(page, "x" * 20_481).click()
        expect(widget.locator("form [role=alert]")).to_contain_text("20480")
        fill(page, FERRY).click()
        expect(widget.locator(".receipt")).to_be_visible()
        reader = queue(paper, article.id)[0]["author"]["id"]
        paper.ask("POST", f"/api/readers/{reader}/bans", {"reason": "Insults, again and again"})
        widget.get_by_role("button", name="Write another comment").click()
        page.keyboard.insert_text(TRAIN)
        page.keyboard.press("Control+Enter")

        expect(widget.locator("form [role=alert]")).to_contain_text("Insults, again and again")
        expect(widget.get_by_label("Write a comment")).to_have_value(TRAIN)


def test_somebody_else_may_write(browser: Browser, paper: Paper) -> None:
    """Who is not the reader of before gives another name; a token nobody knows is forgotten."""
    article = paper.article()
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        fill(page, FERRY).click()
        expect(widget.locator(".receipt")).to_be_visible()
        page.evaluate(
            "for (const k of Object.keys(localStorage)) if (k.endsWith('reader'))"
            " localStorage[k] = JSON.stringify({ name: 'Nell', token: 'ombr_1_forged' })"
        )
        page.reload()
        widget.get_by_label("Write a comment").fill(TRAIN)
        widget.get_by_role("button", name="Send", exact=True).click()
        expect(widget.locator("form [role=alert]")).to_contain_text("not known here any more")
        fill(page, TRAIN, "Otto").click()
        expect(widget.locator(".receipt")).to_be_visible()
        widget.get_by_role("button", name="Write another comment").click()
        widget.get_by_role("button", name="That is not me").click()
        expect(widget.get_by_label("Your name")).to_be_focused()
        assert [one["author"]["name"] for one in queue(paper, article.id)] == ["Nell", "Otto"]


def test_readers_of_the_paper_are_known(browser: Browser, paper: Paper) -> None:
    """With the paper's own sign-in no name is asked for, and a token that ended can be renewed."""
    article = paper.article()
    secret = token_hex()
    with paper.store.writing() as tx:
        outlets.sign_with(tx, "harbour-post", sso=secret)

    def token(minutes: int) -> str:
        user = {"id": "u17", "email": "ines@example.org", "username": "Inés"}
        until = datetime.now(UTC) + timedelta(minutes=minutes)
        return jwt.encode({"user": user, "exp": until}, secret, "HS256")

    article.show(attributes=f'token="{token(-5)}"')
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        page.evaluate("addEventListener('ombud-unauthorized', () => { document.title = 'In' })")
        widget.get_by_label("Write a comment").fill(FERRY)
        expect(widget.get_by_text("You write as Inés.")).to_be_visible()
        widget.get_by_label("I accept the commenting policy.").check()
        widget.get_by_role("button", name="Send", exact=True).click()
        expect(page).to_have_title("In")
        widget.evaluate("(element, token) => { element.token = token }", token(5))
        expect(widget.get_by_label("Write a comment")).to_have_value(FERRY)
        widget.get_by_role("button", name="Send", exact=True).click()
        expect(widget.locator(".receipt")).to_be_visible()

        assert [one["author"]["name"] for one in queue(paper, article.id)] == ["Inés"]
        assert kept(page) == ["terms"]


def test_a_comment_can_be_reported(browser: Browser, paper: Paper) -> None:
    """A known reader says what is wrong with a comment, and the moderators see it."""
    article = paper.article()
    comment = article.add(FERRY)
    with opened(browser, article) as page:
        widget = discussion(page)
        report = widget.get_by_role("button", name="Report the comment by Ada")
        expect(report).to_be_hidden()
        fill(page, TRAIN).click()
        report.click()
        widget.get_by_label("What is wrong with it?").select_option("It swears")
        widget.get_by_label("Anything to add?").fill("In the last line.")
        widget.locator("article").get_by_role("button", name="Report", exact=True).last.click()
        expect(widget.get_by_text("Thank you. A moderator will look at it.")).to_be_focused()

    flags = paper.ask("GET", f"/api/comments/{comment}")["flagged"]
    assert [(flag["clause"], flag["note"]) for flag in flags] == [
        ("profanity", "In the last line.")
    ]


def test_the_keyboard_is_enough(browser: Browser, paper: Paper) -> None:
    """From the top of the page to a sent reply without a mouse, and the focus is never lost."""
    article = paper.article()
    article.add(TRAIN)
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.locator("article")).to_have_count(1)
        focused = "document.querySelector('ombud-comments').shadowRoot.activeElement?.ariaLabel"
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate(focused) == "Reply to Ada":
                break
        page.keyboard.press("Enter")
        expect(widget.locator("article textarea")).to_be_focused()
        page.keyboard.insert_text("The train is never on time.")
        page.keyboard.press("Tab")
        page.keyboard.insert_text("Nell")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(widget.locator(".receipt")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(widget.get_by_role("button", name="Reply to Ada")).to_be_focused()
        assert [one["text"] for one in queue(paper, article.id)] == ["The train is never on time."]
