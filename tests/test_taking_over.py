"""Suggestions that an earlier version wrote into a file are taken over into the store, once."""

import json
from datetime import UTC, datetime

from sqlalchemy import text
from starlette.testclient import TestClient
from suggested import kept, opened, rows

from ombud import Engine
from ombud.settings import Settings
from ombud.web import create_app
from ombud.web.suggestions import FILE, UNREAD, take_over


def line(number: int, written: str = "You never read the article.") -> bytes:
    """Return a line as an earlier version wrote it."""
    said = {
        "time": f"2026-10-14T09:30:{number:02}.250+00:00",
        "text": written,
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "context": None,
        "languages": ["en"],
        "communityId": None,
        "clientToken": f"comment:{number}",
        "policy": "p0",
        "model": "m0",
    }
    return json.dumps(said).encode() + b"\n"


def test_an_earlier_file_is_taken_over_when_the_application_starts(
    engine: Engine, settings: Settings
) -> None:
    """Everything in it is in the store, as old as it was, and the file is gone."""
    settings.data.mkdir()
    (settings.data / FILE).write_bytes(line(1) + line(2, "\ud800"))
    with TestClient(create_app(engine, settings)) as client:
        assert client.get("/readyz").status_code == 200

    first, second = kept(settings)
    assert (first["token"], first["policy"], first["model"]) == ("comment:1", "p0", "m0")
    assert first["at"] == datetime(2026, 10, 14, 9, 30, 1, 250_000, tzinfo=UTC)
    assert (second["text"], second["token"]) == ("\ud800", "comment:2")
    assert not (settings.data / FILE).exists()


def test_an_earlier_file_is_taken_over_once(settings: Settings) -> None:
    """A crash before the file was gone doubles nothing."""
    with opened(settings) as store:
        for _ in range(2):
            (settings.data / FILE).write_bytes(line(1) + line(2))
            take_over(store, settings.data)

        assert [row["token"] for row in rows(store)] == ["comment:1", "comment:2"]
    assert not (settings.data / FILE).exists()


def test_a_line_cut_short_is_put_aside(settings: Settings) -> None:
    """What a crash left half written stays readable for a person; the rest is taken over."""
    with opened(settings) as store:
        (settings.data / FILE).write_bytes(b'{"time": "20\n' + line(2) + b"[]\n")
        take_over(store, settings.data)

        assert [row["token"] for row in rows(store)] == ["comment:2"]
    aside = settings.data / UNREAD
    assert aside.read_bytes() == b'{"time": "20\n[]\n'
    assert aside.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_taken_over_stays(engine: Engine, settings: Settings) -> None:
    """Where the database refuses, the file is there for the next start, and the server serves."""
    settings.data.mkdir()
    (settings.data / FILE).write_bytes(line(1))
    app = create_app(engine, settings)
    with opened(settings) as store, store.writing() as tx:
        tx.execute(text("ALTER TABLE suggestions RENAME TO away"))
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200
    assert (settings.data / FILE).read_bytes() == line(1)
