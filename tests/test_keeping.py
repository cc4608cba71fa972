"""Comments that wait at the same time are kept together, and one that fails fails alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event
from writing import JOON, POLICY, URL, Desk, decided, found

from ombud.errors import ConflictError, InvalidInputError, StoreError
from ombud.moderation.keeping import Judged, Kept, keep_all
from ombud.moderation.known import Known
from ombud.moderation.sent import Guest, Sent
from ombud.moderation.submission import Prepared, prepare
from ombud.newsroom import Account
from ombud.store import Store, articles, comments, decisions, log, outlets, readers, verification
from ombud.store.together import together
from ombud.web.batching import Batches

OTHER = "https://harbour.example/other"


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom that publishes what the policy approves, of new readers too."""
    desk = Desk(store, at, mode="automatic")
    with store.writing() as tx:
        outlet = outlets.one(tx, "harbour")
        assert outlet is not None
        outlets.changed(tx, replace(outlet, trust_after=0))
    desk.put(OTHER)
    return desk


def judged(
    desk: Desk,
    text: str,
    author: Guest | Account | None = None,
    *rules: str,
    article: str = URL,
    parent: int | None = None,
    key: str | None = None,
) -> Judged:
    """Return a comment that is ready to be kept; with `rules` it breaks them."""
    sent = Sent(article, text, author or Guest("Ada"), parent, accept_terms=True, key=key)
    with desk.store.reading() as tx:
        prepared = prepare(tx, sent, Known(), desk.at)
    assert isinstance(prepared, Prepared)
    return Judged(prepared, decided(*map(found, rules)), POLICY)


def kept(desk: Desk, waiting: Sequence[Judged]) -> list[Any]:
    """Keep what waits, and return each comment that was kept, or the error instead."""
    answers = together(desk.store, partial(keep_all, at=desk.at), waiting)
    return [one if isinstance(one, Exception) else one[0] for one in answers]


def whole(desk: Desk) -> bool:
    """Whether the chain and all that it is about are whole."""
    with desk.store.reading() as tx:
        return not list(verification.faults(tx, lambda _: None))


def test_what_waits_is_kept_in_one_transaction(desk: Desk) -> None:
    """Each has its comment, decision, reader and entry in the log, in the order they came in."""
    root = desk.send("The bridge is old.")
    account = desk.account("Cy")
    waiting = [
        judged(desk, "One.", None, "shouting", key="a"),
        judged(desk, "Two.", Guest("Bo", "bo@harbour.example"), parent=root.id, key="b"),
        judged(desk, "Three.", account, "correction_request", "links"),
        judged(desk, "Four.", article=OTHER),
    ]
    begun: list[object] = []
    event.listen(desk.store.engine, "begin", begun.append)

    answers: list[Kept] = kept(desk, waiting)

    assert len(begun) == 1
    numbers = [one.comment.id for one in answers]
    assert numbers == sorted(set(numbers))
    with desk.store.reading() as tx:
        assert [comments.one(tx, number) for number in numbers] == [one.comment for one in answers]
        entered = log.since(tx, log.last(tx) - 5)
        assert [one.comment for one in entered if one.deed == "sent"] == numbers
        assert [one.deed for one in entered].count("report_opened") == 1
        made = decisions.of(tx, numbers)
        assert [sorted(f.rule for f in made[number].findings) for number in numbers] == [
            ["shouting"],
            [],
            ["correction_request", "links"],
            [],
        ]
        bo = readers.one(tx, answers[1].comment.reader)
        assert bo == answers[1].account
        assert bo is not None
        assert (bo.name, bo.email, bo.terms_version) == ("Bo", "bo@harbour.example", "1")
        assert answers[2].account.id == account.id
    assert whole(desk)


def test_what_is_approved_together_is_counted_once_each(desk: Desk) -> None:
    """Articles count their approved comments, and comments their answers, at every depth."""
    root = desk.send("The bridge is old.")
    answer = desk.send("It is.", parent=root.id)

    kept(
        desk,
        [
            judged(desk, "One.", parent=answer.id, article=URL),
            judged(desk, "Two.", article=OTHER),
            judged(desk, "Three.", parent=answer.id),
            judged(desk, "Four.", None, "shouting"),
        ],
    )

    with desk.store.reading() as tx:
        counts = [articles.by_url(tx, url) for url in (URL, OTHER)]
        assert [one.approved for one in counts if one] == [4, 1]
        read = comments.some(tx, [root.id, answer.id])
        assert [read[one.id].answers for one in (root, answer)] == [3, 2]


def test_one_that_fails_fails_alone(desk: Desk) -> None:
    """A key of another comment, a value that no database keeps: the others are kept."""
    desk.send("Before.", key="k")
    conflict = judged(desk, "Another.", key="new")
    sent = replace(conflict.prepared.sent, key="k")
    bad = judged(desk, "Two.")
    name = replace(bad.prepared.sent, author=Guest("\ud800"))

    answers = kept(
        desk,
        [
            judged(desk, "One."),
            replace(conflict, prepared=replace(conflict.prepared, sent=sent)),
            replace(bad, prepared=replace(bad.prepared, sent=name)),
            judged(desk, "Three."),
        ],
    )

    assert [type(one) for one in answers] == [Kept, ConflictError, InvalidInputError, Kept]
    with desk.store.reading() as tx:
        assert log.last(tx) == 3
    assert whole(desk)


