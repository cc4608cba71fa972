"""`ombud excerpt`: whether a quotation of a comment mends spelling and punctuation only."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ombud.cli.screen import console, visible
from ombud.errors import InvalidInputError

if TYPE_CHECKING:
    from ombud.moderation.excerpts import Change, Comparison
    from ombud.moderation.mends import Proposal

_REFUSED = 1
_LONGEST_NAME = 255
_SUFFIXES = (".txt", ".md")
_WORDS = {
    "spelling": "spelling",
    "punctuation": "punctuation",
    "capital": "capital",
    "cut": "cut",
    "refused": "REFUSED",
}


def excerpt(
    original: Annotated[str, typer.Argument(help="The comment: a text, a file, or - for stdin.")],
    quoted: Annotated[
        str | None, typer.Argument(metavar="EXCERPT", help="What the article quotes of it.")
    ] = None,
    *,
    propose: Annotated[
        bool, typer.Option("--propose", help="Propose mends of the comment instead.")
    ] = False,
    form: Annotated[
        Literal["table", "jsonl"], typer.Option("--format", help="How to answer.")
    ] = "table",
) -> None:
    """Compare an excerpt with its comment; exit code 1 if more than spelling was mended."""
    from ombud.moderation.excerpts import compared
    from ombud.moderation.mends import mended

    if propose == (quoted is not None):
        message = "give a comment and an excerpt of it, or --propose and a comment alone"
        raise InvalidInputError(message)
    if original == quoted == "-":
        message = "'-' is given twice; standard input can be read once"
        raise InvalidInputError(message)
    if quoted is None:
        _show_proposal(mended(_text(original)), form)
        return
    found = compared(_text(original), _text(quoted))
    _show(found, form)
    if not found.allowed:
        raise typer.Exit(_REFUSED)


def _text(given: str) -> str:
    """Return the text that an argument stands for; raises InvalidInputError if there is none."""
    if given == "-":
        content = sys.stdin.buffer.read()
    elif _is_file(given):
        content = Path(given).read_bytes()
    elif given.endswith(_SUFFIXES) and not any(map(str.isspace, given)):
        message = f"no file named '{given}'"
        raise InvalidInputError(message)
    else:
        return given
    try:
        return content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        name = "standard input" if given == "-" else given
        message = f"{name} is no UTF-8 text, at byte {error.start}"
        raise InvalidInputError(message) from error


def _is_file(given: str) -> bool:
    """Whether there is a file of this name."""
    try:
        return 0 < len(given) <= _LONGEST_NAME and Path(given).is_file()
    except (OSError, ValueError):
        return False


def _show(found: "Comparison", form: str) -> None:
    """Print what became of the words, as lines for people or for programs."""
    if form == "jsonl":
        for change in found.changes:
            typer.echo(json.dumps(asdict(change)))
        return
    screen = console()
    for line in _lines(found.changes):
        screen.print(visible(line), soft_wrap=True)
    number = len(found.refused)
    mends = sum(change.kind in ("spelling", "punctuation", "capital") for change in found.changes)
    cuts = sum(change.kind == "cut" for change in found.changes)
    told = f"{_many(mends, 'mend')}, {_many(cuts, 'marked cut')}"
    verdict = f"refused: {_many(number, 'change')} of what was said" if number else "may be printed"
    screen.print(f"{verdict} ({told})")


def _lines(changes: "tuple[Change, ...]") -> Iterator[str]:
    """Yield a line for each change, and one for each run of words that are the same."""
    same: list[str] = []
    for change in changes:
        if change.kind == "same":
            same.append(change.after)
            continue
        if same:
            yield f"             {' '.join(same)}"
            same = []
        yield f"{_WORDS[change.kind]:>11}  {change.why}"
    if same:
        yield f"             {' '.join(same)}"


def _show_proposal(found: "Proposal", form: str) -> None:
    """Print what can be mended, and the text as it would read."""
    if form == "jsonl":
        typer.echo(json.dumps(asdict(found)))
        return
    screen = console()
    for mend in found.mends:
        line = f"{_WORDS[mend.kind]:>11}  '{mend.before}' to '{mend.after}': {mend.why}"
        screen.print(visible(line), soft_wrap=True)
    if not found.mends:
        screen.print("nothing is surely wrong")
    screen.print(visible(found.text), soft_wrap=True)


def _many(number: int, thing: str) -> str:
    """Return a number of things in words."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
