"""
Who asks: a member of the staff, a program with a key, a reader, or anybody.

Readers without an account carry a token that only this installation can make; those of a paper
carry a JSON Web Token that the paper signed (HS256, as Coral's SSO), which must have an end.
Cookies are the staff's alone, and count only in requests from our own pages.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPMethod
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from sqlalchemy import Connection
from starlette.requests import Request

from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, SignInError
from ombud.moderation.sent import Guest, Sent, check
from ombud.newsroom import Account, Role, Staff
from ombud.store import outlets, readers, staff
from ombud.web.office import Office, now

COOKIE: Final = "ombud_session"
KEY: Final = "ombk_"
"""What the keys of programs begin with."""
_READER: Final = "ombr_"
_SAFE: Final = frozenset({HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS})
_STAFF_ROLES: Final = frozenset({"STAFF", "MODERATOR", "ADMIN"})
_LEEWAY: Final = 30
"""Seconds by which a paper's clock may be off."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; nobody in particular if both are None."""

    staff: Staff | None = None
    account: Account | None = None

    def must_be(self, role: Role) -> Staff:
        """Return the member of the staff; raise SignInError or ForbiddenError if it is none."""
        if self.staff is None:
            message = "please sign in"
            raise SignInError(message)
        if not self.staff.may(role):
            message = f"this takes the role '{role}'; yours is '{self.staff.role}'"
            raise ForbiddenError(message)
        return self.staff

    def must_read(self) -> Account:
        """Return the reader; raise SignInError if it is none."""
        if self.account is None:
            message = "this takes a reader's token, in the header 'Authorization: Bearer …'"
            raise SignInError(message)
        return self.account


async def caller(office: Office, request: Request) -> Caller:
    """Return who sends a request; raise SignInError for a token that is not valid."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if token:
        if scheme.lower() != "bearer":
            message = f"'Authorization' must be 'Bearer …', not {scheme!r}"
            raise SignInError(message)
        return await known(office, token.strip())
    if cookie := request.cookies.get(COOKIE):
        same_origin(request, office)
        signed_in = await office.read(staff.signed_in, cookie, now())
        return Caller(staff=signed_in)
    return Caller()


def again(request: Request) -> Callable[[Connection], Staff | None]:
    """
    Return the way to ask once more who of the staff sends a request that takes long.

    Sessions end, keys are revoked, people leave.
    """
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    cookie = request.cookies.get(COOKIE, "")

    def asked(tx: Connection) -> Staff | None:
        return staff.key(tx, token) if token else staff.signed_in(tx, cookie, now())

    return asked


async def known(office: Office, token: str) -> Caller:
    """Return whose token it is; raise SignInError if it is nobody's."""
    if token.startswith(KEY):
        program = await office.read(staff.key, token)
        if program is None:
            message = "this key is not known, or was revoked"
            raise SignInError(message)
        return Caller(staff=program)
    if token.startswith(_READER):
        return Caller(account=await _guest(office, token))
    return Caller(account=await _signed(office, token))


def token_of(office: Office, account: Account) -> str | None:
    """Return the token of a reader without an account; those of a paper have its own."""
    return _made(office, account.id) if account.sso_id is None else None


def _made(office: Office, reader: int) -> str:
    """Return the token of a reader."""
    proof = hmac.new(office.secret, str(reader).encode(), sha256).hexdigest()
    return f"{_READER}{reader}_{proof[:40]}"


async def _guest(office: Office, token: str) -> Account:
    """Return the reader whose token this is."""
    number = token.removeprefix(_READER).partition("_")[0]
    right = number.isascii() and number.isdigit() and len(number) < 19  # noqa: PLR2004 - 64 bits
    if right and hmac.compare_digest(_made(office, int(number)).encode(), token.encode()):
        account = await office.read(readers.one, int(number))
        if account is not None and account.sso_id is None:
            return account
    message = "this reader's token is not valid"
    raise SignInError(message)


