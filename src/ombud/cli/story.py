"""`ombud story`: what several outlets' articles say of one event, claim by claim."""

import asyncio
import errno
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer

from ombud.cli.screen import console, say, visible
from ombud.errors import FetchError, InvalidInputError

if TYPE_CHECKING:
    from ombud.fetching.fetcher import Fetched
    from ombud.stories.document import Document
    from ombud.stories.dossier import Dossier
    from ombud.stories.reading import Reading

    _Made = tuple[Dossier, tuple[str, ...]]

Form = Literal["text", "json", "html"]
_STDIN = "stdin"
_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)


def story(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="Articles: .txt or .html files, addresses of pages, or - for stdin.",
        ),
    ],
    *,
    group: Annotated[
        bool, typer.Option("--group", help="Put the articles into stories first.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="How to answer.")] = "text",
    language_model: Annotated[
        bool,
        typer.Option("--language-model", help="Let the language model that is set word claims."),
    ] = False,
) -> None:
    """
    Compare several outlets' articles: who reports each claim, who says so, who checked.

    Pages are fetched from hosts that the setting `follow_hosts` names (OMBUD_FOLLOW_HOSTS).
    """
    from ombud.stories.dossiers import dossier

    readings = _readings(articles)
    documents = [reading.document for reading in readings]
    stories = _grouped(documents) if group else [list(range(len(documents)))]
    if group and form == "html" and len(stories) > 1:
        message = f"the articles are of {len(stories)} stories; a page shows one, give those of one"
        raise InvalidInputError(message)
    made = [
        (dossier([documents[number] for number in members]), _notes(readings, members))
        for members in stories
    ]
    _show(_worded(made) if language_model else made, form, several=group)


def _grouped(documents: "list[Document]") -> list[list[int]]:
    """Return the stories of documents; a model is loaded only here."""
    from ombud.stories.grouping import group

    return group(documents)


def _worded(made: "list[_Made]") -> "list[_Made]":
    """Return dossiers with what the language model words; raises SettingsError without one."""
    from ombud import settings
    from ombud.proposing.asking import LanguageModel
    from ombud.proposing.tasks import proposed

    model = LanguageModel.of(settings.load())
    found = []
    for dossier, notes in made:
        worded, told = proposed(dossier, model)
        for note in told:
            say(f"ombud: {note}")
        found.append((worded, notes))
    return found


def _readings(given: list[str]) -> "list[Reading]":
    """
    Return the articles; one that cannot be read is told of and left out.

    Raises InvalidInputError if none is left, or a file does not exist, and FetchError if the only
    page cannot be fetched.
    """
    from ombud.stories.reading import distinct

    if given.count("-") > 1:
        message = "'-' is given more than once; standard input can be read once"
        raise InvalidInputError(message)
    pages = _pages([name for name in given if _is_address(name)])
    found = []
    for name in given:
        source = pages[name] if name in pages else _content(name)
        try:
            found.append(_reading(name, source))
        except (InvalidInputError, FetchError) as error:
            if len(given) == 1:
                raise
            # Of two files of one name only their folders tell which it was.
            which = f"{name}: " if isinstance(error, InvalidInputError) else ""
            say(f"ombud: {which}{error}; it is left out")
    if not found:
        message = f"none of the {len(given)} files and addresses holds an article"
        raise InvalidInputError(message)
    return distinct(found)


def _reading(name: str, source: "bytes | Fetched | FetchError") -> "Reading":
    """Return the article in an input; raises InvalidInputError or FetchError if there is none."""
    from ombud.stories.reading import read

    if isinstance(source, FetchError):
        raise source
    if isinstance(source, bytes):
        return read(_STDIN if name == "-" else Path(name).stem, source)
    parts = urlsplit(source.url)
    called = (parts.hostname or "") + parts.path.rstrip("/")
    return read(called, source.content or b"", address=source.url, charset=source.charset)


def _pages(addresses: list[str]) -> "dict[str, Fetched | FetchError]":
    """Return what came of each address."""
    if not addresses:
        return {}
    from ombud import settings
    from ombud.fetching.fetcher import Fetcher

    async def fetched(fetcher: Fetcher, address: str) -> "Fetched | FetchError":
        try:
            return await fetcher.fetch(address)
        except FetchError as error:
            return error

    async def fetch() -> "list[Fetched | FetchError]":
        async with Fetcher.of(settings.load()) as fetcher:
            return [await fetched(fetcher, address) for address in addresses]

    return dict(zip(addresses, asyncio.run(fetch()), strict=True))


def _is_address(name: str) -> bool:
    """Whether an input is an address, and no file."""
    return "://" in name


def _content(name: str) -> bytes:
    """Return the bytes of an input; raises InvalidInputError if there is none."""
    from ombud.stories.reading import LARGEST

    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        # As it is given: to Path, nothing at all is this folder.
        with open(name, "rb") as stream:  # noqa: PTH123
            return stream.read(LARGEST + 1)
    except IsADirectoryError as error:
        message = f"'{name}' is a folder; give the files in it"
        raise InvalidInputError(message) from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_FILE:
            raise
        message = f"no file named '{name}'; give a .txt or .html file, an address, or -"
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
    elif len({readings[number].document.outlet for number in members}) == 1:
        outlet = readings[members[0]].document.outlet
        told.append(f"all articles are of one outlet, {outlet}: nothing is confirmed by another")
    return tuple(told)


def _show(made: "list[_Made]", form: Form, *, several: bool) -> None:
    """Print dossiers as was asked."""
    from ombud.stories.schema import as_json
    from ombud.stories.showing import as_page, as_text

    if form == "json":
        answer = [as_json(dossier, notes) for dossier, notes in made]
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
