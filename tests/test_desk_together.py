"""The queue while others rule too, while lines break, and while sign-ins end: nothing is lost."""

from playwright.sync_api import Browser, Route, expect
from sitting import (
    PASSWORD,
    PATIENCE,
    Newsroom,
    browser,
    house,
    newsroom,
    offline,
    once,
    reading,
    seated,
    settled,
)

__all__ = ["browser", "house", "newsroom"]


def test_two_moderators_never_hold_the_same(browser: Browser, newsroom: Newsroom) -> None:
    """What one has open is shown to the other, cannot be ruled on, and vanishes once ruled on."""
    number = newsroom.write("Ada", "I like the ferry.")
    newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom) as joon, seated(browser, newsroom, "bo") as bo:
        reading(joon, "I like the ferry.")
        expect(bo.locator(".list li").first).to_contain_text("with joon")
        reading(bo, "I do not.")
        bo.keyboard.press("k")
        expect(bo.locator(".banner")).to_contain_text("joon has this comment open")
        bo.keyboard.press("a")
        expect(bo.locator("#notes")).to_contain_text("Not ruled")
        bo.keyboard.press("j")

        joon.keyboard.press("a")
        expect(bo.locator(".list li")).to_have_count(1)
        reading(bo, "I do not.")
        # Colleagues rule all day long.
        expect(bo.locator("#notes")).not_to_contain_text("approved")
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_what_was_selected_does_not_go_without_a_word(browser: Browser, newsroom: Newsroom) -> None:
    """A colleague's ruling on a comment that one had selected is told."""
    newsroom.write("Ada", "I like the ferry.")
    number = newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.get_by_role("checkbox").nth(1).check()
        given = {"action": "approve"}
        assert newsroom.client.post(f"/api/comments/{number}/rulings", json=given).is_success
        words = "marta approved the comment by Bea, which you had selected."
        expect(page.locator("#notes")).to_contain_text(words)


def test_a_key_for_what_a_colleague_ruled_on_rules_on_nothing_else(
    browser: Browser, newsroom: Newsroom
) -> None:
    """The open comment stays until one goes on; a ruling on it opens the one after it."""
    numbers = [newsroom.write(name, f"Says {name}.") for name in ("Ada", "Bea", "Cem", "Dee")]
    with seated(browser, newsroom) as page:
        reading(page, "Says Ada.")
        page.keyboard.press("j")
        page.keyboard.press("j")
        reading(page, "Says Cem.")
        given = {"action": "delete", "clause": "hate"}
        place = f"/api/comments/{numbers[2]}/rulings"
        expect(page.locator(".list li").nth(2)).to_contain_text("Cem")
        ruled = newsroom.client.post(place, json=given)
        assert ruled.is_success, ruled.text
        expect(page.locator(".banner")).to_contain_text("Deleted by marta")
        reading(page, "Says Cem.")
        page.keyboard.press("a")
        reading(page, "Says Dee.")
        expect(page.locator("#notes")).to_contain_text("deleted by marta already; yours did not")
        settled(page)
    assert [newsroom.rulings(number) for number in numbers] == [
        [],
        [],
        [("delete", "hate", "marta")],
        [],
    ]


def test_who_is_offered_the_same_comment_second_goes_on(
    browser: Browser, newsroom: Newsroom
) -> None:
    """Where a colleague was quicker by a moment, the desk offers the next one by itself."""
    for name in ("Ada", "Bea", "Cem"):
        newsroom.write(name, f"Says {name}.")
    with seated(browser, newsroom, "bo") as bo:
        reading(bo, "Says Ada.")
        # What bo is told comes too late.
        bo.route("**/api/events?*", lambda route: route.abort())
        bo.evaluate("dispatchEvent(new Event('online'))")
        with seated(browser, newsroom) as joon:
            reading(joon, "Says Bea.")
            expect(joon.locator(".list li").first).to_contain_text("with bo")
            assert newsroom.client.put("/api/comments/2/claim").status_code == 409
            bo.keyboard.press("a")
            reading(bo, "Says Cem.")
            expect(bo.locator(".banner")).to_have_text("")


def test_a_ruling_that_does_not_count_comes_back(browser: Browser, newsroom: Newsroom) -> None:
    """A ruling that meets somebody else's claim returns, with the words of who and what."""
    newsroom.write("Ada", "I like the ferry.")
    number = newsroom.write("Bea", "I do not.")
    with seated(browser, newsroom, "bo") as bo:
        reading(bo, "I like the ferry.")
        offline(bo, lost=True)
        bo.keyboard.press("j")
        reading(bo, "I do not.")
        bo.keyboard.press("d")
        bo.get_by_role("dialog").get_by_role("button", name="No personal attacks").click()
        assert newsroom.client.put(f"/api/comments/{number}/claim").status_code == 200
        offline(bo, lost=False)

        expect(bo.get_by_role("alert")).to_contain_text("did not count")
        expect(bo.get_by_role("alert")).to_contain_text("marta")
        expect(bo.locator(".list li")).to_have_count(2)
    assert newsroom.rulings(number) == []


