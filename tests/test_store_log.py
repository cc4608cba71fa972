"""The log is a chain that shows every change, and knows everything that is kept."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text
from writing import EDITH, JOON, Desk, decided, found

from ombud.moderation import rulings
from ombud.store import Store, comments, erasure, log, verification

_GUARDS = ("update", "delete", "replace", "emptied")


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom in which five things happened to two comments."""
    desk = Desk(store, at)
    held = desk.send("Call them that again.", decision=decided(found("personal_attack")))
    desk.rule(JOON, held.id, "delete", "personal_attack")
    with store.writing() as tx:
        taken = rulings.undo(tx, EDITH, 1, desk.later(seconds=1))
    assert taken.undoes == 1
    desk.approved("A bridge too far.")
    return desk


def faults(store: Store) -> list[tuple[int | None, str]]:
    """Return what is not as it was entered."""
    with store.reading() as tx:
        return [(one.seq, one.what) for one in verification.faults(tx, lambda _: None)]


def tamper(store: Store, table: str, change: str) -> None:
    """Change a table as somebody with all rights can: without what guards it."""
    guard = {
        True: [f"DROP TRIGGER IF EXISTS {table}_{deed}" for deed in _GUARDS],
        False: [f"ALTER TABLE {table} DISABLE TRIGGER USER"],
    }
    with store.writing() as tx:
        for statement in [*guard[store.sqlite], change]:
            tx.execute(text(statement))


def test_a_whole_chain_has_no_faults(desk: Desk) -> None:
    """What nobody touched verifies, and each entry was looked at."""
    seen: list[int] = []
    with desk.store.reading() as tx:
        assert not list(verification.faults(tx, seen.append))
        assert (sum(seen), verification.count(tx), log.last(tx)) == (5, 5, 5)


def test_numbers_rise_by_one_and_tell_what_happened(desk: Desk) -> None:
    """Who follows from a number on gets everything after it, in order."""
    with desk.store.reading() as tx:
        deeds = [(one.seq, one.by, one.deed, one.comment) for one in log.since(tx, 1)]
        about = [one.deed for one in log.about(tx, 1)]

    assert deeds == [
        (2, "staff:joon", "ruled", 1),
        (3, "staff:edith", "undone", 1),
        (4, "reader:2", "sent", 2),
        (5, "staff:joon", "ruled", 2),
    ]
    assert about == ["sent", "ruled", "undone"]


@pytest.mark.parametrize(
    ("change", "seq", "what"),
    [
        ("UPDATE log SET by = 'staff:mira' WHERE seq = 2", 2, "its content is not what its hash"),
        ("UPDATE log SET at = at + 1 WHERE seq = 3", 3, "its content is not what its hash"),
        ("UPDATE log SET facts = '[' WHERE seq = 4", 4, "its content is not what its hash"),
        ("UPDATE log SET hash = 'x' WHERE seq = 5", 5, "its content is not what its hash"),
        ("DELETE FROM log WHERE seq = 3", 4, "the entries 3 to 3 are missing"),
        ("DELETE FROM log WHERE seq < 3", 3, "the entries 1 to 2 are missing"),
        ("UPDATE log SET seq = 9 WHERE seq = 5", 9, "the entries 5 to 8 are missing"),
    ],
)
def test_the_first_broken_link_is_named(desk: Desk, change: str, seq: int, what: str) -> None:
    """A change, a gap, a forged hash: the entry where the chain breaks, and why."""
    tamper(desk.store, "log", change)

    found = [fault for fault in faults(desk.store) if "missing" in fault[1] or "hash" in fault[1]]
    assert found[0][0] == seq
    assert found[0][1].startswith(what)


def test_a_forged_entry_breaks_the_next_link(desk: Desk) -> None:
    """Who computes the hash of a changed entry anew breaks the link after it."""
    with desk.store.reading() as tx:
        row = dict(tx.execute(text("SELECT * FROM log WHERE seq = 2")).mappings().one())
    row |= {
        "by": "staff:mira",
        "at": desk.at.__class__.fromtimestamp(row["at"] / 1e6, tz=desk.at.tzinfo),
    }
    forged = log._hash(row)  # noqa: SLF001  # as a forger would
    tamper(desk.store, "log", f"UPDATE log SET by = 'staff:mira', hash = '{forged}' WHERE seq = 2")

    assert (3, "it does not hold the hash of the entry before") in faults(desk.store)


@pytest.mark.parametrize("cut", [4, 3, 1])
def test_an_end_that_was_cut_off_is_missed(desk: Desk, cut: int) -> None:
    """A shorter chain is whole in itself, but comments and rulings are there that it lacks."""
    tamper(desk.store, "log", f"DELETE FROM log WHERE seq > {cut}")

    # Without entry 5 nothing says that comment 2 was approved.
    missed = {4: [4, None], 3: [None] * 2, 1: [None] * 4}[cut]
    assert [seq for seq, _ in faults(desk.store)] == missed
    assert "was never entered" in faults(desk.store)[-1][1]


