"""
Which encoding a table is in; nothing of it may get lost.

What is chosen decodes the whole file; where that is UTF-8 with a few broken bytes, they stay
visible as lone surrogates and the rows with them are reported.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from ombud.errors import InvalidInputError

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What newsrooms' tables are written in; many others fit short texts as well, and wrongly.
_LIKELY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("koi8_r", "mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
# These differ from Windows-1252 in few places, too few to be told apart in a short text.
_WESTERN = ("cp1250", "cp1254")
# Signs that never stand inside a word; if they do, it is another encoding.
_SIGNS = frozenset("¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿×÷ƒˆ†‡‰‹›€™")
_VALID_TO_BROKEN = 3
_NULS = 0.3
# A lone surrogate in UTF-16 stays one, and its row is reported.
_WIDE_ERRORS = "surrogatepass"


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of an encoding, and whether the file was searched for it or said it."""

    name: str
    note: str = ""
    errors: str = "strict"


def encoding_of(path: Path, given: str = "") -> Encoding:
    """Return the encoding of a file; raises InvalidInputError if `given` does not fit it."""
    if given:
        return _checked(path, given)
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    for bom, name in _BOMS:
        if start.startswith(bom):
            if name == "utf-8-sig":
                return Encoding(name, errors="surrogateescape")
            return Encoding(name, f"read as {name.upper()}, as its first bytes say", _WIDE_ERRORS)
    if wide := _wide(start):
        return Encoding(wide, f"read as {wide.upper()}, going by its zero bytes", _WIDE_ERRORS)
    valid, broken, sample = _survey(path)
    if not broken or valid >= _VALID_TO_BROKEN * broken:
        return Encoding("utf-8", errors="surrogateescape")
    name = next(name for name in _guesses(sample) if _decodes(path, name))
    return Encoding(name, f"is no UTF-8; read as {name}, --encoding sets another")


def _checked(path: Path, given: str) -> Encoding:
    """Return the encoding that was asked for."""
    try:
        name = codecs.lookup(given).name
        fits = _decodes(path, name)
    except (LookupError, TypeError, ValueError) as error:
        message = f"no encoding named '{given}'; there are utf-8, cp1252, utf-16 and many more"
        raise InvalidInputError(message) from error
    if not fits:
        message = f"{path} is not in {given}: some of its bytes stand for nothing there"
        raise InvalidInputError(message)
    return Encoding(name)


def _wide(start: bytes) -> str:
    """Return the kind of UTF-16 whose zero bytes a text has at every other place, or nothing."""
    half = max(1, len(start) // 2)
    if start[1::2].count(0) > _NULS * half and start[::2].count(0) < _NULS * half / 10:
        return "utf-16-le"
    if start[::2].count(0) > _NULS * half and start[1::2].count(0) < _NULS * half / 10:
        return "utf-16-be"
    return ""


def _survey(path: Path) -> tuple[int, int, bytes]:
    """Count valid characters outside ASCII and broken bytes; collect lines that have them."""
    valid = broken = 0
    sample: list[bytes] = []
    sampled = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        escaped = _broken(text)
        broken += escaped
        valid += len(text) - len(text.encode("ascii", "ignore")) - escaped
        for line in chunk.split(b"\n") if escaped and sampled < _SAMPLE else ():
            if not line.isascii() and sampled < _SAMPLE:
                sample.append(line[:_SAMPLE])
                sampled += len(line)
    broken += _broken(decoder.decode(b"", final=True))
    return valid, broken, b"\n".join(sample)


def _broken(text: str) -> int:
    """Count the lone surrogates, each of which stands for a byte that is no UTF-8."""
    return len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))


def _guesses(sample: bytes) -> Iterator[str]:
    """Yield encodings, the likeliest first; the last one decodes anything without loss."""
    best = from_bytes(sample, cp_isolation=_LIKELY).best()
    name = best.encoding if best else "cp1252"
    if name in _WESTERN and _reads_well(sample):
        yield "cp1252"
    yield name
    yield "cp1252"
    yield "latin-1"


def _reads_well(sample: bytes) -> bool:
    """Whether no sign stands inside a word when the sample is taken for Windows-1252."""
    text = sample.decode("cp1252", "replace")
    inner = zip(text, text[1:], text[2:], strict=False)
    return not any(
        (char in _SIGNS or char == "\ufffd") and before.isalpha() and after.isalpha()
        for before, char, after in inner
    )


def _decodes(path: Path, name: str) -> bool:
    """Whether an encoding gives every byte of a file a meaning."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces."""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
