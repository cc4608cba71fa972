"""Figures of whole days are counted once, and again when something happens to their comments."""

from collections.abc import Callable
from datetime import datetime

import pytest
from writing import JOON, Desk, decided, found

from ombud.moderation import rulings
from ombud.newsroom import Comment
from ombud.policy import Action
from ombud.store import Store, counted, erasure, outlets
from ombud.store.counted import Figures
from ombud.store.periods import day_of, latest_days

DAYS = 4


def asked(desk: Desk) -> tuple[Figures, list[int]]:
    """Ask for four days and keep what was counted; return the figures, and those days' places."""
    with desk.store.reading() as tx:
        figures, fresh = counted.figures_of(tx, latest_days(DAYS, desk.at, ["harbour"]))
    if fresh:
        with desk.store.writing() as tx:
            counted.keep(tx, fresh)
    first = latest_days(DAYS, desk.at).days[0]
    return figures, [one.day - (first - day_of(0)).days for one in fresh]


def anew(desk: Desk) -> Figures:
    """Return the same figures from nothing that was kept."""
    with desk.store.writing() as tx:
        tx.execute(counted.counted.delete())
    with desk.store.reading() as tx:
        return counted.figures_of(tx, latest_days(DAYS, desk.at))[0]


def filled(desk: Desk) -> list[Comment]:
    """Send two comments on each of four days, one of them ruled on; return the others."""
    waiting = []
    for day in range(DAYS):
        if day:
            desk.later(days=1)
        waiting.append(desk.send(decision=decided(found("shouting"))))
        desk.rule(JOON, desk.send(decision=decided(found("hate"))).id, "delete", "hate")
    return waiting


def test_whole_days_are_counted_once(store: Store, at: datetime) -> None:
    """Of four days three are kept; asked again, today alone is counted, to the same figures."""
    desk = Desk(store, at)
    filled(desk)

    first, counted_first = asked(desk)
    again, counted_again = asked(desk)

    assert counted_first == [0, 1, 2]
    assert counted_again == []
    assert first == again == anew(desk)
    assert [tally.found for tally in first.tallies] == [1] * 2 * DAYS
    assert sum(many for _, many in first.arrivals) == 2 * DAYS
    assert first.decided.decided == DAYS


def _ruled(desk: Desk, comment: Comment) -> None:
    desk.rule(JOON, comment.id, "approve")


def _ruled_and_undone(desk: Desk, comment: Comment) -> None:
    ruling = desk.rule(JOON, comment.id, "delete", "hate")
    with desk.store.writing() as tx:
        rulings.undo(tx, JOON, ruling.id, desk.later(seconds=1))


def _escalated(desk: Desk, comment: Comment) -> None:
    with desk.store.writing() as tx:
        rulings.escalate(tx, JOON, comment.id, "Please look.", desk.later(seconds=1))


def _erased(desk: Desk, comment: Comment) -> None:
    with desk.store.writing() as tx:
        erasure.comment(tx, comment.id, "asked for", "ombud", desk.at)


def _late(desk: Desk, comment: Comment) -> None:
    now, desk.at = desk.at, comment.created_at
    desk.send(decision=decided(found("shouting", Action.DELETE)))
    desk.at = now


@pytest.mark.parametrize("happens", [_ruled, _ruled_and_undone, _escalated, _erased, _late])
def test_what_happens_to_a_comment_counts_at_once(
    store: Store, at: datetime, happens: Callable[[Desk, Comment], None]
) -> None:
    """Its day is counted again, and no other; the figures are as if nothing had been kept."""
    desk = Desk(store, at)
    waiting = filled(desk)
    asked(desk)

    happens(desk, waiting[1])
    figures, days = asked(desk)
    _, later = asked(desk)

    assert days == [1]
    assert later == []
    assert figures == anew(desk)


def test_figures_that_are_older_than_a_change_are_not_right(store: Store, at: datetime) -> None:
    """What was counted before a ruling, and kept after it, is counted again."""
    desk = Desk(store, at)
    waiting = filled(desk)
    with store.reading() as tx:
        _, early = counted.figures_of(tx, latest_days(DAYS, desk.at, ["harbour"]))
    desk.rule(JOON, waiting[2].id, "approve")
    with store.writing() as tx:
        counted.keep(tx, early)

    figures, days = asked(desk)

    assert days == [2]
    assert figures == anew(desk)


def test_days_that_still_hold_move_on_with_the_log(
    store: Store, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once much has happened since, they are kept as of now: less of the log is looked through."""
    desk = Desk(store, at)
    filled(desk)
    asked(desk)
    desk.rule(JOON, desk.send().id)
    monkeypatch.setattr(counted, "_FAR", 1)

    figures, days = asked(desk)
    _, again = asked(desk)

    assert days == [0, 1, 2]
    assert again == []
    assert figures == anew(desk)


def test_outlets_add_up(store: Store, at: datetime) -> None:
    """Who sees several outlets is told of all their comments, each clause and hour once."""
    desk = Desk(store, at)
    with store.writing() as tx:
        outlets.opened(tx, "hill", "The Hill", at)
    place = desk.put("https://hill.example/mill", outlet="hill")
    desk.send(decision=decided(found("shouting")))
    desk.send(decision=decided(found("shouting")), article=place.id)
    desk.later(days=1)

    with store.reading() as tx:
        every, fresh = counted.figures_of(tx, latest_days(2, desk.at))
        own, _ = counted.figures_of(tx, latest_days(2, desk.at, ["hill"]))

    assert [one.outlet for one in fresh] == ["harbour", "hill"]
    assert [(one.rule, one.found) for one in every.tallies] == [("shouting", 2)]
    assert [many for _, many in every.arrivals] == [2]
    assert [(one.rule, one.found) for one in own.tallies] == [("shouting", 1)]