@pytest.mark.parametrize(
    ("table", "change", "seq", "what"),
    [
        ("comments", "SET text = 'Lovely people.' WHERE id = 1", 1, "comment 1 is not what"),
        ("comments", "SET salt = NULL WHERE id = 2", 4, "comment 2 is not what"),
        ("comments", "SET digest = 'x' WHERE id = 2", 4, "comment 2 is not what"),
        ("decisions", "SET action = 'APPROVE'", 1, "the decision of comment 1 is not"),
        ("decisions", "SET model = 'm2'", 1, "the decision of comment 1 is not"),
        ("findings", "SET rule = 'shouting'", 1, "the decision of comment 1 is not"),
        ("findings", "SET trial = true", 1, "the decision of comment 1 is not"),
        ("rulings", "SET clause = 'hate' WHERE id = 1", 2, "ruling 1 is not what"),
        ("rulings", "SET by = 'staff:mira' WHERE id = 2", 3, "ruling 2 is not what"),
        ("rulings", "SET comment = 2 WHERE id = 1", 2, "ruling 1 is not what"),
        ("rulings", "SET state_after = 'held' WHERE id = 3", 5, "ruling 3 is not what"),
        ("rulings", "SET note = 'He knows why.' WHERE id = 1", 2, "the note of ruling 1 is not"),
        ("comments", "SET name = 'The Mayor' WHERE id = 1", 1, "comment 1 is not what"),
        ("comments", "SET state = 'approved' WHERE id = 1", 3, "comment 1 is approved, and was"),
        ("comments", "SET state = 'held' WHERE id = 2", 5, "comment 2 is held, and was approved"),
    ],
)
def test_what_the_log_is_about_is_looked_up(
    desk: Desk, table: str, change: str, seq: int, what: str
) -> None:
    """Texts, decisions, findings and rulings other than what was entered are named."""
    tamper(desk.store, table, f"UPDATE {table} {change}")

    found = faults(desk.store)[0]
    assert found[0] == seq
    assert found[1].startswith(what)


def test_a_comment_with_another_digest_is_found_too(desk: Desk) -> None:
    """Who changes a text with its digest is betrayed by the log, which holds the digest."""
    forged = comments.digest("salt", "Lovely people.")
    change = f"UPDATE comments SET text = 'Lovely people.', salt = 'salt', digest = '{forged}'"
    tamper(desk.store, "comments", f"{change} WHERE id = 1")

    assert faults(desk.store) == [(1, "comment 1 is not what was entered")]


@pytest.mark.parametrize("table", ["comments", "rulings"])
def test_rows_that_are_gone_are_missed(desk: Desk, table: str) -> None:
    """A row that somebody removed is named by the entry that knows it."""
    rest = {"comments": "copies findings decisions rulings comments", "rulings": "rulings"}[table]
    for one in rest.split():
        tamper(desk.store, one, f"DELETE FROM {one}")

    assert any(f"{table[:-1]} 1 " in what and "missing" in what for _, what in faults(desk.store))


def test_a_note_is_the_one_that_was_entered(desk: Desk) -> None:
    """Another note is found, and none where there was one; erased with its comment it is whole."""
    with desk.store.writing() as tx:
        rulings.escalate(tx, JOON, 1, "Is this the mayor?", desk.later(seconds=1))
    assert not faults(desk.store)
    for note in ("'Fine.'", "NULL"):
        tamper(desk.store, "rulings", f"UPDATE rulings SET note = {note} WHERE id = 4")
        assert faults(desk.store) == [(6, "the note of ruling 4 is not what was entered")]
    tamper(desk.store, "rulings", "UPDATE rulings SET note = 'Is this the mayor?' WHERE id = 4")

    with desk.store.writing() as tx:
        erasure.comment(tx, 1, "asked for", "ombud", desk.later(seconds=1))
    assert not faults(desk.store)


def test_entries_of_earlier_versions_stay_valid_and_are_counted(desk: Desk) -> None:
    """Without digests of names and notes nothing is a fault, and it is said how many lack them."""
    facts = {"ruling": 1, "action": "delete", "clause": "hate", "before": "held", "after": "held"}
    with desk.store.writing() as tx:
        assert verification.unchecked(tx) == verification.Unchecked(names=0, notes=0)
        log.append(tx, log.Deed(desk.at, "staff:joon", "ruled", None, None, 1, facts))
        log.append(tx, log.Deed(desk.at, "reader:1", "sent", None, None, 1, {"state": "held"}))
        assert verification.unchecked(tx) == verification.Unchecked(names=1, notes=1)


def test_an_erasure_leaves_the_chain_whole(desk: Desk) -> None:
    """Erased comments verify; one that was emptied without an entry does not."""
    with desk.store.writing() as tx:
        erasure.comment(tx, 1, "asked for", "ombud", desk.later(seconds=1))
    assert not faults(desk.store)

    with desk.store.writing() as tx:
        tx.execute(text("UPDATE comments SET text = NULL, salt = NULL, erased_at = 7 WHERE id = 2"))
    assert faults(desk.store) == [(None, "that comment 2 was erased was never entered")]


def test_long_chains_are_walked_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost where one part ends and the next begins."""
    monkeypatch.setattr(log, "_AT_ONCE", 2)
    monkeypatch.setattr(verification, "_AT_ONCE", 2)
    assert not faults(desk.store)

    tamper(desk.store, "log", "UPDATE log SET by = 'x' WHERE seq = 3 OR seq = 5")
    assert [seq for seq, _ in faults(desk.store)] == [3, 3, 5, 5]


def test_the_hash_covers_every_column(desk: Desk) -> None:
    """No column of an entry can change without its hash."""
    entry = log.Deed(desk.at, "ombud", "tried", "harbour", 1, 1, {"a": 1})
    others = [
        replace(entry, by="x"),
        replace(entry, deed="x"),
        replace(entry, outlet=None),
        replace(entry, article=None),
        replace(entry, comment=None),
        replace(entry, facts={"a": 2}),
    ]
    hashes = set()
    for one in [entry, *others]:
        with desk.store.writing() as tx:
            log.append(tx, one)
            hashes.add(tx.execute(text("SELECT max(hash) FROM log WHERE seq = 6")).scalar())
            tx.get_transaction().rollback()  # type: ignore[union-attr]

    assert len(hashes) == 7
