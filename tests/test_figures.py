"""The figures of the desk: clauses, the queue, arrivals, what the policy decided alone, pace."""

from datetime import UTC, datetime, timedelta

import pytest
from writing import JOON, MIRA, Desk, decided, found

from ombud.moderation import rulings
from ombud.newsroom import Comment
from ombud.policy import Action
from ombud.store import Store, comments, counted, figures
from ombud.store.figures import Decided, Tally
from ombud.store.periods import Period, latest_days
from ombud.store.schema import comments as table

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def tallies(desk: Desk, days: int = 1) -> list[Tally]:
    """Return what the dashboard counts by clause and day."""
    with desk.store.reading() as tx:
        return figures.clauses(tx, latest_days(days, desk.at))


def undo(desk: Desk, ruling: int) -> None:
    """Take back a ruling of Joon's."""
    with desk.store.writing() as tx:
        rulings.undo(tx, JOON, ruling, desk.later(seconds=1))


def shouted(desk: Desk) -> Comment:
    """Send a comment that is held for shouting."""
    return desk.send(decision=decided(found("shouting")))


def test_clauses_count_what_was_found_and_what_became_of_it(store: Store, at: datetime) -> None:
    """Found, ruled, cited and cleared are told apart, and missed where the policy approved."""
    desk = Desk(store, at)
    shouted(desk)
    desk.rule(JOON, shouted(desk).id, "approve")
    desk.rule(JOON, shouted(desk).id, "delete", "shouting")
    desk.rule(JOON, shouted(desk).id, "delete", "hate")
    desk.rule(JOON, desk.send().id, "delete", "hate")
    desk.rule(JOON, desk.send().id, "approve")
    day = at.date()

    counted = tallies(desk)

    assert counted == [
        Tally("hate", day, found=0, ruled=2, cited=2, cleared=0, missed=1),
        Tally("shouting", day, found=4, ruled=3, cited=1, cleared=1, missed=0),
    ]
    assert [one.overturned for one in counted] == [1, 1]


def test_clauses_count_a_comment_once_and_nothing_on_trial(store: Store, at: datetime) -> None:
    """Two findings of one clause are one comment; what is found on trial is not counted."""
    desk = Desk(store, at)
    twice = decided(found("shouting"), found("shouting", Action.DELETE))
    desk.send(decision=twice)
    trial = decided()
    desk.send(decision=type(trial)(trial.action, (), (found("hate"),), {}, "p1", "m1"))

    assert [(one.rule, one.found) for one in tallies(desk)] == [("shouting", 1)]


def test_only_rulings_that_stand_count(store: Store, at: datetime) -> None:
    """A ruling taken back counts no more, the one before it again; an escalation is none."""
    desk = Desk(store, at)
    comment, other = shouted(desk), shouted(desk)
    desk.rule(JOON, comment.id, "approve")
    second = desk.rule(JOON, comment.id, "delete", "hate")
    first = desk.rule(JOON, other.id, "approve")
    undo(desk, second.id)
    undo(desk, first.id)

    (tally,) = tallies(desk)
    with store.writing() as tx:
        rulings.escalate(tx, JOON, comment.id, "Please look.", desk.later(seconds=1))
    (escalated,) = tallies(desk)

    assert (tally.rule, tally.found, tally.ruled, tally.cleared) == ("shouting", 2, 1, 1)
    assert (escalated.ruled, escalated.cleared) == (0, 0)


def test_a_blind_opinion_is_no_ruling(store: Store, at: datetime) -> None:
    """Second opinions change no figure."""
    desk = Desk(store, at)
    comment = shouted(desk)
    desk.rule(JOON, comment.id, "delete", "shouting")
    before = tallies(desk)
    with store.writing() as tx:
        rulings.second(tx, MIRA, comment.id, rulings.Verdict("approve"), [], desk.at)

    assert tallies(desk) == before


def test_days_and_outlets_bound_the_figures(store: Store, at: datetime) -> None:
    """A comment counts on the day that it was sent, in its own outlet, and not before."""
    desk = Desk(store, at)
    shouted(desk)
    desk.later(days=2)
    shouted(desk)

    with store.reading() as tx:
        elsewhere = figures.clauses(tx, latest_days(9, desk.at, ["hill"]))

    assert [(one.day, one.found) for one in tallies(desk, 3)] == [
        (at.date(), 1),
        (at.date() + 2 * DAY, 1),
    ]
    assert [one.day for one in tallies(desk, 2)] == [at.date() + 2 * DAY]
    assert elsewhere == []


