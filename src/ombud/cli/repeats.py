"""`ombud repeats`: the index of earlier comments."""

import typer

from ombud.cli.opening import DataOption, database
from ombud.cli.screen import bar, say

_AT_ONCE = 50
"""Comments entered in one transaction: whoever sends one meanwhile waits for no more."""

app = typer.Typer(help="What is known of earlier comments.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Keep `rebuild` a command of its own, though it is the only one."""


@app.command()
def rebuild(data: DataOption = None) -> None:
    """
    Enter the comments among which repeats are not found yet, the newest first; then readers' names.

    Comments can be sent meanwhile; what was entered stays entered if this is stopped.
    It looks for no campaigns in the past: copies are one when the next like them is sent.
    """
    from ombud.store import rebuilding

    entered = 0
    with database(data) as store:
        with store.reading() as tx:
            missing, newest = rebuilding.missing(tx), rebuilding.unentered(tx)
        with bar("entering", missing) as done:
            while newest is not None:
                with store.writing() as tx:
                    some = rebuilding.rebuild(tx, newest, _AT_ONCE)
                entered += some
                done(some)
                with store.reading() as tx:
                    newest = rebuilding.unentered(tx, newest)
        with store.reading() as tx:
            names = rebuilding.unlooked(tx)
        with bar("names", names) as done:
            while True:
                with store.writing() as tx:
                    some = rebuilding.look_at(tx, _AT_ONCE)
                done(some)
                if not some:
                    break
    say(f"{entered:,} of the earlier comments entered, the rest was there")
