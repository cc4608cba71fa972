"""Opening the database, bringing its tables up to date, and transactions on it."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ombud.errors import ConflictError, InvalidInputError, SettingsError, StoreError
from ombud.settings import Settings

FILE: Final = "ombud.sqlite"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
REFUSED: Final = "refused"
"""The code of an error that is the fault of what was stored, not of the database."""
_PATIENCE: Final = 5
"""Seconds that a transaction waits for another one before it gives up."""
_CONNECTIONS: Final = 12
_MIGRATING: Final = 7_270_195
"""The number of PostgreSQL's advisory lock under which one replica migrates at a time."""


class Store:
    """One database."""

    def __init__(self, url: str | URL) -> None:
        """
        Open the database at an address of SQLAlchemy's and bring its tables up to date.

        Raises SettingsError if the address cannot be used, and StoreError if the database cannot.
        """
        try:
            self.url = _address(url)
            self.sqlite = self.url.get_backend_name() == "sqlite"
            self.engine = _engine(self.url, sqlite=self.sqlite)
        except (ArgumentError, ImportError, ValueError):
            # The address may hold a password, so neither it nor the cause is repeated.
            message = (
                "the database address cannot be used;"
                " it must be like postgresql://user:password@host/name"
            )
            raise SettingsError(message) from None
        # SQLite has one writer: whoever waits in Python is served in turn, without polling.
        self._turn = threading.Lock() if self.sqlite else None
        self._closed = False
        with _translated():
            _migrate(self.engine)

    @classmethod
    def in_folder(cls, folder: Path) -> "Store":
        """Open the database in a folder, which is made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        # What readers wrote, and their addresses, are for nobody else on this machine.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        return cls(URL.create("sqlite", database=str(file)))

    @classmethod
    def of(cls, settings: Settings) -> "Store":
        """Open the database that the settings name: at its address, or in the folder."""
        return cls(settings.database_url) if settings.database_url else cls.in_folder(settings.data)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the database and changes nothing."""
        with _translated(), self._connected() as connection:
            if not self.sqlite:
                connection = connection.execution_options(  # noqa: PLW2901
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """
        Give a transaction that is kept whole, or not at all if anything is raised in it.

        Raises StoreError if the database is locked, full, read-only or away.
        """
        if self._turn and not self._turn.acquire(timeout=_PATIENCE):
            message = "the database is busy; nothing was stored, please try again"
            raise StoreError(message)
        try:
            with _translated(), self._connected() as connection:
                if self.sqlite:
                    connection = connection.execution_options(ombud_writes=True)  # noqa: PLW2901
                with connection.begin():
                    yield connection
        finally:
            if self._turn:
                self._turn.release()

    def scrub(self) -> None:
        """Make room where something was erased: nothing of it stays in the database's files."""
        with _translated():
            connection = self.engine.raw_connection()
            try:
                if self.sqlite:
                    # What was erased is overwritten already, but not in the file of changes.
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                else:
                    driver: Any = connection.driver_connection
                    driver.autocommit = True
                    driver.execute("VACUUM")
                    driver.autocommit = False
            finally:
                connection.close()

    def close(self) -> None:
        """Close all connections; those that a thread still uses once it is done with them."""
        self._closed = True
        self.engine.pool.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Lend a connection; of a store that was closed meanwhile nothing stays open."""
        try:
            with self.engine.connect() as connection:
                yield connection
        finally:
            # Looked at once it is back in the pool, so that either this or `close` closes it.
            if self._closed:
                self.engine.pool.dispose()


def _address(url: str | URL) -> URL:
    """Return the address with the driver that we use."""
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ArgumentError
    return address


def _engine(url: URL, *, sqlite: bool) -> Engine:
    """Return the engine, with SQLite set to survive crashes and to read while it is written."""
    engine = create_engine(
        url,
        pool_size=_CONNECTIONS,
        pool_pre_ping=not sqlite,
        pool_timeout=_PATIENCE,
        hide_parameters=True,
        # A transaction that is stuck elsewhere must not keep every other one waiting for good.
        connect_args={} if sqlite else {"options": f"-c lock_timeout={_PATIENCE}s"},
    )
    event.listen(engine, "handle_error", _refuse_value)
    if not sqlite:
        return engine

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver's own transactions begin too late and would not lock before reading.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_PATIENCE * 1000}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -32000",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ombud_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; every row is kept, and nothing is locked where they are."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    newest = tuple(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_heads() == newest:
            return
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection = connection.execution_options(ombud_writes=True)  # noqa: PLW2901
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _translated() -> Iterator[None]:
    """Say what a fault of the database means for the one who asked."""
    try:
        yield
    except PoolTimeoutError as error:
        message = "the database is busy; nothing was stored, please try again"
        raise StoreError(message) from error
    except IntegrityError as error:
        # Its words hold the whole row, and would end in a log.
        raise _meaning(error) from None
    except DBAPIError as error:
        raise _meaning(error) from error
    except SQLAlchemyError as error:
        message = f"the database did not do what was asked ({type(error).__name__})"
        raise StoreError(message) from error


def _refuse_value(context: ExceptionContext) -> None:
    """Say that a value is wrong where the driver cannot even send it, or the column not hold it."""
    cause: Any = context.original_exception
    unsent = isinstance(cause, UnicodeEncodeError | OverflowError)
    if unsent or isinstance(context.sqlalchemy_exception, DataError):
        message = "a text holds half of a character or U+0000, or a number is too large"
        raise InvalidInputError(message) from None


def _meaning(error: DBAPIError) -> StoreError | ConflictError:
    """Return our error for one of the database's driver; it never quotes what was being stored."""
    cause: Any = error.orig
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if "UNIQUE" in name or "PRIMARYKEY" in name or name == "23505":
        return ConflictError("somebody else was faster; please look again")
    # Where the line broke at the very end nobody here knows what was stored.
    away = isinstance(error, OperationalError) and name[:2] in ("", "08", "57")
    for holds, words in (
        ("FULL" in name or name == "53100", "the disk is full; nothing was stored"),
        (
            "BUSY" in name or "LOCKED" in name or name in ("55P03", "40P01"),
            "the database is busy; nothing was stored, please try again",
        ),
        ("READONLY" in name or name == "25006", "the database is read-only; nothing was stored"),
        (away, "the database cannot be reached; please try again in a moment"),
    ):
        if holds:
            return StoreError(words)
    if "TRIGGER" in name or name == "23001":
        return StoreError(f"the database refused: {_first_line(cause)}", REFUSED)
    if name == "25P02":
        return StoreError("the database refused what was asked before", REFUSED)
    if name.startswith(("23", "SQLITE_CONSTRAINT")):
        return StoreError(f"the database refused what was to be stored ({name})", REFUSED)
    return StoreError(
        f"the database cannot be used ({name or type(cause).__name__}); nothing was stored"
    )


def _first_line(cause: object) -> str:
    """Return the message of a trigger, which is ours and quotes nothing."""
    return str(cause).partition(os.linesep)[0]
