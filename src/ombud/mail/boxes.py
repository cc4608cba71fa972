"""Mails that lie in a folder (maildir) or in a file (mbox), one after another."""

from collections.abc import Iterator
from mailbox import Mailbox, Maildir, NoSuchMailboxError, mbox
from pathlib import Path
from typing import Any, Final

from ombud.errors import InvalidInputError
from ombud.mail.reading import MOST

_BEGINNING: Final = b"From "


class Box:
    """A maildir or an mbox file; it is only read."""

    def __init__(self, path: Path) -> None:
        """Open it; raises InvalidInputError for what is neither."""
        self._box: Mailbox[Any] = _opened(path)
        self._mbox = path.is_file()

    def __len__(self) -> int:
        """Return how many mails lie in it."""
        return len(self._box)

    def __iter__(self) -> Iterator[bytes]:
        """Yield each mail, of a long one the beginning and a byte more."""
        for key in self._box.iterkeys():
            with self._box.get_file(key) as file:
                content: bytes = file.read(MOST + 1)
            # Lines that begin like the one between two mails were marked when they were put in.
            yield content.replace(b"\n>From ", b"\nFrom ") if self._mbox else content

    def close(self) -> None:
        """Close it."""
        self._box.close()


def _opened(path: Path) -> Mailbox[Any]:
    """Return the box at a path."""
    if path.is_dir():
        if not all((path / name).is_dir() for name in ("cur", "new")):
            message = f"the folder '{path}' is no maildir: it must hold the folders 'cur' and 'new'"
            raise InvalidInputError(message)
        return Maildir(path, create=False)
    try:
        with path.open("rb") as file:
            begins = file.read(len(_BEGINNING))
        if begins not in (b"", _BEGINNING):
            message = f"'{path}' is no mbox file: it must begin with 'From '"
            raise InvalidInputError(message)
        return mbox(path, create=False)
    except (FileNotFoundError, NoSuchMailboxError) as error:
        message = f"there is no '{path}'; it must be a maildir folder or an mbox file"
        raise InvalidInputError(message) from error
