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


def test_nothing_is_adopted_before_an_editor_changes_the_policy(store: Store) -> None:
    """A fresh database has no policy file of its own."""
    with store.reading() as tx:
        assert decisions.adopted(tx) == ""