async def _signed(office: Office, token: str) -> Account:
    """Return the reader whom a paper's token names, entered or renewed as it says."""
    signing = await office.read(_sso_secrets)
    for outlet, secret in signing.items():
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                secret,
                algorithms=["HS256"],
                options={"require": ["exp"], "verify_aud": False},
                leeway=_LEEWAY,
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidTokenError as error:
            message = f"this token is not valid: {_said(error)}"
            raise SignInError(message) from error
        user = _user(claims)
        # Hardly any request brings news of its reader, and reading keeps nobody waiting.
        account = await office.read(readers.by_sso, outlet, user.id)
        if account is None or not user.like(account):
            account = await office.write(_entered, outlet, user)
        return account
    message = "this token is not signed by any outlet here"
    raise SignInError(message)


def _sso_secrets(tx: Connection) -> dict[str, str]:
    """Return the secrets of the outlets that sign who their readers are."""
    every = ((outlet.id, outlets.sso_secret(tx, outlet.id)) for outlet in outlets.every(tx))
    return {outlet: secret for outlet, secret in every if secret}


@dataclass(frozen=True, slots=True)
class _User:
    """What a paper says of its reader."""

    id: str
    name: str
    email: str
    staff: bool

    def like(self, account: Account) -> bool:
        """Whether this is what we know already."""
        known = (account.name, account.email, account.staff)
        return known == (self.name, self.email, self.staff)


def _user(claims: Mapping[str, Any]) -> _User:
    """Return what a token says; raise SignInError if something is missing."""
    user = claims.get("user")
    wanted = ("id", "username", "email")
    if not isinstance(user, dict) or not all(
        isinstance(user.get(name), str) and user[name].strip() for name in wanted
    ):
        message = f"this token must have a 'user' with {', '.join(wanted)}"
        raise SignInError(message)
    number, name, email = (user[part].strip() for part in wanted)
    try:
        # What cannot sign a comment cannot be a reader either.
        for signed in (name, number):
            check(Sent(0, "-", Guest(signed, email)))
    except InvalidInputError as error:
        message = f"the 'user' of this token cannot be used: {error}"
        raise SignInError(message) from error
    if "@" in number:
        message = "'user.id' is shown to others, so it must be no e-mail address"
        raise SignInError(message)
    role = user.get("role")
    return _User(number, name, email, isinstance(role, str) and role in _STAFF_ROLES)


def _entered(tx: Connection, outlet: str, user: _User) -> Account:
    """Enter a paper's reader, or what changed about them."""
    account = readers.by_sso(tx, outlet, user.id)
    other = readers.by_email(tx, outlet, user.email)
    if other is not None and other.sso_id != user.id:
        message = "another reader of this outlet has this e-mail address"
        raise ConflictError(message)
    if account is not None:
        return readers.renewed(tx, account, name=user.name, email=user.email, staff=user.staff)
    fresh = Account(0, outlet, user.name, user.email, user.id, user.staff, None, now())
    return readers.joined(tx, fresh)


def _said(error: jwt.InvalidTokenError) -> str:
    """Say in plain words what is wrong with a token."""
    if isinstance(error, jwt.ExpiredSignatureError):
        return "it has expired"
    if isinstance(error, jwt.MissingRequiredClaimError):
        return f"it has no '{error.claim}'"
    if isinstance(error, jwt.InvalidAlgorithmError):
        return "it must be signed with HS256"
    return "it is no JSON Web Token that we can read"


def same_origin(request: Request, office: Office) -> None:
    """Refuse a change that another site's page asks for in the name of who is signed in."""
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = {request.headers.get("host", ""), urlsplit(office.settings.public_url).netloc} - {""}
    foreign = origin is not None and origin.partition("://")[2] not in own
    if site not in (None, "same-origin", "none") or foreign:
        message = "this request comes from another site's page"
        raise ForbiddenError(message)
