"""What waits for a second editor is counted, and found again among the reports."""

import pytest
from inquiring import MARTA, desk, look
from reporting import report
from test_proposals import agree, propose, say, two
from writing import BRIDGE, EDITH, Desk

from ombud.corrections import agreeing
from ombud.store import articles, reports, seconded
from ombud.store.seconded import Seconded

__all__ = ["desk", "two"]


def waits(desk: Desk, outlets: list[str] | None = None) -> tuple[Seconded, list[int]]:
    """Return what waits at some outlets, and the reports that do."""
    with desk.store.reading() as tx:
        choice = reports.Choice(outlets, "proposed")
        found = [one.id for one, _ in reports.listed(tx, choice, None, desk.at, 10)]
        assert outlets is not None or seconded.of_reports(tx, [1, 2]) == set(found)
        return seconded.counted(tx, outlets), found


def counted(desk: Desk) -> tuple[int, int, list[int]]:
    """Return how many corrections and assertions wait, and the reports that do."""
    found, listed = waits(desk)
    return found.corrections, found.assertions, listed


def test_what_waits_is_counted_once(two: Desk) -> None:
    """A correction, the assertion that rests on it, one that rests on none; the oldest first."""
    assert waits(two) == (Seconded(0, 0, None), [])
    report(two)
    first = two.later(seconds=0)
    look(two).decide(2, "no_error")
    number = propose(two).id
    say(two, number, EDITH)
    found, listed = waits(two)
    assert (found.corrections, found.assertions, listed) == (1, 1, [1])
    assert found.oldest is not None
    assert (found.oldest - first).total_seconds() == 1
    assert waits(two, ["harbour"]) == waits(two)
    assert waits(two, ["valley"]) == waits(two, []) == (Seconded(0, 0, None), [])
    look(two, MARTA).decide(2, "no_error")
    assert counted(two) == (1, 0, [1])
    say(two, number, MARTA)
    assert counted(two) == (0, 0, [])


def test_what_was_taken_back_waits_no_more(two: Desk) -> None:
    """The step of the first editor, and of the second, after which that of the first holds."""
    look(two).decide(1, "no_error")
    look(two).undo()
    assert counted(two) == (0, 0, [])
    look(two).decide(1, "not_ours")
    look(two, MARTA).decide(1, "not_ours")
    assert counted(two) == (0, 0, [])
    look(two, MARTA).undo()
    assert counted(two) == (0, 1, [1])
    look(two, MARTA).decide(1, "investigating")
    assert counted(two) == (0, 0, [])


@pytest.mark.parametrize(("outcome", "left"), [("published", 1), ("refused", 0), ("withdrawn", 0)])
def test_what_it_was_to_rest_on_has_ended(two: Desk, outcome: str, left: int) -> None:
    """Once it is public, the assertion still waits; once it is not to be, other words are due."""
    number = propose(two).id
    say(two, number, EDITH)
    with two.store.writing() as tx:
        if outcome == "refused":
            agreeing.refuse(tx, MARTA, number, "No.", two.at)
        elif outcome == "withdrawn":
            agreeing.withdraw(tx, EDITH, number, "", two.at)
    if outcome == "published":
        agree(two, number)
    assert counted(two) == (0, left, [1] * left)


def test_a_report_that_moved_leaves_its_proposal_behind(two: Desk) -> None:
    """What was proposed about another article is nothing that its assertions may rest on."""
    say(two, propose(two).id, EDITH)
    assert counted(two) == (1, 0, [1])
    url = "https://harbour.example/ferry"
    with two.store.writing() as tx:
        number = articles.put(tx, "harbour", url, BRIDGE, None, two.at)[0].id
    look(two)("place", number, "It is that one.")
    assert counted(two) == (1, 0, [])
    look(two).undo()
    assert counted(two) == (1, 0, [1])


def test_an_assertion_that_is_gone_waits_for_nobody(two: Desk) -> None:
    """It was taken into another one."""
    look(two).decide(2, "no_error")
    look(two)("merge", 1, 2, "It is one.")
    assert counted(two) == (0, 0, [])
