"""A database that is locked, full, read-only, damaged or away: a clear error, and nothing lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, select, text
from writing import Desk

from ombud.errors import ConflictError, InvalidInputError, SettingsError, StoreError
from ombud.moderation.sent import Guest
from ombud.store import Store, articles, log, opening, readers, schema, staff
from ombud.store.columns import metadata

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock of a database in another process."""
    arguments = [sys.executable, "-c", HOLD, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        yield
        process.communicate()


@pytest.fixture
def hasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a database in a file that gives up soon."""
    monkeypatch.setattr(opening, "_PATIENCE", 0.1)
    store = Store.in_folder(tmp_path)
    yield store
    store.close()


def test_another_process_that_holds_the_lock_is_waited_for_and_told(
    hasty: Store, tmp_path: Path, at: datetime
) -> None:
    """A locked database refuses to be written, is opened and read, and works again afterwards."""
    desk = Desk(hasty, at)
    first = desk.send()
    with held(tmp_path / opening.FILE):
        with pytest.raises(StoreError, match="is busy; nothing was stored, please try again"):
            desk.send("Not kept.")
        again = Store.in_folder(tmp_path)
        with again.reading() as tx:
            assert log.last(tx) == 1
        again.close()

    assert desk.send("Kept.").id == first.id + 1


def test_a_writer_in_this_process_is_not_waited_for_without_end(hasty: Store) -> None:
    """Whoever waits longer than the patience lasts is told so."""
    with (
        hasty.writing(),
        pytest.raises(StoreError, match="is busy; nothing was stored"),
        hasty.writing(),
    ):
        pass
    with hasty.writing() as tx:
        assert tx.execute(select(1)).scalar() == 1


def test_a_pool_without_a_free_connection_is_an_error_of_ours(hasty: Store) -> None:
    """Readers who wait for a connection are told that the database is busy."""
    with ExitStack() as stack, pytest.raises(StoreError, match="is busy"):  # noqa: PT012
        for _ in range(100):
            stack.enter_context(hasty.reading()).execute(select(1))


def test_a_full_disk_stores_nothing(tmp_path: Path, at: datetime) -> None:
    """Where no page is left the comment is refused whole, and what was kept before is there."""
    store = Store.in_folder(tmp_path)
    desk = Desk(store, at)
    desk.send("Kept.")
    with store.writing() as tx:
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar()
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreError, match="the disk is full; nothing was stored"):
        desk.send("Too long for what is left. " * 700)

    store.close()
    store = Store.in_folder(tmp_path)
    with store.reading() as tx:
        assert log.last(tx) == 1
    store.close()


def test_a_read_only_database_says_so(store: Store, at: datetime) -> None:
    """What cannot be written because it may only be read is told as such."""
    desk = Desk(store, at)

    @event.listens_for(store.engine, "begin")
    def forbid(connection: Any) -> None:  # noqa: ANN401
        sql = "PRAGMA query_only = ON" if store.sqlite else "SET TRANSACTION READ ONLY"
        connection.exec_driver_sql(sql)

    with pytest.raises(StoreError, match="the database is read-only; nothing was stored"):
        desk.send()


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path, at: datetime) -> None:
    """Who may only read the file reads it, and is told so when writing."""
    desk = Desk(Store.in_folder(tmp_path), at)
    desk.send()
    desk.store.close()

    there = replace(desk, store=Store(f"sqlite:///file:{tmp_path / opening.FILE}?mode=ro&uri=true"))
    with there.store.reading() as tx:
        assert log.last(tx) == 1
    with pytest.raises(StoreError, match="the database is read-only; nothing was stored"):
        there.send()
    there.store.close()


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A file that is no database is refused, and stays as it is."""
    file = tmp_path / opening.FILE
    file.write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    before = file.read_bytes()

    with pytest.raises(StoreError, match="the database cannot be used"):
        Store.in_folder(tmp_path)
    assert file.read_bytes() == before


def test_a_server_that_is_away_comes_back(new_postgres: Any, postgres: Any, at: datetime) -> None:  # noqa: ANN401
    """While PostgreSQL is stopped there is an error; once it runs again, everything goes on."""
    store = Store(new_postgres())
    desk = Desk(store, at)
    desk.send("Before.")

    postgres.stop()
    with pytest.raises(StoreError, match="cannot be reached; please try again"):
        desk.send("Meanwhile.")
    postgres.ensure_postgres_running()

    assert desk.send("After.").id >= 2
    with store.reading() as tx:
        assert log.last(tx) == 2
    store.close()


def test_a_connection_that_is_lost_within_a_transaction_keeps_nothing(
    new_postgres: Any,  # noqa: ANN401
    at: datetime,
) -> None:
    """What was begun on a lost connection is not kept, and the next one heals by itself."""
    store = Store(new_postgres())
    desk = Desk(store, at)
    with (  # noqa: PT012
        pytest.raises(StoreError, match="cannot be reached"),
        store.writing() as tx,
    ):
        log.append(tx, log.Deed(at, "ombud", "tried"))
        mine = tx.execute(text("SELECT pg_backend_pid()")).scalar()
        with store.writing() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        log.append(tx, log.Deed(at, "ombud", "tried again"))

    desk.send("After.")
    with store.reading() as tx:
        assert [one.deed for one in log.since(tx, 0)] == ["sent"]
    store.close()


def test_the_tables_are_those_of_the_code(store: Store) -> None:
    """What the migrations make is what the tables in the code say, for Alembic too."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_keeps_everything(store: Store, at: datetime) -> None:
    """A database that is opened a second time is the same, and migrates nothing."""
    desk = Desk(store, at)
    comment = desk.send()

    again = Store(store.url)
    with again.reading() as tx:
        assert readers.one(tx, comment.reader) is not None
        assert tx.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    again.close()


@pytest.mark.parametrize("name", ["a b?c=d#e", "100%", "ünï"])
def test_folders_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """The name of a folder is no address; the file is for nobody else on the machine."""
    Store.in_folder(tmp_path / name).close()

    (file,) = (tmp_path / name).glob(opening.FILE)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    [
        "hunter2",
        "mysql://ombud:hunter2@host/name",
        "mysql+pymysql://ombud:hunter2@host/name",
        "postgresql+psycopg2://ombud:hunter2@host/name",
        "postgresql://ombud:hunter2@host:port/name",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_not_repeated(url: str) -> None:
    """The error says what an address looks like, and neither it nor its causes tell a password."""
    with pytest.raises(SettingsError, match="must be like postgresql://user:password@") as caught:
        Store(url)

    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_server_that_nobody_reaches_tells_no_password() -> None:
    """The error of a database that is away does not repeat how one gets in."""
    with pytest.raises(StoreError, match="the database cannot be reached") as caught:
        Store("postgres://ombud:hunter2@127.0.0.1:1/name")

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("value", ["half \ud800", 2**70])
def test_values_that_no_database_keeps_are_wrong_input(store: Store, value: str | int) -> None:
    """Half characters and numbers beyond 64 bits are the fault of who gives them."""
    ask: Any = articles.one if isinstance(value, int) else articles.by_url
    with pytest.raises(InvalidInputError, match="half of a character"), store.reading() as tx:
        ask(tx, value)


def test_the_character_nul_is_wrong_input(new_postgres: Any) -> None:  # noqa: ANN401
    """PostgreSQL keeps no U+0000 in a text; that is no fault of the database."""
    store = Store(new_postgres())
    with pytest.raises(InvalidInputError, match=r"U\+0000"), store.reading() as tx:
        articles.by_url(tx, "nul \0")
    store.close()


def test_what_another_was_faster_with_is_a_conflict(store: Store, at: datetime) -> None:
    """A row that must be there once is refused a second time, as a conflict."""
    with store.writing() as tx:
        staff.add(tx, "joon", "moderator", "hash", at)
    with pytest.raises(ConflictError, match="somebody else was faster"), store.writing() as tx:
        staff.add(tx, "joon", "editor", "hash", at)


def test_a_fault_of_ours_quotes_nothing_of_what_was_stored(store: Store, at: datetime) -> None:
    """Neither the error nor its causes, which a log may hold, tell what a reader wrote."""
    with pytest.raises(StoreError) as caught, store.writing() as tx:
        staff.add(tx, "secret", "nobody", "hash", at)  # type: ignore[arg-type]
    with pytest.raises(StoreError) as unsent, store.reading() as tx:
        tx.execute(select(schema.comments).where(schema.comments.c.created_at == "secret"))

    for error in (caught.value, unsent.value):
        assert "secret" not in f"{error} {error.__cause__}"


def test_reading_sees_one_state_and_changes_nothing(store: Store, at: datetime) -> None:
    """A reading transaction sees nothing of what is kept after it began, and keeps nothing."""
    desk = Desk(store, at)
    with store.reading() as tx:
        assert log.last(tx) == 0
        desk.send("Written meanwhile.", Guest("Bo"))
        assert log.last(tx) == 0
    with store.reading() as tx:
        assert log.last(tx) == 1
