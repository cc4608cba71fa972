"""`ombud export`, `backup`, `erase` and `retain` on a database in a folder and on PostgreSQL."""

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from typer.testing import CliRunner, Result
from writing import JOON, Desk, decided, found

from ombud.cli import app
from ombud.moderation.sent import Guest
from ombud.store import Store, comments, flags, log, outlets, readers, staff
from ombud.store.repeated import traces

SECRET = "Sure, call them that."  # noqa: S105  # a reader wrote it


@pytest.fixture
def desk(store: Store, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a newsroom with two readers, that the commands find."""
    monkeypatch.setenv("OMBUD_DATABASE_URL", store.url.render_as_string(hide_password=False))
    desk = Desk(store, at)
    ada = desk.keep(SECRET, Guest("Adalbert", "ada@x.example"), decided(found("hate")), key="k")
    desk.rule(JOON, ada.comment.id, "delete", "hate")
    bo = desk.keep("A fair decision.", Guest("Bo"))
    desk.rule(JOON, bo.comment.id)
    with store.writing() as tx:
        flags.add(tx, bo.comment.id, ada.account.id, at, "shouting", "a note of Adalbert")
        outlets.opened(tx, "other", "The Other", at)
        outlets.sign_with(tx, "other", sso="sso-secret", coral=["coral-secret"])
        staff.add(tx, "joon", "moderator", "hash-of-joon", at)
        staff.add_key(tx, "cms", "token", "editor", at)
    return desk


def run(*arguments: str, stdin: str = "") -> Result:
    """Run a command."""
    return CliRunner().invoke(app, list(arguments), input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    """Return the lines of JSON that a command wrote."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("desk")
def test_an_export_has_every_row_and_nothing_that_lets_in() -> None:
    """Each kind is there, one object a line; hashes, keys and secrets are not."""
    result = run("export")
    rows = lines(result)

    kinds = [row["kind"] for row in rows]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "outlet": 2,
        "policy": 1,
        "article": 1,
        "edition": 1,
        "reader": 2,
        "comment": 2,
        "decision": 2,
        "finding": 1,
        "ruling": 2,
        "flag": 1,
        "staff": 1,
        "key": 1,
        "entry": 4,
    }
    (comment,) = [row for row in rows if row["kind"] == "comment" and row["id"] == 1]
    assert (comment["text"], comment["name"]) == (SECRET, "Adalbert")
    assert comment["created_at"] == "2026-11-28T09:30:01Z"
    assert not [word for word in ("hash-of", "-secret", "token") if word in result.stdout]


