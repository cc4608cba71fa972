"""The readers' widget for those who read: threads, order, gaps, and what happens live."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sitting import once
from test_widget_page import Article, Paper, browser, discussion, newsroom, opened

__all__ = ["browser"]

TEXTS = (
    "Who pays for the ferry while the bridge is closed?",
    "I take the train now, it leaves at ten past seven.",
    "My shop is on the other side, and nobody comes any more.",
    "The old stones were laid by my grandfather.",
    "Cyclists were promised a lane of their own.",
    "Let the buses run every ten minutes until spring.",
    "Has anybody asked the school about the way of the children?",
    "A second engineer should look at the arches.",
    "The fish market lives from those who walk by.",
    "Two winters is what they said about the tunnel, too.",
    "Open the upper lock on Sundays at least.",
    "Thank you for the map, it helped me this morning.",
)
BOX = "element => element.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """Return a newsroom and its paper, both on real sockets."""
    with newsroom(tmp_path_factory.mktemp("newsroom")) as paper:
        yield paper


def names(page: Page) -> list[str]:
    """Return who wrote the comments on the page, from top to bottom."""
    return discussion(page).locator("article b").all_inner_texts()


def many(article: Article, number: int) -> list[int]:
    """Publish comments that are all different."""
    say = "{} And I have said so {} times since the year {}."
    return [
        article.add(say.format(TEXTS[i % len(TEXTS)], i + 2, 1950 + i), f"Reader {i}")
        for i in range(number)
    ]


def test_threads_are_shown(browser: Browser, paper: Paper) -> None:
    """Replies stand below what they answer, with names, times, picks and how many there are."""
    article = paper.article()
    first = article.add(TEXTS[0], "Ada")
    article.add(TEXTS[1], "Bo")
    answer = article.add(TEXTS[2], "Cy", parent=first)
    article.add(TEXTS[3], "Dee", parent=answer)
    paper.ask("PUT", f"/api/comments/{first}/pick")
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.get_by_text("4 comments")).to_be_visible()

        assert names(page) == ["Bo", "Ada", "Cy", "Dee"]
        expect(widget.get_by_label("Reply by Dee to Cy")).to_contain_text(TEXTS[3])
        expect(widget.get_by_role("article", name="Comment by Ada")).to_contain_text(
            "Editors’ pick"
        )
        expect(widget.locator("li li li")).to_contain_text("to Cy")
        expect(widget.locator("time").first).to_have_text("just now")
        widget.get_by_role("button", name="Oldest").click()
        expect(widget.locator("article").first).to_contain_text("Ada")
        assert names(page) == ["Ada", "Cy", "Dee", "Bo"]
        widget.get_by_role("button", name="Editors’ picks").click()
        expect(widget.locator("article")).to_have_count(1)


def test_there_is_more_of_everything(browser: Browser, paper: Paper) -> None:
    """Further comments and replies come when asked for, and the focus goes to the first of them."""
    article = paper.article()
    numbers = many(article, 21)
    for i in range(12):
        article.add(f"{TEXTS[i]} Mind you, my aunt of {60 + i} agrees.", parent=numbers[-1])
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.locator("article")).to_have_count(30)
        widget.get_by_role("button", name="More replies").click()
        expect(widget.locator("article")).to_have_count(32)
        expect(widget.locator("article:focus")).to_contain_text("my aunt of 70")
        widget.get_by_role("button", name="More comments").click()
        expect(widget.locator("article")).to_have_count(33)
        expect(widget.locator("article:focus")).to_contain_text("Reader 0")
        expect(widget.get_by_role("button", name="More")).to_have_count(0)


def test_a_removed_comment_leaves_a_gap(browser: Browser, paper: Paper) -> None:
    """Where an answered comment was taken away the gap says so, and the answer stays."""
    article = paper.article()
    gone = article.add(TEXTS[0], "Ada")
    article.add(TEXTS[1], "Bo", parent=gone)
    article.rule(gone, "delete", "length")
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.locator("article").first).to_have_text("This comment was removed.")
        expect(widget.locator("article").last).to_contain_text(TEXTS[1])
        expect(widget.get_by_text(TEXTS[0])).to_have_count(0)


def test_markup_stays_text(browser: Browser, paper: Paper) -> None:
    """Elements in a text or a name are shown letter by letter."""
    article = paper.article()
    text = "<img src=x onerror=\"document.title='boom'\"> <script>alert(1)</script> &amp; the ferry"
    article.add(text, "<b onclick=x>Ada</b>")
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.locator("article .text")).to_have_text(text)
        expect(widget.locator("article b")).to_have_text("<b onclick=x>Ada</b>")
        assert widget.locator("article img, article script").count() == 0
        expect(page).to_have_title("Council closes the bridge")


def test_nothing_is_kept_of_who_reads(browser: Browser, paper: Paper) -> None:
    """Reading, sorting and looking into a form leave no cookie and nothing in the browser."""
    article = paper.article()
    article.add(TEXTS[0])
    with opened(browser, article) as page:
        widget = discussion(page)
        widget.get_by_role("button", name="Oldest").click()
        widget.get_by_role("button", name="Reply").click()
        widget.get_by_label("Write a comment").click()
        expect(widget.get_by_label("Your name").first).to_be_visible()

        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_ruling_is_seen_at_once(browser: Browser, paper: Paper) -> None:
    """What a moderator approves appears on open pages, once, and what is withdrawn goes."""
    article = paper.article()
    first = article.add(TEXTS[0], "Ada")
    held = article.send(TEXTS[1], "Bo")["id"]
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.get_by_text("1 comment")).to_be_visible()
        article.rule(held, "approve")
        expect(widget.locator("article").first).to_contain_text(TEXTS[1])
        expect(widget.get_by_text("2 comments")).to_be_visible()
        expect(widget.locator("section > [role=status]")).to_have_text("1 new comment")
        answer = article.add(TEXTS[2], "Cy", parent=first)
        expect(widget.get_by_label("Reply by Cy to Ada")).to_be_visible()
        assert names(page) == ["Bo", "Ada", "Cy"]

        article.rule(held, "delete", "length")
        expect(widget.locator("article")).to_have_count(2)
        article.rule(first, "delete", "length")
        expect(widget.locator("article").first).to_have_text("This comment was removed.")
        article.rule(answer, "delete", "length")
        expect(widget.locator("article")).to_have_count(0)
        expect(widget.get_by_text("Nobody has written yet.")).to_be_visible()
        article.rule(first, "approve")
        expect(widget.locator("article")).to_have_count(1)


def test_nothing_moves_under_the_eyes(browser: Browser, paper: Paper) -> None:
    """Comments that arrive above leave the text in place; a button leads to them."""
    article = paper.article()
    many(article, 12)
    with opened(browser, article) as page:
        widget = discussion(page)
        read = widget.get_by_label("Comment by Reader 4", exact=True)
        read.evaluate("element => element.scrollIntoView({ block: 'center' })")
        before = read.evaluate(BOX)
        for i in range(3):
            article.add(f"{TEXTS[i]} This is news, and no. {i} of them.", f"Late {i}")
        button = widget.get_by_role("button", name="3 new comments")
        expect(button).to_be_visible()
        assert abs(read.evaluate(BOX) - before) <= 2

        button.click()
        expect(widget.locator("article:focus")).to_contain_text("Late 2")
        expect(button).to_be_hidden()


def test_nothing_moves_under_the_hands(browser: Browser, paper: Paper) -> None:
    """A reply that one is writing stays where it is, also when what it answers is withdrawn."""
    article = paper.article()
    numbers = many(article, 6)
    with opened(browser, article) as page:
        widget = discussion(page)
        widget.get_by_role("button", name="Reply to Reader 3").click()
        box = widget.locator("textarea:focus")
        box.press_sequentially("I think")
        before = box.evaluate(BOX)
        late = article.add(f"{TEXTS[0]} This is news.", "Late")
        expect(widget.get_by_role("article", name="Comment by Late")).to_be_attached()
        assert abs(box.evaluate(BOX) - before) <= 2
        article.rule(numbers[3], "delete", "length")
        expect(widget.get_by_text("This comment was removed.")).to_be_visible()

        expect(box).to_have_value("I think")
        assert abs(box.evaluate(BOX) - before) <= 100
        assert late


def test_a_lost_line_is_taken_up_again(browser: Browser, paper: Paper) -> None:
    """What happened while there was no connection is there once it is back."""
    article = paper.article()
    article.add(TEXTS[0], "Ada")
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        expect(widget.locator("article")).to_have_count(1)
        page.context.set_offline(offline=True)
        article.add(TEXTS[1], "Bo")
        page.context.set_offline(offline=False)

        expect(widget.locator("article").first).to_contain_text("Bo")


def test_a_refused_line_is_taken_up_again(browser: Browser, paper: Paper) -> None:
    """What came and what was withdrawn while the server refused to say so is made up for."""
    article = paper.article()
    article.add(TEXTS[0], "Ada")
    gone = article.add(TEXTS[1], "Bo")
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        page.route("**/api/events?*", lambda route: route.fulfill(status=503))
        page.reload()
        expect(widget.locator("article")).to_have_count(2)
        article.rule(gone, "delete", "length")
        article.add(TEXTS[2], "Cy")
        page.unroute("**/api/events?*")

        expect(widget.get_by_text(TEXTS[2])).to_be_visible()
        expect(widget.get_by_text(TEXTS[1])).to_have_count(0)
        assert names(page) == ["Cy", "Ada"]


def test_who_cannot_be_told_again_asks_anew(browser: Browser, paper: Paper) -> None:
    """Where the server says `reload` instead of what was missed, the first page is asked for."""
    article = paper.article()
    article.add(TEXTS[0], "Ada")
    gone = article.add(TEXTS[1], "Bo")
    # A place that the log does not know, and a line that ends.
    allowed = {"Access-Control-Allow-Origin": "*"}
    body = "retry: 5000\nid: 999999.0\ndata: {}\n\n"
    ends = {"content_type": "text/event-stream", "headers": allowed, "body": body}
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        expect(widget.locator("article")).to_have_count(2)
        page.route("**/api/events?*", once(ends))
        page.reload()
        expect(widget.locator("article")).to_have_count(2)
        article.rule(gone, "delete", "length")
        article.add(TEXTS[2], "Cy")

        expect(widget.get_by_text(TEXTS[2])).to_be_visible()
        expect(widget.get_by_text(TEXTS[1])).to_have_count(0)


def test_an_address_leads_to_a_comment(browser: Browser, paper: Paper) -> None:
    """The time of a comment links to it, also where it is further down."""
    article = paper.article()
    numbers = many(article, 22)
    with opened(browser, article, fragment=f"#ombud-{numbers[0]}") as page:
        widget = discussion(page)

        expect(widget.locator("article:focus")).to_contain_text("Reader 0")
        link = widget.locator("article:focus header a")
        expect(link).to_have_attribute("href", f"{article.url}#ombud-{numbers[0]}")


def test_what_is_wrong_is_said(browser: Browser, paper: Paper) -> None:
    """An unknown article is explained in words, and one can try again once it is there."""
    article = paper.article()
    url = f"{article.url}/unknown"
    article.show(attributes=f'lang="en" article="{url}"')
    kind, text = paper.content[article.url.removeprefix(paper.pages)]
    text = text.replace(f'article="{article.url}"', "")
    paper.content[article.url.removeprefix(paper.pages)] = (kind, text)
    with opened(browser, article, fails=True) as page:
        widget = discussion(page)
        expect(widget.get_by_role("alert").first).to_contain_text("there is no such article")
        paper.ask("PUT", "/api/articles", {"url": url, "title": "T", "outlet": "harbour-post"})
        widget.get_by_role("button", name="Try again").click()

        expect(widget.get_by_label("Write a comment")).to_be_visible()
        expect(widget.get_by_text("there is no such article")).to_have_count(0)


def test_a_closed_article_takes_nothing(browser: Browser, paper: Paper) -> None:
    """Under a closed article one can read, but there is no form and no way to reply."""
    article = paper.article()
    article.add(TEXTS[0], "Ada")
    about = {"url": article.url, "title": "Council closes the bridge", "mode": "closed"}
    paper.ask("PUT", "/api/articles", about)
    with opened(browser, article) as page:
        widget = discussion(page)
        expect(widget.get_by_text("This article takes no more comments.")).to_be_visible()
        expect(widget.locator("article")).to_contain_text(TEXTS[0])
        expect(widget.locator("textarea")).to_have_count(0)
        expect(widget.get_by_role("button", name="Reply")).to_have_count(0)
