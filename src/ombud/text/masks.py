"""Places where signs stand among or beside letters, as they do in masked words."""

from dataclasses import dataclass

import re2

from ombud.text.folding import Folded
from ombud.text.span import Span

_CHUNK = re2.compile(r"[a-z]*[*#_~%@$!.\-'][a-z*#_~%@$!.\-']*")
_GATE = re2.compile(r"[a-z][*#%~_.\-'@$!]+[a-z*#%~_\-'@$!]|[*#]{1,4}[a-z]|[a-z][*#_\-]")
# How much of the text before and after may bear on a chunk: bounded, so that time is linear.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Chunk:
    """
    A run of letters and signs without white space, and a little of what stands around it.

    `text`, `before` and `after` are unveiled; `span` is the range of the original.
    """

    text: str
    span: Span
    before: str
    after: str


def masked_chunks(plain: Folded) -> list[Chunk]:
    """Return the chunks of an unveiled text in which signs may stand for letters."""
    text = plain.text
    if not _GATE.search(text):
        return []
    chunks = []
    for match in _CHUNK.finditer(text):
        begin, end = match.span()
        written = match.group().rstrip(".!'")
        end = begin + len(written)
        bare = written.lstrip("'.!_-")
        begin += len(written) - len(bare)
        before = text[max(0, begin - _NEAR) : begin]
        after = text[end : end + _NEAR]
        inside = before[-1:].isalnum() or after[:1].isalnum()
        formula = after.startswith(("(", "/", "\\", "="))
        if any(map(str.isalpha, bare)) and not bare.isalpha() and not inside and not formula:
            chunks.append(Chunk(bare, plain.span(begin, end), before, after))
    return chunks
