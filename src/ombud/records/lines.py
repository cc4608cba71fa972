"""JSON Lines and plain lines: one comment a line, in UTF-8."""

import stat
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from ombud.errors import InvalidInputError
from ombud.records.fields import Fault, UnfitError, parsed, record
from ombud.records.source import Items, Source

_LONGEST = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def open_jsonl(path: Path) -> Source:
    """Return the comments of a JSON Lines file; raises InvalidInputError if it is in UTF-16."""
    with path.open("rb") as stream:
        # A pipe has no beginning to look at twice.
        regular = stat.S_ISREG(path.stat().st_mode)
        if regular and stream.read(2) in _UTF16:
            message = f"{path} is in UTF-16; JSON Lines are in UTF-8"
            raise InvalidInputError(message)
    size = path.stat().st_size
    reached = 0

    def items() -> Items:
        nonlocal reached
        with path.open("rb") as stream:
            for number, line in _lines(stream):
                reached += len(line)
                yield from _json(line, f"{path}:{number}")

    return Source(str(path), items, lambda: reached / size if size else None)


def open_stream(stream: BinaryIO, name: str = "standard input") -> Source:
    """
    Return the comments of a stream.

    If its first line that is not empty looks like a JSON object, it is JSON Lines; otherwise each
    line is a comment.
    """

    def items() -> Items:
        lines = _lines(stream)
        first = next(((number, line) for number, line in lines if line.strip()), None)
        if first is None:
            return
        read = _json if _is_json(first[1]) else _plain
        for number, line in chain([first], lines):
            yield from read(line, f"{name}:{number}")

    return Source(name, items)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers; the rest of one that is too long counts as a line."""
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        yield number, line.removeprefix(_BOM) if number == 1 else line


def _is_json(line: bytes) -> bool:
    """Whether a line looks like a JSON object, be it a broken one."""
    start = line.strip()
    return start[:1] == b"{" and start[1:].lstrip()[:1] in (b'"', b"}")


def _json(line: bytes, where: str) -> Items:
    """Yield the record of a line, if there is anything in it."""
    if not line.strip():
        return
    try:
        fields = parsed(line.decode("utf-8").strip())
    except UnicodeDecodeError as error:
        yield _undecodable(error, where)
    except UnfitError as error:
        yield Fault(where, str(error))
    else:
        yield record(fields, where)


def _plain(line: bytes, where: str) -> Items:
    """Yield the record of a line that is nothing but a comment."""
    if not line.strip():
        return
    try:
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        yield _undecodable(error, where)
    else:
        yield record({"text": text}, where)


def _undecodable(error: UnicodeDecodeError, where: str) -> Fault:
    """Say which byte of a line is no UTF-8."""
    return Fault(where, f"byte {error.start + 1} of the line is no valid UTF-8")
