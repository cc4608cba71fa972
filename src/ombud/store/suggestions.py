"""What moderators elsewhere concluded about a text, as their systems reported it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, or_, select, update

from ombud.errors import StoreError
from ombud.newsroom import Comment
from ombud.store.schema import comments, suggestions

_BEGINNING: Final = 40
"""Characters of a comment that stand in the index of texts."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """
    A text and the scores that it should have had, with what was sent beside it.

    `by` says who sent it; `policy` and `model` are the versions that judged at that time.
    """

    text: str
    scores: Mapping[str, object]
    context: Mapping[str, object] | None
    languages: Sequence[str]
    community: str | None
    token: str | None
    policy: str
    model: str
    at: datetime
    by: str = ""

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        sent = (self.text, self.scores, self.context, self.languages, self.community, self.token)
        return len(json.dumps(sent))


def add(tx: Connection, suggested: Suggested, comment: int | None, most: int | None = None) -> None:
    """
    Keep a suggestion about a text, and about the comment that has it.

    Raises StoreError if `most` bytes are kept already.
    """
    newest = select(suggestions.c.total).order_by(suggestions.c.id.desc()).limit(1)
    total = tx.execute(newest).scalar() or 0
    if most is not None and total >= most:
        message = f"there are {total} bytes of suggestions; 'max_suggestions' allows no more"
        raise StoreError(message)
    tx.execute(
        insert(suggestions).values(
            comment=comment,
            digest=_digest(suggested.text),
            text=suggested.text,
            scores=dict(suggested.scores),
            context=dict(suggested.context) if suggested.context is not None else None,
            languages=list(suggested.languages),
            community=suggested.community,
            token=suggested.token,
            policy=suggested.policy,
            model=suggested.model,
            by=suggested.by,
            at=suggested.at,
            total=total + suggested.size,
        )
    )


def comment_of(tx: Connection, written: str, outlets: Sequence[str] | None = None) -> int | None:
    """Return the newest comment with a text, in some outlets (None: in all)."""
    if "\0" in written or written != written.encode("utf-8", "ignore").decode():
        return None  # Such texts are never kept as comments, and no database can be asked for them.
    same = (comments.c.beginning == written[:_BEGINNING], comments.c.text == written)
    asked = select(func.max(comments.c.id)).where(*same)
    if outlets is not None:
        asked = asked.where(comments.c.outlet.in_(outlets))
    found: int | None = tx.execute(asked).scalar()
    return found


def sent_by(tx: Connection, by: str) -> bool:
    """Whether somebody sent any."""
    asked = select(suggestions.c.id).where(suggestions.c.by == by).limit(1)
    return tx.execute(asked).first() is not None


def erase(tx: Connection, known: Comment, at: datetime) -> None:
    """Remove the text of a comment from what was suggested about it, before its own is removed."""
    same = suggestions.c.comment == known.id
    if known.text is not None:
        same = or_(same, suggestions.c.digest == _digest(known.text))
    tx.execute(
        update(suggestions)
        .where(same, suggestions.c.erased_at.is_(None))
        .values(text=None, context=None, digest=None, erased_at=at)
    )


def _digest(written: str) -> str:
    """Return what finds a text again."""
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
