"""Readers: who they are, how their comments fared, and whether they may write."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, func, insert, or_, select, update

from ombud.lexicon.looks import look
from ombud.newsroom import Account, Ban, Record
from ombud.store.numbers import following
from ombud.store.rows import made
from ombud.store.schema import bans, comments, readers

_LATELY: Final = 20
"""Of how many of their latest comments the share of deleted ones is told."""
_MOST_LOOKING: Final = 50
"""Readers of names alike that are told of."""
_FOR_GOOD: Final = datetime.max.replace(tzinfo=UTC)
"""Where a ban without an end ends."""
_INSERT: Final = insert(readers)
_FIELDS: Final = tuple(field.name for field in fields(Account))


def joined(tx: Connection, account: Account) -> Account:
    """Enter a new reader, whose number is given now."""
    return join(tx, [account])[0]


def join(tx: Connection, accounts: Sequence[Account]) -> list[Account]:
    """Enter new readers, whose numbers are given now."""
    numbers = following(tx, readers, len(accounts))
    new = [replace(one, id=number) for one, number in zip(accounts, numbers, strict=True)]
    tx.execute(_INSERT, [_row(one) for one in new])
    return new


def _row(account: Account) -> dict[str, object]:
    """Return a reader as it is kept."""
    row = {name: getattr(account, name) for name in _FIELDS}
    return {**row, "looks": look(account.name) if account.sso_id and account.name else None}


def one(tx: Connection, reader: int) -> Account | None:
    """Return a reader by number, unless they were erased."""
    asked = select(readers).where(readers.c.id == reader, readers.c.erased_at.is_(None))
    row = tx.execute(asked).first()
    return made(Account, row) if row else None


def some(tx: Connection, numbers: Collection[int]) -> dict[int, tuple[Account, Record]]:
    """Return readers by number, with how many of their comments are in which state."""
    found = tx.execute(select(readers).where(readers.c.id.in_(numbers)))
    counts: dict[int, dict[str, int]] = {number: {} for number in numbers}
    asked = (
        select(comments.c.reader, comments.c.state, func.count())
        .where(comments.c.reader.in_(numbers))
        .group_by(comments.c.reader, comments.c.state)
    )
    for reader, state, number in tx.execute(asked):
        counts[reader][state] = number
    return {row.id: (made(Account, row), Record(**counts[row.id])) for row in found}


def by_sso(tx: Connection, outlet: str, sso_id: str) -> Account | None:
    """Return the reader whom an outlet knows by an id of its own."""
    asked = select(readers).where(readers.c.outlet == outlet, readers.c.sso_id == sso_id)
    row = tx.execute(asked).first()
    return made(Account, row) if row else None


def by_email(tx: Connection, outlet: str, email: str) -> Account | None:
    """Return the reader whom an outlet knows by an e-mail address that it vouched for."""
    asked = select(readers).where(
        readers.c.outlet == outlet, readers.c.email == email, readers.c.sso_id.is_not(None)
    )
    row = tx.execute(asked).first()
    return made(Account, row) if row else None


def renewed(
    tx: Connection, account: Account, *, name: str, email: str | None, staff: bool
) -> Account:
    """Keep what an outlet says of its reader now."""
    if (account.name, account.email, account.staff) == (name, email, staff):
        return account
    values = {"name": name, "email": email, "staff": staff, "looks": look(name)}
    tx.execute(update(readers).where(readers.c.id == account.id).values(values))
    return replace(account, name=name, email=email, staff=staff)


def accepted(tx: Connection, accepting: Mapping[int, str]) -> None:
    """Keep which terms readers have accepted."""
    # In the order of their numbers, so that nobody waits in a circle.
    for reader, terms in sorted(accepting.items()):
        tx.execute(update(readers).where(readers.c.id == reader).values(terms_version=terms))


def record(tx: Connection, reader: int) -> Record:
    """Return how the comments of a reader fared."""
    counted = tx.execute(
        select(comments.c.state, func.count())
        .where(comments.c.reader == reader)
        .group_by(comments.c.state)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    lately = tx.execute(
        select(comments.c.state)
        .where(comments.c.reader == reader, comments.c.state != "held")
        .order_by(comments.c.id.desc())
        .limit(_LATELY)
    ).scalars()
    states = list(lately)
    return Record(
        approved=counts.get("approved", 0),
        held=counts.get("held", 0),
        deleted=counts.get("deleted", 0),
        lately=len(states),
        lately_deleted=states.count("deleted"),
    )


def names(tx: Connection, outlet: str, most: int) -> list[tuple[int, str]]:
    """Return the readers whose names are theirs in an outlet: those that it vouches for."""
    asked = (
        select(readers.c.id, readers.c.name)
        .where(
            readers.c.outlet == outlet,
            readers.c.sso_id.is_not(None),
            readers.c.name.is_not(None),
        )
        .order_by(readers.c.id.desc())
        .limit(most)
    )
    return [(number, name) for number, name in tx.execute(asked)]


def looking(tx: Connection, outlet: str, near: Collection[str]) -> list[tuple[int, str]]:
    """Return the readers whom an outlet vouches for and whose names have one of some looks."""
    asked = select(readers.c.id, readers.c.name).where(
        readers.c.outlet == outlet, readers.c.looks.in_(near), readers.c.name.is_not(None)
    )
    return [(number, name) for number, name in tx.execute(asked.limit(_MOST_LOOKING))]


def in_thread(tx: Connection, root: int, reader: int) -> list[str]:
    """Return the names of the others who write in one thread."""
    asked = (
        select(comments.c.name)
        .distinct()
        .where(comments.c.root == root, comments.c.reader != reader, comments.c.name.is_not(None))
    )
    return [str(name) for name in tx.execute(asked).scalars()]


def ban(
    tx: Connection, reader: int, reason: str, by: str, at: datetime, until: datetime | None
) -> int:
    """Keep a reader from writing, and return the number of the ban."""
    made = tx.execute(
        insert(bans).values(reader=reader, reason=reason, by=by, at=at, until=until)
    ).inserted_primary_key
    assert made is not None  # noqa: S101  # a row was inserted
    return int(made[0])


def ban_of(tx: Connection, number: int) -> Ban | None:
    """Return one ban."""
    row = tx.execute(select(bans).where(bans.c.id == number)).first()
    return made(Ban, row) if row else None


def lift(tx: Connection, number: int, by: str, at: datetime) -> None:
    """Let a reader write again."""
    tx.execute(update(bans).where(bans.c.id == number).values(lifted_at=at, lifted_by=by))


def banned(tx: Connection, reader: int, at: datetime) -> Ban | None:
    """Return the ban that holds for a reader at a time, the longest of several."""
    asked = select(bans).where(
        bans.c.reader == reader,
        bans.c.lifted_at.is_(None),
        or_(bans.c.until.is_(None), bans.c.until > at),
    )
    found = [made(Ban, row) for row in tx.execute(asked)]
    return max(found, key=lambda ban: ban.until or _FOR_GOOD, default=None)


def all_bans(tx: Connection, reader: int) -> Sequence[Ban]:
    """Return every ban that a reader ever had, oldest first."""
    asked = select(bans).where(bans.c.reader == reader).order_by(bans.c.id)
    return [made(Ban, row) for row in tx.execute(asked)]
