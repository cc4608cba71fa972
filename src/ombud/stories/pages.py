"""The article in a page of HTML, and what the page says of it; by trafilatura (Barbaresi 2021)."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import re2
from charset_normalizer import from_bytes

_DECLARED: Final = re2.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?([a-z0-9_\-]+)")
_HEAD: Final = 4096
_LARGE: Final = 1 << 20
"""Characters of a page above which one way to extract has to do; three would take a minute."""
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKUP: Final = re2.compile(r"(?i)<(?:!doctype html|html|head|body|article|div|p)\b")
_AS_BROWSERS: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; what it does not say is an empty text."""

    title: str
    byline: str
    outlet: str
    date: str
    text: str


def decoded(content: bytes, charset: str = "") -> str:
    """
    Return bytes as text, whatever encoding they claim.

    charset: what the server said, or nothing.
    What is valid UTF-8 is UTF-8: other encodings are by chance only.
    Then what the server and the page declare, then what the bytes look like; nothing is dropped.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_HEAD])
    names = [charset.lower(), declared[1].decode("ascii").lower() if declared else ""]
    for guess in (*(_AS_BROWSERS.get(name, name) for name in names), _guessed(content)):
        try:
            if guess and guess not in ("utf-8", "utf8"):
                return content.decode(guess)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _guessed(content: bytes) -> str:
    best = from_bytes(content[: 1 << 16], cp_isolation=["cp1252", "cp1251", "cp1250"]).best()
    return best.encoding if best else ""


def is_markup(text: str) -> bool:
    """Whether a text is HTML."""
    return bool(_MARKUP.search(text[:_HEAD]))


def page(markup: str, address: str | None = None) -> Page | None:
    """Return the article in a page from an address, or None if none was found."""
    # Texts need none of it, and it takes a third of a second to load.
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415

    found = bare_extraction(
        markup,
        url=address,
        fast=len(markup) > _LARGE,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(found, Extracted) or not found.text:
        return None
    return Page(
        title=found.title or "",
        byline=(found.author or "").replace("; ", ", "),
        outlet=found.sitename or urlsplit(found.url or "").hostname or "",
        date=found.date or "",
        text=found.text,
    )
