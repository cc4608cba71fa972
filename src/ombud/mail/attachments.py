"""
What came with a mail: listed, never opened and never kept.

What a file is said to be is one thing, what its first bytes show is another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from typing import Final

from ombud.mail.bodies import payload, printable

_LONGEST_NAME: Final = 120
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"#!", "text/x-script"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)
_SHOWN_BY_NAME: Final = frozenset(("application/zip", "application/x-ole-storage"))
"""What office documents are made of, so that their beginnings say no more."""
_OFFICE: Final = ("application/vnd.", "application/msword", "application/epub")


@dataclass(frozen=True, slots=True)
class Attachment:
    """
    A file that came with a mail, and its size in bytes.

    `claimed` is the type that it is said to have, `real` the one that its beginning shows, empty
    where that shows none.
    """

    name: str
    claimed: str
    real: str
    size: int

    @property
    def lies(self) -> bool:
        """Whether it is something else than it is said to be."""
        if not self.real or self.claimed in (self.real, "application/octet-stream"):
            return False
        if self.real in _SHOWN_BY_NAME and (
            self.claimed.startswith(_OFFICE) or "zip" in self.claimed
        ):
            return False
        # "image/jpg" is no lie, and a picture of another kind is still a picture.
        kind = self.real.partition("/")[0]
        return kind == "application" or kind != self.claimed.partition("/")[0]


def attachment(part: Message) -> Attachment:
    """Return what is listed of a part of a message."""
    content = payload(part)
    return Attachment(_name(part), part.get_content_type(), _shown(content), len(content))


def _name(part: Message) -> str:
    """Return the name of a file without folders and without what cannot be printed."""
    try:
        given = part.get_filename("")
    except (ValueError, LookupError, TypeError):
        given = ""
    name = PurePosixPath(" ".join(printable(given).split()).replace("\\", "/")).name
    return name[:_LONGEST_NAME] or "without a name"


def _shown(content: bytes) -> str:
    """Return the type that the first bytes of a file show."""
    return next(_types(content), "")


def _types(content: bytes) -> Iterator[str]:
    """Yield the types that the first bytes fit, the surest first."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            yield kind
    if content[4:8] == b"ftyp":
        yield "image/heic" if content[8:11] in (b"hei", b"mif", b"avi") else "video/mp4"
    if content[:4] == b"RIFF":
        yield {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12], "video/avi")
    start = content[:200].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        yield "text/html"
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in content[:1000].lower():
        yield "image/svg+xml"
