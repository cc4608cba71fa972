"""Signing in and out."""

import secrets
from datetime import timedelta
from typing import Final

import pyotp
from anyio.to_thread import run_sync
from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import SignInError
from ombud.newsroom import Staff
from ombud.passwords import fits
from ombud.store import log, staff
from ombud.store.log import Deed
from ombud.store.staff import Member
from ombud.web.api.asking import Asking, Given, InOffice, Word
from ombud.web.callers import COOKIE
from ombud.web.office import now
from ombud.web.wire import answer

router = APIRouter(tags=["session"])
_LENGTH: Final = timedelta(hours=12)


class GivenSession(Given):
    """Name and password, and the code of an authenticator where one was set up."""

    name: Word = Field(max_length=200)
    password: Word = Field(max_length=1_000)
    code: Word | None = Field(None, max_length=12)


@router.post("/session")
async def sign_in(request: Request, office: InOffice, given: GivenSession) -> Response:
    """Sign in, and set the cookie that says so for twelve hours."""
    request.app.state.attempts.take(given.name, request.app.state.address(request))
    member = await office.read(staff.member, given.name)
    right = await run_sync(fits, member.password if member else None, given.password)
    if member is None or not right:
        message = "name or password is wrong"
        raise SignInError(message)
    if member.totp_secret is not None:
        _check_code(member.totp_secret, given.code)
    token = secrets.token_urlsafe(32)
    await office.write(_signed_in, member, token)
    response = answer(_who(member.staff))
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(_LENGTH.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https" or office.settings.public_url.startswith("https"),
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


def _check_code(secret: str, code: str | None) -> None:
    """Refuse a sign-in without the right code of the authenticator."""
    if code is None:
        message = "please give the code of your authenticator"
        raise SignInError(message, code="code_needed")
    if not pyotp.TOTP(secret).verify(code.replace(" ", ""), valid_window=1):
        message = "the code of the authenticator is wrong or has expired"
        raise SignInError(message, code="code_wrong")


def _signed_in(tx: Connection, member: Member, token: str) -> None:
    """Begin a session, and enter it."""
    at = now()
    staff.sign_in(tx, member.id, token, at, at + _LENGTH)
    log.append(tx, Deed(at, member.staff.by, "signed_in"))
