"""What can be read in a message, part by part, and the parts that cannot."""

from email.message import Message
from typing import Final

from charset_normalizer import from_bytes
from lxml import etree, html

_LATIN: Final = ("ascii", "us-ascii", "iso-8859", "iso8859", "latin", "windows-125", "cp125")
"""Charsets that are claimed where the text is UTF-8 in truth."""
_UNKNOWN_MOST: Final = 100_000
"""Bytes from which the charset of a text is guessed."""
_DEEPEST: Final = 30
_READ_MOST: Final = 1_000_000
"""Bytes of one part of a message that are read as text."""
TEXT_MOST: Final = 100_000
"""Letters that are read of a message."""
_UNSEEN: Final = frozenset("head script style template title noscript object".split())
_BLOCKS: Final = frozenset(
    "address article aside blockquote br dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tr ul".split()
)
_QUOTES: Final = frozenset(("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote"))


def body(message: Message) -> tuple[str, list[Message]]:
    """Return what can be read in a message, and the parts that are attachments."""
    files: list[Message] = []
    return _read(message, files, 0).strip(), files


def _read(part: Message, files: list[Message], depth: int) -> str:
    """Return what can be read in a part; what is an attachment goes to the `files`."""
    kind = part.get_content_type()
    if depth > _DEEPEST:
        return ""
    if part.is_multipart() and kind != "message/rfc822":
        return _together(part, kind, files, depth)
    # Of what says that it has parts and has none everything is text.
    broken = kind.startswith("multipart/") and not part.is_multipart()
    if not broken and (kind not in ("text/plain", "text/html") or _attached(part)):
        files.append(part)
        return ""
    text = decoded(payload(part)[:_READ_MOST], _charset(part))
    return _of_html(text) if kind == "text/html" else printable(text)


def _together(part: Message, kind: str, files: list[Message], depth: int) -> str:
    """Return what can be read in the parts of a part."""
    inner = [child for child in part.get_payload() if isinstance(child, Message)]
    texts = [text for child in inner if (text := _read(child, files, depth + 1)).strip()]
    # Of several versions the plainest comes first; a report on delivery begins with its words.
    alone = kind in ("multipart/alternative", "multipart/report")
    return "\n\n".join(texts[:1] if alone else texts)


def _attached(part: Message) -> bool:
    """Whether a text is a file rather than something to read."""
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except (ValueError, LookupError, TypeError):
        return False


def _charset(part: Message) -> str | None:
    """Return the charset that a part is said to be in."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def payload(part: Message) -> bytes:
    """Return the bytes of a part, as far as they can be decoded."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found = None
    if isinstance(found, bytes):
        return found
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"".join(bytes(child) for child in inner if isinstance(child, Message))
    return str(inner or "").encode("utf-8", "replace")


def decoded(content: bytes, charset: str | None) -> str:
    """
    Return the text of some bytes, whatever charset they are said to be in.

    Text beyond ASCII that reads as UTF-8 is UTF-8: that never happens by chance in a Latin charset.
    """
    claimed = (charset or "").lower()
    first = ("utf-8", claimed) if not claimed or claimed.startswith(_LATIN) else (claimed, "utf-8")
    for name in first:
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    guessed = from_bytes(content[:_UNKNOWN_MOST]).best()
    return content.decode(guessed.encoding if guessed else "cp1252", "replace")


def printable(text: str) -> str:
    """Return a text without halves of characters and without control characters but breaks."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return "".join(sign if sign >= " " or sign in "\n\t" else " " for sign in whole)


def _of_html(text: str) -> str:
    """Return what a reader of an HTML mail sees: a line a block, what is quoted after a `>`."""
    try:
        # A declared encoding would be believed over the one the text was decoded by.
        parser = html.HTMLParser(encoding="utf-8")
        root = html.document_fromstring(printable(text).encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    lines: list[str] = []
    line: list[str] = []
    depth = 0

    def end() -> None:
        if words := " ".join("".join(line).split()):
            lines.append(f"{'> ' * depth}{words}")
        line.clear()

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        block, quote = node.tag in _BLOCKS, event in ("start", "end") and _quotes(node)
        if block or quote:
            end()
        if event == "start":
            depth += quote
            if node.tag in _UNSEEN:
                walk.skip_subtree()
            else:
                line.append(node.text or "")
            continue
        depth -= quote
        line.append(node.tail or "")
    end()
    return "\n".join(lines)


def _quotes(node: etree._Element) -> bool:
    """Whether an element holds what somebody else wrote."""
    classes = (node.get("class") or "").split()
    return node.tag == "blockquote" or not _QUOTES.isdisjoint(classes)
