"""Comments: what was written, once; and what became of it."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from ombud.newsroom import Comment, State
from ombud.store import articles, campaigns
from ombud.store.numbers import following
from ombud.store.rows import made
from ombud.store.schema import articles as articles_table
from ombud.store.schema import comments

DEEPEST: Final = 10
_INSERT: Final = insert(comments)
_FIELDS: Final = tuple(field.name for field in fields(Comment))


@dataclass(frozen=True, slots=True)
class Written:
    """
    What a reader sends, with what is known of the place.

    The digest is salted: it proves what was written as long as the salt is there, and tells nothing
    once both are erased.
    """

    outlet: str
    article: int
    edition: int
    reader: int
    name: str
    staff: bool
    text: str
    terms_version: str
    at: datetime
    parent: Comment | None = None
    salt: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def digest(self) -> str:
        """What proves that this was written."""
        return digest(self.salt, self.text)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state a comment begins in, why it is held, and what the queue orders by."""

    state: State
    held_because: str
    certainty: float
    disagreement: float


def add(tx: Connection, new: Sequence[tuple[Written, Standing]]) -> list[Comment]:
    """Keep new comments, none of which answers another of them."""
    numbers = following(tx, comments, len(new))
    rows = [_row(*one, number) for one, number in zip(new, numbers, strict=True)]
    tx.execute(_INSERT, rows)
    added = [Comment(**{name: row[name] for name in _FIELDS}) for row in rows]
    _shown(tx, [comment for comment in added if comment.state == "approved"], 1)
    return added


def _row(written: Written, standing: Standing, number: int) -> dict[str, Any]:
    """Return a new comment as it is kept."""
    parent = written.parent
    return {
        "id": number,
        "outlet": written.outlet,
        "article": written.article,
        "edition": written.edition,
        "reader": written.reader,
        "name": written.name,
        "staff": written.staff,
        "parent": parent.id if parent else None,
        "root": parent.root if parent else number,
        "depth": parent.depth + 1 if parent else 0,
        "text": written.text,
        "salt": written.salt,
        "digest": written.digest,
        "terms_version": written.terms_version,
        "created_at": written.at,
        "state": standing.state,
        "state_at": written.at,
        "held_because": standing.held_because,
        "certainty": standing.certainty,
        "disagreement": standing.disagreement,
        "answers": 0,
        "flags": 0,
        "picked": False,
        "escalated": False,
        "claimed_by": None,
        "claimed_until": None,
    }


def one(tx: Connection, comment: int) -> Comment | None:
    """Return a comment."""
    row = tx.execute(select(comments).where(comments.c.id == comment)).first()
    return made(Comment, row) if row else None


def some(tx: Connection, numbers: Collection[int]) -> dict[int, Comment]:
    """Return comments by their numbers."""
    rows = tx.execute(select(comments).where(comments.c.id.in_(numbers)))
    return {row.id: made(Comment, row) for row in rows}


def locked(tx: Connection, comment: int) -> Comment | None:
    """
    Return a comment that nobody else changes until this transaction ends.

    Its article comes first, as in everything that counts: who locks in one order never waits in a
    circle.
    """
    place = select(comments.c.article).where(comments.c.id == comment).scalar_subquery()
    whole = select(articles_table.c.id).where(articles_table.c.id == place)
    tx.execute(whole.with_for_update(key_share=True))
    asked = select(comments).where(comments.c.id == comment)
    row = tx.execute(asked.with_for_update(key_share=True)).first()
    return made(Comment, row) if row else None


def of_reader(tx: Connection, reader: int, article: int | None, most: int) -> list[Comment]:
    """Return what a reader wrote, newest first, under one article or everywhere."""
    asked = select(comments).where(comments.c.reader == reader).order_by(comments.c.id.desc())
    if article is not None:
        asked = asked.where(comments.c.article == article)
    return [made(Comment, row) for row in tx.execute(asked.limit(most))]


def latest(tx: Connection, most: int) -> list[Comment]:
    """Return the latest comments that still have a text, oldest first."""
    asked = (
        select(comments)
        .where(comments.c.erased_at.is_(None))
        .order_by(comments.c.id.desc())
        .limit(most)
    )
    return [made(Comment, row) for row in tx.execute(asked)][::-1]


def stand(tx: Connection, comment: Comment, state: State, at: datetime) -> None:
    """
    Give a comment another state; the counts that pages show follow.

    Whoever had claimed it lets it go, and it waits for no editor any more.
    """
    tx.execute(
        update(comments)
        .where(comments.c.id == comment.id)
        .values(
            state=state,
            state_at=at,
            picked=comments.c.picked & (state == "approved"),
            escalated=False,
            claimed_by=None,
            claimed_until=None,
        )
    )
    change = (state == "approved") - (comment.state == "approved")
    if change:
        _shown(tx, [comment], change)
    waits = (state == "held") - (comment.state == "held")
    if waits:
        campaigns.held(tx, comment, waits)


def mark(tx: Connection, comment: int, **values: object) -> None:
    """Set `picked`, `escalated`, `flags`, `claimed_by` or `claimed_until`."""
    tx.execute(update(comments).where(comments.c.id == comment).values(**values))


def erase(tx: Connection, chosen: ColumnElement[bool], at: datetime) -> None:
    """Remove the texts and names of some comments for good, and what may quote them."""
    tx.execute(
        update(comments)
        .where(chosen, comments.c.erased_at.is_(None))
        .values(text=None, name=None, salt=None, held_because="", erased_at=at)
    )


def digest(salt: str, text: str) -> str:
    """Return what proves that a text is the one that was written."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def ancestors(tx: Connection, comment: Comment) -> list[int]:
    """Return the numbers of the comments that this one answers, the closest first."""
    found: list[int] = []
    parent = comment.parent
    while parent is not None:
        found.append(parent)
        parent = tx.execute(select(comments.c.parent).where(comments.c.id == parent)).scalar()
    return found


def _shown(tx: Connection, shown: Sequence[Comment], change: int) -> None:
    """Count approved comments more or less, for their articles and all that they answer."""
    # Articles come first, in the order of their numbers: see `locked`.
    for article, many in sorted(Counter(comment.article for comment in shown).items()):
        articles.counted(tx, article, change * many)
    for comment in sorted(shown, key=lambda one: one.article):
        above = ancestors(tx, comment)
        if above:
            tx.execute(
                update(comments)
                .where(comments.c.id.in_(above))
                .values(answers=comments.c.answers + change)
            )
