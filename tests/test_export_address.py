"""Whoever wrote without an account asks for their data by e-mail address, or to have it erased."""

import json
from datetime import datetime
from typing import Any

import pytest
from mailed import posted
from reporting import report
from typer.testing import CliRunner, Result
from writing import EDITH, Desk

from ombud.cli import app
from ombud.corrections.investigating import Inquiry
from ombud.moderation.sent import Guest
from ombud.store import Store

ADA = "ada@reader.example"


@pytest.fixture
def desk(store: Store, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a newsroom to which two wrote by the form and by mail, that the commands find."""
    monkeypatch.setenv("OMBUD_DATABASE_URL", store.url.render_as_string(hide_password=False))
    desk = Desk(store, at)
    for address in ("Ada@Reader.example", "bob@else.example"):
        number = report(desk, email=address, name=address[:3])
        with store.writing() as tx:
            Inquiry(tx, EDITH, number, desk.later(seconds=1)).take()
    posted(store, 1, sender=ADA, subject="A poem of Ada's")
    posted(store, 2, sender="bob@else.example", subject="A poem of Bob's")
    posted(store, 3, sender=ADA, kind="reply", report=1)
    return desk


def run(*given: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, list(given))


def rows(result: Result) -> list[dict[str, Any]]:
    """Return what an export wrote."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("address", [ADA, ADA.upper()])
def test_what_came_from_an_address_is_exported(address: str) -> None:
    """Reports with what became of them, mails and letters; of nobody else, and no editor's name."""
    ended = run("export", "--reader", address)
    kinds = [one["kind"] for one in rows(ended)]
    assert kinds == "report assertion assertion step mail mail letter".split()
    assert "7 rows" in ended.stderr
    assert not [word for word in ("bob", "edith") if word in ended.stdout.lower()]


def test_readers_who_gave_the_address_are_named(desk: Desk) -> None:
    """Nobody has checked that it is theirs, so whoever runs the machine says whether they are."""
    kept = desk.keep("A fair decision.", Guest("Ada", "ADA@reader.example"))
    for given in (("export",), ("erase", "--reason", "asked for", "--yes")):
        ended = run(*given, "--reader", ADA)
        assert ended.exit_code == 0
        assert f"readers who gave this address with comments: {kept.account.id}" in ended.stderr
    assert "A fair decision." in run("export", "--reader", str(kept.account.id)).stdout


@pytest.mark.usefixtures("desk")
def test_what_came_from_an_address_is_erased() -> None:
    """Afterwards there is nothing to export, and the log is whole."""
    assert "mails erased: 1, reports: 1" in (
        run("erase", "--reader", ADA, "--reason", "asked for", "--yes").stderr
    )
    kept = run("export").stdout.lower()
    assert ADA not in kept
    assert "bob@else.example" in kept
    assert run("export", "--verify").exit_code == 0
    ended = run("export", "--reader", ADA)
    assert (ended.exit_code, f"nothing from or to '{ADA}' is kept" in ended.stderr) == (2, True)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("given", ["ada", "-1", "@", "9" * 30, "1" + "0" * 21, "1.5"])
@pytest.mark.parametrize("command", [["export"], ["erase", "--reason", "r", "--yes"]])
def test_what_is_neither_a_number_nor_an_address_is_wrong_use(
    command: list[str], given: str
) -> None:
    """The error says what was given and what is allowed."""
    ended = run(*command, f"--reader={given}")
    assert ended.exit_code == 2
    assert f"'--reader' is '{given}'; it must be a number or an e-mail address" in ended.stderr
