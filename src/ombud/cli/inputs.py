"""What the arguments of `ombud check` stand for: a text, standard input, or files."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ombud import Article, Case, Reader
from ombud.errors import InvalidInputError
from ombud.records import SUFFIXES, Record, Source, open_file, open_stream

# A name that ends like this is meant as a file, also where there is none.
_FOREIGN = (".gz", ".json", ".ods", ".tsv", ".txt", ".xls", ".xlsx", ".xml", ".zip")
_LONGEST_NAME = 255


def sources(given: Sequence[str], encoding: str) -> tuple[list[Source], bool]:
    """
    Return where the comments come from, and whether it is a single text.

    Raises InvalidInputError if a file cannot be read or the arguments do not go together.
    """
    if len(given) == 1 and given[0] != "-" and not _is_file(given[0]):
        return [_text(given[0])], True
    for name in given:
        if name != "-" and not _is_file(name):
            message = f"no file named '{name}'; put a comment with blanks in quotation marks"
            raise InvalidInputError(message)
    if given.count("-") > 1:
        message = "'-' is given more than once; standard input can be read once"
        raise InvalidInputError(message)
    return [
        open_stream(sys.stdin.buffer) if name == "-" else open_file(Path(name), encoding)
        for name in given
    ], False


def completed(record: Record, known: Case, number: int) -> Record:
    """
    Return the record with what the command line knows where it says nothing itself.

    Its `number` in the input is its id if it has none.
    """
    case = record.case
    identity = number if record.id is None else record.id
    if not (known.author or known.article or known.parent):
        return replace(record, id=identity)
    whole = Case(
        case.text,
        author=case.author or known.author,
        article=case.article or known.article,
        parent=known.parent if case.parent is None else case.parent,
    )
    return replace(record, case=whole, id=identity)


def known(author: str | None, article: Article | None, parent: str | None) -> Case:
    """Return what the command line says about all comments, as a case without a text."""
    return Case("", author=Reader(author) if author else None, article=article, parent=parent)


def _is_file(name: str) -> bool:
    """Whether an argument means a file: there is one, or it is a single word that ends so."""
    try:
        if name and len(name) <= _LONGEST_NAME and Path(name).exists():
            return True
    except (OSError, ValueError):
        # No path at all, such as one that is too long or holds a zero byte.
        return False
    suffix = Path(name).suffix.lower()
    return suffix in (*SUFFIXES, *_FOREIGN) and not any(map(str.isspace, name))


def _text(text: str) -> Source:
    """Return a source of one comment."""

    def items() -> Iterator[Record]:
        yield Record(Case(text), None, {}, "the text")

    return Source("the text", items)
