"""Signing in and out."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final

import pyotp
from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import SignInError
from ombud.newsroom import Staff
from ombud.passwords import fits, renewed
from ombud.store import log, staff
from ombud.store.log import Deed
from ombud.store.staff import Member
from ombud.web.api.asking import Asking, Given, InOffice, Word
from ombud.web.callers import COOKIE, same_origin
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["session"])
_LENGTH: Final = timedelta(hours=12)
_STEP: Final = 30
"""Seconds for which an authenticator shows one code."""
# A hash takes 64 MiB on purpose, so there are never many at once.
_CHECKING: Final = ThreadPoolExecutor(2, "passwords")


class GivenSession(Given):
    """Name and password, and the code of an authenticator where one was set up."""

    name: Word = Field(max_length=200)
    password: Word = Field(max_length=1_000)
    code: Word | None = Field(None, max_length=12)


@router.post("/session")
async def sign_in(request: Request, office: InOffice, given: GivenSession) -> Response:
    """Sign in, and set the cookie that says so for twelve hours."""
    same_origin(request, office)
    request.app.state.attempts.take(given.name, request.app.state.address(request))
    member = await office.read(staff.member, given.name)
    kept = member.password if member else None
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(_CHECKING, fits, kept, given.password)
    if member is None or not right:
        message = "name or password is wrong"
        raise SignInError(message)
    if member.totp_secret is not None:
        step = step_of(member.totp_secret, given.code, now())
        # Whoever looks over a shoulder must not sign in with what was typed there.
        if not office.codes.take(member.id, step):
            message = "this code was used; please wait for the next one"
            raise SignInError(message, code="code_wrong")
    anew = await loop.run_in_executor(_CHECKING, renewed, member.password, given.password)
    token = secrets.token_urlsafe(32)
    await office.write(_signed_in, member, token, anew)
    response = answer(_who(member.staff))
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(_LENGTH.total_seconds()),
        httponly=True,
        samesite="strict",
        secure="https" in (request.scope["scheme"], office.settings.public_url.partition(":")[0]),
    )
    return response


@router.get("/session")
async def signed_in(asking: Asking) -> Response:
    """Say who is signed in."""
    return answer(_who(asking.must_be("moderator")))


@router.delete("/session")
async def sign_out(request: Request, office: InOffice, asking: Asking) -> Response:
    """Sign out."""
    if asking.staff and (token := request.cookies.get(COOKIE)):
        await office.write(staff.sign_out, token)
    response = answer({})
    response.delete_cookie(COOKIE)
    return response


def _who(who: Staff) -> dict[str, object]:
    """Return who is signed in."""
    return {"name": who.name, "role": who.role, "outlets": who.outlets}


def step_of(secret: str, code: str | None, at: datetime) -> int:
    """Return the number of the half minute that a code belongs to; raise SignInError if none."""
    if code is None:
        message = "please give the code of your authenticator"
        raise SignInError(message, code="code_needed")
    authenticator = pyotp.TOTP(secret, interval=_STEP)
    for moment in (at, at - timedelta(seconds=_STEP), at + timedelta(seconds=_STEP)):
        if authenticator.verify(code.replace(" ", ""), for_time=moment):
            return int(moment.timestamp()) // _STEP
    message = "the code of the authenticator is wrong or has expired"
    raise SignInError(message, code="code_wrong")


def _signed_in(tx: Connection, member: Member, token: str, anew: str | None) -> None:
    """Begin a session, and enter it; `anew`: a stronger hash of the password, where there is."""
    at = now()
    if anew is not None:
        staff.renew(tx, member, anew)
    staff.sign_in(tx, member.id, token, at, at + _LENGTH)
    log.append(tx, Deed(at, member.staff.by, "signed_in"))
