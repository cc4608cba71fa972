"""
The command line: the only place that wires the parts together.

Mistakes in what was given end with exit code 2, failures with 1, both with one line on standard
error; Ctrl+C ends with 130.
"""

import errno
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ombud import __version__
from ombud.cli import feeds, keeping, mail, models, outlets, policies, repeats, staff
from ombud.cli.check import check
from ombud.cli.excerpt import excerpt
from ombud.cli.judging import logs_to_stderr
from ombud.cli.screen import forgive_encodings, say
from ombud.cli.serving import demo, serve
from ombud.cli.story import story
from ombud.errors import OmbudError, SignalError, StoreError

_FAILED = 1
_WRONG_USE = 2
_INTERRUPTED = 130


class _Commands(TyperGroup):
    """The commands, with every expected error as one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # Typer has moved the type of contexts
        """Run a command."""
        try:
            return super().invoke(ctx)
        except OmbudError as error:
            say(f"ombud: {error}")
            raise typer.Exit(
                _FAILED if isinstance(error, SignalError | StoreError) else _WRONG_USE
            ) from error
        except KeyboardInterrupt as error:
            say("ombud: interrupted")
            raise typer.Exit(_INTERRUPTED) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # who reads our output has gone; click ends quietly
            say(f"ombud: {error.strerror or error}: {error.filename or 'an input or the output'}")
            raise typer.Exit(_FAILED) from error


app = typer.Typer(
    cls=_Commands,
    help="The readers' desk of a news site: moderates comments by the paper's own policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check)
app.command("excerpt")(excerpt)
app.command("story")(story)
app.command("serve")(serve)
app.command("demo")(demo)
app.command("export")(keeping.export)
app.command("backup")(keeping.backup)
app.command("erase")(keeping.erase)
app.command("retain")(keeping.retain)
app.add_typer(outlets.app, name="outlet")
app.add_typer(staff.users, name="user")
app.add_typer(staff.keys, name="key")
app.add_typer(policies.app, name="policy")
app.add_typer(models.app, name="model")
app.add_typer(repeats.app, name="repeats")
app.add_typer(mail.app, name="mail")
app.add_typer(feeds.app, name="feed")


def _print_version(asked: bool) -> None:  # noqa: FBT001  # click calls it with the value
    """Print the version and end."""
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[  # noqa: FBT002  # an option, not a position
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """Prepare the output of every command."""
    forgive_encodings()
    logs_to_stderr()


def main() -> None:
    """Run the command line."""
    app()