def test_an_export_needs_nothing_that_another_command_loads(desk: Desk) -> None:
    """In a process of its own it writes the staff and the keys too."""
    desk.store.close()
    command = [sys.executable, "-m", "ombud", "export"]
    result = subprocess.run(  # noqa: S603  # our own program
        command, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr
    kinds = {json.loads(line)["kind"] for line in result.stdout.splitlines()}
    assert {"staff", "key", "entry"} <= kinds


@pytest.mark.usefixtures("desk")
def test_an_export_of_one_outlet_leaves_the_others_out() -> None:
    """What belongs to another outlet is not there, nor is the staff."""
    kinds = {row["kind"] for row in lines(run("export", "--outlet", "other"))}
    assert kinds == {"outlet", "policy"}
    rows = lines(run("export", "--outlet", "harbour"))
    assert len([row for row in rows if row["kind"] == "comment"]) == 2
    assert not [row for row in rows if row["kind"] in ("staff", "key")]


@pytest.mark.usefixtures("desk")
def test_an_export_of_one_reader_is_theirs_alone() -> None:
    """What they wrote and what became of it; neither other readers nor who of the staff ruled."""
    result = run("export", "--reader", "1")
    rows = lines(result)

    kinds = [row["kind"] for row in rows]
    assert kinds == "article reader comment decision finding ruling flag entry entry".split()
    assert rows[1]["email"] == "ada@x.example"
    assert not [word for word in ("Bo", "joon", "A fair decision") if word in result.stdout]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--outlet", "none"], "no outlet 'none'; there are: harbour, other"),
        (["--reader", "99"], "there is no reader 99"),
        (["--reader", "1", "--verify"], "are three different things; give one"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_an_export_of_what_is_not_there_is_refused(arguments: list[str], said: str) -> None:
    """What was given and what there is; exit code 2."""
    result = run("export", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_verify_names_the_first_broken_link(desk: Desk) -> None:
    """A whole log ends with 0; a broken one with 1 and the entry where it breaks."""
    assert run("export", "--verify").stdout == "the log is whole: 4 entries\n"

    ways = ["DROP TRIGGER log_update", "UPDATE log SET by = 'staff:mira' WHERE seq = 2"]
    if not desk.store.sqlite:
        ways[0] = "ALTER TABLE log DISABLE TRIGGER USER"
    with desk.store.writing() as tx:
        for way in ways:
            tx.execute(text(way))
    result = run("export", "--verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "broken at entry 2: " in result.stderr


def test_erasing_a_reader_leaves_nothing_of_them(desk: Desk, tmp_path: Path) -> None:
    """No text, name, address or note stays in any row or file; the log stays whole."""
    result = run("erase", "--reader", "1", "--reason", "asked for it", "--yes")
    assert result.exit_code == 0, result.stderr
    assert "reader 1 is erased, with 1 comment" in result.stderr

    words = [SECRET, "Adalbert", "ada@x.example", "It says so", "a note of"]
    exported = run("export").stdout
    assert not [word for word in words if word in exported]
    if desk.store.sqlite:
        for file in tmp_path.glob("ombud.sqlite*"):
            assert not [word for word in words if word.encode() in file.read_bytes()], file
    with desk.store.reading() as tx:
        erased = comments.one(tx, 1)
        assert readers.one(tx, 1) is None
        assert log.since(tx, log.last(tx) - 1)[0].facts == {
            "reader": 1,
            "comments": 1,
            "reason": "asked for it",
        }
    assert erased is not None
    assert (erased.state, erased.text, erased.name) == ("deleted", None, None)
    assert run("export", "--verify").exit_code == 0


@pytest.mark.usefixtures("desk")
def test_erasing_one_comment_takes_it_from_the_page() -> None:
    """An approved comment is shown and counted no more; its reader and the rest stay."""
    assert run("erase", "--comment", "2", "--reason", "a slip", "--yes").exit_code == 0

    rows = {(row["kind"], row.get("id")): row for row in lines(run("export"))}
    assert rows["article", 1]["approved"] == 0
    assert rows["comment", 2]["text"] is None
    assert rows["comment", 1]["text"] == SECRET
    assert rows["reader", 2]["name"] == "Bo"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reason", "x", "--yes"], "give one of '--reader ID', '--comment ID' and '--report ID'"),
        (["--reason", "x", "--reader", "1", "--comment", "1"], "give one of"),
        (["--reason", " ", "--reader", "1"], "'--reason' is empty"),
        (["--reason", "x", "--reader", "9", "--yes"], "there is no reader 9"),
        (["--reason", "x", "--comment", "9", "--yes"], "there is no comment 9"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_an_erasure_must_say_what_and_why(arguments: list[str], said: str) -> None:
    """Without a reason, or of what is not there, nothing is erased; exit code 2."""
    result = run("erase", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_erasure_is_asked_for_again(desk: Desk) -> None:
    """Without a yes nothing happens; with one it does, and once only."""
    arguments = ("erase", "--comment", "1", "--reason", "asked for it")
    assert run(*arguments, stdin="n\n").exit_code == 1
    with desk.store.reading() as tx:
        assert comments.one(tx, 1).text == SECRET  # type: ignore[union-attr]

    assert run(*arguments, stdin="y\n").exit_code == 0
    again = run(*arguments, stdin="y\n")
    assert again.exit_code == 2
    assert "was erased before" in again.stderr


def test_what_nothing_needs_is_forgotten_after_its_time(desk: Desk) -> None:
    """Keys of requests, ended sign-ins and addresses of silent guests go; texts only if asked."""
    now = datetime.now(UTC)
    with desk.store.writing() as tx:
        staff.sign_in(tx, 1, "ended", desk.at, desk.at + timedelta(hours=1))
    desk.at = now
    desk.keep("Still here.", Guest("Cy", "cy@x.example"), key="new")
    days = str((now - datetime(2026, 11, 28, tzinfo=UTC)).days + 400)
    assert "0 request keys, 0 sign ins, 0 email" in run("retain", "--older-than", days).stderr

    trace = {"address": "a", "block": "b", "at": now - timedelta(9)}
    with desk.store.writing() as tx:
        for comment, days_left in ((1, -1), (2, 1)):
            until = now + timedelta(days_left)
            tx.execute(insert(traces).values(comment=comment, expires_at=until, **trace))
        tx.execute(text("UPDATE sent SET at = 1 WHERE key = 'k'"))
        tx.execute(text("UPDATE sessions SET ends_at = 1"))
        tx.execute(text("UPDATE comments SET state_at = 1"))
    kept = run("retain", "--deleted-texts")
    assert "1 request keys, 1 sign ins, 0 email addresses, 1 traces, 1 deleted texts" in kept.stderr
    with desk.store.reading() as tx:
        assert comments.one(tx, 1).text is None  # type: ignore[union-attr]
        assert comments.one(tx, 2).text is not None  # type: ignore[union-attr]
        assert readers.one(tx, 3).email == "cy@x.example"  # type: ignore[union-attr]
        assert tx.execute(select(traces.c.comment)).scalars().all() == [2]
    assert run("export", "--verify").exit_code == 0


def test_a_backup_is_whole_while_others_write(desk: Desk, tmp_path: Path) -> None:
    """The copy is one file for one pair of eyes; PostgreSQL has tools of its own."""
    file = tmp_path / "copy" / "ombud.sqlite"
    file.parent.mkdir()
    if not desk.store.sqlite:
        result = run("backup", str(file))
        assert result.exit_code == 2
        assert "use pg_dump" in result.stderr
        return

    with desk.store.writing() as tx:
        log.append(tx, log.Deed(desk.at, "ombud", "not kept yet"))
        assert run("backup", str(file)).exit_code == 0
    assert [one.name for one in file.parent.iterdir()] == ["ombud.sqlite"]
    assert file.stat().st_mode & 0o077 == 0
    copy = Store.in_folder(file.parent)
    with copy.reading() as tx:
        assert log.last(tx) == 4
    copy.close()
    again = run("backup", str(file))
    assert again.exit_code == 2
    assert "overwrites nothing" in again.stderr


def test_a_backup_of_a_damaged_database_says_so(tmp_path: Path) -> None:
    """What cannot be copied leaves nothing behind that looks like a copy; exit code 1."""
    store = Store.in_folder(tmp_path)
    store.close()
    with sqlite3.connect(tmp_path / "ombud.sqlite") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    whole = (tmp_path / "ombud.sqlite").read_bytes()
    (tmp_path / "ombud.sqlite").write_bytes(whole[: len(whole) // 2])

    result = run("backup", str(tmp_path / "copy"), "--data", str(tmp_path))
    assert result.exit_code == 1, result.stderr
    assert not list(tmp_path.glob("*copy*"))


@pytest.mark.parametrize(
    "arguments",
    [["export"], ["export", "--verify"], ["retain"], ["user", "list"], ["key", "revoke", "x"]],
)
def test_a_folder_without_a_database_is_named(arguments: list[str], tmp_path: Path) -> None:
    """A wrong folder is told, and no empty database is made in it."""
    result = run(*arguments, "--data", str(tmp_path))

    assert result.exit_code == 2
    assert f"there is no ombud.sqlite in the folder '{tmp_path}'" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_database_that_is_away_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the database is no wrong use."""
    monkeypatch.setenv("OMBUD_DATABASE_URL", "postgresql://ombud:hunter2@127.0.0.1:1/x")
    result = run("export")
    assert result.exit_code == 1
    assert "hunter2" not in result.output
