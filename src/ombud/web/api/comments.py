"""Comments for readers: reading them, writing one, what became of one's own, and flags."""

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Header
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.moderation.known import found
from ombud.moderation.notices import foreseen
from ombud.moderation.sent import MAX_TEXT, Guest, Sent
from ombud.moderation.submission import Prepared, may_write
from ombud.newsroom import Account, Comment, Staff
from ombud.store import comments, flags, log, outlets, readers
from ombud.store.log import Deed
from ombud.web.api.asking import Asking, Given, InOffice, Word
from ombud.web.api.details import detailed
from ombud.web.api.shapes import notice_of, public
from ombud.web.callers import known, token_of
from ombud.web.items import told, told_new
from ombud.web.office import Office, clauses_of, now
from ombud.web.wire import answer

router = APIRouter(tags=["comments"])
_MOST_OWN: Final = 50
_LONGEST_NOTE: Final = 2000
_UNGUESSABLE: Final = 16
"""Characters from which on an idempotency key counts as known to its sender alone."""


class GivenAuthor(Given):
    """Who writes: a name, or the token of a reader."""

    name: Word | None = None
    email: Word | None = Field(None, max_length=320)
    token: Word | None = None


class GivenComment(Given):
    """A comment, under an article by address or number."""

    article: Word | int
    text: Word = Field(description=f"At most {MAX_TEXT} bytes of UTF-8.")
    parent: int | None = None
    author: GivenAuthor | Word | None = None
    accept_terms: bool = False


class GivenFlag(Given):
    """What a reader says is wrong with a comment."""

    clause: Word | None = Field(None, max_length=64)
    note: Word | None = Field(None, max_length=_LONGEST_NOTE)


