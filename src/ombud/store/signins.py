"""The tables of who works here, which programs have keys, and who is signed in."""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Table, Text

from ombud.store.columns import ID, Moment, metadata, one_of

ROLES: Final = ("moderator", "editor", "admin")

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("totp_secret", Text),
    Column("outlets", JSON),
    Column("added_at", Moment, nullable=False),
    Column("gone_at", Moment),
    one_of("role", ROLES),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("staff", ID, ForeignKey("staff.id"), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False, index=True),
)

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("token", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("outlets", JSON),
    Column("added_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    one_of("role", ROLES),
)
