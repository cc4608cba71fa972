"""`ombud repeats rebuild`: comments from before there was an index of them."""

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner
from writing import Desk

from ombud import Case
from ombud.cli import app
from ombud.cli import repeats as command
from ombud.store import Store, rebuilding, repeats
from ombud.store.repeated import bands, copies, texts

TEXT = "The ferry timetable has not been kept for a single day since October, and nobody says why."


def test_rebuilding_enters_what_is_missing_once(
    tmp_path: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All earlier comments are found afterwards, in however many steps; then nothing is left."""
    monkeypatch.setattr(command, "_AT_ONCE", 2)
    store = Store.in_folder(tmp_path)
    desk = Desk(store, at)
    for text in (f"{TEXT} 1", "Well said!", f"{TEXT} 2", f"{TEXT} 3", f"{TEXT} 1"):
        desk.send(text)
    with store.writing() as tx:
        for table in (bands, copies, texts):
            tx.execute(table.delete())

    result = CliRunner().invoke(app, ["repeats", "rebuild", "--data", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert "5 of the earlier comments entered" in result.stderr
    with store.reading() as tx:
        assert rebuilding.missing(tx) == 0
        found = repeats.alike(tx, Case(f"{TEXT} 1"))
    assert [[copy.id for copy in one.copies] for one in found] == [[5, 1], [4], [3]]
    again = CliRunner().invoke(app, ["repeats", "rebuild", "--data", str(tmp_path)])
    assert "0 of the earlier comments entered" in again.stderr
    store.close()
