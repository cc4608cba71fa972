"""Bodies of answers, unpacked no further than allowed: a small answer may hold a bomb."""

import zlib
from collections.abc import Iterator
from typing import Final

from ombud.errors import FetchError

LARGEST: Final = 10 << 20
"""Bytes that a page or feed may have, unpacked."""
_AT_ONCE: Final = 1 << 16
_EITHER: Final = zlib.MAX_WBITS | 32
"""Tells zlib to read gzip's head or its own."""
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})


class Body:
    """What has come of a body, unpacked; `packed` is its Content-Encoding."""

    def __init__(self, url: str, packed: str) -> None:
        """Begin; raises FetchError if the packing is none that was asked for."""
        self.content = bytearray()
        self._url = url
        packed = packed.strip().lower()
        if packed not in ("", "identity") and packed not in _PACKED:
            message = f"'{url}' came packed as '{packed}'; gzip was asked for"
            raise FetchError(message)
        self._unpack = zlib.decompressobj(_EITHER) if packed in _PACKED else None

    def add(self, piece: bytes) -> None:
        """Take a piece as it came; raises FetchError if it is too much, or cannot be unpacked."""
        for part in self._unpacked(piece):
            self.content += part
            if len(self.content) > LARGEST:
                message = f"'{self._url}' has more than {LARGEST >> 20} MB; no page has that many"
                raise FetchError(message, "too_large")

    def _unpacked(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece holds, bounded bytes at a time."""
        if self._unpack is None:
            yield piece
            return
        try:
            while piece and not self._unpack.eof:
                yield self._unpack.decompress(piece, _AT_ONCE)
                piece = self._unpack.unconsumed_tail
        except zlib.error as error:
            message = f"'{self._url}' is not packed as it says"
            raise FetchError(message, passing=True) from error

    def whole(self) -> bytes:
        """Return all of it; raises FetchError if it breaks off."""
        if self._unpack is not None and not self._unpack.eof:
            message = f"'{self._url}' breaks off"
            raise FetchError(message, passing=True)
        return bytes(self.content)
