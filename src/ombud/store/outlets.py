"""Outlets, and the secrets of the installation."""

import secrets as chance
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, insert, select, update

from ombud.newsroom import Mode, Outlet
from ombud.store.schema import outlets, secrets

TRUST_AFTER: Final = 3
TERMS: Final = "1"


def opened(tx: Connection, outlet: str, name: str, at: datetime) -> Outlet:
    """Open an outlet: everything waits for a moderator until an editor says otherwise."""
    tx.execute(
        insert(outlets).values(
            id=outlet,
            name=name,
            mode="premoderate",
            origins=[],
            trust_after=TRUST_AFTER,
            terms_version=TERMS,
            terms_url="/policy",
            coral_secrets=[],
            opened_at=at,
        )
    )
    return Outlet(outlet, name, "premoderate", (), TRUST_AFTER, TERMS, "/policy")


def every(tx: Connection) -> list[Outlet]:
    """Return all outlets, by their ids."""
    return [_outlet(row) for row in tx.execute(select(outlets).order_by(outlets.c.id))]


def one(tx: Connection, outlet: str) -> Outlet | None:
    """Return an outlet."""
    row = tx.execute(select(outlets).where(outlets.c.id == outlet)).first()
    return _outlet(row) if row else None


def changed(tx: Connection, outlet: Outlet) -> None:
    """Keep the settings of an outlet as they are given."""
    tx.execute(
        update(outlets)
        .where(outlets.c.id == outlet.id)
        .values(
            name=outlet.name,
            mode=outlet.mode,
            origins=list(outlet.origins),
            trust_after=outlet.trust_after,
            terms_version=outlet.terms_version,
            terms_url=outlet.terms_url,
            acknowledge_days=outlet.acknowledge_days,
            answer_days=outlet.answer_days,
            two_editors=outlet.two_editors,
            webhook_url=outlet.webhook_url,
        )
    )


def with_origin(tx: Connection, outlet: Outlet, origin: str) -> Outlet:
    """Let the pages of an origin ask from a browser."""
    if origin in outlet.origins:
        return outlet
    wider = replace(outlet, origins=(*outlet.origins, origin))
    changed(tx, wider)
    return wider


def sso_secret(tx: Connection, outlet: str) -> str | None:
    """Return the secret with which an outlet signs who its readers are."""
    return tx.execute(select(outlets.c.sso_secret).where(outlets.c.id == outlet)).scalar()


def webhook_secret(tx: Connection, outlet: str) -> str | None:
    """Return the secret that signs what an outlet's own system is told."""
    return tx.execute(select(outlets.c.webhook_secret).where(outlets.c.id == outlet)).scalar()


def coral_secrets(tx: Connection) -> dict[str, list[str]]:
    """Return the signing secrets of each outlet's Coral, newest first."""
    rows = tx.execute(select(outlets.c.id, outlets.c.coral_secrets))
    return {outlet: list(signing) for outlet, signing in rows}


def sign_with(
    tx: Connection,
    outlet: str,
    *,
    sso: str | None = None,
    coral: Sequence[str] | None = None,
    webhook: str | None = None,
) -> None:
    """Keep the secrets that are given; the others stay."""
    values: dict[str, object] = {}
    if sso is not None:
        values["sso_secret"] = sso
    if coral is not None:
        values["coral_secrets"] = list(coral)
    if webhook is not None:
        values["webhook_secret"] = webhook
    tx.execute(update(outlets).where(outlets.c.id == outlet).values(values))


def secret(tx: Connection, name: str) -> str:
    """Return a secret of the installation, made up at the first time; asks for a writing one."""
    found = tx.execute(select(secrets.c.value).where(secrets.c.name == name)).scalar()
    if found is None:
        found = chance.token_hex(32)
        tx.execute(insert(secrets).values(name=name, value=found))
    return str(found)


def _outlet(row: Row[tuple[object, ...]]) -> Outlet:
    """Return an outlet as it is kept."""
    mode: Mode = row.mode
    return Outlet(
        row.id,
        row.name,
        mode,
        tuple(row.origins),
        row.trust_after,
        row.terms_version,
        row.terms_url,
        row.acknowledge_days,
        row.answer_days,
        row.two_editors,
        row.webhook_url,
    )
