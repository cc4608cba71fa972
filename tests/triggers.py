"""
What the database itself must refuse, on SQLite and on PostgreSQL: to change what was written once.

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
    "reports": "id outlet source comment digest key at".split(),
    "corrections": "id outlet article kind text before after by published_at replaces".split(),
    "proposals": ("id outlet article kind text before after replaces newest edition by at").split(),
    "assertions": "id report number by at".split(),
    "steps": "id report assertion deed before after by at correction undoes proposal".split(),
    "documents": "id report name outlet_name by at".split(),
    "notices": "id event outlet correction body at".split(),
    "mails": "id message_id thread at".split(),
    "letters": "id outlet report kind message_id answers at".split(),
    "readers": "id outlet joined_at".split(),
    "articles": "id outlet url opened_at".split(),
    "editions": "article number title byline text published_at recorded_at".split(),
    "decisions": "id comment action policy model scores at".split(),
    "rulings": ("id comment kind action clause by undoes state_before state_after at").split(),
    "flags": "id comment reader at".split(),
    "bans": "id reader reason by at until".split(),
    "suggestions": ("id comment scores languages community token policy model by at total").split(),
    "policies": "version name written clauses by reason at".split(),
    "log": "seq at outlet by deed article comment facts before hash".split(),
}
"""The columns of each table that never change."""
EMPTIED: Final = {
    "comments": ("text", "name", "salt"),
    "findings": ("why",),
    "flags": ("note", "clause"),
    "rulings": ("note",),
    "reports": ("text", "salt"),
    "steps": ("reason",),
    "documents": ("content",),
    "mails": ("sender", "subject", "headers", "text", "attachments"),
    "letters": ("recipient", "subject", "body"),
    "suggestions": ("text", "context", "digest"),
}
"""Columns that may only become empty, and only when what they belong to is erased."""
_OF_COMMENT: Final = "(SELECT erased_at FROM comments WHERE id = OLD.comment) IS NOT NULL"
_OF_READER: Final = "(SELECT erased_at FROM readers WHERE id = OLD.reader) IS NOT NULL"
_ERASED: Final = {
    "comments": "NEW.erased_at IS NOT NULL",
    "findings": _OF_COMMENT,
    "rulings": _OF_COMMENT,
    "flags": f"({_OF_COMMENT} OR {_OF_READER})",
    "suggestions": "NEW.erased_at IS NOT NULL",
    "reports": "NEW.erased_at IS NOT NULL",
    "steps": "(SELECT erased_at FROM reports WHERE id = OLD.report) IS NOT NULL",
    "documents": "NEW.erased_at IS NOT NULL",
    "mails": "NEW.erased_at IS NOT NULL",
    "letters": "NEW.erased_at IS NOT NULL",
}
"""When they may."""
_ONCE: Final = {
    **dict.fromkeys(
        ("comments", "readers", "suggestions", "reports", "documents", "mails"), ("erased_at",)
    ),
    "letters": ("erased_at", "sent_at"),
    "notices": ("delivered_at",),
    "proposals": ("outcome", "reason", "ended_by", "ended_at", "correction"),
}
"""What is set once: nothing is erased, no letter sent, and no proposal ended, a second time."""
_UNIQUE: Final = {
    "policies": (("version",),),
    "articles": (("id",), ("url",)),
    "editions": (("article", "number"),),
    "decisions": (("id",),),
    "findings": (("decision", "number"),),
    "rulings": (("id",), ("undoes",)),
    "flags": (("id",), ("comment", "reader")),
    "reports": (("id",), ("comment",), ("key",)),
    "assertions": (("id",), ("report", "number")),
    "mails": (("id",), ("message_id",)),
    "letters": (("id",), ("message_id",)),
    "corrections": (("id",), ("replaces",)),
    "steps": (("id",), ("undoes",)),
    "notices": (("id",), ("event",)),
    "proposals": (("id",), ("correction",)),
    "log": (("seq",), ("hash",)),
}
"""What tells the rows of a table apart, where it is not the number alone."""


def statements(dialect: str) -> Iterator[str]:
    """Yield the statements that make the triggers on one kind of database."""
    on_postgresql = dialect == "postgresql"
    make = _on_postgresql if on_postgresql else _on_sqlite
    same = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
    # PostgreSQL has no equality of JSON; as text it is what was written.
    cast = "::text" if on_postgresql else ""
    for table, columns in FIXED.items():
        emptied = [
            f'OLD."{name}"{cast} {same} NEW."{name}"{cast}' for name in EMPTIED.get(table, ())
        ]
        changed = [f'OLD."{name}"{cast} {same} NEW."{name}"{cast}' for name in columns]
        changed += [
            f'({differs} AND NEW."{name}" IS NOT NULL)'
            for differs, name in zip(emptied, EMPTIED.get(table, ()), strict=True)
        ]
        changed += [
            f"(OLD.{name} IS NOT NULL AND OLD.{name} {same} NEW.{name})"
            for name in _ONCE.get(table, ())
        ]
        yield from make(f"{table}_update", table, "UPDATE", " OR ".join(changed), "")
        if emptied:
            when = " OR ".join(emptied)
            yield from make(f"{table}_emptied", table, "UPDATE", when, _ERASED[table])
        yield from make(f"{table}_delete", table, "DELETE", "", "")
        if on_postgresql:
            yield (
                f'CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON "{table}"'
                f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_delete()"
            )
        else:
            yield _against_replacing(table)


def _message(table: str, deed: str) -> str:
    """Return what is said to whoever tries."""
    return f"{table} never change" if deed == "UPDATE" else f"{table} are never removed"


def _on_sqlite(name: str, table: str, deed: str, when: str, unless: str) -> Iterator[str]:
    """Yield one trigger of SQLite."""
    parts = [f"({when})"] if when else []
    parts += [f"NOT {unless}"] if unless else []
    condition = f" WHEN {' AND '.join(parts)}" if parts else ""
    yield (
        f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}"{condition}'
        f" BEGIN SELECT RAISE(ABORT, '{_message(table, deed)}'); END"
    )


def _against_replacing(table: str) -> str:
    """Return the trigger against INSERT OR REPLACE of SQLite, which removes without saying so."""
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
        for columns in _UNIQUE.get(table, (("id",),))
    )
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # names of ours
    return (
        f'CREATE TRIGGER {table}_replace BEFORE INSERT ON "{table}" WHEN {there}'
        f" BEGIN SELECT RAISE(ABORT, '{_message(table, 'DELETE')}'); END"
    )


def _on_postgresql(name: str, table: str, deed: str, when: str, unless: str) -> Iterator[str]:
    """Yield the function and the trigger of PostgreSQL."""
    raises = f"RAISE EXCEPTION '{_message(table, deed)}' USING ERRCODE = 'restrict_violation';"
    body = f"IF NOT {unless} THEN {raises} END IF; RETURN NEW;" if unless else raises
    yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    condition = f" WHEN ({when})" if when else ""
    yield (
        f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}" FOR EACH ROW{condition}'
        f" EXECUTE FUNCTION {name}()"
    )
