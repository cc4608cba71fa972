"""`ombud outlet`: the publishers of one installation, and the secrets they sign with."""

import secrets
import sys
from typing import Annotated

import re2
import typer
from rich.table import Table
from rich.text import Text

from ombud.cli.opening import DataOption, changing, database, entered, must_exist, now
from ombud.cli.screen import console, say, visible
from ombud.errors import ConflictError, InvalidInputError

app = typer.Typer(help="Open outlets, and set what they sign with.", no_args_is_help=True)
_ID = re2.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SHORTEST = 16
"""Characters of a secret that nobody guesses."""
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The outlet.")]


@app.command("add")
def add(
    outlet: IdArgument,
    name: Annotated[str, typer.Option(help="Its name. [the ID]")] = "",
    data: DataOption = None,
) -> None:
    """Open an outlet: all comments wait for a moderator until an editor says otherwise."""
    from ombud.store import outlets

    if not _ID.fullmatch(outlet):
        message = (
            f"{visible(outlet)!r} cannot be an ID; it must be at most 64 small letters,"
            " digits, '.', '_' or '-'"
        )
        raise InvalidInputError(message)
    with changing(data) as tx:
        if outlets.one(tx, outlet):
            message = f"there is an outlet '{outlet}' already"
            raise ConflictError(message)
        outlets.opened(tx, outlet, name.strip() or outlet, now())
        entered(tx, "outlet_opened", {}, outlet)
    say(f"{outlet} is open; its articles come with PUT /api/articles")


@app.command("list")
def every(data: DataOption = None) -> None:
    """List the outlets."""
    from ombud.store import outlets

    with database(data) as store, store.reading() as tx:
        known = outlets.every(tx)
        signing = outlets.coral_secrets(tx)
        signed = {one.id: "yes" if outlets.sso_secret(tx, one.id) else "no" for one in known}
    table = Table("id", "name", "mode", "readers sign in by the paper", "Coral", box=None)
    for one in known:
        cells = one.id, one.name, one.mode, signed[one.id], "yes" if signing[one.id] else "no"
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console().print(table)


@app.command("secret")
def secret(
    outlet: IdArgument,
    reason: Annotated[str, typer.Option(help="Why; it is kept in the log.")],
    coral: Annotated[  # noqa: FBT002  # an option, not a position
        bool,
        typer.Option(
            "--coral", help="The signing secret that Coral shows, not that of the readers' sign-in."
        ),
    ] = False,
    given: Annotated[  # noqa: FBT002  # an option, not a position
        bool, typer.Option("--stdin", help="Read it from standard input; else one is made.")
    ] = False,
    data: DataOption = None,
) -> None:
    """
    Set the secret with which an outlet signs who its readers are, or its Coral its requests.

    A secret that is made here is printed once.
    Of Coral's secrets the one before stays good, so that it can be changed without a gap.
    """
    from ombud.store import outlets

    if not reason.strip():
        message = "'--reason' is empty; it must say why, such as 'the old one was in an e-mail'"
        raise InvalidInputError(message)
    signing = sys.stdin.readline().strip() if given else secrets.token_urlsafe(32)
    if len(signing) < _SHORTEST:
        message = f"the secret has {len(signing)} characters; it must have at least {_SHORTEST}"
        raise InvalidInputError(message)
    with database(data) as store, store.writing() as tx:
        must_exist(tx, outlet)
        if coral:
            before = outlets.coral_secrets(tx)[outlet]
            rest = [one for one in before if one != signing]
            outlets.sign_with(tx, outlet, coral=[signing, *rest][:2])
        else:
            outlets.sign_with(tx, outlet, sso=signing)
        facts = {"of": "coral" if coral else "sso", "reason": reason.strip()}
        entered(tx, "secret_changed", facts, outlet)
    whose = "its Coral's requests" if coral else "its readers' tokens (HS256)"
    say(f"{outlet} signs {whose} with another secret{'' if given else '; it is not shown again:'}")
    if not given:
        typer.echo(signing)
