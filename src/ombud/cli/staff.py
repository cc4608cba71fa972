"""`ombud user` and `ombud key`: who works here, and which programs may ask."""

import secrets
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from ombud.cli.opening import DataOption, changing, database, entered, must_exist, now
from ombud.cli.screen import console, say, visible
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.newsroom import Role as RoleWord

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ombud.newsroom import Staff

users = typer.Typer(help="Enter and change who works at the desk.", no_args_is_help=True)
keys = typer.Typer(help="Make and revoke the keys of programs.", no_args_is_help=True)
PREFIX: Final = "ombk_"
_LONGEST_NAME: Final = 100


class Role(StrEnum):
    """What somebody may do; each may what those before may."""

    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def word(self) -> RoleWord:
        """The role as the newsroom knows it."""
        return self.value


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name.")]
RoleOption = Annotated[Role, typer.Option(help="What they may do.")]
OutletOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Only this outlet; may be given again.")
]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@users.command("add")
def add_user(
    name: NameArgument,
    role: RoleOption,
    outlet: OutletOption = None,
    password_stdin: StdinOption = False,  # noqa: FBT002  # an option, not a position
    data: DataOption = None,
) -> None:
    """Enter somebody; the password is asked for twice."""
    from ombud.store import staff

    _check_name(name)
    kept = _password(piped=password_stdin)
    with changing(data) as tx:
        must_exist(tx, *outlet or ())
        if staff.key_taken(tx, name):
            message = f"there is or was a key '{name}'; somebody needs a name of their own"
            raise ConflictError(message)
        if staff.taken(tx, name):
            message = f"the name '{name}' is taken; it stands in the log for whoever had it first"
            raise ConflictError(message)
        staff.add(tx, name, role.word, kept, now(), outlet or None)
        entered(tx, "user_added", {"name": name, "role": role.value, "outlets": outlet or None})
    say(f"{name} may sign in at /desk as {role.value}")


@users.command("list")
def list_users(data: DataOption = None) -> None:
    """List who works here."""
    from ombud.store import staff

    with database(data) as store, store.reading() as tx:
        members = staff.members(tx)
    rows = [(*_row(member.staff), "yes" if member.totp_secret else "no") for member in members]
    _print(("name", "role", "outlets", "second factor"), rows)


@users.command("remove")
def remove_user(name: NameArgument, data: DataOption = None) -> None:
    """Let somebody go: they are signed out, and cannot sign in any more."""
    from ombud.store import staff

    with database(data) as store, store.writing() as tx:
        _changed(tx, name, gone_at=now())
        staff.sign_out_all(tx, name)
        entered(tx, "user_removed", {"name": name})
    say(f"{name} cannot sign in any more; what they ruled stays")


@users.command("password")
def change_password(
    name: NameArgument,
    password_stdin: StdinOption = False,  # noqa: FBT002  # an option, not a position
    data: DataOption = None,
) -> None:
    """Give somebody another password; whoever is signed in by that name is signed out."""
    from ombud.store import staff

    with database(data) as store:
        with store.reading() as tx:
            _member(tx, name)
        kept = _password(piped=password_stdin)
        with store.writing() as tx:
            _changed(tx, name, password=kept)
            staff.sign_out_all(tx, name)
            entered(tx, "password_changed", {"name": name})
    say(f"{name} has another password")


@users.command("totp")
def second_factor(
    name: NameArgument,
    off: Annotated[  # noqa: FBT002  # an option, not a position
        bool, typer.Option("--off", help="Ask for no code any more.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Ask somebody for a code of their authenticator too; prints once what it is set up with."""
    import pyotp

    secret = None if off else pyotp.random_base32()
    with database(data) as store, store.writing() as tx:
        _changed(tx, name, totp_secret=secret)
        entered(tx, "second_factor_off" if off else "second_factor_on", {"name": name})
    if secret is None:
        say(f"{name} signs in with the password alone")
    else:
        say("scan this as a code, or type it into the authenticator; it is not shown again:")
        typer.echo(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Ombud"))


@keys.command("add")
def add_key(
    name: NameArgument, role: RoleOption, outlet: OutletOption = None, data: DataOption = None
) -> None:
    """Make a key for a program, for 'Authorization: Bearer …'; it is printed once."""
    from ombud.store import staff

    _check_name(name)
    token = f"{PREFIX}{secrets.token_urlsafe(32)}"
    with changing(data) as tx:
        must_exist(tx, *outlet or ())
        if staff.taken(tx, name):
            message = f"somebody named '{name}' works or worked here; give the key another name"
            raise ConflictError(message)
        if staff.key_taken(tx, name):
            message = f"there is or was a key '{name}'; give this one another name"
            raise ConflictError(message)
        staff.add_key(tx, name, token, role.word, now(), outlet or None)
        entered(tx, "key_added", {"name": name, "role": role.value, "outlets": outlet or None})
    say(f"the key of {name}; it is not shown again:")
    typer.echo(token)


@keys.command("list")
def list_keys(data: DataOption = None) -> None:
    """List the programs that have a key."""
    from ombud.store import staff

    with database(data) as store, store.reading() as tx:
        programs = staff.programs(tx)
    _print(("name", "role", "outlets"), [_row(one) for one in programs])


@keys.command("revoke")
def revoke_key(name: NameArgument, data: DataOption = None) -> None:
    """Take a program's key away."""
    from ombud.store import staff

    with database(data) as store, store.writing() as tx:
        if not staff.revoke(tx, name, now()):
            known = ", ".join(one.name for one in staff.programs(tx)) or "none"
            message = f"no key named '{name}'; there are: {known}"
            raise NotFoundError(message)
        entered(tx, "key_revoked", {"name": name})
    say(f"the key of {name} opens nothing any more")


def _check_name(name: str) -> None:
    """Refuse a name that could not stand in the log, or beside another."""
    right = name == name.strip() and 0 < len(name) <= _LONGEST_NAME and name.isprintable()
    if not right:
        message = (
            f"{visible(name)!r} cannot be a name; it must have 1 to {_LONGEST_NAME} characters"
            " that can be seen, and no blanks around them"
        )
        raise InvalidInputError(message)


def _password(*, piped: bool) -> str:
    """Return the hash of a password that is asked for twice, or read from standard input."""
    from ombud.passwords import hashed

    if piped:
        return hashed(sys.stdin.readline().rstrip("\r\n"))
    return hashed(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _member(tx: "Connection", name: str) -> None:
    """Raise NotFoundError if nobody of that name works here."""
    from ombud.store import staff

    if staff.member(tx, name) is None:
        known = ", ".join(one.staff.name for one in staff.members(tx)) or "nobody"
        message = f"nobody named '{name}' works here; there are: {known}"
        raise NotFoundError(message)


def _changed(tx: "Connection", name: str, **values: object) -> None:
    """Change somebody; raises NotFoundError if there is none."""
    from ombud.store import staff

    _member(tx, name)
    staff.change(tx, name, **values)


def _row(one: "Staff") -> tuple[str, ...]:
    """Return what a list says of somebody."""
    return one.name, one.role, "all" if one.outlets is None else ", ".join(one.outlets)


def _print(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a list as a table."""
    table = Table(*heads, box=None)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console().print(table)
