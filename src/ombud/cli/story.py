"""`ombud story`: what several outlets' articles say of one event, claim by claim."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer

from ombud.cli.screen import console, say, visible
from ombud.errors import InvalidInputError

if TYPE_CHECKING:
    from ombud.stories.dossier import Dossier
    from ombud.stories.reading import Reading

Form = Literal["text", "json", "html"]
_STDIN = "stdin"


def story(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Articles: .txt or .html files, or - for stdin."),
    ],
    *,
    group: Annotated[
        bool, typer.Option("--group", help="Put the articles into stories first.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="How to answer.")] = "text",
) -> None:
    """Compare several outlets' articles: who reports each claim, who says so, who checked."""
    from ombud.stories.dossiers import dossier
    from ombud.stories.grouping import group as grouped

    readings = _readings(articles)
    documents = [reading.document for reading in readings]
    stories = grouped(documents) if group else [list(range(len(documents)))]
    if group and form == "html" and len(stories) > 1:
        message = f"the articles are of {len(stories)} stories; a page shows one, give those of one"
        raise InvalidInputError(message)
    made = [
        (dossier([documents[number] for number in members]), _notes(readings, members))
        for members in stories
    ]
    _show(made, form, several=group)


def _readings(given: list[str]) -> "list[Reading]":
    """
    Return the articles; one that cannot be read is told of and left out.

    Raises InvalidInputError if none is left, or a file does not exist.
    """
    from ombud.stories.reading import distinct, read

    if given.count("-") > 1:
        message = "'-' is given more than once; standard input can be read once"
        raise InvalidInputError(message)
    found = []
    for name in given:
        content = _content(name)
        try:
            found.append(read(_STDIN if name == "-" else Path(name).stem, content))
        except InvalidInputError as error:
            if len(given) == 1:
                raise
            say(f"ombud: {error}; it is left out")
    if not found:
        message = f"none of the {len(given)} files holds an article"
        raise InvalidInputError(message)
    return distinct(found)


def _content(name: str) -> bytes:
    """Return the bytes of an input; raises InvalidInputError if there is none."""
    from ombud.stories.reading import LARGEST

    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    if urlsplit(name).scheme in ("http", "https"):
        message = f"'{name}' is an address; pages are not fetched: save the page, give the file"
        raise InvalidInputError(message)
    try:
        with Path(name).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except (FileNotFoundError, IsADirectoryError, ValueError) as error:
        message = f"no file named '{name}'"
        raise InvalidInputError(message) from error


def _notes(readings: "list[Reading]", members: list[int]) -> tuple[str, ...]:
    """Return what is odd about the articles of a story."""
    told = [
        f"{readings[number].document.id} {note}"
        for number in members
        for note in readings[number].notes
    ]
    if len(members) == 1:
        told.append("there is one article only: nothing can be compared")
    return tuple(told)


def _show(made: "list[tuple[Dossier, tuple[str, ...]]]", form: Form, *, several: bool) -> None:
    """Print dossiers as was asked."""
    from ombud.stories.showing import as_json, as_page, as_text

    if form == "json":
        answer = [as_json(dossier) for dossier, _ in made]
        typer.echo(json.dumps({"stories": answer} if several else answer[0], ensure_ascii=False))
        return
    screen = console()
    for dossier, notes in made:
        if form == "html":
            typer.echo(as_page(dossier, notes))
            continue
        for line in as_text(dossier, notes):
            screen.print(visible(line), soft_wrap=True)
        if several:
            screen.print("")