@router.post("/comments", status_code=201)
async def send(
    request: Request,
    office: InOffice,
    asking: Asking,
    given: GivenComment,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> Response:
    """Take a comment in: judged, kept, and answered with what becomes of it."""
    sent = _sent(given, await _author(office, asking.account, given), idempotency_key)
    address = request.app.state.address(request) if asking.staff is None else None
    request.app.state.limits.take(_reader(sent), address)
    sent = replace(sent, trace=office.trace(address))
    prepared = await office.prepare(sent)
    if isinstance(prepared, Comment):
        return answer(await office.read(_again, office, prepared, sent), 201)
    engine = office.engine
    decision = await office.judge(prepared.case, engine)
    request.app.state.metrics.count(decision)
    kept = await office.keep(prepared, decision, engine)
    if kept.again:
        return answer(await office.read(_again, office, kept.comment, sent), 201)
    said = told_new(kept.comment, kept.decision or decision, clauses_of(engine))
    return answer(_with_reader(office, said, kept.account), 201)


@router.post("/comments/preview")
async def preview(
    request: Request, office: InOffice, asking: Asking, given: GivenComment
) -> Response:
    """Say what the policy would make of a comment, and keep nothing."""
    given.accept_terms = True
    sent = _sent(given, await _author(office, asking.account, given), None)
    limits, address = request.app.state.limits, request.app.state.address(request)
    # Trying takes a run of the models as sending does, but nothing of what may be sent.
    limits.take(_trying(_reader(sent)), _trying(address) if asking.staff is None else None)
    prepared = await office.prepare(sent)
    assert isinstance(prepared, Prepared)  # noqa: S101  # without a key nothing was sent before
    decision = await office.judge(prepared.case, office.engine)
    told_now = foreseen(decision, office.clauses, sent.text)
    return answer({"action": str(decision.action), "notice": notice_of(sent.text, told_now)})


@router.get("/comments/{comment}")
async def one(office: InOffice, asking: Asking, comment: int) -> Response:
    """Return a comment: all of it to the staff, its state to its reader, to others if approved."""
    return answer(await office.read(_one, asking.staff, asking.account, comment))


@router.get("/mine")
async def mine(office: InOffice, asking: Asking, article: str | None = None) -> Response:
    """Return what the reader wrote, newest first, with what became of it."""
    account = asking.must_read()
    return answer({"comments": await office.read(_mine, account, article)})


@router.get("/terms")
async def terms(office: InOffice, article: str) -> Response:
    """Return the terms that a reader accepts before the first comment."""
    return answer(await office.read(_terms, article))


@router.post("/comments/{comment}/flags", status_code=201)
async def flag(
    request: Request, office: InOffice, asking: Asking, comment: int, given: GivenFlag
) -> Response:
    """Keep a reader's word that a comment breaks the policy."""
    account = asking.must_read()
    request.app.state.limits.take(f"{account.id}", request.app.state.address(request))
    if given.clause is not None and given.clause not in office.clauses:
        message = f"no clause named {given.clause!r}; there are: {', '.join(office.clauses)}"
        raise InvalidInputError(message)
    await office.write(_flag, account, comment, given)
    return answer({}, 201)


async def _author(office: Office, account: Account | None, given: GivenComment) -> Guest | Account:
    """Return who writes: whoever the token names, or a guest."""
    author = (
        GivenAuthor(name=None, email=None, token=given.author)
        if isinstance(given.author, str)
        else given.author
    )
    if author and author.token:
        account = (await known(office, author.token)).account
    if account is not None:
        return account
    if author is None or not (author.name or "").strip():
        message = "'author.name' is missing; it must be the name to sign with"
        raise InvalidInputError(message)
    return Guest((author.name or "").strip(), author.email or None)


def _sent(given: GivenComment, author: Guest | Account, key: str | None) -> Sent:
    """Return a comment as it was sent."""
    return Sent(given.article, given.text, author, given.parent, given.accept_terms, key)


def _reader(sent: Sent) -> str | None:
    """Return the number of a reader who is known."""
    return str(sent.author.id) if isinstance(sent.author, Account) else None


def _trying(who: str | None) -> str | None:
    """Return what the trials of a reader or an address are counted by."""
    return who and f"{who}, trying"


def _again(tx: Connection, office: Office, comment: Comment, sent: Sent) -> dict[str, object]:
    """
    Return the answer to a comment that was sent before.

    The rest of it everybody can read, so a guest is known by the key alone: with one that could be
    guessed the token stays here.
    """
    account = readers.one(tx, comment.reader)
    if account is None:
        message = "this comment was erased"
        raise ConflictError(message)
    secret = isinstance(sent.author, Account) or len(sent.key or "") >= _UNGUESSABLE
    return _with_reader(office, told(tx, [comment])[0], account, trusted=secret)


def _with_reader(
    office: Office, said: dict[str, object], account: Account, *, trusted: bool = True
) -> dict[str, object]:
    """Return what a reader is told of a comment, with who they are."""
    token = token_of(office, account) if trusted else None
    reader = {"id": account.id, "name": account.name, "token": token}
    return {**said, "reader": reader}


def _one(
    tx: Connection, staff: Staff | None, account: Account | None, number: int
) -> dict[str, object]:
    """Return a comment as who asks may see it."""
    comment = comments.one(tx, number)
    if comment is not None and staff is not None and staff.sees(comment.outlet):
        return detailed(tx, comment)
    if comment is not None and account is not None and comment.reader == account.id:
        return told(tx, [comment])[0]
    if comment is None or comment.state != "approved":
        message = f"there is no comment {number}"
        raise NotFoundError(message)
    return public(comment)


def _mine(tx: Connection, account: Account, article: str | None) -> list[dict[str, object]]:
    """Return what a reader wrote."""
    place = found(tx, article).id if article else None
    return told(tx, comments.of_reader(tx, account.id, place, _MOST_OWN))


def _terms(tx: Connection, article: str) -> dict[str, object]:
    """Return the terms of the outlet of an article."""
    outlet = outlets.one(tx, found(tx, article).outlet)
    assert outlet is not None  # noqa: S101  # the database knows the outlet of every article
    return {"version": outlet.terms_version, "url": outlet.terms_url}


def _flag(tx: Connection, account: Account, number: int, given: GivenFlag) -> None:
    """Keep a flag of an approved comment."""
    comment = comments.one(tx, number)
    if comment is None or comment.state != "approved":
        message = f"there is no comment {number}"
        raise NotFoundError(message)
    may_write(tx, account, comment.outlet, now())
    if flags.add(tx, number, account.id, now(), given.clause, given.note):
        facts = {"clause": given.clause}
        by = f"reader:{account.id}"
        log.append(tx, Deed(now(), by, "flagged", comment.outlet, comment.article, number, facts))
