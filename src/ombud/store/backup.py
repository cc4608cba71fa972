"""A consistent copy of a database in a file, while a server writes to it."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ombud.errors import ConflictError, InvalidInputError, StoreError
from ombud.store.opening import Store


def copy(store: Store, file: Path) -> int:
    """
    Write a copy of the database as it is now, and return its size in bytes.

    It appears under its name only when it is whole.
    Raises InvalidInputError for a database that has tools of its own, ConflictError if there is
    such a file, and StoreError if the copy cannot be made.
    """
    if not store.sqlite:
        message = "this copies databases in a file; for PostgreSQL use pg_dump, which can do more"
        raise InvalidInputError(message)
    if file.exists():
        message = f"there is a file '{file}' already; a backup overwrites nothing"
        raise ConflictError(message)
    parts = file.with_name(f".{file.name}.part")
    try:
        with suppress(FileNotFoundError):
            parts.unlink()
        os.close(os.open(parts, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        _copy(str(store.url.database), parts)
        with parts.open("rb+") as whole:
            os.fsync(whole.fileno())
        os.link(parts, file)
    except sqlite3.Error as error:
        message = f"the copy could not be made ({getattr(error, 'sqlite_errorname', error)})"
        raise StoreError(message) from error
    except FileExistsError as error:
        message = f"there is a file '{file}' already; a backup overwrites nothing"
        raise ConflictError(message) from error
    finally:
        with suppress(OSError):
            parts.unlink()
    return file.stat().st_size


def _copy(source: str, target: Path) -> None:
    """Copy in one step, during which others go on writing; then look whether it is whole."""
    with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(target)) as kept:
        running.backup(kept)
        # The copy is one file, with nothing beside it.
        kept.execute("PRAGMA journal_mode = DELETE")
        (said,) = kept.execute("PRAGMA quick_check").fetchone()
    if said != "ok":
        message = f"the copy is damaged, and so is the database: {said}"
        raise StoreError(message)
