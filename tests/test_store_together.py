"""Many at once: nothing is lost, nothing is doubled, and nobody waits in a circle."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import text
from writing import BRIDGE, CLAUSES, EDITH, JOON, MIRA, POLICY, URL, Desk, decided, found

from ombud.errors import ConflictError, OmbudError
from ombud.moderation import keeping, rulings, submission
from ombud.moderation.known import Known
from ombud.moderation.sent import Guest, Sent
from ombud.newsroom import Staff
from ombud.store import Store, articles, comments, log, verification

WRITERS = 16


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom that publishes what the policy approves."""
    return Desk(store, at)


def together(works: Sequence[Callable[[], object]]) -> list[object]:
    """Do several things in threads that begin at the same time; errors of ours are results."""
    barrier = Barrier(len(works))

    def begun(work: Callable[[], object]) -> object:
        barrier.wait(timeout=20)
        try:
            return work()
        except OmbudError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begun, works))


def sent(
    desk: Desk,
    text: str,
    name: str,
    key: str | None = None,
    judged: Callable[[], object] = lambda: None,
) -> keeping.Kept:
    """Send a comment as a server does: two transactions, and the judging between them."""
    given = Sent(URL, text, Guest(name), None, accept_terms=True, key=key)
    with desk.store.reading() as tx:
        prepared = submission.prepare(tx, given, Known(), desk.at)
    assert isinstance(prepared, submission.Prepared)
    judged()
    with desk.store.writing() as tx:
        return keeping.keep(tx, prepared, decided(found("shouting")), POLICY, desk.at)


def whole(desk: Desk) -> bool:
    """Whether the chain and all that it is about are whole."""
    with desk.store.reading() as tx:
        return not list(verification.faults(tx, lambda _: None))


def test_sixteen_writers_lose_and_double_nothing(desk: Desk) -> None:
    """Each comment is there once, the numbers of the log have no gap, and the chain is whole."""

    def write(writer: int) -> list[int]:
        kept = [sent(desk, f"Comment {writer} {n}", f"Reader {writer}") for n in range(12)]
        return [one.comment.id for one in kept]

    numbers = together([lambda writer=writer: write(writer) for writer in range(WRITERS)])

    flat = sorted(number for some in numbers for number in some)  # type: ignore[attr-defined]
    assert flat == list(range(1, 12 * WRITERS + 1))
    with desk.store.reading() as tx:
        assert [one.seq for one in log.since(tx, 0)] == flat
        texts = tx.execute(text("SELECT count(DISTINCT text) FROM comments")).scalar()
        assert texts == 12 * WRITERS
    assert whole(desk)


def test_two_servers_share_one_database(desk: Desk) -> None:
    """Several processes on one database wait for each other, and lose nothing either."""
    other = Store(desk.store.url)
    there = replace(desk, store=other)

    def write(desk: Desk, writer: int) -> None:
        for n in range(5):
            sent(desk, f"Comment {writer} {n}", f"Reader {writer}")

    done = together([lambda n=n: write((desk, there)[n % 2], n) for n in range(8)])
    other.close()

    assert done == [None] * 8
    with desk.store.reading() as tx:
        assert log.last(tx) == 40
    assert whole(desk)


def test_the_same_key_at_the_same_time_is_one_comment(desk: Desk) -> None:
    """Whoever sends again before the first answer gets the same comment, not an error."""
    judging = Barrier(8)

    def send() -> keeping.Kept:
        # Nobody keeps theirs before all are being judged.
        return sent(desk, "Once only.", "Ada", "key-1", lambda: judging.wait(timeout=20))

    kept = together([send] * 8)

    assert {one.comment.id for one in kept} == {1}  # type: ignore[attr-defined]
    with desk.store.reading() as tx:
        assert log.last(tx) == 1


def test_the_same_key_with_another_text_is_refused(desk: Desk) -> None:
    """Of two bodies under one key at the same time one is kept, the other is a conflict."""
    kept = together([lambda n=n: sent(desk, f"Body {n}", "Ada", "key-1") for n in range(2)])

    (refused,) = [one for one in kept if isinstance(one, OmbudError)]
    assert isinstance(refused, ConflictError)
    assert "another comment" in str(refused)


def test_two_moderators_never_hold_the_same_comment(desk: Desk) -> None:
    """Of many who claim a comment at the same time exactly one gets it."""
    comment = desk.send().id

    def claim(who: Staff) -> object:
        with desk.store.writing() as tx:
            return rulings.claim(tx, who, comment, desk.at)

    claimed = together(
        [lambda n=n: claim(Staff(f"moderator{n}", "moderator")) for n in range(WRITERS)]
    )

    refused = [one for one in claimed if isinstance(one, ConflictError)]
    assert len(refused) == WRITERS - 1
    assert all("is looking at this comment" in str(one) for one in refused)


def test_rulings_on_parent_and_child_never_wait_in_a_circle(desk: Desk) -> None:
    """Rulings in one thread, upwards and downwards, all succeed and the counts are right."""
    top = desk.approved("The oldest one.")
    chain = [top]
    for n in range(5):
        chain.append(desk.approved(f"Answer {n}.", parent=chain[-1].id))

    def rule(who: Staff, order: Sequence[int]) -> list[object]:
        done: list[object] = []
        for number in order:
            for action in ("delete", "approve"):
                with desk.store.writing() as tx:
                    verdict = rulings.Verdict(action, "shouting" if action == "delete" else None)
                    done.append(rulings.rule(tx, who, number, verdict, CLAUSES, desk.at))
        return done

    numbers = [comment.id for comment in chain]
    done = together(
        [
            lambda who=who, order=order: rule(who, order)
            for who in (JOON, MIRA, EDITH)
            for order in (numbers, numbers[::-1])
        ]
    )

    assert not [one for one in done if isinstance(one, OmbudError)]
    with desk.store.reading() as tx:
        states = [comments.one(tx, number) for number in numbers]
        article = articles.by_url(tx, URL)
    assert [one.state for one in states if one] == ["approved"] * 6
    assert [one.answers for one in states if one] == [5, 4, 3, 2, 1, 0]
    assert article is not None
    assert article.approved == 6
    assert whole(desk)


def test_one_address_is_one_article(desk: Desk) -> None:
    """Of several programs that enter the same new address none makes a second article."""

    def enter(n: int) -> int:
        with desk.store.writing() as tx:
            title = BRIDGE.__class__(f"Title {n}")
            return articles.put(tx, "harbour", f"{URL}/new", title, None, desk.at)[0].id

    entered = together([lambda n=n: enter(n) for n in range(8)])

    assert len({one for one in entered if isinstance(one, int)}) == 1
    assert all(isinstance(one, int | ConflictError) for one in entered)
    with desk.store.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM articles")).scalar() == 2


def test_whoever_follows_the_log_misses_nothing(desk: Desk) -> None:
    """Followers who ask again and again while others write see every number once, in order."""
    seen: list[int] = []
    kept: list[int] = []
    ended: list[int] = []

    def follow() -> None:
        last = False
        while not last:
            # Asked before the log is read: what the last writer wrote is read as well.
            last = len(ended) == 8
            with desk.store.reading() as tx:
                seen.extend(one.seq for one in log.since(tx, seen[-1] if seen else 0))

    def write(writer: int) -> None:
        try:
            for n in range(6):
                sent(desk, f"Comment {writer} {n}", f"Reader {writer}")
                kept.append(n)
        finally:
            ended.append(writer)

    together([follow, *(lambda writer=writer: write(writer) for writer in range(8))])

    assert kept
    assert seen == list(range(1, len(kept) + 1))
