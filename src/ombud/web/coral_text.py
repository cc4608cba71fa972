"""
What a Coral comment says, as plain text: HTML and plain text alike, for the request does not tell.

Only the tags that Coral itself lets through count as tags.
Everything else that looks like one stays as it was written, so that nothing which a reader may see
is kept from the rules; a parser of whole documents drops comments, unknown attributes and whatever
is left open at the end.
"""

from html import unescape
from typing import Any, Final

import re2

_ATTRIBUTE: Final = r"""\s+([a-z]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?"""
_INLINE: Final = "a b i em strong u s del strike sub sup code span".split()
_BLOCKS: Final = "div p br ul ol li blockquote pre".split()
_TAG: Final = re2.compile(rf"(?i)<(/?)({'|'.join(_INLINE + _BLOCKS)})((?:{_ATTRIBUTE})*)\s*/?>")
_ATTRIBUTES: Final = re2.compile(f"(?i){_ATTRIBUTE}")
_WORDS: Final = {
    "class": frozenset("coral-rte-spoiler coral-rte-sarcasm".split()),
    "rel": frozenset("nofollow noopener noreferrer ugc".split()),
    "target": frozenset(("_blank",)),
}
"""What Coral writes into attributes that nobody sees."""
_SHOWN: Final = ("href", "title")
"""Attributes whose values are text."""


def plain(body: str) -> str:
    """Return the text of a comment; where a link leads stands behind it."""
    text = _Text()
    end = 0
    for tag in _TAG.finditer(body):
        text.add(unescape(body[end : tag.start()]))
        end = tag.end()
        shown = _attributes(tag[3])
        if shown is None or (tag[1] and tag[3].strip()):
            text.add(unescape(tag[0]))
        else:
            text.mark(tag[2].lower(), closing=bool(tag[1]), shown=shown)
    text.add(unescape(body[end:]))
    return text.whole()


class _Text:
    """A text that grows, with the link that is open in it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[str] = []
        self._link = 0
        self._target: list[str] = []

    def add(self, words: str) -> None:
        """Add words."""
        if words:
            self._parts.append(words)

    def mark(self, name: str, *, closing: bool, shown: list[str]) -> None:
        """Add what a tag means: lines for blocks, an address for a link, nothing for bold type."""
        if name == "a":
            self._end_link()
            self._link, self._target = len(self._parts), shown
            return
        begun = self._parts and not self._parts[-1].endswith("\n")
        if name == "br" or (name in _BLOCKS and begun):
            self._parts.append("\n")
        if shown and not closing:
            self._parts.append(" ".join(["", *shown, ""]))

    def whole(self) -> str:
        """Return all of it."""
        self._end_link()
        return "".join(self._parts).replace("\r\n", "\n").replace("\xa0", " ").strip()

    def _end_link(self) -> None:
        """Add where the link leads, unless its words say so."""
        if self._target:
            words = "".join(self._parts[self._link :])
            hidden = [one for one in self._target if _bare(one) != _bare(words)]
            if hidden:
                self._parts.append(" ".join(["", *hidden, ""]))
        self._target = []


def _attributes(written: str) -> list[str] | None:
    """Return the values that a reader may see or follow; None if Coral does not write such ones."""
    shown: list[str] = []
    for attribute in _ATTRIBUTES.finditer(written):
        name, value = attribute[1].lower(), _value(attribute)
        if name in _SHOWN:
            shown += [value] if value.strip() else []
        elif not frozenset(value.lower().split()) <= _WORDS.get(name, frozenset()) or (
            name not in _WORDS
        ):
            return None
    return shown


def _value(attribute: Any) -> str:  # noqa: ANN401  # re2 has no types
    """Return the value of an attribute, however it is quoted."""
    return unescape(attribute[2] or attribute[3] or attribute[4] or "")


def _bare(address: str) -> str:
    """Return an address as people write it."""
    bare = address.strip().lower().rstrip("/")
    for scheme in ("https://", "http://", "mailto:"):
        bare = bare.removeprefix(scheme)
    return bare
