"""`ombud model`: what the models are, and whether their files are what the card says."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from ombud import weights
from ombud.cli.screen import console, visible

app = typer.Typer(help="Show and verify the models.", no_args_is_help=True)


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
def verify() -> None:
    """Compare every file of every model with the hash on the card; exit code 1 if one differs."""
    for name in weights.models():
        for file in sorted(weights.card(name)["files"]):
            size = len(weights.read(name, file))
            typer.echo(f"{name}: {file} is what the card says ({size:,} bytes)")


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