def test_new_comments_do_not_move_what_one_reads(browser: Browser, newsroom: Newsroom) -> None:
    """A new comment raises a counter; the list and the open comment stay where they are."""
    for name in ("Ada", "Bea"):
        newsroom.write(name, f"I like the ferry, says {name}.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry, says Ada.")
        expect(page.locator(".live")).to_have_text("Live")
        places = [page.locator(".list li").nth(n).bounding_box() for n in (0, 1)]
        newsroom.write("Cem", "I came late.")
        expect(page.locator(".fresh")).to_have_text("1 new")

        assert [page.locator(".list li").nth(n).bounding_box() for n in (0, 1)] == places
        reading(page, "I like the ferry, says Ada.")
        page.keyboard.press("r")
        expect(page.locator(".list li")).to_have_count(3)
        expect(page.locator(".list li").last).to_contain_text("I came late.")
        reading(page, "I like the ferry, says Ada.")


def test_a_line_that_died_unnoticed_is_made_up_for(browser: Browser, newsroom: Newsroom) -> None:
    """Another network tells nothing of the old one's end: the list is compared all the same."""
    newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        expect(page.locator(".live")).to_have_text("Live")
        with page.expect_response(lambda got: "/api/queue?" in got.url, timeout=PATIENCE * 1000):
            page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".live")).to_have_text("Live")


def test_who_cannot_be_told_again_asks_anew(browser: Browser, newsroom: Newsroom) -> None:
    """Where the server says `reload` instead of what was missed, the list is compared with its."""
    # A place that the log does not know, and a line that ends.
    ends = {"content_type": "text/event-stream", "body": "retry: 5000\nid: 999999.0\ndata: {}\n\n"}
    newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        page.route("**/api/events?*", once(ends))
        page.reload()
        reading(page, "I like the ferry.")
        newsroom.write("Bea", "I came late.")
        expect(page.locator(".fresh")).to_have_text("1 new")
        reading(page, "I like the ferry.")


def test_no_ruling_is_lost_without_a_connection(browser: Browser, newsroom: Newsroom) -> None:
    """Rulings made offline wait in order, survive a reload, and arrive once each."""
    numbers = [newsroom.write(name, f"Says {name}.") for name in ("Ada", "Bea", "Cem", "Dee")]
    with seated(browser, newsroom) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        reading(page, "Says Ada.")
        offline(page, lost=True)
        for key in ("a", "1", "a"):
            page.keyboard.press(key)
        reading(page, "Says Dee.")
        expect(page.locator(".sending")).to_contain_text("3 rulings on their way")
        page.context.set_offline(False)
        page.reload()
        settled(page)
        reading(page, "Says Dee.")

    assert [newsroom.rulings(number) for number in numbers] == [
        [("approve", None, "joon")],
        [("delete", "personal_attack", "joon")],
        [("approve", None, "joon")],
        [],
    ]


def test_an_answer_that_got_lost_doubles_nothing(browser: Browser, newsroom: Newsroom) -> None:
    """A ruling that reached the server, whose answer did not come back, is not made twice."""
    number = newsroom.write("Ada", "I like the ferry.")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.route("**/api/rulings", lose)
        page.keyboard.press("a")
        expect(page.locator(".slips")).to_contain_text("Approved")
        settled(page)
    assert lost
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_a_sign_in_that_ended_loses_nothing(browser: Browser, newsroom: Newsroom) -> None:
    """Whoever is signed out meanwhile signs in again, and the ruling goes out."""
    number = newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        page.context.clear_cookies()
        page.keyboard.press("a")
        expect(page.get_by_role("dialog", name="Sign in again")).to_contain_text("Nothing is lost")
        expect(page.get_by_role("dialog").get_by_label("Password")).to_be_focused()
        page.keyboard.insert_text(PASSWORD)
        page.keyboard.press("Enter")
        settled(page)
    assert newsroom.rulings(number) == [("approve", None, "joon")]


def test_another_policy_reaches_an_open_desk(browser: Browser, newsroom: Newsroom) -> None:
    """Buttons and keys are those of the new clauses at once, and a note that was begun stays."""
    number = newsroom.write("Ada", "I like the ferry.")
    with seated(browser, newsroom) as page:
        reading(page, "I like the ferry.")
        first = page.get_by_role("button", name="No personal attacks")
        expect(first).to_be_visible()
        page.keyboard.press("n")
        note = page.get_by_label("Note to this ruling")
        note.fill("Ask Marta first.")
        given = {"toml": '[rules.personal_attack]\nmode = "off"\n', "reason": "For a day."}
        assert newsroom.client.put("/api/policy", json=given).status_code == 200

        expect(page.locator("#notes")).to_contain_text("The policy has changed: the clauses")
        expect(first).to_have_count(0)
        expect(note).to_have_value("Ask Marta first.")
        expect(note).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        settled(page)
    assert newsroom.rulings(number) == [("delete", "hate", "joon")]
