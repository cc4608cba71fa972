"""`ombud model`: what the models are, whether their files are whole, and how versions differ."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track
from rich.table import Table
from rich.text import Text

from ombud import house_policy, settings, weights
from ombud.cli import comparing
from ombud.cli.policies import PolicyOption, policy_text
from ombud.cli.screen import console, visible
from ombud.cli.serving import DataOption
from ombud.comparison import compare
from ombud.errors import InvalidInputError, SignalError
from ombud.models import FOLDER, add, identified, installed

app = typer.Typer(
    help="Show, verify, keep and compare versions of the models.", no_args_is_help=True
)


class Format(StrEnum):
    """How the card is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command("card")
def card(
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TABLE,
) -> None:
    """Show what the models were trained on, under which licences, and how well they do."""
    cards = {name: weights.card(name) for name in weights.models()}
    if form is Format.JSON:
        typer.echo(json.dumps(cards, indent=2))
    elif form is Format.MARKDOWN:
        for name, content in cards.items():
            typer.echo(_markdown(name, content))
    else:
        screen = console()
        for name, content in cards.items():
            screen.print(Text(f"{name}, version {weights.version(name)}", "bold"))
            screen.print(_table(content))


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
    found = identified(known[model])
    if found != model:
        message = f"{known[model]} holds the version {found}, and not what its name says"
        raise SignalError(message)
    return known[model]


def _table(content: Mapping[str, Any]) -> Table:
    """Return a card as a table of names and values."""
    table = Table(show_header=False, expand=False)
    table.add_column(overflow="fold", style="bold", ratio=1)
    table.add_column(overflow="fold", ratio=3)
    for name, value in _facts(content):
        table.add_row(Text(visible(name)), Text(visible(value)))
    return table


def _markdown(name: str, content: Mapping[str, Any]) -> str:
    """Return a card as a section of a Markdown document."""
    lines = [f"## {name}", "", f"Version `{weights.version(name)}`.", ""]
    lines += ["| fact | value |", "| --- | --- |"]
    for fact, value in _facts(content):
        cell = value.replace("|", "\\|").replace("\n", "<br>")
        lines.append(f"| {fact} | {cell} |")
    return "\n".join([*lines, ""])


def _facts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the facts of a card and its files, each as a name and a text."""
    for name, value in content["facts"].items():
        yield name.replace("_", " "), _written(value)
    for file, digest in sorted(content["files"].items()):
        yield f"file {file}", f"SHA-256 {digest}"


def _written(value: object, indent: str = "") -> str:
    """Return a fact as lines of text."""
    if isinstance(value, Mapping):
        return "\n".join(_member(name, part, indent) for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(indent + _written(part) for part in value)
    return f"{value:,}" if isinstance(value, int) and value is not True else str(value)


def _member(name: str, value: object, indent: str) -> str:
    """Return one member of a fact; what has members itself begins a line of its own."""
    deeper = f"{indent}  "
    rest = f"\n{_written(value, deeper)}" if isinstance(value, Mapping) else f" {_written(value)}"
    return f"{indent}{name}:{rest}"
