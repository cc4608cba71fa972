"""Editors who do the same at the same time: one does it, and the others are told."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Thread

import pytest
from inquiring import MARTA, desk, faults, look, steps
from sqlalchemy import Connection, text
from writing import EDITH, Desk

from ombud.corrections.agreeing import agree, refuse
from ombud.corrections.investigating import Inquiry
from ombud.corrections.publishing import Written, publish
from ombud.errors import ConflictError, InvalidInputError
from ombud.store import corrections, log, proposals

__all__ = ["desk"]


def test_what_was_published_is_published_once_and_replaced_once(desk: Desk) -> None:
    """The same again, a second replacement, and one that knows too little are refused."""

    def correct(words: str, **more: int) -> int:
        with desk.store.writing() as tx:
            written = Written(desk.article.id, "correction", words, **more)
            return publish(tx, EDITH, written, desk.later(seconds=1)).id

    first = correct("It was Tuesday.", seen=0)
    with pytest.raises(ConflictError, match=f"as number {first}"):
        correct(" It was Tuesday. ")
    with pytest.raises(ConflictError, match="meanwhile"):
        correct("It was Thursday.", seen=0)
    second = correct("It was Wednesday.", replaces=first, seen=first)
    with pytest.raises(ConflictError, match="replaced before"):
        correct("It was Thursday.", replaces=first)
    with pytest.raises(InvalidInputError, match="no correction 99"):
        correct("It was Thursday.", replaces=99)
    assert correct("It was Tuesday.", replaces=second) > second
    assert faults(desk) == []


def at_once(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """Do things at the same moment, and return what became of each."""
    ready = Barrier(len(deeds))

    def done(deed: Callable[[], object]) -> str:
        ready.wait()
        try:
            deed()
        except ConflictError:
            return "conflict"
        return "kept"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(done, deeds))


def test_of_many_who_close_at_once_one_does(desk: Desk) -> None:
    """The others are told, and one step is kept."""
    deeds = [
        partial(look(desk, who, 0).decide, 1, status)
        for who in (EDITH, MARTA)
        for status in ("no_error", "not_ours", "withdrawn")
    ]
    assert at_once(deeds) == ["conflict"] * 5 + ["kept"]
    assert len(steps(desk)) == 1
    assert faults(desk) == []


def test_of_many_who_publish_the_same_at_once_one_does(desk: Desk) -> None:
    """So it is also where they replace the same one."""

    def correct(words: str, replaces: int | None = None) -> None:
        with desk.store.writing() as tx:
            written = Written(desk.article.id, "correction", words, replaces=replaces)
            publish(tx, EDITH, written, desk.at)

    assert at_once([partial(correct, "Tuesday.")] * 5) == ["conflict"] * 4 + ["kept"]
    others = [partial(correct, f"No, {number}.", 1) for number in range(5)]
    assert at_once(others) == ["conflict"] * 4 + ["kept"]
    assert faults(desk) == []


def test_of_one_sentence_two_corrections_stand_only_by_intent(desk: Desk) -> None:
    """Who knows of neither contradicts what holds; a second error of the sentence may be mended."""

    def correct(words: str, **more: int) -> int:
        with desk.store.writing() as tx:
            written = Written(desk.article.id, "correction", words, **more)
            return publish(tx, EDITH, written, desk.later(seconds=1)).id

    first = correct("It is closed for one winter, not for two winters.")
    with pytest.raises(ConflictError, match=f"number {first} speaks of the same sentence"):
        correct("It is closed for three winters, not for two winters.")
    second = correct("It is closed for three winters, not for two.", replaces=first)
    third = correct("It is closed in winter by night only.", seen=second)
    assert correct("The name of the author is Martha Sand.") > third
    assert faults(desk) == []


def test_of_many_who_agree_or_refuse_at_once_one_does(desk: Desk) -> None:
    """One proposal becomes one correction, or none."""
    number = proposed(desk)

    def end(deed: Callable[..., object], *given: object) -> None:
        with desk.store.writing() as tx:
            deed(tx, MARTA, number, *given, desk.later(seconds=9))

    deeds = [partial(end, agree)] * 3 + [partial(end, refuse, "It was not.")] * 2
    assert at_once(deeds) == ["conflict"] * 4 + ["kept"]
    with desk.store.reading() as tx:
        ended = proposals.one(tx, number)
        assert ended is not None
        assert len(corrections.of_article(tx, desk.article.id)) == (ended.outcome == "published")
    assert faults(desk) == []


def proposed(desk: Desk) -> int:
    """Propose a correction where two editors are wanted, and return its number."""
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE outlets SET two_editors = true"))
        written = Written(desk.article.id, "correction", "It was Tuesday.")
        return publish(tx, EDITH, written, desk.later(seconds=1)).id


Deed = Callable[[Connection], object]


@contextmanager
def beside(desk: Desk, first: Deed, deed: Deed) -> Iterator[Connection]:
    """Do something in a transaction that did `first`, while somebody else's `deed` waits for it."""

    def done() -> None:
        with desk.store.writing() as tx:
            deed(tx)

    other = Thread(target=done)
    with desk.store.writing() as tx:
        several = tx.dialect.name == "postgresql"
        if several:
            first(tx)
        other.start()
        while several and other.is_alive() and not waits(desk):
            pass
        yield tx
    other.join()


def test_who_agrees_waits_for_whoever_names_the_proposal(desk: Desk) -> None:
    """And not while holding the log, for which the other one waits in turn."""
    number = proposed(desk)

    def name(tx: Connection) -> None:
        """Do what the database does for a step that names it."""
        tx.execute(text("SELECT id FROM proposals FOR KEY SHARE"))

    with beside(desk, name, lambda tx: agree(tx, MARTA, number, desk.at)) as tx:
        log.take_turn(tx)
    with desk.store.reading() as tx:
        assert len(corrections.of_article(tx, desk.article.id)) == 1


def test_who_publishes_lets_others_refer_to_the_article(desk: Desk) -> None:
    """Whoever looks into a report of it holds the log, for which the other one waits."""
    written = Written(desk.article.id, "correction", "It was Tuesday.")
    with beside(desk, log.take_turn, lambda tx: publish(tx, EDITH, written, desk.at)) as tx:
        Inquiry(tx, MARTA, 1, desk.at).take()
    assert [one.deed for one in steps(desk)] == ["assigned"]
    with desk.store.reading() as tx:
        assert len(corrections.of_article(tx, desk.article.id)) == 1


def waits(desk: Desk) -> bool:
    """Whether somebody waits for what somebody else holds."""
    with desk.store.reading() as tx:
        asked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(tx.execute(asked).scalar())
