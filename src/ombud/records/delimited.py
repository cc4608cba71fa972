"""CSV files: a header, and a comment a row, in whatever encoding and with whatever delimiter."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from ombud.errors import InvalidInputError
from ombud.records.encodings import encoding_of
from ombud.records.fields import Fault, nested, placed, record, repeated
from ombud.records.source import Items, Source

DELIMITERS: Final = ",;\t|"
_LONGEST_HEADER = 1 << 16
# The limit is one of the whole process; a comment of any length is a comment.
csv.field_size_limit(2**31 - 1)


class _Lines:
    """The lines of a file, of which those of the present row are remembered."""

    def __init__(self, stream: TextIO) -> None:
        """Take the file, opened without translation of line ends."""
        self._stream = stream
        self.row: list[str] = []

    def __iter__(self) -> "_Lines":
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line."""
        line = self._stream.readline()
        if not line:
            raise StopIteration
        self.row.append(line)
        return line


def open_csv(path: Path, encoding: str = "") -> Source:
    """
    Return the comments of a CSV file.

    Raises InvalidInputError if it has no header, no column 'text' or one column twice.
    """
    if not path.is_file():
        message = f"{path} is no ordinary file; a CSV file is read twice"
        raise InvalidInputError(message)
    size = path.stat().st_size
    found = encoding_of(path, encoding)
    try:
        header, delimiter = _header(path, found.name, found.errors)
    except (csv.Error, UnicodeError) as error:
        message = f"the header of {path} cannot be read: {error}"
        raise InvalidInputError(message) from error
    places = _places(header, path)
    reached = 0

    def items() -> Items:
        nonlocal reached
        with (
            path.open("rb") as raw,
            TextIOWrapper(raw, found.name, found.errors, newline="") as stream,
        ):
            for number, row in _rows(_Lines(stream), delimiter):
                reached = raw.tell()
                where = f"{path}:{number}"
                wrong = row if isinstance(row, str) else _wrong(row, header)
                if wrong:
                    yield Fault(where, wrong)
                else:
                    yield record(nested(_cells(header, row), places), where)

    return Source(str(path), items, lambda: reached / size if size else None, found.note)


def _header(path: Path, encoding: str, errors: str) -> tuple[list[str], str]:
    """Return the names of the columns and the delimiter that tells most of them apart."""
    with path.open(encoding=encoding, errors=errors, newline="") as stream:
        start = stream.readline(_LONGEST_HEADER)
        fits = {
            delimiter: ("text" in placed(names), len(names))
            for delimiter in DELIMITERS
            for names in [next(csv.reader([start], delimiter=delimiter), [])]
        }
        delimiter = max(fits, key=fits.__getitem__)
        stream.seek(0)
        header = next(csv.reader(stream, delimiter=delimiter), [])
    return [_named(name, place, header) for place, name in enumerate(header)], delimiter


def _named(name: str, place: int, header: Sequence[str]) -> str:
    """Return the name of a column; of several without one only the first stays without."""
    # Spreadsheets leave empty columns at the end, and what they hold must not get lost either.
    return name if name.strip() or place == header.index(name) else f"column {place + 1}"


def _places(header: Sequence[str], path: Path) -> dict[str, str]:
    """Return which column holds what; raises InvalidInputError if that cannot be told."""
    if not header:
        message = f"{path} has no header; its first line must name the columns, one of them 'text'"
        raise InvalidInputError(message)
    columns = ", ".join(map(repr, header))
    twice = repeated(header)
    if twice is not None:
        message = f"{path} has several columns '{twice}'; it has: {columns}"
        raise InvalidInputError(message)
    places = placed(header)
    if "text" not in places:
        message = f"{path} has no column 'text'; its first line names: {columns}"
        raise InvalidInputError(message)
    return places


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, Sequence[str] | str]]:
    """Yield the rows after the header with the line they begin at, or what is wrong with one."""
    reader = csv.reader(lines, delimiter=delimiter)
    next(reader, None)
    while True:
        begin = reader.line_num + 1
        lines.row.clear()
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield begin, f"this is no row of a CSV file: {error}"
            continue
        except UnicodeError as error:
            yield begin, f"the rest of the file cannot be read: {error}"
            return
        if row is None:
            return
        if row:
            yield begin, _unclosed(lines.row, delimiter) or row


def _unclosed(lines: Sequence[str], delimiter: str) -> str:
    """Say so if a quotation mark swallowed everything up to the end of the file."""
    if len(lines) == 1 and lines[0].count('"') % 2 == 0:
        return ""
    try:
        list(islice(csv.reader(lines, delimiter=delimiter, strict=True), 1))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return f"a quotation mark that opens here is never closed ({len(lines)} lines)"
    return ""


def _wrong(row: Sequence[str], header: Sequence[str]) -> str:
    """Say what keeps a row from being read without guessing."""
    if len(row) > len(header):
        return f"the row has {len(row)} fields, the header {len(header)}; is one not quoted?"
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return "a byte of the row stands for nothing in the encoding of the file"
    return ""


def _cells(header: Sequence[str], row: Sequence[str]) -> Mapping[str, object]:
    """Return a row by the names of its columns; what a short row lacks is None."""
    return {name: row[place] if place < len(row) else None for place, name in enumerate(header)}
