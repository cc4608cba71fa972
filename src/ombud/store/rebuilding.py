"""
Entering among the copies what is not there yet, such as what is older than they are.

The same for the names of readers, among which those are looked for that a signature is like.
"""

from typing import Final

from sqlalchemy import Connection, func, select, update

from ombud.case import Case
from ombud.lexicon.looks import look
from ombud.newsroom import Comment
from ombud.store import entering, joining, log, sweeps
from ombud.store.repeated import copies
from ombud.store.rows import made
from ombud.store.schema import comments, readers

_ENTERED: Final = select(copies.c.comment).where(copies.c.comment == comments.c.id).exists()

_UNLOOKED: Final = (
    readers.c.sso_id.is_not(None),
    readers.c.name.is_not(None),
    readers.c.looks.is_(None),
)


def missing(tx: Connection) -> int:
    """Return how many comments were never entered, as those from before there were copies."""
    written, entered = (select(func.count()).select_from(one) for one in (comments, copies))
    return int(tx.execute(written).scalar_one()) - int(tx.execute(entered).scalar_one())


def unlooked(tx: Connection) -> int:
    """Return how many readers an outlet vouches for whose names cannot be looked for yet."""
    asked = select(func.count()).select_from(readers).where(*_UNLOOKED)
    return int(tx.execute(asked).scalar_one())


def look_at(tx: Connection, most: int) -> int:
    """Let so many of those names be looked for, and return how many it was."""
    asked = select(readers.c.id, readers.c.name).where(*_UNLOOKED).order_by(readers.c.id)
    rows = tx.execute(asked.limit(most).with_for_update(key_share=True)).all()
    for row in rows:
        one = update(readers).where(readers.c.id == row.id)
        tx.execute(one.values(looks=look(row.name)))
    return len(rows)


def unentered(tx: Connection, below: int | None = None) -> int | None:
    """Return the newest comment that was never entered, of those below a number."""
    asked = select(comments.c.id).where(~_ENTERED).order_by(comments.c.id.desc()).limit(1)
    if below is not None:
        asked = asked.where(comments.c.id < below)
    number: int | None = tx.execute(asked).scalar()
    return number


def rebuild(tx: Connection, newest: int, most: int) -> int:
    """
    Enter what is missing of so many numbers up to one, and return how many comments it was.

    Those whose text belongs to a campaign are counted in it; what else was a campaign once is none
    before another like it comes.
    """
    within = comments.c.id.between(newest - most + 1, newest)
    asked = select(comments).where(within, ~_ENTERED).order_by(comments.c.id.desc())
    # Who rules on one has it before the log, and counts it as of no campaign yet.
    sweeps.lock(tx, tx.execute(asked.with_only_columns(comments.c.id)).scalars().all())
    # Two that rebuild would enter the same comments, and wait for each other's texts.
    log.take_turn(tx)
    found = [made(Comment, row) for row in tx.execute(asked)]
    places = entering.enter_all(tx, [(one, Case(one.text or "")) for one in found])
    for comment, place in zip(found, places, strict=True):
        if place and place.campaign is not None:
            joining.taken_in(tx, place.campaign, comment)
    return len(found)