def test_what_a_trigger_refuses_fails_alone(desk: Desk) -> None:
    """What the database itself refuses of one comment keeps the others from nothing."""
    with desk.store.writing() as tx:
        if desk.store.sqlite:
            tx.exec_driver_sql(
                "CREATE TRIGGER picky BEFORE INSERT ON comments WHEN NEW.text = 'Two.'"
                " BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            )
        else:
            tx.exec_driver_sql(
                "CREATE FUNCTION picky() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'not this one' USING ERRCODE = 'restrict_violation'; END $$"
            )
            tx.exec_driver_sql(
                "CREATE TRIGGER picky BEFORE INSERT ON comments FOR EACH ROW"
                " WHEN (NEW.text = 'Two.') EXECUTE FUNCTION picky()"
            )

    answers = kept(desk, [judged(desk, f"{number}.") for number in ("One", "Two", "Three")])

    assert [type(one) for one in answers] == [Kept, StoreError, Kept]
    assert "not this one" in str(answers[1])
    assert whole(desk)


def test_nothing_is_kept_where_the_whole_fails(desk: Desk) -> None:
    """What cannot be committed is told to all who wait, at once, and none of it is there."""
    waiting = [judged(desk, f"Comment {number}.") for number in range(3)]
    tried: list[object] = []

    @event.listens_for(desk.store.engine, "commit")
    def fail(connection: Any) -> None:  # noqa: ANN401
        tried.append(connection)
        connection.exec_driver_sql("SELECT 1 FROM nowhere")

    answers = kept(desk, waiting)

    assert [type(one) for one in answers] == [StoreError] * 3
    assert len(tried) == 1
    event.remove(desk.store.engine, "commit", fail)
    with desk.store.reading() as tx:
        assert log.last(tx) == 0
    assert [type(one) for one in kept(desk, waiting)] == [Kept] * 3


def test_the_same_key_among_those_that_wait_is_one_comment(desk: Desk) -> None:
    """Whoever sends again while the first still waits gets the same comment."""
    waiting = [judged(desk, text, key="k") for text in ("Once.", "Once.", "Other.")]

    first, second, other = kept(desk, waiting)

    assert (first.comment.id, first.again) == (second.comment.id, not second.again)
    assert isinstance(other, ConflictError)
    with desk.store.reading() as tx:
        assert log.last(tx) == 1


def test_groups_and_rulings_wait_in_no_circle(desk: Desk) -> None:
    """Several groups over the same articles, and moderators on both, at the same time: all end."""
    roots = {url: desk.send("The bridge is old.", article=url) for url in (URL, OTHER)}
    errors: list[Exception] = []

    def keep(urls: Sequence[str]) -> None:
        for _ in range(6):
            waiting = [judged(desk, "So.", article=u, parent=roots[u].id) for u in urls]
            errors.extend(one for one in kept(desk, waiting) if isinstance(one, Exception))

    def rule(number: int) -> None:
        for action in ("delete", "approve") * 4:
            desk.rule(JOON, number, action, "shouting" if action == "delete" else None)

    def begin(work: Any, given: object) -> Thread:  # noqa: ANN401
        thread = Thread(target=work, args=(given,))
        thread.start()
        return thread

    answers = kept(desk, [judged(desk, "So.", article=u, parent=roots[u].id) for u in roots])
    threads = [begin(keep, urls) for urls in ((URL, OTHER), (OTHER, URL), (URL, OTHER))]
    threads += [begin(rule, one.comment.id) for one in answers]
    for thread in threads:
        thread.join(timeout=30)

    assert not errors
    with desk.store.reading() as tx:
        counted = [articles.by_url(tx, url) for url in (URL, OTHER)]
        assert [one.approved for one in counted if one] == [20, 20]
    assert whole(desk)


def test_what_is_known_is_read_once_until_it_changes(desk: Desk) -> None:
    """An article is looked up once; what was read before a change is not taken for new."""
    known = Known()
    with desk.store.reading() as tx:
        before = known.through(tx).article(URL)
        assert known.through(tx).article(URL) is before
    with desk.store.reading() as old:
        look = known.through(old)
        log.last(old)
        with desk.store.writing() as tx:
            articles.moderate(tx, before.id, "closed")
        known.forget()
        assert look.article(URL).mode is None
    with desk.store.reading() as tx:
        assert known.through(tx).article(URL).mode == "closed"


def test_what_is_known_is_looked_up_again_after_some_seconds(desk: Desk) -> None:
    """What another process changed without a word is known soon."""
    time = [0.0]
    known = Known(clock=lambda: time[0])

    def closed() -> bool:
        with desk.store.reading() as tx:
            return known.through(tx).article(URL).mode == "closed"

    assert not closed()
    with desk.store.writing() as tx:
        articles.moderate(tx, 1, "closed")
    time[0] = 4.0
    assert not closed()
    time[0] = 6.0
    assert closed()


def test_an_error_among_the_answers_is_for_its_question_alone() -> None:
    """What a run says failed is not run again, and the others have their answers."""
    runs: list[list[int]] = []

    def run(numbers: Sequence[int]) -> list[int | Exception]:
        runs.append(list(numbers))
        return [ValueError(number) if number < 0 else number for number in numbers]

    async def ask() -> list[int | BaseException]:
        batches = Batches(run)
        batches.start()
        answers = await asyncio.gather(*map(batches.ask, (1, -2, 3)), return_exceptions=True)
        await batches.close()
        return answers

    one, failed, three = asyncio.run(ask())
    assert (one, three) == (1, 3)
    assert isinstance(failed, ValueError)
    assert runs == [[1, -2, 3]]
