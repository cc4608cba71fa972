"""What editors propose to publish, and how each proposal ended."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from ombud.errata import Proposal
from ombud.store.proposed import proposals
from ombud.store.rows import made

_ALL = select(proposals)


def add(tx: Connection, proposal: Proposal) -> int:
    """Keep what is proposed, and return its number."""
    values = asdict(proposal)
    del values["id"]
    added = tx.execute(insert(proposals).values(values))
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    return int(added.inserted_primary_key[0])


def one(tx: Connection, number: int) -> Proposal | None:
    """Return a proposal."""
    row = tx.execute(_ALL.where(proposals.c.id == number)).first()
    return made(Proposal, row) if row else None


def locked(tx: Connection, number: int) -> Proposal | None:
    """Return a proposal that nobody else ends or names until this transaction ends."""
    row = tx.execute(_ALL.where(proposals.c.id == number).with_for_update()).first()
    return made(Proposal, row) if row else None


def of_article(tx: Connection, article: int) -> list[Proposal]:
    """Return what was proposed about an article, newest first."""
    asked = _ALL.where(proposals.c.article == article).order_by(proposals.c.id.desc())
    return [made(Proposal, row) for row in tx.execute(asked)]


def waiting(tx: Connection, outlets: Sequence[str] | None) -> list[Proposal]:
    """Return what waits for another editor at some outlets (None: all), oldest first."""
    asked = _ALL.where(proposals.c.outcome.is_(None)).order_by(proposals.c.id)
    if outlets is not None:
        asked = asked.where(proposals.c.outlet.in_(outlets))
    return [made(Proposal, row) for row in tx.execute(asked)]


def end(  # noqa: PLR0913  # how it ended, by whom, when and why
    tx: Connection,
    number: int,
    outcome: str,
    by: str,
    at: datetime,
    *,
    reason: str | None = None,
    correction: int | None = None,
) -> None:
    """Keep how a proposal ended."""
    values = {"outcome": outcome, "ended_by": by, "ended_at": at}
    tx.execute(
        update(proposals)
        .where(proposals.c.id == number)
        .values(**values, reason=reason, correction=correction)
    )
