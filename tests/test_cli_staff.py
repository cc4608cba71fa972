"""`ombud user`, `key` and `outlet`: who may sign in, which programs may ask, who signs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from typer.testing import CliRunner, Result

from ombud.cli import app
from ombud.newsroom import Staff
from ombud.passwords import fits
from ombud.store import Store, log, outlets, staff

PASSWORD = "correct horse battery"  # noqa: S105  # of nobody


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a database in a folder that the commands find."""
    monkeypatch.setenv("OMBUD_DATA", str(tmp_path))
    store = Store.in_folder(tmp_path)
    yield store
    store.close()


def run(*arguments: str, stdin: str = "") -> Result:
    """Run a command."""
    return CliRunner().invoke(app, list(arguments), input=stdin)


def add(name: str, *more: str, password: str = PASSWORD) -> Result:
    """Enter somebody."""
    return run("user", "add", name, "--password-stdin", *more, stdin=f"{password}\n")


def member(store: Store, name: str) -> staff.Member | None:
    """Return somebody who works here."""
    with store.reading() as tx:
        return staff.member(tx, name)


def deeds(store: Store) -> list[str]:
    """Return what was entered in the log, all by the command line."""
    with store.reading() as tx:
        entries = log.since(tx, 0)
    assert {one.by for one in entries} <= {"ombud"}
    return [one.deed for one in entries]


def test_somebody_is_entered_with_role_outlets_and_password(store: Store) -> None:
    """Who is entered may do what was said, where it was said, with that password."""
    run("outlet", "add", "harbour")
    assert add("joon", "--role", "moderator", "--outlet", "harbour").exit_code == 0
    assert add("edith", "--role", "admin").exit_code == 0

    joon, edith = member(store, "joon"), member(store, "edith")
    assert joon is not None
    assert edith is not None
    assert joon.staff == Staff("joon", "moderator", ("harbour",))
    assert edith.staff == Staff("edith", "admin", None)
    assert fits(joon.password, PASSWORD)
    listed = run("user", "list").stdout
    assert [line.split() for line in listed.splitlines()[1:]] == [
        ["edith", "admin", "all", "no"],
        ["joon", "moderator", "harbour", "no"],
    ]
    assert deeds(store) == ["outlet_opened", "user_added", "user_added"]


