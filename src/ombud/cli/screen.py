"""What a terminal shows: consoles, and texts that can do it no harm."""

import io
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

_KEPT = frozenset("\n\t")
_HIDDEN_STYLE = "bold magenta"


def console(file: TextIO | None = None, *, stderr: bool = False) -> Console:
    """Return a console that takes nothing in a text for markup."""
    return Console(
        file=file, stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False
    )


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give what is told how many more are done; a terminal shows it."""
    screen = console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=screen, disable=not screen.is_terminal) as shown:
        task = shown.add_task(what, total=total)
        yield lambda more: shown.advance(task, more)


def forgive_encodings() -> None:
    """Show what standard output cannot encode as escapes; the alternative is a crash."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def visible(text: str) -> str:
    """
    Return a text with control, invisible and direction characters as escapes.

    Otherwise a comment could move the cursor, or show other words than it holds.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def marked(text: str, marks: Iterator[tuple[int, int]]) -> Text:
    """Return a text with ranges of it in reverse, and what is hidden in it as escapes."""
    inside = bytearray(len(text))
    for begin, end in marks:
        inside[begin:end] = b"\1" * (end - begin)
    characters = [
        (safe, f"{_HIDDEN_STYLE if safe != char else ''} {'reverse' if mark else ''}".strip())
        for char, mark in zip(text, inside, strict=True)
        for safe in [_shown(char)]
    ]
    shown = Text()
    for style, run in groupby(characters, key=itemgetter(1)):
        shown.append("".join(safe for safe, _ in run), style)
    return shown


def say(message: str) -> None:
    """Print one line on standard error."""
    print(visible(message).replace("\n", " "), file=sys.stderr)  # noqa: T201


def _shown(char: str) -> str:
    """Return a character, or its escape if it cannot be seen."""
    if char.isprintable() or char in _KEPT or unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode("ascii")
