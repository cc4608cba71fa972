"""Comments that wait at the same time are looked up and entered together, each for itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Connection, event
from writing import URL, Desk

from ombud import Case
from ombud.errors import ConflictError, InvalidInputError, NotFoundError, OmbudError, StoreError
from ombud.moderation.known import Known
from ombud.moderation.sent import Guest, Sent
from ombud.moderation.submission import Prepared, prepare, prepare_all
from ombud.newsroom import Comment
from ombud.store import Store, entering, log, readers, rebuilding
from ombud.store.together import read_together
from ombud.store.together import together as kept_together
from ombud.web.batching import Batches

FERRY = "The ferry timetable has not been kept for a single day since October."
MAYOR = "Our mayor answered every question of the council within the hour, for once."


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom where everything waits."""
    return Desk(store, at)


def given(text: str, key: str | None = None, article: str = URL) -> Sent:
    """Return a comment as it is sent."""
    return Sent(article, text, Guest("Ada"), accept_terms=True, key=key)


def together(desk: Desk, sent: Sequence[Sent]) -> list[Prepared | Comment | Exception]:
    """Prepare comments that wait at the same time."""
    return read_together(desk.store, partial(prepare_all, known=Known(), at=desk.at), sent)


def test_each_of_those_that_wait_has_its_own_answer(desk: Desk) -> None:
    """What is fit is prepared, what was sent before is returned, what is wrong has its error."""
    before = desk.send(FERRY, key="a")
    sent = [
        given("Is it true?"),
        given("Nul.", key="\0"),
        given(FERRY, key="a"),
        given("Another.", key="a"),
        given("Nowhere.", article="https://harbour.example/none"),
        given(FERRY.upper()),
    ]

    new, unfit, again, other, lost, copy = together(desk, sent)

    assert isinstance(new, Prepared)
    assert new.case.text == "Is it true?"
    assert new.case.repeats == ()
    assert again == before
    assert isinstance(copy, Prepared)
    assert [one.comment for one in copy.case.repeats] == [before.id]
    kinds = (type(unfit), type(other), type(lost))
    assert kinds == (InvalidInputError, ConflictError, NotFoundError)


def test_together_they_are_told_what_each_is_told_alone(desk: Desk) -> None:
    """Each finds the earlier comments that it repeats, and not those of another."""
    for text in (FERRY, FERRY.replace("single", "whole"), MAYOR):
        desk.send(text)
    sent = [given(text) for text in (FERRY, MAYOR.replace("hour", "day"), "So it is.", FERRY)]

    found = together(desk, sent)

    for one, asked in zip(found, sent, strict=True):
        with desk.store.reading() as tx:
            assert one == prepare(tx, asked, Known(), desk.at)
    repeats = [[r.comment for r in one.case.repeats] for one in found if isinstance(one, Prepared)]
    assert repeats == [[1, 2], [3], [], [1, 2]]


def test_one_that_no_database_takes_fails_alone(desk: Desk) -> None:
    """Whoever waits beside an answer to an impossible number is prepared all the same."""
    sent = [replace(given("So."), parent=2**70), given("Is it true?")]

    async def asked() -> list[object]:
        waiting: Batches[Sent, Prepared | Comment] = Batches(partial(together, desk))
        waiting.start()
        try:
            return await asyncio.gather(*map(waiting.ask, sent), return_exceptions=True)
        finally:
            await waiting.close()

    impossible, possible = asyncio.run(asked())

    assert isinstance(impossible, OmbudError)
    assert isinstance(possible, Prepared)


def test_a_database_that_is_away_is_tried_once(store: Store) -> None:
    """Many that wait are all told at once, and not each after a patience of its own."""
    tried = []

    def away(_: Connection, waiting: Sequence[int]) -> list[int]:
        tried.append(len(waiting))
        message = "the database cannot be reached; please try again in a moment"
        raise StoreError(message)

    async def asked() -> list[object]:
        waiting: Batches[int, int] = Batches(partial(read_together, store, away))
        asking = asyncio.gather(*map(waiting.ask, range(5)), return_exceptions=True)
        await asyncio.sleep(0)
        waiting.start()
        try:
            return list(await asking)
        finally:
            await waiting.close()

    told = asyncio.run(asked())

    assert [type(one) for one in told] == [StoreError] * 5
    assert tried == [5]


def test_many_take_no_more_statements_than_one(desk: Desk) -> None:
    """The database is asked the same few questions however many wait."""
    asked: list[object] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def statements(many: int) -> int:
        asked.clear()
        together(desk, [given(f"{MAYOR} {n}", key=f"{many} {n}") for n in range(many)])
        return len(asked)

    assert statements(1) == statements(9)


def test_copies_that_are_entered_together_share_their_text(desk: Desk) -> None:
    """The first brings the text; a later one is its copy, and one that is too short has none."""
    comments = [desk.send(text) for text in ("Yes.", "So it is.")]
    kept = [desk.send(text) for text in (FERRY, FERRY.upper(), MAYOR)]
    for comment in kept:
        with desk.store.writing() as tx:
            log.take_turn(tx)
            entering.leave(tx, comment.id)
    with desk.store.writing() as tx:
        tx.exec_driver_sql("DELETE FROM copies")
        cases = [(one, Case(one.text or "")) for one in (*kept, comments[0])]
        entered = entering.enter_all(tx, cases)

    assert [one and (one.text, one.new) for one in entered] == [
        (kept[0].id, True),
        (kept[0].id, False),
        (kept[2].id, True),
        None,
    ]
    with desk.store.reading() as tx:
        assert rebuilding.missing(tx) == 1


def test_what_breaks_a_constraint_fails_alone(desk: Desk) -> None:
    """It is no fault of the database, so what waits beside it is kept."""
    fit = replace(desk.account("Bo"), id=0, sso_id=None)

    answers = kept_together(desk.store, readers.join, [fit, replace(fit, outlet="nowhere"), fit])

    assert [type(one) for one in answers] == [tuple, StoreError, tuple]
    assert "nowhere" not in str(answers[1])