def test_a_password_is_asked_for_twice(store: Store) -> None:
    """Both must be the same; it is echoed nowhere."""
    command = ("user", "add", "joon", "--role", "moderator")
    result = run(*command, stdin=f"{PASSWORD}\nother horse battery\n{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    assert "do not match" in result.output
    assert PASSWORD not in result.output
    assert member(store, "joon") is not None


@pytest.mark.parametrize(
    ("name", "more", "password", "said"),
    [
        ("joon", [], "short", "the password has 5 characters; it must have 12 to 200"),
        ("joon", ["--outlet", "none"], PASSWORD, "no outlet 'none'; there are: none"),
        ("", [], PASSWORD, "cannot be a name"),
        (" joon", [], PASSWORD, "cannot be a name"),
        ("jo\non", [], PASSWORD, "cannot be a name"),
        ("j" * 101, [], PASSWORD, "cannot be a name; it must have 1 to 100 characters"),
    ],
)
def test_nobody_is_entered_wrongly(
    store: Store, name: str, more: list[str], password: str, said: str
) -> None:
    """A short password, an unknown outlet and what is no name are refused, with exit code 2."""
    result = add(name, "--role", "moderator", *more, password=password)
    assert result.exit_code == 2
    assert said in result.stderr
    assert deeds(store) == []


def test_a_name_belongs_to_one_person_for_good(store: Store) -> None:
    """Nobody gets the name of another, in no case, nor of one who left."""
    add("joon", "--role", "moderator")
    for name in ("joon", "Joon"):
        result = add(name, "--role", "editor")
        assert result.exit_code == 2
        assert "is taken" in result.stderr

    assert run("user", "remove", "joon").exit_code == 0
    assert add("joon", "--role", "editor").exit_code == 2
    assert member(store, "joon") is None


def test_no_key_has_the_name_of_somebody(store: Store) -> None:
    """What the log says of one must not be read as the other's, in whatever case it is written."""
    add("joon", "--role", "moderator")
    run("key", "add", "cms", "--role", "editor")
    for result in (run("key", "add", "Joon", "--role", "admin"), add("CMS", "--role", "admin")):
        assert result.exit_code == 2
        assert "a name of their own" in result.stderr or "another name" in result.stderr

    assert run("user", "remove", "joon").exit_code == 0
    assert run("key", "add", "joon", "--role", "admin").exit_code == 2
    assert deeds(store) == ["user_added", "key_added", "user_removed"]


@pytest.mark.parametrize("change", ["remove", "password"])
def test_who_is_changed_is_signed_out(store: Store, change: str) -> None:
    """Whoever leaves, or gets another password, has to sign in again."""
    add("joon", "--role", "moderator")
    joon = member(store, "joon")
    assert joon is not None
    with store.writing() as tx:
        at = log.since(tx, 0)[0].at
        staff.sign_in(tx, joon.id, "token", at, at.replace(year=at.year + 1))
        assert staff.signed_in(tx, "token", at) == joon.staff

    more = ["--password-stdin"] if change == "password" else []
    assert run("user", change, "joon", *more, stdin="another horse battery\n").exit_code == 0
    with store.reading() as tx:
        assert staff.signed_in(tx, "token", at) is None
    after = member(store, "joon")
    assert (after is not None and fits(after.password, "another horse battery")) == bool(more)


def test_a_second_factor_is_printed_once(store: Store) -> None:
    """What is printed sets an authenticator up; it can be taken away again."""
    add("joon", "--role", "moderator")
    uri = urlsplit(run("user", "totp", "joon").stdout.strip())

    joon = member(store, "joon")
    assert joon is not None
    assert joon.totp_secret == parse_qs(uri.query)["secret"][0]
    assert (uri.scheme, uri.path) == ("otpauth", "/Ombud:joon")
    assert pyotp.TOTP(joon.totp_secret).verify(pyotp.TOTP(joon.totp_secret).now())
    assert run("user", "totp", "joon", "--off").stdout == ""
    assert deeds(store)[1:] == ["second_factor_on", "second_factor_off"]


@pytest.mark.parametrize("command", ["remove", "password", "totp"])
def test_who_does_not_work_here_is_named(store: Store, command: str) -> None:
    """Who is not there is told with who is; exit code 2."""
    add("edith", "--role", "admin")
    result = run("user", command, "joon")
    assert result.exit_code == 2
    assert "nobody named 'joon' works here; there are: edith" in result.stderr
    assert deeds(store) == ["user_added"]


def test_a_key_opens_until_it_is_revoked(store: Store) -> None:
    """The key is printed alone, kept as a hash, and opens what its role allows."""
    token = run("key", "add", "cms", "--role", "editor").stdout.strip()
    assert token.startswith("ombk_")
    assert len(token) == 48
    with store.reading() as tx:
        assert staff.key(tx, token) == Staff("cms", "editor", None, program=True)
        assert not tx.exec_driver_sql("SELECT 1 FROM keys WHERE token = ?", (token,)).first()
    assert run("key", "list").stdout.split()[-3:] == ["cms", "editor", "all"]

    assert run("key", "revoke", "cms").exit_code == 0
    with store.reading() as tx:
        assert staff.key(tx, token) is None
    assert run("key", "add", "cms", "--role", "editor").exit_code == 2
    again = run("key", "revoke", "cms")
    assert again.exit_code == 2
    assert "no key named 'cms'; there are: none" in again.stderr
    assert deeds(store) == ["key_added", "key_revoked"]


def test_an_outlet_is_opened_once(store: Store) -> None:
    """An id is small letters and digits, and belongs to one outlet."""
    assert run("outlet", "add", "harbour", "--name", "The Harbour Post").exit_code == 0
    for outlet, said in (("harbour", "there is an outlet"), ("Harbour Post", "cannot be an ID")):
        result = run("outlet", "add", outlet)
        assert result.exit_code == 2
        assert said in result.stderr

    with store.reading() as tx:
        known = outlets.one(tx, "harbour")
    assert known is not None
    assert (known.name, known.mode) == ("The Harbour Post", "premoderate")
    assert "harbour" in run("outlet", "list").stdout


def test_secrets_are_made_or_taken_and_never_shown_again(store: Store) -> None:
    """What readers sign with is one; of Coral's the one before stays good too."""
    run("outlet", "add", "harbour")
    made = run("outlet", "secret", "harbour", "--reason", "New.").stdout.strip()
    given = [f"{n}-secret-of-coral-{n}" for n in range(3)]
    secret = ("outlet", "secret", "harbour", "--reason", "It was in an e-mail.")
    for one in given:
        taken = run(*secret, "--coral", "--stdin", stdin=f"{one}\n")
        assert taken.stdout == ""

    with store.reading() as tx:
        assert outlets.sso_secret(tx, "harbour") == made
        assert outlets.coral_secrets(tx) == {"harbour": [given[2], given[1]]}
        written = repr(log.since(tx, 0))
    assert written.count("It was in an e-mail.") == len(given)
    assert made not in written
    assert made not in run("outlet", "list").stdout
    short = run(*secret, "--stdin", stdin="short\n")
    assert short.exit_code == 2
    assert "at least 16" in short.stderr
    for said in ((), ("--reason", " ")):
        refused = run("outlet", "secret", "harbour", *said)
        assert refused.exit_code == 2
        assert "--reason" in refused.stderr
