"""
Comments as they come from outside: files and streams, read record by record.

    source = open_file(Path("comments.csv"))
    for item in source.items():         # a Record, or a Fault where one could not be read
        ...

Nothing is ever read whole, so files may be larger than memory.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from ombud.errors import InvalidInputError
from ombud.records.article import article_from
from ombud.records.delimited import open_csv
from ombud.records.fields import Fault, Record
from ombud.records.lines import open_jsonl, open_stream
from ombud.records.parquet import open_parquet
from ombud.records.source import Source

__all__ = [
    "SUFFIXES",
    "Fault",
    "Record",
    "Source",
    "article_from",
    "open_file",
    "open_stream",
]

_OPENERS: Mapping[str, Callable[[Path, str], Source]] = {
    ".csv": open_csv,
    ".jsonl": lambda path, _: open_jsonl(path),
    ".ndjson": lambda path, _: open_jsonl(path),
    ".parquet": lambda path, _: open_parquet(path),
}
SUFFIXES = tuple(sorted(_OPENERS))


def open_file(path: Path, encoding: str = "") -> Source:
    """
    Return the comments in a file; `encoding` is of a CSV file and is found out if not given.

    Raises InvalidInputError if there is no such file or it is of no known kind.
    """
    opener = _OPENERS.get(path.suffix.lower())
    if path.is_dir():
        message = f"{path} is a folder; give a file: {', '.join(SUFFIXES)}"
        raise InvalidInputError(message)
    if not path.exists():
        message = f"no file named {path}"
        raise InvalidInputError(message)
    if opener is None:
        message = f"{path} is of no known kind; a file name ends with {', '.join(SUFFIXES)}"
        raise InvalidInputError(message)
    try:
        return opener(path, encoding)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise InvalidInputError(message) from error
