"""
What was kept while a comment was being judged, which it could not be told of yet.

The log says what that is: whoever has read up to an entry has missed nothing before it, whatever
the clocks of several servers say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from ombud.newsroom import Comment
from ombud.store import log
from ombud.store.repeated import copies, texts
from ombud.store.rows import made
from ombud.store.schema import articles, comments
from ombud.store.schema import log as entries

_CAME: Final = (
    select(entries.c.seq, texts.c.id.label("of"), texts.c.campaign, texts.c.folded, comments)
    .join(copies, copies.c.comment == entries.c.comment)
    .join(texts, texts.c.id == copies.c.text)
    .join(comments, comments.c.id == copies.c.comment)
    .where(entries.c.seq > bindparam("newest"), entries.c.deed == "sent")
    .order_by(entries.c.seq.desc())
)


@dataclass(frozen=True, slots=True)
class Came:
    """A comment that was kept: by which entry, with its text's number, campaign and words."""

    seq: int
    text: int
    campaign: int | None
    folded: str
    comment: Comment


def since(tx: Connection, newest: int) -> list[Came]:
    """Return the comments that were kept after an entry and can be repeated, the latest first."""
    rows = tx.execute(_CAME, {"newest": newest})
    return [Came(row.seq, row.of, row.campaign, row.folded, made(Comment, row)) for row in rows]


def take_turn(tx: Connection, places: Collection[int]) -> None:
    """
    Let nobody else enter anything until this transaction ends.

    The articles come first, as everywhere, so that no two wait for each other in a circle.
    """
    if tx.dialect.name == "postgresql":
        whole = select(articles.c.id).where(articles.c.id.in_(places)).order_by(articles.c.id)
        tx.execute(whole.with_for_update(key_share=True)).all()
        log.take_turn(tx)
