"""What changed between two editions of an article, with the words around it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import LCSseq
from sqlalchemy import Connection

from ombud.errors import InvalidInputError
from ombud.moderation.differences import Kind, differences
from ombud.newsroom import Published
from ombud.store import articles

Pieces = Sequence[tuple[Kind, str]]
_AROUND: Final = 150
"""Letters around a change that are shown with it."""
_COMPARED: Final = 4_000
"""Letters of lines that are compared word by word; longer ones stand there whole."""
_REMEMBERED: Final = 64
"""Changes that are remembered with both texts, of at most 200,000 characters each."""


def changed(tx: Connection, article: int, before: int, after: int) -> Pieces:
    """
    Return the pieces in which title and text of two editions differ, as readers are shown them.

    There are none where neither does.
    """
    if before == after:
        return ()
    editions = (articles.edition(tx, article, number) for number in (before, after))
    old, new = (f"{one.title}\n{one.text}" if one else "" for one in editions)
    return changes(old, new) if old != new else ()


def check_editions(about: Published, before: int, after: int) -> None:
    """Refuse editions that an article has not, or that come in the wrong order."""
    if not 1 <= before <= after <= about.edition:
        message = f"'before' and 'after' must be editions from 1 to {about.edition}, in this order"
        raise InvalidInputError(message)


@lru_cache(_REMEMBERED)
def changes(before: str, after: str) -> Pieces:
    """
    Return two texts as one, in pieces: what is in both, what was left out, and what was added.

    The old stands before the new; what is far from any change is cut, and so marked ("…").
    What was compared lately is remembered: pages ask again for what waits for a second editor.
    """
    return tuple(_cut(_ordered(list(_pieces(before, after)))))


def _pieces(before: str, after: str) -> Iterator[tuple[Kind, str]]:
    """Yield the pieces, line by line first, so that no length hides a change."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    gone = come = ""
    for step in LCSseq.opcodes(old, new):
        there = "".join(old[step.src_start : step.src_end])
        if step.tag == "equal":
            yield from _instead(gone, come)
            yield "same", there
            gone = come = ""
        else:
            gone += there
            come += "".join(new[step.dest_start : step.dest_end])
    yield from _instead(gone, come)


def _instead(gone: str, come: str) -> Iterator[tuple[Kind, str]]:
    """Yield the pieces of lines and of those that stand instead of them."""
    if gone and come and max(len(gone), len(come)) <= _COMPARED:
        yield from differences(come, gone)
        return
    if gone:
        yield "left out", gone
    if come:
        yield "added", come


def _ordered(pieces: list[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Return pieces in which neighbours of one kind are one, and the old stands before the new."""
    found: list[tuple[Kind, str]] = []
    run: dict[Kind, str] = {}
    for kind, words in [*pieces, ("same", "")]:
        if kind != "same":
            run[kind] = run.get(kind, "") + words
            continue
        found += [(one, run[one]) for one in ("left out", "added") if one in run]
        run = {}
        if found and found[-1][0] == "same":
            found[-1] = ("same", found[-1][1] + words)
        elif words:
            found.append(("same", words))
    return found


def _cut(pieces: list[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    """Yield pieces without what is far from any change."""
    for place, (kind, words) in enumerate(pieces):
        first = words[:_AROUND] if place else ""
        last = words[-_AROUND:] if place + 1 < len(pieces) else ""
        if kind != "same" or len(words) <= len(first) + len(last):
            yield kind, words
            continue
        # No word is cut in two, and the blank before a change stays.
        ends = (first.rpartition(" ")[0] or first, "…", last.partition(" ")[2] or last)
        yield kind, " ".join(end for end in ends if end)
