"""
Everything that is kept, row by row: all of it, of one outlet, or of one reader.

What lets somebody in (passwords, keys, secrets) is no part of it.
Of one reader it is what a request for one's own data asks for: who of the staff decided, and which
other readers complained, is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    Table,
    func,
    or_,
    select,
)

from ombud.store import proposed, signins
from ombud.store.columns import metadata
from ombud.store.corrected import reports
from ombud.store.schema import articles, comments, readers

_KINDS: Final = {
    "outlet": "outlets",
    "policy": "policies",
    "article": "articles",
    "edition": "editions",
    "reader": "readers",
    "comment": "comments",
    "decision": "decisions",
    "finding": "findings",
    "ruling": "rulings",
    "flag": "flags",
    "ban": "bans",
    "report": "reports",
    "correction": "corrections",
    "proposal": proposed.proposals.name,
    "assertion": "assertions",
    "step": "steps",
    "document": "documents",
    "mail": "mails",
    "letter": "letters",
    "notice": "notices",
    "suggestion": "suggestions",
    "staff": signins.staff.name,
    "key": signins.keys.name,
    "entry": "log",
}
"""The tables of an export, in an order in which each comes after what it names."""
_LEFT_OUT: Final = {
    "outlets": {"sso_secret", "coral_secrets", "webhook_secret"},
    "comments": {"beginning"},
    "suggestions": {"token"},
    "staff": {"password", "totp_secret"},
    "keys": {"token"},
}
_OF_NO_READER: Final = frozenset(
    {"outlets", "policies", "editions", "corrections", "proposals", "documents", "notices"}
    | {"staff", "keys"}
)
_OF_NO_OUTLET: Final = frozenset({"staff", "keys"})
_NAMING: Final = ("by", "assigned_to", "settled_by")
_KNOWN: Final = ("staff:", "reader:", "key:")
_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Of which outlet or of which reader; of everything if neither.

    address: of whoever wrote from an e-mail address, with an account or without.
    """

    outlet: str | None = None
    reader: int | None = None
    address: str | None = None

    @property
    def personal(self) -> bool:
        """Whether it is what is kept of one person."""
        return self.reader is not None or self.address is not None


def count(tx: Connection, scope: Scope) -> int:
    """Return how many rows there are."""
    return sum(
        int(tx.execute(select(func.count()).select_from(asked.subquery())).scalar_one())
        for _, asked in _asked(scope)
    )


def rows(tx: Connection, scope: Scope) -> Iterator[dict[str, object]]:
    """Yield each row as an object of JSON, with its `kind` first; times are RFC 3339 in UTC."""
    streaming = tx.execution_options(yield_per=_AT_ONCE)
    for kind, asked in _asked(scope):
        for row in streaming.execute(asked).mappings():
            yield {"kind": kind, **_shown(row, scope)}


def accounts(tx: Connection, address: str) -> list[int]:
    """Return the readers who gave an e-mail address with their comments."""
    asked = select(readers.c.id).where(func.lower(readers.c.email) == address.lower())
    return list(tx.execute(asked.order_by(readers.c.id)).scalars())


def _asked(scope: Scope) -> Iterator[tuple[str, Select[Any]]]:
    """Yield each kind with the question for its rows, the oldest first."""
    for kind, name in _KINDS.items():
        table = metadata.tables[name]
        left_out = _LEFT_OUT.get(name, set())
        asked = select(*(column for column in table.c if column.name not in left_out))
        asked = asked.order_by(*table.primary_key)
        if scope.personal and name in _OF_NO_READER:
            continue
        if scope.reader is not None:
            yield kind, asked.where(_of_reader(table, scope.reader))
        elif scope.address is not None:
            if "report" in table.c or table is reports:
                yield kind, asked.where(_written(table, scope.address))
        elif scope.outlet is not None:
            if name not in _OF_NO_OUTLET:
                chosen = _of_outlet(table, scope.outlet)
                yield kind, asked if chosen is None else asked.where(chosen)
        else:
            yield kind, asked


def _of_outlet(table: Table, outlet: str) -> ColumnElement[bool] | None:
    """Return which rows are an outlet's; None where all are, as policies hold for each."""
    if "outlet" in table.c:
        return table.c.outlet == outlet
    if table.name == "outlets":
        return table.c.id == outlet
    for name, of in (
        ("comment", comments),
        ("report", reports),
        ("article", articles),
        ("reader", readers),
    ):
        if name in table.c:
            theirs = select(of.c.id).where(of.c.outlet == outlet)
            return table.c[name].in_(theirs)
    return None


def _of_reader(table: Table, reader: int) -> ColumnElement[bool]:
    """Return which rows are about a reader."""
    theirs = select(comments.c.id).where(comments.c.reader == reader)
    if table.name == "readers":
        return table.c.id == reader
    if table.name == "articles":
        return table.c.id.in_(select(comments.c.article).where(comments.c.reader == reader))
    if table.name == "log":
        return or_(table.c.comment.in_(theirs), table.c.by == f"reader:{reader}")
    if "reader" in table.c:
        return table.c.reader == reader
    if "report" in table.c or table.name == "reports":
        return _reported(table, reader, theirs)
    return table.c.comment.in_(theirs)


def _reported(table: Table, reader: int, theirs: Select[tuple[int]]) -> ColumnElement[bool]:
    """Return which rows are about what a reader reported, in a comment or from their address."""
    address = select(func.lower(readers.c.email)).where(readers.c.id == reader).scalar_subquery()
    commented = reports.c.comment.in_(theirs)
    if table is reports:
        return or_(commented, _written(table, address))
    about = table.c.report.in_(select(reports.c.id).where(commented))
    return or_(about, _written(table, address))


def _written(table: Table, address: str | ScalarSelect[Any]) -> ColumnElement[bool]:
    """Return which rows are about what came from an address, or are letters to it."""
    lower = address.lower() if isinstance(address, str) else address
    reported = func.lower(reports.c.email) == lower
    if table is reports:
        return reported
    about = table.c.report.in_(select(reports.c.id).where(reported))
    named = [table.c[name] for name in ("sender", "recipient") if name in table.c]
    return or_(about, *(func.lower(one) == lower for one in named))


def _shown(row: RowMapping, scope: Scope) -> dict[str, object]:
    """Return a row as it is exported."""
    shown = {
        # What the row calls its kind is not what kind of row it is.
        "of_kind" if name == "kind" else name: value.astimezone(UTC)
        .isoformat()
        .replace("+00:00", "Z")
        if isinstance(value, datetime)
        else value
        for name, value in row.items()
    }
    if scope.personal:
        own = f"reader:{scope.reader}"
        # What a step changed may be who looks into a report.
        naming = (*_NAMING, "before", "after") if "undoes" in shown else _NAMING
        for name in naming:
            if (value := shown.get(name)) and value != own and str(value).startswith(_KNOWN):
                shown[name] = str(value).partition(":")[0]
    return shown
