"""What everybody may read: the approved comments of an article, in threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from ombud.newsroom import Comment
from ombud.store.rows import made
from ombud.store.schema import articles, comments

Sort = Literal["newest", "oldest", "picks"]
REPLIES: Final = 10
"""Answers that are given with each root."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A root with its first answers, oldest first, and the number after which there are more."""

    root: Comment
    replies: tuple[Comment, ...]
    more_after: int | None


def page(
    tx: Connection, article: int, sort: Sort, after: int | None, limit: int
) -> tuple[list[Thread], int | None]:
    """Return threads of an article, and the number of the root after which there are more."""
    root = comments.c.parent.is_(None)
    shown = comments.c.picked if sort == "picks" else and_(root, _shown())
    asked = select(comments).where(comments.c.article == article, shown)
    forward = sort == "oldest"
    if after is not None:
        asked = asked.where(comments.c.id > after if forward else comments.c.id < after)
    order = comments.c.id.asc() if forward else comments.c.id.desc()
    roots = [made(Comment, row) for row in tx.execute(asked.order_by(order).limit(limit + 1))]
    more = roots[limit - 1].id if len(roots) > limit else None
    roots = roots[:limit]
    # A pick may be an answer; it stands alone there, with nothing below.
    answers = {} if sort == "picks" else _first_replies(tx, [c.id for c in roots if c.answers])
    return [_thread(comment, answers.get(comment.id, [])) for comment in roots], more


def replies(tx: Connection, root: int, after: int, limit: int) -> tuple[list[Comment], int | None]:
    """Return more answers under a root, and the number after which there are still more."""
    asked = (
        select(comments)
        .where(comments.c.root == root, comments.c.id > max(after, root), _shown())
        .order_by(comments.c.id)
        .limit(limit + 1)
    )
    found = [made(Comment, row) for row in tx.execute(asked)]
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def counts(tx: Connection, urls: Sequence[str], ids: Sequence[int]) -> dict[str | int, int]:
    """Return how many approved comments articles have, by the address or number asked for."""
    asked = select(articles.c.id, articles.c.url, articles.c.approved).where(
        or_(articles.c.url.in_(urls), articles.c.id.in_(ids))
    )
    found: dict[str | int, int] = {}
    for number, url, approved in tx.execute(asked):
        found[number] = found[url] = approved
    return found


def _shown() -> ColumnElement[bool]:
    """Whether everybody may see that a comment is there: approved, or with approved answers."""
    return or_(comments.c.state == "approved", comments.c.answers > 0)


def _first_replies(tx: Connection, roots: Sequence[int]) -> dict[int, list[Comment]]:
    """Return the first answers under some roots, one more than are shown where there are more."""
    if not roots:
        return {}
    place = func.row_number().over(partition_by=comments.c.root, order_by=comments.c.id)
    ranked = (
        select(comments, place.label("place"))
        .where(comments.c.root.in_(roots), comments.c.parent.is_not(None), _shown())
        .subquery()
    )
    found: dict[int, list[Comment]] = {}
    asked = select(ranked).where(ranked.c.place <= REPLIES + 1).order_by(ranked.c.id)
    for row in tx.execute(asked):
        found.setdefault(row.root, []).append(made(Comment, row))
    return found


def _thread(root: Comment, answers: Sequence[Comment]) -> Thread:
    """Return a root with as many answers as are shown at first."""
    shown = tuple(answers[:REPLIES])
    return Thread(root, shown, shown[-1].id if len(answers) > REPLIES else None)
