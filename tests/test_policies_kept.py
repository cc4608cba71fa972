"""The versions of the policy that the store keeps, and which of them is in force."""

from datetime import datetime, timedelta

from ombud.store import Store, decisions, log
from ombud.store.decisions import Version
from ombud.store.log import Deed


def test_the_policy_that_was_put_in_force_last_is_adopted(store: Store, at: datetime) -> None:
    """Going back to an earlier policy holds after a restart too, though it is no new version."""
    for number, version in enumerate(("one", "two", "one")):
        moment = at + timedelta(minutes=number)
        kept = Version(version, "", f'name = "{version}"', {}, "staff:edith", "", moment)
        with store.writing() as tx:
            decisions.keep_policy(tx, kept)
            deed = Deed(moment, "staff:edith", "policy_changed", facts={"policy": version})
            log.append(tx, deed)

    with store.reading() as tx:
        assert decisions.adopted(tx) == 'name = "one"'


def test_going_back_to_an_earlier_policy_leaves_its_trace(store: Store, at: datetime) -> None:
    """Each adoption has its own author, time and reason; what held from the start is the last."""
    with store.writing() as tx:
        start = Version("start", "", "", {}, "ombud", "as it was at start", at)
        decisions.keep_policy(tx, start)
        for number, (version, by) in enumerate(
            (("one", "staff:edith"), ("start", "key:cms"), ("one", "staff:mira")), start=1
        ):
            moment, reason = at + timedelta(minutes=number), f"reason {number}"
            decisions.keep_policy(tx, Version(version, "", version, {}, by, reason, moment))
            facts = {"policy": version, "reason": reason}
            log.append(tx, Deed(moment, by, "policy_changed", facts=facts))

    with store.reading() as tx:
        found = decisions.adoptions(tx)
    assert [(one.version, one.by, one.reason) for one in found] == [
        ("one", "staff:mira", "reason 3"),
        ("start", "key:cms", "reason 2"),
        ("one", "staff:edith", "reason 1"),
        ("start", "ombud", "as it was at start"),
    ]
    assert [one.at for one in found] == [at + timedelta(minutes=n) for n in (3, 2, 1, 0)]
    assert [one.written for one in found] == ["one", "", "one", ""]


def test_nothing_is_adopted_before_an_editor_changes_the_policy(store: Store) -> None:
    """A fresh database has no policy file of its own."""
    with store.reading() as tx:
        assert decisions.adopted(tx) == ""
