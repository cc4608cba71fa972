"""The article in a page of HTML, and what the page says of it; by trafilatura (Barbaresi 2021)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

import re2
from charset_normalizer import from_bytes

from ombud.errors import InvalidInputError
from ombud.stories.agencies import masthead
from ombud.stories.pruning import prune

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Tree: TypeAlias = HtmlElement

_DECLARED: Final = re2.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?([a-z0-9_\-]+)")
_HEAD: Final = 4096
_LARGE: Final = 1 << 20
"""Characters of a page above which one way to extract has to do; three would take a minute."""
_MOST: Final = 20_000
"""Elements of a page to extract from: 20,000 take seconds, 60,000 paragraphs a minute."""
_AFTER_TITLE: Final = re2.compile(r"^ [|\-–—·:»] ([^|\-–—·:»]{2,40})$")
_LAST_DAY: Final = "9999-12-31"
_BELOW: Final = 6
"""Elements under a headline that may name the outlet."""
_LITTLE: Final = 250
"""Characters of an article below which it is looked for without cutting boxes off."""
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKUP: Final = re2.compile(r"(?i)<(?:!doctype html|html|head|body|article|div|p)\b")
_CODE: Final = re2.compile(r"(?is)<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>")
_TOLD: Final = "ld+json"
"""What marks a script that says title, author and date."""
_CONTROLS: Final = re2.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY: Final = 0.01
"""Share of control characters from which on bytes are no text; compressed ones have a tenth."""
_NULS: Final = 0.3
_ENCODINGS: Final = ("cp1252", "cp1251", "cp1250", "cp1253", "koi8_r")
_ACCENTED: Final = 0.05
"""Share of letters beyond ASCII that a text of Central Europe has at least."""
_AS_BROWSERS: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; what it does not say is an empty text."""

    title: str
    byline: str
    outlet: str
    date: str
    text: str


def decoded(content: bytes, charset: str = "") -> tuple[str, str]:
    """
    Return bytes as text, whatever encoding they claim, and the encoding if it was only guessed.

    charset: what the server said, or nothing.
    What is valid UTF-8 is UTF-8: other encodings are by chance only.
    Then what the server and the page declare, then what the bytes look like; nothing is dropped.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace"), ""
    if wide := _wide(content):
        return content.decode(wide, "replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_HEAD])
    names = [charset.lower(), declared[1].decode("ascii").lower() if declared else ""]
    for name in (_AS_BROWSERS.get(name, name) for name in names):
        try:
            if name and name not in ("utf-8", "utf8"):
                return content.decode(name), ""
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    guess = _guessed(content)
    return content.decode(guess, "replace"), guess


def _guessed(content: bytes) -> str:
    """Return the encoding that bytes look most like, of those that newspapers are written in."""
    head = content[: 1 << 16]
    read = head.decode("utf-8", "replace")
    # Letters of several bytes come about by chance in no other encoding: some are broken.
    if sum(not one.isascii() for one in read) > 2 * read.count("\ufffd"):
        return "utf-8"
    best = from_bytes(head, cp_isolation=list(_ENCODINGS)).best()
    accented = sum(not chr(one).isascii() for one in head)
    # In few letters these two are alike, and of them the first is in most newspapers.
    if best is None or (best.encoding == "cp1250" and accented < _ACCENTED * len(head)):
        return "cp1252"
    return best.encoding


def _wide(content: bytes) -> str:
    """Return in which form of UTF-16 bytes are, going by every other one being zero, or nothing."""
    halves = (content[:_HEAD:2], content[1:_HEAD:2])
    zeros = [half.count(0) > _NULS * len(half) for half in halves]
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get((zeros[0], zeros[1]), "")


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text in any encoding, such as those of a picture or an archive."""
    if content.startswith(tuple(mark for mark, _ in _BOMS)) or _wide(content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        head = content[: 1 << 16]
        return len(_CONTROLS.findall(head)) > _BINARY * len(head)
    return False


def is_markup(text: str) -> bool:
    """Whether a text is HTML."""
    return bool(_MARKUP.search(text[:_HEAD]))


def page(name: str, markup: str, address: str | None = None) -> Page | None:
    """
    Return the article in a page from an address, or None if none was found.

    Raises InvalidInputError if there is too much around it to look for it.
    """
    # Texts need none of it, and it takes a third of a second to load.
    from trafilatura import load_html  # noqa: PLC0415

    if len(markup) > _LARGE:
        # The parser drops without a word what comes after ten megabytes, mostly of scripts.
        markup = _CODE.sub(lambda found: found[0] if _TOLD in found[0][:200] else "", markup)
    tree = load_html(markup)
    if tree is None:
        return None
    site, host = _site(tree), urlsplit(address or "").hostname or ""
    prune(tree)
    if (size := sum(1 for _ in tree.iter())) > _MOST:
        message = f"{name} has {size} elements; an article is looked for among {_MOST}"
        raise InvalidInputError(message)
    found = _extracted(tree, address, fast=len(markup) > _LARGE)
    if found is None or len(found.text) < _LITTLE:
        # The article itself may be called like a box, such as "trending".
        whole = _extracted(markup, address, fast=len(markup) > _LARGE)
        found = max(found, whole, key=lambda one: len(one.text) if one else 0)
    # Without a name for the site trafilatura gives its domain.
    named = found is not None and found.outlet and not host.endswith(found.outlet.lower())
    return found if named or found is None else replace(found, outlet=site or host)


def _site(tree: "Tree") -> str:
    """Return the name of the site: what follows the headline in the title, or stands under it."""
    title, headline = (
        " ".join(str(tree.xpath(f"string(//{tag})")).split()) for tag in ("title", "h1")
    )
    rest = title.removeprefix(headline) if headline else ""
    found = _AFTER_TITLE.match(rest)
    if found and rest != title:
        return str(found[1])
    below = tree.xpath("//h1/following::*[not(*)]")[:_BELOW]
    return next((name for one in below if (name := masthead(one.text or ""))), "")


def _extracted(markup: "str | Tree", address: str | None, *, fast: bool) -> Page | None:
    """Return what trafilatura finds."""
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415

    found = bare_extraction(
        markup,
        url=address,
        fast=fast,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        # A date in the future is told of, not passed over.
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": _LAST_DAY,
        },
    )
    if not isinstance(found, Extracted) or not found.text:
        return None
    return Page(
        title=found.title or "",
        byline=(found.author or "").replace("; ", ", "),
        outlet=found.sitename or "",
        date=found.date or "",
        text=found.text,
    )
