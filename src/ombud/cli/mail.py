"""`ombud mail`: mails that lie somewhere, the post by itself, and letters that need an editor."""

import asyncio
import signal
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ombud import house_policy, settings
from ombud.cli.keeping import YesOption
from ombud.cli.opening import BY, DataOption, changing, database, entered, now
from ombud.cli.screen import bar, say
from ombud.errors import InvalidInputError, SettingsError

if TYPE_CHECKING:
    from ombud.mail.post import Post

_SHOWN = 1000
_WORDS = {
    "report": "reports",
    "reply": "replies in a conversation",
    "automatic": "written by programs",
    "bounce": "letters that came back",
    "other": "that assert no error",
    "again": "kept before",
}

app = typer.Typer(help="The mails and letters of the corrections desks.", no_args_is_help=True)


@app.command("import")
def import_mails(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A maildir folder or an mbox file.")],
    outlet: Annotated[
        str | None, typer.Option(metavar="ID", help="Whose mails they are. [the first desk's]")
    ] = None,
    data: DataOption = None,
) -> None:
    """
    Make reports of the mails in a maildir or an mbox file; what was kept before is passed over.

    Nothing there is changed, and who wrote gets an acknowledgement once `mail_server` is set.
    """
    from ombud.mail.boxes import Box
    from ombud.mail.post import desks, intake

    chosen = settings.load(data=data)
    addresses = [one for one, whose in desks(chosen).items() if outlet in (None, whose)]
    if not addresses:
        message = f"'mail_addresses' names no address of the outlet '{outlet or 'any'}'"
        raise SettingsError(message)
    box = Box(path)
    counts: Counter[str] = Counter()
    with database(data) as store, bar("importing", len(box)) as done:
        take = intake(store, house_policy(), chosen).take
        for content in box:
            counts[take(content, None, addresses[:1]).kind] += 1
            done(1)
    box.close()
    said = ", ".join(f"{number:,} {_WORDS[kind]}" for kind, number in sorted(counts.items()))
    say(f"of {counts.total():,} mails: {said}" if counts else "there are no mails in it")


@app.command("serve")
def serve(data: DataOption = None) -> None:
    """
    Take mails and send letters, without the web; `ombud serve` does both beside it.

    Ctrl+C or SIGTERM ends it.
    """
    from ombud.mail.post import Post
    from ombud.web.serve import configure_logs

    chosen = settings.load(data=data)
    if not (chosen.mail_listen or chosen.mail_server):
        message = "neither 'mail_listen' nor 'mail_server' is set, so there is nothing to do"
        raise SettingsError(message)
    configure_logs(chosen.log_level)
    with database(data) as store:
        asyncio.run(_run(Post(store, house_policy(), chosen)))


@app.command("stuck")
def stuck(data: DataOption = None) -> None:
    """List letters that nobody tries to send any more, and why."""
    from ombud.store import outbox

    with database(data) as store, store.reading() as tx:
        found = outbox.stuck(tx, None, _SHOWN)
    for letter in found:
        typer.echo(f"{letter.id}\t{letter.kind}\treport {letter.report}\t{letter.failure}")


@app.command("settle")
def settle(
    letter: Annotated[int, typer.Argument(metavar="ID", help="The letter, as `stuck` lists it.")],
    arrived: Annotated[  # noqa: FBT002  # an option, not a position
        bool, typer.Option("--arrived", help="It arrived.")
    ] = False,
    again: Annotated[  # noqa: FBT002  # an option, not a position
        bool, typer.Option("--again", help="It did not: send it again.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Say what became of a letter that may have arrived."""
    from ombud.store import outbox

    if arrived == again:
        message = "give either '--arrived' or '--again'"
        raise InvalidInputError(message)
    with changing(data) as tx:
        outbox.settle(tx, letter, now(), arrived=arrived)
        entered(tx, "letter_settled", {"letter": letter, "arrived": arrived})
    say(f"letter {letter} {'arrived' if arrived else 'will be sent again'}")


@app.command("erase")
def erase(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address.")],
    reason: Annotated[
        str, typer.Option(help="Why; it is kept in the log, so it must name nobody.")
    ],
    data: DataOption = None,
    yes: YesOption = False,  # noqa: FBT002  # an option, not a position
) -> None:
    """
    Remove the mails from an address, the reports it left and the letters to it, for good.

    That there was something, and the log, stay.
    """
    from ombud.store import erasure

    if not reason.strip():
        message = "'--reason' is empty; it must say why, such as 'the reader asked for it'"
        raise InvalidInputError(message)
    if not yes:
        typer.confirm(f"Erase all that came from {address} for good?", abort=True, err=True)
    with database(data) as store:
        with store.writing() as tx:
            gone = erasure.address(tx, address, reason, BY, now())
        store.scrub()
    say(f"mails erased: {gone.mails}, reports: {gone.reports}")


async def _run(post: "Post") -> None:
    """Run the post until told to stop."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await post.start()
    try:
        await stopped.wait()
    finally:
        await post.close()
