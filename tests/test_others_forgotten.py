"""What other outlets said is forgotten in time, unless a case still rests on it."""

from datetime import UTC, datetime, timedelta

import pytest
from mailed import posted
from reporting import decide, desk, faults, published, report
from sqlalchemy import text
from writing import EDITH, Desk

from ombud.corrections import gathering
from ombud.corrections.finding import gathered
from ombud.errata import Gathered
from ombud.settings import Settings
from ombud.store import documents, feeds, log, retention, stories
from ombud.store.retention import Bounds, Forgotten
from ombud.store.stories import Edition

__all__ = ["desk"]
DAY = timedelta(days=1)
PAGE = "https://gull.example/hall"
WORDS = "One thing is wrong here."


def lay(desk: Desk, number: int, content: str = "The vote was on Tuesday.") -> int:
    """Lay a text beside a report, and return its number."""
    with desk.store.writing() as tx:
        new = Gathered(0, number, "a.txt", "Gull", content, EDITH.by, desk.later(seconds=1))
        return gathering.gather(tx, EDITH, number, new)


def reread(desk: Desk, paths: str, visits: int = 3) -> None:
    """Keep pages that were read so often."""
    with desk.store.writing() as tx:
        feeds.add(tx, "Gull", "https://gull.example/feed", "edith", desk.at)
        (feed,) = feeds.every(tx)
        named = [(path, f"https://gull.example/{path}", path) for path in paths.split()]
        feeds.see(tx, feed, named, desk.at, 9)
        for _ in range(visits):
            while page := feeds.take_page(tx, desk.at):
                edition = Edition("Hall", "", f"{page.url} {page.visits}", {}, None, None)
                due = desk.at if page.visits + 1 < visits else None
                stories.keep(tx, page, edition, desk.at, due)
        every = tx.execute(text("SELECT id FROM pages")).scalars().all()
        stories.join(tx, None, every, desk.at)


def forget(desk: Desk, days: int = 40) -> Forgotten:
    """Forget, so many days later, what is older than thirty days."""
    at = desk.at + days * DAY
    with desk.store.writing() as tx:
        bounds = Bounds(at - 30 * DAY, others_before=at - 30 * DAY)
        return retention.forget(tx, bounds, at, "ombud")


def beside(desk: Desk, number: int) -> list[int]:
    """Return the texts beside a report."""
    with desk.store.reading() as tx:
        return [one.id for one in documents.of_report(tx, number)]


def test_texts_of_a_case_are_forgotten_once_its_answer_is_old(desk: Desk) -> None:
    """Not a day before; the log says of each why, and stays whole, and the report that it lay."""
    number = report(desk, WORDS)
    one = lay(desk, number)
    decide(desk, number, 1, "no_error")
    assert forget(desk, days=29).documents == 0
    assert beside(desk, number) == [one]

    assert forget(desk).documents == 1
    assert forget(desk).documents == 0
    assert beside(desk, number) == []
    with desk.store.reading() as tx:
        assert tx.execute(text("SELECT content FROM documents")).scalars().all() == [None]
        (former,) = documents.former(tx, number)
        gone = [entry for entry in log.since(tx, 0) if entry.deed == "document_forgotten"]
    assert (former.name, former.outlet_name) == ("a.txt", "Gull")
    why = "kept long enough after the answer"
    assert [entry.facts for entry in gone] == [{"report": number, "document": one, "reason": why}]
    assert faults(desk) == []


@pytest.mark.parametrize("kept", ["open", "published", "found otherwise", "replied"])
def test_texts_that_a_case_rests_on_stay(desk: Desk, kept: str) -> None:
    """Of an open report, of one of which something was published, and where a reply waits."""
    number = report(desk, WORDS)
    one = lay(desk, number)
    if kept in ("published", "found otherwise"):
        decide(desk, number, 1, "corrected", of=published(desk).id)
    if kept == "found otherwise":
        decide(desk, number, 1, "no_error")
    elif kept == "replied":
        decide(desk, number, 1, "no_error")
        posted(desk.store, kind="reply", report=number, at=desk.later(seconds=1))
    assert forget(desk).documents == 0
    assert beside(desk, number) == [one]


def test_a_text_that_goes_without_a_word_is_a_fault(desk: Desk) -> None:
    """Whoever empties a text past the log is found out."""
    one = lay(desk, report(desk, WORDS))
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE documents SET content = NULL, erased_at = 1"))
    assert faults(desk) == [f"document {one} was never entered"]


def test_each_kind_is_kept_as_long_as_the_settings_say() -> None:
    """Days of addresses, of mails and of what others said, each its own."""
    chosen = Settings(keep_days=30, mail_keep_days=90, follow_keep_days=365)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    assert Bounds.of(chosen, at) == Bounds(at - 30 * DAY, at - 90 * DAY, at - 365 * DAY)
    assert Bounds.of(chosen, at, days=1).before == at - DAY


def test_a_text_that_was_left_out_goes_by_itself(desk: Desk) -> None:
    """No case rests on it, open or not."""
    number = report(desk, WORDS)
    one, other = lay(desk, number), lay(desk, number, "It was Wednesday, says the Gull.")
    with desk.store.writing() as tx:
        gathering.leave_out(tx, EDITH, number, one, desk.later(seconds=1))
    assert forget(desk).documents == 1
    assert beside(desk, number) == [other]
    assert faults(desk) == []


def test_pages_are_forgotten_and_not_read_again(desk: Desk) -> None:
    """All editions go, and the story with its last page; the feed names nothing new by them."""
    reread(desk, "hall pier")
    assert forget(desk, days=29).pages == 0
    assert forget(desk).pages == 2
    assert forget(desk).pages == 0
    with desk.store.writing() as tx:
        for table in ("page_editions", "stories"):
            assert tx.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        assert set(tx.execute(text("SELECT title FROM pages")).scalars()) == {""}
        (feed,) = feeds.every(tx)
        assert feeds.see(tx, feed, [("hall", PAGE, "Hall")], desk.at, 9) == 0
        assert not stories.alone(tx)
        assert stories.listed(tx, None, 9, 1) == []


def test_a_page_stays_as_long_as_it_lies_beside_a_report(desk: Desk) -> None:
    """With its story; once the text is forgotten, the page is too."""
    reread(desk, "hall pier")
    number = report(desk, WORDS)
    with desk.store.writing() as tx:
        new = gathered(tx, number, 1, EDITH.by, desk.later(seconds=1))
        gathering.gather(tx, EDITH, number, new)
    assert forget(desk).pages == 1
    with desk.store.reading() as tx:
        assert len(stories.editions(tx, 1)) == 3
        assert [len(one.articles) for one in stories.listed(tx, None, 9, 1)] == [1]
    decide(desk, number, 1, "no_error")
    done = forget(desk)
    assert (done.documents, done.pages) == (1, 1)


def test_a_page_that_is_still_looked_at_stays(desk: Desk) -> None:
    """Its next edition is compared with the last."""
    reread(desk, "hall", visits=1)
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE pages SET next_at = 0"))
    assert forget(desk).pages == 0


def test_nothing_goes_where_no_time_is_given(desk: Desk, at: datetime) -> None:
    """Forgetting mails and addresses alone leaves what others said."""
    reread(desk, "hall")
    with desk.store.writing() as tx:
        done = retention.forget(tx, Bounds(at + 400 * DAY), at + 400 * DAY, "ombud")
    assert (done.documents, done.pages) == (0, 0)
