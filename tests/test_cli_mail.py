"""`ombud mail` on a database in a folder and on PostgreSQL."""

from datetime import datetime
from pathlib import Path

import pytest
from posting import written
from sqlalchemy import text
from typer.testing import CliRunner, Result

from ombud.cli import app
from ombud.store import Store, outbox, outlets

WRONG = "Please correct the article: the mill burned down in 2014, not 2015."


@pytest.fixture
def desk(store: Store, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a database with an outlet, that the commands find."""
    monkeypatch.setenv("OMBUD_DATABASE_URL", store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("OMBUD_MAIL_ADDRESSES", "paper=desk@paper.example")
    with store.writing() as tx:
        outlets.opened(tx, "paper", "The Paper", at)
    mails = [written(WRONG), written("How do I subscribe?", id_="2"), written(WRONG)]
    parts = [b"From x\n" + mail.replace(b"\r\n", b"\n") + b"\n" for mail in mails]
    (tmp_path / "mbox").write_bytes(b"".join(parts))
    return store


def run(*arguments: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, ["mail", *arguments])


def test_importing_twice_makes_one_report(desk: Store, tmp_path: Path) -> None:
    """Each mail is kept once, and what became of them is said."""
    first, second = (run("import", str(tmp_path / "mbox")) for _ in range(2))

    assert first.exit_code == second.exit_code == 0, first.stderr
    assert "of 3 mails: 1 kept before, 1 that assert no error, 1 reports" in first.stderr
    assert "of 3 mails: 3 kept before" in second.stderr
    with desk.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM reports")).scalar() == 1


@pytest.mark.usefixtures("desk")
def test_what_cannot_be_imported_says_what_is_allowed(tmp_path: Path) -> None:
    """A wrong path and an outlet without a desk end with 2."""
    nowhere = run("import", str(tmp_path / "nowhere"))
    other = run("import", str(tmp_path / "mbox"), "--outlet", "other")

    assert (nowhere.exit_code, other.exit_code) == (2, 2)
    assert "maildir" in nowhere.stderr
    assert "'other'" in other.stderr


def test_letters_that_are_stuck_are_listed_and_settled(
    desk: Store, tmp_path: Path, at: datetime
) -> None:
    """Whoever found out whether one arrived says so, and it is entered in the log."""
    run("import", str(tmp_path / "mbox"))
    with desk.writing() as tx:
        letter = outbox.take(tx, at.replace(year=2999))
        assert letter is not None
        outbox.hand_over(tx, letter)

    assert outbox.UNCERTAIN in run("stuck").stdout
    assert run("settle", "1").exit_code == 2
    assert run("settle", "1", "--arrived").exit_code == 0
    assert run("stuck").stdout == ""
    assert run("settle", "1", "--again").exit_code == 2
    with desk.reading() as tx:
        asked = "SELECT facts FROM log WHERE deed = 'letter_settled'"
        assert tx.execute(text(asked)).scalars().all() == ['{"arrived":true,"letter":1}']


@pytest.mark.usefixtures("desk")
def test_a_post_without_work_says_what_is_missing() -> None:
    """Neither a port nor a mail server is set."""
    result = run("serve")

    assert result.exit_code == 2
    assert "'mail_listen'" in result.stderr


def test_all_from_an_address_is_erased_on_request(desk: Store, tmp_path: Path) -> None:
    """With a reason that is kept; an address that nothing came from is named."""
    run("import", str(tmp_path / "mbox"))
    with desk.reading() as tx:
        sender = tx.execute(text("SELECT sender FROM mails")).scalar()

    gone = run("erase", sender.upper(), "--reason", "asked for", "--yes")
    assert "mails erased: 1, reports: 1" in gone.stderr
    with desk.reading() as tx:
        assert tx.execute(text("SELECT count(sender) + count(text) FROM mails")).scalar() == 0
    again = run("erase", sender, "--reason", "asked for", "--yes")
    assert (again.exit_code, sender in again.stderr) == (2, True)
    assert run("erase", sender, "--reason", " ", "--yes").exit_code == 2
