"""Readers, as the staff sees them, and bans."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter
from pydantic import ConfigDict
from sqlalchemy import Connection
from starlette.responses import Response

from ombud.errors import InvalidInputError, NotFoundError
from ombud.newsroom import Account, Staff
from ombud.store import comments, log, readers
from ombud.store.log import Deed
from ombud.web.api.asking import Editor, Given, InOffice, Moderator, Moment, Reason
from ombud.web.api.shapes import ban_of, reader_of
from ombud.web.items import items
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["readers"])
_RECENT: Final = 50


class GivenBan(Given):
    """Why a reader may not write, and until when; for good without an end."""

    model_config = ConfigDict(strict=False)

    reason: Reason
    until: Moment | None = None


@router.get("/readers/{reader}")
async def one(office: InOffice, who: Moderator, reader: int) -> Response:
    """Return a reader with their comments and bans."""
    return answer(await office.read(_one, who, reader))


@router.post("/readers/{reader}/bans", status_code=201)
async def ban(office: InOffice, who: Editor, reader: int, given: GivenBan) -> Response:
    """Keep a reader from writing."""
    return answer(await office.write(_banned, who, reader, given.reason, given.until), 201)


@router.delete("/bans/{ban}")
async def lift(office: InOffice, who: Editor, ban: int) -> Response:
    """Let a reader write again."""
    return answer(await office.write(_lifted, who, ban))


def _known(tx: Connection, who: Staff, reader: int) -> Account:
    """Return a reader whom somebody may see."""
    account = readers.one(tx, reader)
    if account is None or not who.sees(account.outlet):
        message = f"there is no reader {reader}"
        raise NotFoundError(message)
    return account


def _one(tx: Connection, who: Staff, reader: int) -> dict[str, object]:
    """Return a reader."""
    account = _known(tx, who, reader)
    return {
        **reader_of(account, readers.record(tx, reader)),
        "email": account.email,
        "bans": [ban_of(ban) for ban in readers.all_bans(tx, reader)],
        "comments": items(tx, comments.of_reader(tx, reader, None, _RECENT)),
    }


def _banned(
    tx: Connection, who: Staff, reader: int, reason: str, until: datetime | None
) -> dict[str, object]:
    """Ban a reader."""
    account = _known(tx, who, reader)
    if until is not None and until <= now():
        message = f"'until' is {until:%Y-%m-%d %H:%M}, which is past; it must be a time to come"
        raise InvalidInputError(message)
    number = readers.ban(tx, reader, reason, who.by, now(), until)
    facts = {"ban": number, "reader": reader, "until": until.isoformat() if until else None}
    log.append(tx, Deed(now(), who.by, "banned", account.outlet, facts=facts))
    made = readers.ban_of(tx, number)
    assert made is not None  # noqa: S101  # it was inserted
    return ban_of(made)


def _lifted(tx: Connection, who: Staff, number: int) -> dict[str, object]:
    """Lift a ban."""
    known = readers.ban_of(tx, number)
    account = readers.one(tx, known.reader) if known else None
    if known is None or account is None or not who.sees(account.outlet):
        message = f"there is no ban {number}"
        raise NotFoundError(message)
    if known.lifted_at is None:
        readers.lift(tx, number, who.by, now())
        facts = {"ban": number, "reader": known.reader}
        log.append(tx, Deed(now(), who.by, "ban_lifted", account.outlet, facts=facts))
    after = readers.ban_of(tx, number)
    assert after is not None  # noqa: S101  # it is there
    return ban_of(after)
