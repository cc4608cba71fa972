"""Whether the corrections desk is as it was entered: reports, steps and what was published."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from ombud.store import comments
from ombud.store.corrected import corrections, documents, reports, steps
from ombud.store.proposed import proposals

Row = Mapping[str, Any]
_TABLES: Final = {
    "report_opened": ("report", reports),
    "report_step": ("step", steps),
    "correction_published": ("correction", corrections),
    "correction_proposed": ("proposal", proposals),
    "proposal_ended": ("proposal", proposals),
    "document_added": ("document", documents),
    "document_forgotten": ("document", documents),
}
_ONCE: Final = {
    # Reports from before there was a corrections desk were opened without an entry.
    "report_opened": reports.c.salt,
    "proposal_ended": proposals.c.outcome,
    "document_forgotten": documents.c.erased_at,
}
"""What a row has if a deed was done to it; the other deeds are done to every row."""
DEEDS: Final = frozenset(_TABLES)


def wrong(tx: Connection, entries: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the number of each entry that is about something else than what is kept, and why."""
    salts = _rows(tx, reports, [entry["facts"].get("report") for entry in entries])
    for deed, (name, table) in _TABLES.items():
        chosen = [entry for entry in entries if entry["deed"] == deed]
        rows = _rows(tx, table, [entry["facts"].get(name) for entry in chosen])
        for entry in chosen:
            facts = entry["facts"]
            number = facts.get(name)
            row = rows.get(number)
            if row is None:
                yield entry["seq"], f"{name} {number} is missing"
            elif not _SAME[deed](row, entry, salts.get(facts.get("report"))):
                yield entry["seq"], f"{name} {number} is not what was entered"


def unknown(tx: Connection, known: Mapping[str, set[object]]) -> Iterator[str]:
    """Yield what is there and was never entered; `known`: the numbers entered, by deed."""
    for deed, (name, table) in _TABLES.items():
        asked = select(table.c.id)
        if deed in _ONCE:
            asked = asked.where(_ONCE[deed].is_not(None))
        for number in tx.execute(asked.order_by(table.c.id)).scalars():
            if number not in known.get(deed, set()):
                yield f"{name} {number} was never entered"


def number_of(entry: Row) -> object:
    """Return the number of what an entry is about."""
    return entry["facts"].get(_TABLES[entry["deed"]][0])


def _report(row: Row, entry: Row, _: Row | None) -> bool:
    """Whether a report is the one that was entered."""
    facts = entry["facts"]
    if any(row[name] != facts.get(name) for name in ("source", "comment", "digest")):
        return False
    text = row["text"]
    return text is None or row["digest"] == comments.digest(row["salt"] or "", text)


def _step(row: Row, entry: Row, report: Row | None) -> bool:
    """Whether a step is the one that was entered."""
    facts = entry["facts"]
    # What a step of before could not say, it does not say.
    names = ("report", "assertion", "deed", "before", "after", "correction", "undoes", "proposal")
    if row["by"] != entry["by"] or any(row[name] != facts.get(name) for name in names):
        return False
    if row["reason"] is None or report is None or report["erased_at"] is not None:
        return True
    expected = comments.digest(report["salt"] or "", row["reason"])
    return bool(facts.get("reason_digest") == expected)


def _correction(row: Row, entry: Row, _: Row | None) -> bool:
    """Whether a correction is the one that was entered."""
    facts = entry["facts"]
    if row["by"] != entry["by"] or row["article"] != entry["article"]:
        return False
    digest = hashlib.sha256(row["text"].encode()).hexdigest()
    same = all(row[name] == facts.get(name) for name in ("kind", "before", "after", "replaces"))
    return same and facts.get("digest") == digest


def _ended(row: Row, entry: Row, _: Row | None) -> bool:
    """Whether a proposal ended as it was entered."""
    names = ("outcome", "reason", "correction")
    return row["ended_by"] == entry["by"] and all(row[n] == entry["facts"].get(n) for n in names)


def _proposal(row: Row, entry: Row, report: Row | None) -> bool:
    """Whether a proposal is the one that was entered."""
    facts = entry["facts"]
    same = all(row[name] == facts.get(name) for name in ("newest", "edition"))
    return same and _correction(row, entry, report)


def _document(row: Row, entry: Row, _: Row | None) -> bool:
    """Whether a text beside a report is the one that was entered."""
    facts = entry["facts"]
    if (row["report"], row["by"]) != (facts.get("report"), entry["by"]):
        return False
    content = row["content"]
    return content is None or hashlib.sha256(content.encode()).hexdigest() == facts["digest"]


def _forgotten(row: Row, entry: Row, _: Row | None) -> bool:
    """Whether a text beside a report was forgotten, as was entered."""
    return row["report"] == entry["facts"].get("report") and row["content"] is None


_SAME: Final = {
    "report_opened": _report,
    "report_step": _step,
    "correction_published": _correction,
    "correction_proposed": _proposal,
    "proposal_ended": _ended,
    "document_added": _document,
    "document_forgotten": _forgotten,
}


def _rows(tx: Connection, table: Table, numbers: Sequence[object]) -> dict[object, Row]:
    """Return rows by their numbers."""
    wanted = [number for number in numbers if isinstance(number, int)]
    asked = select(table).where(table.c.id.in_(wanted))
    return {row["id"]: dict(row) for row in tx.execute(asked).mappings()}
