"""
What the database itself refuses, on SQLite and on PostgreSQL: to change what was written once.

A comment's text, author and article never change; erasure may empty text and name, and marks it so.
Decisions, rulings and the log are append-only, and no row of theirs or of the comments goes.
"""

from collections.abc import Iterator
from typing import Final

FIXED: Final = {
    "comments": (
        "id outlet article edition reader staff parent root depth digest terms_version created_at"
    ).split(),
    "findings": "decision number comment rule certainty begin end action trial".split(),
    "reports": "id article comment at".split(),
    "readers": "id outlet joined_at".split(),
    "articles": "id outlet url opened_at".split(),
    "editions": "article number title byline text published_at recorded_at".split(),
    "decisions": "id comment action policy model scores at".split(),
    "rulings": ("id comment kind action clause by undoes state_before state_after at").split(),
    "flags": "id comment reader at".split(),
    "bans": "id reader reason by at until".split(),
    "policies": "version name written clauses by reason at".split(),
    "log": "seq at outlet by deed article comment facts before hash".split(),
}
"""The columns of each table that never change."""
EMPTIED: Final = {
    "comments": ("text", "name", "salt"),
    "findings": ("why",),
    "flags": ("note", "clause"),
    "rulings": ("note",),
}
"""Columns that may only become empty, when a comment is erased."""


def statements(dialect: str) -> Iterator[str]:
    """Yield the statements that make the triggers on one kind of database."""
    make = _on_postgresql if dialect == "postgresql" else _on_sqlite
    for table, columns in FIXED.items():
        same = "IS DISTINCT FROM" if dialect == "postgresql" else "IS NOT"
        # PostgreSQL has no equality of JSON; as text it is what was written.
        cast = "::text" if dialect == "postgresql" else ""
        changed = [f'OLD."{name}"{cast} {same} NEW."{name}"{cast}' for name in columns]
        changed += [
            f'(OLD."{name}" {same} NEW."{name}" AND NEW."{name}" IS NOT NULL)'
            for name in EMPTIED.get(table, ())
        ]
        if table == "comments":
            changed.append("(OLD.erased_at IS NOT NULL AND OLD.erased_at <> NEW.erased_at)")
        yield from make(table, "UPDATE", " OR ".join(changed), f"{table} never change")
        yield from make(table, "DELETE", "", f"{table} are never removed")


def _on_sqlite(table: str, deed: str, when: str, message: str) -> Iterator[str]:
    """Yield one trigger of SQLite."""
    condition = f" WHEN {when}" if when else ""
    yield (
        f'CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON "{table}"{condition}'
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _on_postgresql(table: str, deed: str, when: str, message: str) -> Iterator[str]:
    """Yield the function and the trigger of PostgreSQL; emptying a table is removing its rows."""
    name = f"{table}_{deed.lower()}"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    condition = f" WHEN ({when})" if when else ""
    yield (
        f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW{condition}'
        f" EXECUTE FUNCTION {name}()"
    )
    if deed == "DELETE":
        yield (
            f'CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON "{table}"'
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