def test_the_queue_is_told_by_age(store: Store, at: datetime) -> None:
    """The oldest, the median, what is escalated and flagged, and how many of each age."""
    desk = Desk(store, at)
    sent = [desk.send() for _ in range(3)]
    desk.later(hours=3)
    sent += [desk.send() for _ in range(2)]
    desk.approved()
    with store.writing() as tx:
        rulings.escalate(tx, JOON, sent[0].id, "Please look.", desk.later(seconds=1))
        comments.mark(tx, sent[1].id, flags=2)
    period = latest_days(1, desk.at)

    with store.reading() as tx:
        queue = figures.waiting(tx, period, (timedelta(hours=1), timedelta(hours=9)))
        elsewhere = figures.waiting(tx, latest_days(1, desk.at, ["hill"]))

    assert (queue.held, queue.escalated, queue.flagged) == (5, 1, 1)
    assert (queue.oldest, queue.median) == (sent[0].created_at, sent[2].created_at)
    assert queue.ages == (2, 3, 0)
    assert (elsewhere.held, elsewhere.oldest, elsewhere.median) == (0, None, None)
    assert elsewhere.ages == (0, 0)


def test_arrivals_are_counted_by_the_hour(store: Store, at: datetime) -> None:
    """Each hour in which comments were sent has their number."""
    desk = Desk(store, at)
    desk.send()
    desk.send()
    desk.later(hours=2)
    desk.send()

    with store.reading() as tx:
        found = figures.arrivals(tx, latest_days(1, desk.at))

    nine = datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert found == [(nine, 2), (nine + timedelta(hours=2), 1)]


def test_the_share_decided_without_a_human(store: Store, at: datetime) -> None:
    """Alone is what is decided and was never ruled on; what is held is not decided."""
    desk = Desk(store, at, mode="automatic")
    desk.send(decision=decided(found("hate", Action.DELETE)))
    desk.approved()
    shouted(desk)

    with store.reading() as tx:
        share = figures.decided(tx, latest_days(1, desk.at))
        nothing = figures.decided(tx, latest_days(1, at - 9 * DAY))

    assert (share, share.share) == (Decided(decided=2, alone=1), 0.5)
    assert nothing.share is None


def test_pace_is_ones_own(store: Store, at: datetime) -> None:
    """The figure is of whoever asks, day by day, each comment once; days off are there."""
    desk = Desk(store, at)
    comment = desk.approved()
    desk.rule(JOON, comment.id, "delete", "hate")
    desk.approved()
    desk.rule(MIRA, desk.send().id)
    desk.later(days=2)
    desk.approved()

    with store.reading() as tx:
        joon = figures.pace(tx, JOON, latest_days(4, desk.at))
        mira = figures.pace(tx, MIRA, latest_days(1, at + timedelta(hours=1)))

    first = at.date() - DAY
    assert joon == [(first, 0), (first + DAY, 2), (first + 2 * DAY, 0), (first + 3 * DAY, 1)]
    assert mira == [(at.date(), 1)]


def test_the_median_time_to_the_first_ruling(store: Store, at: datetime) -> None:
    """Of three comments it is the one in the middle, of two their mean; the first ruling counts."""
    desk = Desk(store, at)
    sent = [desk.send() for _ in range(3)]
    with store.reading() as tx:
        none = counted.figures_of(tx, latest_days(1, desk.at))[0].first_ruling
    waits = []
    for comment in sent:
        desk.later(minutes=10)
        waits.append(desk.rule(JOON, comment.id).at - comment.created_at)
    desk.later(hours=5)
    desk.rule(MIRA, sent[0].id, "delete", "hate")

    with store.reading() as tx:
        middle = counted.figures_of(tx, latest_days(1, desk.at))[0].first_ruling
        pair = counted.figures_of(tx, Period(at, sent[2].created_at))[0].first_ruling

    assert none is None
    assert middle == pytest.approx(waits[1] / MINUTE, abs=0.1)
    assert pair == pytest.approx((waits[0] + waits[1]) / 2 / MINUTE, abs=0.1)


def test_an_erased_comment_still_counts(store: Store, at: datetime) -> None:
    """Figures are of what was decided, which erasing a text does not change."""
    desk = Desk(store, at)
    desk.rule(JOON, shouted(desk).id, "approve")
    before = tallies(desk)
    with store.writing() as tx:
        comments.erase(tx, table.c.id > 0, desk.at)

    assert tallies(desk) == before


def test_the_period_takes_whole_days(at: datetime) -> None:
    """A period of two days begins at midnight yesterday and reaches up to now."""
    period = latest_days(2, at)

    assert period.since == datetime(2026, 11, 27, tzinfo=UTC)
    assert period.days == [at.date() - DAY, at.date()]
