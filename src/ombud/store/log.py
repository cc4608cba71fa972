"""
The log: everything that happened, in the order in which it was stored, as a chain of hashes.

Each entry holds the hash of the one before, so that none can be changed, removed or put between
others without breaking every later link.
It holds no text and no name of a reader: of a comment it keeps a salted digest, and the salt goes
with the text when a comment is erased, so that erasure leaves the chain whole.
Who follows the newsroom live follows this log.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, text

from ombud.store.schema import log

_TURN: Final = 7_270_196
"""The number of PostgreSQL's advisory lock under which entries are numbered."""
BEGINNING: Final = "0" * 64
_AT_ONCE: Final = 5000
_TAKE_TURN: Final = text(f"SELECT pg_advisory_xact_lock({_TURN})")
_NEWEST: Final = select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)
_INSERT: Final = insert(log)
_NOTIFY: Final = text("SELECT pg_notify('ombud', :seq)")
_TOUCHED: Final = "ombud_touched"
_PUBLIC: Final = frozenset(
    "ruled undone escalated picked unpicked erased article article_mode outlet_changed".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: who did what to what, and the facts as JSON."""

    seq: int
    at: datetime
    outlet: str | None
    by: str
    deed: str
    article: int | None
    comment: int | None
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be entered: `by` is like "staff:joon", "reader:4", "key:cms" or "ombud"."""

    at: datetime
    by: str
    deed: str
    outlet: str | None = None
    article: int | None = None
    comment: int | None = None
    facts: Mapping[str, object] | None = None


def take_turn(tx: Connection) -> None:
    """Let nobody else enter anything until this transaction ends."""
    if tx.dialect.name == "postgresql":
        tx.execute(_TAKE_TURN)


def append(tx: Connection, *deeds: Deed) -> int:
    """
    Enter what happened, and return the number of the last entry.

    Numbers rise in the order in which transactions are kept: entering is one at a time, so whoever
    has read up to a number has missed nothing below it.
    """
    take_turn(tx)
    newest = tx.execute(_NEWEST).first()
    seq, before = (newest.seq, newest.hash) if newest else (0, BEGINNING)
    rows = []
    for deed in deeds:
        if changes_pages(deed.deed, deed.facts or {}):
            tx.info.setdefault(_TOUCHED, set()).add(deed.article)
        seq += 1
        rows.append(_row(deed, seq, before))
        before = rows[-1]["hash"]
    tx.execute(_INSERT, rows)
    if tx.dialect.name == "postgresql":
        tx.execute(_NOTIFY, {"seq": str(seq)})
    return seq


def _row(deed: Deed, seq: int, before: str) -> dict[str, Any]:
    """Return an entry with its number, as it is kept."""
    row = {
        "seq": seq,
        "at": deed.at,
        "outlet": deed.outlet,
        "by": deed.by,
        "deed": deed.deed,
        "article": deed.article,
        "comment": deed.comment,
        "facts": json.dumps(deed.facts or {}, sort_keys=True, separators=(",", ":")),
        "before": before,
    }
    return {**row, "hash": _hash(row)}


def touched(tx: Connection) -> set[int | None]:
    """Return whose pages changed by what was entered in this transaction; None: everybody's."""
    found: set[int | None] = tx.info.pop(_TOUCHED, set())
    return found


def changes_pages(deed: str, facts: Mapping[str, object]) -> bool:
    """Whether what happened may be seen by everybody."""
    return deed in _PUBLIC or (deed == "sent" and facts.get("state") == "approved")


def since(tx: Connection, seq: int, most: int = 1000) -> list[Entry]:
    """Return what happened after an entry, oldest first."""
    asked = select(log).where(log.c.seq > seq).order_by(log.c.seq).limit(most)
    return [_entry(row) for row in tx.execute(asked)]


def last(tx: Connection) -> int:
    """Return the number of the last entry, 0 where nothing has happened."""
    newest = tx.execute(_NEWEST).first()
    return int(newest.seq) if newest else 0


def about(tx: Connection, comment: int) -> list[Entry]:
    """Return what happened to a comment, oldest first."""
    asked = select(log).where(log.c.comment == comment).order_by(log.c.seq)
    return [_entry(row) for row in tx.execute(asked)]


def broken(tx: Connection) -> Iterator[tuple[int, str]]:
    """Yield the number of each entry that does not fit the one before, and why."""
    expected, number = BEGINNING, 0
    while True:
        asked = select(log).where(log.c.seq > number).order_by(log.c.seq).limit(_AT_ONCE)
        rows = tx.execute(asked).mappings().all()
        if not rows:
            return
        for row in rows:
            if row["seq"] != number + 1:
                yield row["seq"], f"the entries {number + 1} to {row['seq'] - 1} are missing"
            elif row["before"] != expected:
                yield row["seq"], "it does not hold the hash of the entry before"
            elif _hash(row) != row["hash"]:
                yield row["seq"], "its content is not what its hash was made of"
            expected, number = row["hash"], row["seq"]


def _hash(row: Mapping[Any, Any]) -> str:
    """Return the hash of an entry with the hash of the one before."""
    written = json.dumps(
        [
            row["seq"],
            row["at"].isoformat(timespec="microseconds"),
            *(row[name] for name in ("outlet", "by", "deed", "article", "comment", "facts")),
            row["before"],
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode()).hexdigest()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    """Return an entry as it was entered."""
    return Entry(
        row.seq,
        row.at,
        row.outlet,
        row.by,
        row.deed,
        row.article,
        row.comment,
        json.loads(row.facts),
    )
