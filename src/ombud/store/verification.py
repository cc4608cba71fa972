"""
Whether everything is as it was entered: the chain of the log, and what the log is about.

The chain shows that no entry was changed, removed or put in; that each comment's text, name and
state, its decision and each ruling with its note are those that were entered, and that none is
there of which the log knows nothing, is looked up entry by entry.
Entries of earlier versions hold no digest of names and notes: these cannot be checked, and are
counted instead.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from ombud.store import checking
from ombud.store import comments as written
from ombud.store import log as chain
from ombud.store.schema import comments, decisions, findings, log, rulings

_AT_ONCE: Final = 5000
_RULED: Final = frozenset({"ruled", "undone", "escalated", "reviewed"})
_STANDS: Final = frozenset({"sent", "ruled", "undone", "escalated", "erased"})
"""Deeds after which a comment has the state that they say."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was entered; `seq` is the entry, None where there is none."""

    seq: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Of how many comments the name, and of how many rulings the note, has no digest to check."""

    names: int
    notes: int


def unchecked(tx: Connection) -> Unchecked:
    """Count the entries that were made before names and notes had digests in the log."""

    def lacking(name: str, deeds: Iterable[str]) -> int:
        asked = select(func.count()).select_from(log)
        lacks = log.c.facts.not_like(f'%"{name}":%')
        return int(tx.execute(asked.where(log.c.deed.in_(deeds), lacks)).scalar_one())

    return Unchecked(lacking("name_digest", ["sent"]), lacking("note_digest", _RULED))


def faults(tx: Connection, walked: Callable[[int], object]) -> Iterator[Fault]:
    """Yield what is not as it was entered; `walked` is told how many entries were looked at."""
    broken = chain.broken(tx)
    found = next(broken, None)
    known: set[int] = set()
    desk: dict[str, set[object]] = {}
    for entries in _entries(tx):
        wrong = list(_about_comments(tx, [one for one in entries if one["deed"] == "sent"]))
        wrong += _about_rulings(tx, [one for one in entries if one["deed"] in _RULED], known)
        corrections = [one for one in entries if one["deed"] in checking.DEEDS]
        for one in corrections:
            desk.setdefault(one["deed"], set()).add(checking.number_of(one))
        wrong += [Fault(*one) for one in checking.wrong(tx, corrections)]
        wrong += _about_states(tx, [one for one in entries if one["deed"] in _STANDS])
        while found is not None and found[0] <= entries[-1]["seq"]:
            wrong.append(Fault(*found))
            found = next(broken, None)
        yield from sorted(wrong, key=lambda fault: fault.seq or 0)
        walked(len(entries))
    yield from _unknown(tx, known)
    yield from (Fault(None, what) for what in checking.unknown(tx, desk))


def count(tx: Connection) -> int:
    """Return how many entries there are."""
    return int(tx.execute(select(func.count()).select_from(log)).scalar_one())


def _entries(tx: Connection) -> Iterator[Sequence[Row]]:
    """Yield the entries with their facts read, some at a time."""
    seq = 0
    while True:
        asked = select(log).where(log.c.seq > seq).order_by(log.c.seq).limit(_AT_ONCE)
        rows = [{**row, "facts": _read(row["facts"])} for row in tx.execute(asked).mappings()]
        if not rows:
            return
        yield rows
        seq = rows[-1]["seq"]


def _read(facts: str) -> Row:
    """Return facts; none where somebody wrote something else there, which breaks the chain too."""
    try:
        read = json.loads(facts)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _about_comments(tx: Connection, entries: Sequence[Row]) -> Iterator[Fault]:
    """Yield where a comment or its decision is not the one that was entered."""
    numbers = [entry["comment"] for entry in entries]
    rows = _by(tx, comments, "id", numbers)
    first = _by(tx, decisions, "comment", numbers)
    rules: dict[int, set[str]] = {}
    asked = select(findings.c.decision, findings.c.rule).where(
        findings.c.decision.in_([row["id"] for row in first.values()]), findings.c.trial.is_(False)
    )
    for decision, rule in tx.execute(asked):
        rules.setdefault(decision, set()).add(rule)
    for entry in entries:
        number, facts = entry["comment"], entry["facts"]
        row, decision = rows.get(number), first.get(number)
        if row is None or decision is None:
            yield Fault(entry["seq"], f"comment {number} or its decision is missing")
        elif not _is_entered(row, facts):
            yield Fault(entry["seq"], f"comment {number} is not what was entered")
        elif not _same(decision, facts, ("action", "policy", "model")) or sorted(
            rules.get(decision["id"], ())
        ) != facts.get("rules"):
            yield Fault(entry["seq"], f"the decision of comment {number} is not what was entered")


def _is_entered(row: Row, facts: Row) -> bool:
    """Whether a comment has the digest that was entered, and its text and its name theirs."""
    if row["digest"] != facts.get("digest"):
        return False
    if row["text"] is None:
        return True
    salt = row["salt"] or ""
    named = facts.get("name_digest")
    return row["digest"] == written.digest(salt, row["text"]) and (
        named is None or named == written.digest(salt, row["name"] or "")
    )


def _about_states(tx: Connection, entries: Sequence[Row]) -> Iterator[Fault]:
    """Yield where a comment is not what the last entry that gave it a state says."""
    numbers = {entry["comment"] for entry in entries}
    rows = _by(tx, comments, "id", numbers)
    asked = select(log.c.comment, func.max(log.c.seq).label("seq")).where(
        log.c.comment.in_(numbers), log.c.deed.in_(_STANDS)
    )
    last = {row.comment: row.seq for row in tx.execute(asked.group_by(log.c.comment))}
    for entry in entries:
        number, facts, row = entry["comment"], entry["facts"], rows.get(entry["comment"])
        if row is None or entry["seq"] != last.get(number):
            continue
        state = "deleted" if entry["deed"] == "erased" else facts.get("after", facts.get("state"))
        if row["state"] != state:
            what = f"comment {number} is {row['state']}, and was {state} by the last entry about it"
            yield Fault(entry["seq"], what)


def _about_rulings(tx: Connection, entries: Sequence[Row], known: set[int]) -> Iterator[Fault]:
    """Yield where a ruling is not the one that was entered."""
    rows = _by(tx, rulings, "id", [entry["facts"].get("ruling") for entry in entries])
    about = _by(tx, comments, "id", [row["comment"] for row in rows.values()])
    for entry in entries:
        facts = entry["facts"]
        number = facts.get("ruling")
        row = rows.get(number)
        if row is None:
            yield Fault(entry["seq"], f"ruling {number} is missing")
            continue
        known.add(row["id"])
        states = {"before": row["state_before"], "after": row["state_after"]}
        same = _same({**row, **states}, facts, ("action", "clause", "before", "after"))
        if not same or (row["by"], row["comment"]) != (entry["by"], entry["comment"]):
            yield Fault(entry["seq"], f"ruling {number} is not what was entered")
        elif not _is_noted(row, facts, about.get(row["comment"])):
            yield Fault(entry["seq"], f"the note of ruling {number} is not what was entered")


def _is_noted(row: Row, facts: Row, comment: Row | None) -> bool:
    """Whether the note of a ruling has the digest that was entered, if one was."""
    if "note_digest" not in facts or comment is None:
        return True
    if row["note"] is None:
        return facts["note_digest"] is None or comment["text"] is None
    return bool(facts["note_digest"] == written.digest(comment["salt"] or "", row["note"]))


def _unknown(tx: Connection, known: set[int]) -> Iterator[Fault]:
    """Yield what is there although the log knows nothing of it, as after its end was cut off."""
    for deed, chosen in (
        ("sent", comments.c.id > 0),
        ("erased", comments.c.erased_at.is_not(None)),
    ):
        entered = select(log.c.seq).where(log.c.comment == comments.c.id, log.c.deed == deed)
        asked = select(comments.c.id).where(chosen, ~entered.exists()).order_by(comments.c.id)
        for number in tx.execute(asked).scalars():
            yield Fault(None, f"that comment {number} was {deed} was never entered")
    ruled = select(rulings.c.id).where(rulings.c.kind != "outside").order_by(rulings.c.id)
    for number in tx.execute(ruled).scalars():
        if number not in known:
            yield Fault(None, f"ruling {number} was never entered")


def _by(tx: Connection, table: Table, column: str, numbers: Iterable[object]) -> dict[object, Row]:
    """Return rows by a column; of several the one with the lowest number."""
    wanted = [number for number in numbers if isinstance(number, int)]
    asked = select(table).where(table.c[column].in_(wanted)).order_by(table.c.id.desc())
    return {row[column]: dict(row) for row in tx.execute(asked).mappings()}


def _same(row: Row, facts: Row, names: Iterable[str]) -> bool:
    """Whether a row has what was entered under the same names."""
    return all(row[name] == facts.get(name) for name in names)
