"""
Taking a comment in: what is known of it, before it is judged and kept.

Between this transaction and that of `keeping` the policy judges, and nothing is locked.
The same key sent twice at the same time is one comment: `keeping` looks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from ombud.case import Case
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation.known import Known, Look
from ombud.moderation.memory import Memory
from ombud.moderation.sent import Sent, check
from ombud.newsroom import Account, Comment, Mode, Outlet, Published, Reader, Record
from ombud.store import comments, flags, readers


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
    tx: Connection, sent: Sent, repeats: Memory, known: Known, at: datetime
) -> Prepared | Comment:
    """
    Return all that is known of a comment, or what it became if it was sent before.

    The transaction must have read nothing yet: see `Known`.
    Raises InvalidInputError, NotFoundError, ConflictError or ForbiddenError where it cannot be
    taken.
    """
    check(sent)
    look = known.through(tx)
    key = (sent.sender, sent.key) if sent.key else None
    if key and (before := sent_before(tx, sent, flags.sent_before(tx, [key]))):
        return before
    article = look.article(sent.article)
    outlet = look.outlet(article.outlet)
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
        staff=() if account and account.staff else look.staff(),
        readers=_others(look, outlet.id, parent, account),
    )
    case = _with_repeats(tx, case, repeats)
    record = readers.record(tx, account.id) if account else Record()
    return Prepared(sent, case, outlet, article, parent, record, mode)


def sent_before(
    tx: Connection, sent: Sent, known: Mapping[flags.Key, tuple[str, int]]
) -> Comment | None:
    """Return what was sent under the same key before; raise ConflictError if it is another."""
    before = known.get((sent.sender, sent.key)) if sent.key else None
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
    look: Look, outlet: str, parent: Comment | None, account: Account | None
) -> tuple[str, ...]:
    """Return the names of other readers that this one may not sign with."""
    own = account.id if account else 0
    names = {name for number, name in look.readers(outlet) if number != own}
    if parent:
        names.update(readers.in_thread(look.tx, parent.root, own))
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
    return replace(case, repeats=counted)
