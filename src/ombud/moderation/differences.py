"""What is the same and what is not between two texts, word by word."""

from collections.abc import Iterator
from typing import Final, Literal

import re2
from rapidfuzz.distance import LCSseq

Kind = Literal["same", "added", "left out"]
_PIECE: Final = re2.compile(r"[\pL\pN\pM'’]+|\s+|[^\pL\pN\pM\s]")
_MOST: Final = 2_000
"""Pieces of a text that are compared; the rest of longer ones stands as it is."""


def differences(text: str, other: str) -> Iterator[tuple[Kind, str]]:
    """
    Yield the text in pieces, with what the other has instead.

    Pieces that are "same" or "added" are the whole text again, in order; what is "left out" stands
    in the other only.  Capitals count as differences.
    """
    there, here = (_PIECE.findall(one)[:_MOST] for one in (other, text))
    for step in LCSseq.opcodes(there, here):
        if step.tag != "equal" and (gone := there[step.src_start : step.src_end]):
            yield "left out", "".join(gone)
        if said := here[step.dest_start : step.dest_end]:
            yield ("same" if step.tag == "equal" else "added"), "".join(said)
    rest = text[sum(map(len, here)) :]
    if rest:
        yield "same", rest
