"""Many who send and rule at once: one campaign, counted right, and nobody waits in a circle."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select
from writing import CLAUSES, JOON, POLICY, Desk, decided, found

from ombud.errors import OmbudError
from ombud.moderation import campaigns as moderation
from ombud.moderation import keeping, submission
from ombud.moderation.known import Known
from ombud.moderation.rulings import Verdict
from ombud.moderation.sent import Guest, Sent
from ombud.store import Store, campaigns, erasure, verification
from ombud.store.repeated import copies
from ombud.store.schema import comments

SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
WRITERS = 8
EACH = 5


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom with several articles, where everything waits."""
    desk = Desk(store, at)
    for number in range(WRITERS):
        desk.put(f"https://harbour.example/story-{number}")
    return desk


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


def send(desk: Desk, writer: int) -> None:
    """Send copies, each a little different, as a server does."""
    for number in range(EACH):
        text = f"{SLOGAN} {'!' * writer}{writer * EACH + number}"
        place = f"https://harbour.example/story-{(writer + number) % WRITERS}"
        sent = Sent(place, text, Guest(f"Reader {writer}"), None, accept_terms=True)
        with desk.store.reading() as tx:
            prepared = submission.prepare(tx, sent, Known(), desk.at)
        assert isinstance(prepared, submission.Prepared)
        with desk.store.writing() as tx:
            keeping.keep(tx, prepared, decided(found("repetition")), POLICY, desk.at)


def rule(desk: Desk, campaign: int) -> None:
    """Rule on all that is held, and take all of it back."""
    with desk.store.writing() as tx:
        swept = moderation.rule(tx, JOON, campaign, Verdict("delete"), CLAUSES, at=desk.at)
    if swept.ruling:
        with desk.store.writing() as tx:
            moderation.undo(tx, JOON, campaign, swept.ruling, desk.at)


def erase(desk: Desk, number: int) -> None:
    """Erase a comment."""
    with desk.store.writing() as tx:
        erasure.comment(tx, number, "asked for", "ombud", desk.at)


def test_copies_sent_at_once_are_one_campaign_counted_right(desk: Desk) -> None:
    """Whatever comes between, what is counted is what a look at every copy finds."""
    first = [desk.send(SLOGAN, Guest("First"), decided(found("repetition"))) for _ in range(4)]
    with desk.store.reading() as tx:
        number = campaigns.of(tx, [first[0].id])[first[0].id].id
    works: list[Callable[[], object]] = [
        (lambda writer=writer: send(desk, writer)) for writer in range(WRITERS)
    ]
    works += [lambda: rule(desk, number)] * 2
    works.append(lambda: erase(desk, first[0].id))

    results = together(works)

    assert [one for one in results if one is not None] == []
    with desk.store.reading() as tx:
        [whole] = campaigns.page(tx, None, None, 10)[0]
        counted = tx.execute(
            select(
                func.count(),
                func.count(copies.c.reader.distinct()),
                func.count(copies.c.article.distinct()),
            ).where(copies.c.campaign == whole.id)
        ).one()
        waiting = tx.execute(
            select(func.count())
            .select_from(comments)
            .join(copies, copies.c.comment == comments.c.id)
            .where(copies.c.campaign == whole.id, comments.c.state == "held")
        ).scalar_one()
        assert list(verification.faults(tx, lambda _: None)) == []
    assert (whole.comments, whole.readers, whole.articles) == tuple(counted)
    assert whole.held == waiting
    assert whole.comments == WRITERS * EACH + len(first) - 1
