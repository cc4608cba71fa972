"""`ombud model`: what the models are, whether their files are whole, and how versions differ."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table
from rich.text import Text

from ombud import house_policy, modelcard, settings, weights
from ombud.cli import comparing
from ombud.cli.opening import DataOption
from ombud.cli.policies import PolicyOption, policy_text
from ombud.cli.screen import console, visible
from ombud.comparison import compare
from ombud.errors import InvalidInputError, SignalError
from ombud.models import FOLDER, add, identified, installed, whole

app = typer.Typer(
    help="Show, verify, keep and compare versions of the models.", no_args_is_help=True
)


class Format(StrEnum):
    """How the card is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


@app.command("card")
def card(
    model: Annotated[
        str, typer.Argument(help="A version; default: the one that comes along.")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TABLE,
    data: DataOption = None,
) -> None:
    """Show what the models were trained on, under which licences, and how well they do."""
    folder = _folder(model, data)
    if form is Format.JSON:
        cards = {name: weights.card(name, folder) for name in weights.models(folder)}
        found = {"models": cards, "measured": modelcard.measured(folder)}
        typer.echo(json.dumps(found, indent=2))
        return
    parts = modelcard.sections(folder)
    if form is Format.MARKDOWN:
        typer.echo(modelcard.markdown(parts))
    elif form is Format.HTML:
        # Charts come with an extra that most installations do without.
        from ombud import charts

        typer.echo(charts.page(parts, modelcard.measured(folder)))
    else:
        screen = console()
        for part in parts:
            screen.print(Text(part.title, "bold"))
            screen.print(Text(part.says))
            if part.rows:
                screen.print(_table(part))
            screen.print()


@app.command("verify")
def verify(
    model: Annotated[
        str, typer.Argument(help="A version; default: the one that comes along.")
    ] = "",
    data: DataOption = None,
) -> None:
    """Compare every file of every model with the hash on the card; exit code 1 if one differs."""
    folder = _folder(model, data)
    for name in weights.models(folder):
        for file in sorted(weights.card(name, folder)["files"]):
            size = len(weights.read(name, file, folder))
            typer.echo(f"{name}: {file} is what the card says ({size:,} bytes)")


@app.command("list")
def list_versions(data: DataOption = None) -> None:
    """Name the versions of the models that can be asked for."""
    own = identified(weights.FOLDER)
    typer.echo(f"{own}  comes with this version of Ombud")
    for name, folder in installed(_kept(data)).items():
        if name != own:
            typer.echo(f"{name}  {folder}")


@app.command("add")
def add_version(
    source: Annotated[
        Path, typer.Argument(exists=True, help="A folder of weights, or the wheel of an Ombud.")
    ],
    data: DataOption = None,
) -> None:
    """Keep another version of the models, so that its scores can be given again."""
    typer.echo(add(source, _kept(data)))


@app.command("compare")
def compare_versions(  # noqa: PLR0913, PLR0917  # one parameter an option
    old: Annotated[str, typer.Argument(help="The version to compare with, as in `model list`.")],
    files: Annotated[list[Path], typer.Argument(help="Comments: .jsonl, .csv, .parquet.")],
    new: Annotated[str, typer.Option(help="The version to go to; default: what comes along.")] = "",
    policy: PolicyOption = None,
    flips: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what is decided differently here.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Encoding of CSV files.")] = "",
    data: DataOption = None,
) -> None:
    """
    Say which decisions and scores change between two versions, and how to keep the shares.

    Exit code 1 if comments could not be read.
    """
    if flips and flips.exists() and any(flips.samefile(file) for file in files if file.exists()):
        message = f"{flips} is read already; write to another file"
        raise InvalidInputError(message)
    text = policy_text(policy)
    before, after = (house_policy(text, _folder(name, data)) for name in (old, new))
    screen = console(stderr=True)
    lost: list[str] = []
    read = comparing.cases(files, encoding, lost)
    shown = track(read, "judging", console=screen, transient=True, disable=not screen.is_terminal)
    found = compare(shown, before, after)
    if flips:
        with flips.open("w", encoding="utf-8") as out:
            comparing.write_flips(found.flips, out)
    comparing.show(found, before.policy)
    if lost:
        raise typer.Exit(1)


def _kept(data: Path | None) -> Path:
    """Return the folder of the versions that were added."""
    return settings.load(data=data).data / FOLDER


def _folder(model: str, data: Path | None) -> Path:
    """Return where a version is; raises SignalError if there is none of that name."""
    known = installed(_kept(data))
    if not model or (model not in known and model == identified(weights.FOLDER)):
        return weights.FOLDER
    if model not in known:
        there = ", ".join(dict.fromkeys((identified(weights.FOLDER), *known)))
        message = f"no version '{model}' of the models; there are: {there}"
        raise SignalError(message)
    return whole(known[model])


def _table(part: modelcard.Section) -> Table:
    """Return the table of a section."""
    table = Table()
    for name in part.head:
        table.add_column(name, overflow="fold")
    for row in part.rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table
