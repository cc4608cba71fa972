"""The moderators' decisions that other comment systems report, a JSON line each, on disk."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

FILE = "suggestions.jsonl"


def append_all(file: Path, most: int, lines: Sequence[bytes]) -> list[None]:
    """
    Append the lines and return when they are on the disk: one flush for all of them.

    Raises OSError if they cannot be written, or if the file holds `most` bytes already.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size >= most:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT), str(file))
    # The texts are readers': nobody but the owner of the process may read them.
    opened = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "a+b") as kept:
        kept.write(_mend(opened) + b"".join(line + b"\n" for line in lines))
        kept.flush()
        os.fsync(opened)
    return [None] * len(lines)


def _mend(opened: int) -> bytes:
    """Return what must come first: a line that a crash cut short is ended, and stays readable."""
    size = os.fstat(opened).st_size
    return b"\n" if size and os.pread(opened, 1, size - 1) != b"\n" else b""
