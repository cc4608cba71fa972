"""Who works here: people with passwords, programs with keys, and who is signed in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from ombud.newsroom import Role, Staff
from ombud.store.signins import keys, sessions, staff


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff, with what their sign-in is checked against."""

    id: int
    staff: Staff
    password: str
    totp_secret: str | None


def hashed(token: str) -> str:
    """Return what is kept of a token; tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(
    tx: Connection,
    name: str,
    role: Role,
    password: str,
    at: datetime,
    outlets: Sequence[str] | None = None,
) -> None:
    """Enter somebody, with the hash of their password."""
    tx.execute(
        insert(staff).values(
            name=name,
            role=role,
            password=password,
            outlets=list(outlets) if outlets is not None else None,
            added_at=at,
        )
    )


def member(tx: Connection, name: str) -> Member | None:
    """Return somebody who works here."""
    row = tx.execute(select(staff).where(staff.c.name == name, staff.c.gone_at.is_(None))).first()
    return _member(row) if row else None


def taken(tx: Connection, name: str) -> bool:
    """Whether somebody works or worked here by a name, in whatever case it is written."""
    same = func.lower(staff.c.name) == name.lower()
    return tx.execute(select(staff.c.id).where(same)).first() is not None


def members(tx: Connection) -> list[Member]:
    """Return all who work here, by name."""
    rows = tx.execute(select(staff).where(staff.c.gone_at.is_(None)).order_by(staff.c.name))
    return [_member(row) for row in rows]


def change(tx: Connection, name: str, **values: object) -> bool:
    """Set `role`, `password`, `totp_secret`, `outlets` or `gone_at`; say whether there is one."""
    changed = tx.execute(
        update(staff).where(staff.c.name == name, staff.c.gone_at.is_(None)).values(**values)
    )
    return changed.rowcount > 0


def renew(tx: Connection, member: Member, password: str) -> None:
    """Keep another hash of the same password, unless somebody has set another one meanwhile."""
    same = (staff.c.id == member.id, staff.c.password == member.password)
    tx.execute(update(staff).where(*same).values(password=password))


def sign_in(tx: Connection, member: int, token: str, at: datetime, until: datetime) -> None:
    """Begin a session."""
    tx.execute(
        insert(sessions).values(token=hashed(token), staff=member, began_at=at, ends_at=until)
    )
    tx.execute(delete(sessions).where(sessions.c.ends_at < at))


def sign_out(tx: Connection, token: str) -> None:
    """End a session."""
    tx.execute(delete(sessions).where(sessions.c.token == hashed(token)))


def sign_out_all(tx: Connection, name: str) -> None:
    """End every session of somebody."""
    theirs = select(staff.c.id).where(staff.c.name == name)
    tx.execute(delete(sessions).where(sessions.c.staff.in_(theirs)))


def signed_in(tx: Connection, token: str, at: datetime) -> Staff | None:
    """Return whose session a token is."""
    row = tx.execute(
        select(staff)
        .join(sessions, sessions.c.staff == staff.c.id)
        .where(
            sessions.c.token == hashed(token), sessions.c.ends_at > at, staff.c.gone_at.is_(None)
        )
    ).first()
    return _member(row).staff if row else None


def add_key(
    tx: Connection,
    name: str,
    token: str,
    role: Role,
    at: datetime,
    outlets: Sequence[str] | None = None,
) -> None:
    """Enter a program's key, of which only the hash is kept."""
    tx.execute(
        insert(keys).values(
            name=name,
            token=hashed(token),
            role=role,
            outlets=list(outlets) if outlets is not None else None,
            added_at=at,
        )
    )


def key(tx: Connection, token: str) -> Staff | None:
    """Return which program a key belongs to."""
    asked = select(keys).where(keys.c.token == hashed(token), keys.c.revoked_at.is_(None))
    row = tx.execute(asked).first()
    return _program(row) if row else None


def key_taken(tx: Connection, name: str) -> bool:
    """Whether a program has or had a key by a name, in whatever case it is written."""
    same = func.lower(keys.c.name) == name.lower()
    return tx.execute(select(keys.c.id).where(same)).first() is not None


def programs(tx: Connection) -> list[Staff]:
    """Return all programs that have a key, by name."""
    rows = tx.execute(select(keys).where(keys.c.revoked_at.is_(None)).order_by(keys.c.name))
    return [_program(row) for row in rows]


def revoke(tx: Connection, name: str, at: datetime) -> bool:
    """Take a program's key away; return whether there was one."""
    asked = update(keys).where(keys.c.name == name, keys.c.revoked_at.is_(None))
    return tx.execute(asked.values(revoked_at=at)).rowcount > 0


def _member(row: Row[tuple[object, ...]]) -> Member:
    """Return somebody as they are kept."""
    outlets = tuple(row.outlets) if row.outlets is not None else None
    return Member(row.id, Staff(row.name, row.role, outlets), row.password, row.totp_secret)


def _program(row: Row[tuple[object, ...]]) -> Staff:
    """Return a program as it is kept."""
    outlets = tuple(row.outlets) if row.outlets is not None else None
    return Staff(row.name, row.role, outlets, program=True)
