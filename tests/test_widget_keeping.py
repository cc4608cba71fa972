"""What the readers' widget keeps: drafts, who one is, what was typed; and the rest of its form."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex

import jwt
from playwright.sync_api import Browser, Route, expect
from sending import FERRY, TRAIN, fill, kept, paper, queue
from test_widget_page import Paper, browser, discussion, opened

from ombud.store import outlets

__all__ = ["browser", "paper"]


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


def test_a_report_that_cannot_be_begun_says_so(browser: Browser, paper: Paper) -> None:
    """Without a connection the button for an error tells that it did not work."""
    article = paper.article()
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        expect(widget.get_by_label("Write a comment")).to_be_visible()
        page.context.set_offline(True)
        widget.get_by_role("button", name="Report an error").click()
        expect(widget.get_by_role("alert").first).to_contain_text("That did not work.")


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
