"""What the tests of files ask of whatever was read."""

from pathlib import Path

from ombud.records import Fault, Record, open_file


def read(path: Path, encoding: str = "") -> list[Record | Fault]:
    """Read a whole file."""
    return list(open_file(path, encoding).items())


def texts(items: list[Record | Fault]) -> list[str]:
    """Return the texts of the records."""
    return [item.case.text for item in items if isinstance(item, Record)]


def faults(items: list[Record | Fault]) -> list[str]:
    """Return where the faults are, without the folder, and what they say."""
    return [
        f"{item.where.rsplit('/', 1)[-1]}: {item.message}"
        for item in items
        if isinstance(item, Fault)
    ]
