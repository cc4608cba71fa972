"""
Taking a comment in: what is known of it, then the judging, then keeping it.

`prepare` and `keep` each work in a transaction; between them the policy judges, and nothing is
locked.
The same key sent twice at the same time is one comment: `keep` looks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.case import Case
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation.memory import Memory
from ombud.moderation.sent import Sent, check
from ombud.moderation.standing import standing
from ombud.newsroom import Account, Comment, Mode, Outlet, Published, Reader, Record
from ombud.policy import Decision, Policy
from ombud.store import articles, comments, decisions, flags, log, outlets, readers
from ombud.store.log import Deed

_NAMES: Final = 500
"""Readers whose names are protected under an article."""
_REPORTED: Final = "correction_request"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A comment with all that is known of it, ready to be judged."""

    sent: Sent
    case: Case
    outlet: Outlet
    article: Published
    parent: Comment | None
    record: Record
    mode: Mode


def prepare(
    tx: Connection, sent: Sent, repeats: Memory, staff: Sequence[str], at: datetime
) -> Prepared | Comment:
    """
    Return all that is known of a comment, or what it became if it was sent before.

    `staff`: names that nobody else may sign with.
    Raises InvalidInputError, NotFoundError, ConflictError or ForbiddenError where it cannot be
    taken.
    """
    check(sent)
    if known := _sent_before(tx, sent):
        return known
    article = found(tx, sent.article)
    outlet = outlets.one(tx, article.outlet)
    assert outlet is not None  # noqa: S101  # the database knows the outlet of every article
    mode = article.mode or outlet.mode
    if mode == "closed":
        message = "this article takes no comments any more"
        raise ConflictError(message, code="closed")
    parent = _parent(tx, sent.parent, article)
    account = sent.author if isinstance(sent.author, Account) else None
    if account:
        may_write(tx, account, article.outlet, at)
    if not sent.accept_terms and (account is None or account.terms_version != outlet.terms_version):
        message = (
            f"'accept_terms' must be true before the first comment: the terms are version"
            f" {outlet.terms_version}, at {outlet.terms_url}"
        )
        raise InvalidInputError(message, code="terms_not_accepted")
    name = sent.author.name or ""
    case = Case(
        sent.text,
        author=Reader(name),
        article=article.article,
        parent=parent.text if parent else None,
        # Who works here may sign with their own name.
        staff=() if account and account.staff else tuple(staff),
        readers=_others(tx, outlet.id, parent, account),
    )
    case = _with_repeats(tx, case, repeats)
    record = readers.record(tx, account.id) if account else Record()
    return Prepared(sent, case, outlet, article, parent, record, mode)


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment that was kept, and who wrote it."""

    comment: Comment
    account: Account


def keep(
    tx: Connection, prepared: Prepared, decision: Decision, policy: Policy, at: datetime
) -> Kept:
    """Keep a comment with its decision, and everything that follows, in one transaction."""
    sent = prepared.sent
    if sent.key:
        flags.take_turn(tx, sent.sender, sent.key)
    if known := _sent_before(tx, sent):
        account = readers.one(tx, known.reader)
        if account is None:
            message = "this comment was erased"
            raise ConflictError(message)
        return Kept(known, account)
    account = _account(tx, prepared, at)
    if account.terms_version != prepared.outlet.terms_version:
        readers.accepted(tx, account.id, prepared.outlet.terms_version)
    begins = standing(
        decision,
        policy,
        prepared.mode,
        prepared.record,
        trust_after=prepared.outlet.trust_after,
        staff=account.staff,
    )
    written = comments.Written(
        outlet=prepared.outlet.id,
        article=prepared.article.id,
        edition=prepared.article.edition,
        reader=account.id,
        name=account.name or "",
        staff=account.staff,
        text=sent.text,
        terms_version=prepared.outlet.terms_version,
        at=at,
        parent=prepared.parent,
    )
    comment = comments.add(tx, written, begins)
    decisions.add(tx, comment.id, decision, at)
    if sent.key:
        flags.remember(tx, sent.sender, sent.key, sent.digest, comment.id, at)
    rules = sorted({finding.rule for finding in decision.findings})
    if _REPORTED in rules:
        flags.report(tx, comment.article, comment.id, at)
    facts = {
        "state": comment.state,
        "action": str(decision.action),
        "rules": rules,
        "policy": decision.policy,
        "model": decision.model,
        "digest": written.digest,
        "name_digest": comments.digest(written.salt, written.name),
    }
    log.append(
        tx,
        Deed(
            at, f"reader:{account.id}", "sent", comment.outlet, comment.article, comment.id, facts
        ),
    )
    return Kept(comment, account)


def found(tx: Connection, article: str | int) -> Published:
    """Return the article at an address or with a number; raises NotFoundError."""
    known = articles.one(tx, article) if isinstance(article, int) else articles.by_url(tx, article)
    if known is None and isinstance(article, str) and article.isascii() and article.isdigit():
        known = articles.one(tx, int(article[:18]))
    if known is None:
        message = "there is no such article here; a newsroom enters it with PUT /api/articles"
        raise NotFoundError(message)
    return known


def _sent_before(tx: Connection, sent: Sent) -> Comment | None:
    """Return what was sent under the same key before."""
    before = flags.sent_before(tx, sent.sender, sent.key) if sent.key else None
    if before is None:
        return None
    digest, number = before
    if digest != sent.digest:
        message = "this idempotency key was used with another comment; use a new one for this"
        raise ConflictError(message)
    return comments.one(tx, number)


def _parent(tx: Connection, number: int | None, article: Published) -> Comment | None:
    """Return the comment that is answered."""
    if number is None:
        return None
    parent = comments.one(tx, number)
    if parent is None or parent.article != article.id or parent.state != "approved":
        message = f"there is no comment {number} to answer under this article"
        raise NotFoundError(message)
    if parent.depth >= comments.DEEPEST:
        message = f"answers nest {comments.DEEPEST} deep at most; answer one further up"
        raise InvalidInputError(message)
    return parent


def may_write(tx: Connection, account: Account, outlet: str, at: datetime) -> None:
    """Refuse a reader of another outlet, and one who is banned."""
    if account.outlet != outlet:
        message = "this reader belongs to another outlet"
        raise ForbiddenError(message)
    if ban := readers.banned(tx, account.id, at):
        until = f"until {ban.until:%d %B %Y, %H:%M} UTC" if ban.until else "for good"
        message = f"you cannot write {until}: {ban.reason}"
        raise ForbiddenError(message, code="suspended")


def _others(
    tx: Connection, outlet: str, parent: Comment | None, account: Account | None
) -> tuple[str, ...]:
    """Return the names of other readers that this one may not sign with."""
    own = account.id if account else 0
    names = {name for number, name in readers.names(tx, outlet, _NAMES) if number != own}
    if parent:
        names.update(readers.in_thread(tx, parent.root, own))
    if account:
        names.discard(account.name or "")
    return tuple(sorted(names))


def _with_repeats(tx: Connection, case: Case, repeats: Memory) -> Case:
    """
    Return the case with the earlier comments that are nearly the same.

    What was deleted of the same reader does not count if it is changed: readers are asked to
    change it and send it anew.
    """
    alike = repeats.alike(case)
    if not alike:
        return case
    own = {one.comment for one in alike if one.same_reader and one.likeness < 1 and one.comment}
    known = comments.some(tx, own) if own else {}
    counted = tuple(
        one for one in alike if one.comment not in known or known[one.comment].state != "deleted"
    )
    return Case(
        case.text, case.author, case.article, case.parent, counted, case.staff, case.readers
    )


def _account(tx: Connection, prepared: Prepared, at: datetime) -> Account:
    """Return who writes; a guest becomes a reader with the first comment."""
    author = prepared.sent.author
    if isinstance(author, Account):
        return author
    guest = Account(
        id=0,
        outlet=prepared.outlet.id,
        name=author.name,
        email=author.email,
        sso_id=None,
        staff=False,
        terms_version=None,
        joined_at=at,
    )
    return readers.joined(tx, guest)
