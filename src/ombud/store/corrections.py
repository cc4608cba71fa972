"""Corrections and clarifications: what was published about errors, and of which editions."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, func, insert, select

from ombud.errata import Correction
from ombud.store.corrected import corrections
from ombud.store.rows import made

_ALL = select(corrections)


def add(tx: Connection, correction: Correction) -> int:
    """Keep what is published, and return its number."""
    values = asdict(correction)
    del values["id"]
    added = tx.execute(insert(corrections).values(values))
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    return int(added.inserted_primary_key[0])


def one(tx: Connection, number: int) -> Correction | None:
    """Return a correction."""
    row = tx.execute(_ALL.where(corrections.c.id == number)).first()
    return made(Correction, row) if row else None


def of_article(tx: Connection, article: int) -> list[Correction]:
    """Return what was published about an article, newest first."""
    asked = _ALL.where(corrections.c.article == article).order_by(corrections.c.id.desc())
    return [made(Correction, row) for row in tx.execute(asked)]


def newest(tx: Connection, articles: Collection[int]) -> dict[int, int]:
    """Return the number of the newest one about each of some articles, of those that have any."""
    asked = select(corrections.c.article, func.max(corrections.c.id))
    rows = tx.execute(
        asked.where(corrections.c.article.in_(articles)).group_by(corrections.c.article)
    )
    return {row[0]: row[1] for row in rows}


def latest(
    tx: Connection, outlets: Sequence[str] | None, before: int | None, most: int
) -> list[Correction]:
    """Return what some outlets published (None: all), newest first."""
    asked = _ALL.order_by(corrections.c.id.desc()).limit(most)
    if outlets is not None:
        asked = asked.where(corrections.c.outlet.in_(outlets))
    if before is not None:
        asked = asked.where(corrections.c.id < before)
    return [made(Correction, row) for row in tx.execute(asked)]


def replaced(tx: Connection, numbers: Collection[int]) -> dict[int, int]:
    """Return which of some corrections were replaced, and by which."""
    asked = select(corrections.c.replaces, corrections.c.id)
    rows = tx.execute(asked.where(corrections.c.replaces.in_(numbers)))
    return {row.replaces: row.id for row in rows}
