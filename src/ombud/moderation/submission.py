"""
Taking a comment in: what is known of it, before it is judged and kept.

Between this transaction and that of `keeping` the policy judges, and nothing is locked.
The same key sent twice at the same time is one comment: `keeping` looks again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from ombud.case import Case
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, OmbudError
from ombud.lexicon.looks import looks_near
from ombud.moderation.campaigns import ALIKE
from ombud.moderation.known import NAMES, Known, Look
from ombud.moderation.pace import Pace, keep_pace
from ombud.moderation.sent import Sent, check
from ombud.newsroom import Account, Comment, Mode, Outlet, Published, Reader, Record
from ombud.repeats import MOST
from ombud.store import campaigns, comments, flags, log, readers, repeats
from ombud.store.repeats import Alike


@dataclass(frozen=True, slots=True)
class Prepared:
    """
    A comment with all that is known of it, ready to be judged.

    `newest`: the last entry of the log when its repeats were looked for.
    """

    sent: Sent
    case: Case
    outlet: Outlet
    article: Published
    parent: Comment | None
    record: Record
    mode: Mode
    newest: int


def prepare(
    tx: Connection, sent: Sent, known: Known, at: datetime, pace: Pace | None = None
) -> Prepared | Comment:
    """
    Return all that is known of a comment, or what it became if it was sent before.

    The transaction must have read nothing yet: see `Known`.
    Raises InvalidInputError, NotFoundError, ConflictError or ForbiddenError where it cannot be
    taken, and BusyError where somebody goes beyond the `pace`.
    """
    (found,) = prepare_all(tx, [sent], known, at, pace)
    if isinstance(found, OmbudError):
        raise found
    return found


def prepare_all(
    tx: Connection, sent: Sequence[Sent], known: Known, at: datetime, pace: Pace | None = None
) -> list[Prepared | Comment | OmbudError]:
    """Prepare comments that wait at the same time; what cannot be taken has its error instead."""
    look = known.through(tx)
    refused = [_refused(one) for one in sent]
    fit = [one for one, error in zip(sent, refused, strict=True) if error is None]
    keys = [(one.sender, one.key) for one in fit if one.key]
    before = flags.sent_before(tx, keys) if keys else {}
    newest = log.last(tx)
    found = [
        error or _found(look, one, before, newest, at, pace)
        for one, error in zip(sent, refused, strict=True)
    ]
    fresh = [one for one in found if isinstance(one, Prepared)]
    alike = iter(repeats.alike_all(tx, [(one.case, _account(one.sent)) for one in fresh]))
    return [
        _repeating(tx, one, next(alike), at) if isinstance(one, Prepared) else one for one in found
    ]


def _refused(sent: Sent) -> OmbudError | None:
    """Return why something cannot be a comment, if it cannot."""
    try:
        check(sent)
    except InvalidInputError as error:
        return error
    return None


def _found(
    look: Look,
    sent: Sent,
    before: Mapping[flags.Key, tuple[str, int]],
    newest: int,
    at: datetime,
    pace: Pace | None,
) -> Prepared | Comment | OmbudError:
    """Return what is known of a comment but for its repeats, or why it cannot be taken."""
    try:
        return sent_before(look.tx, sent, before) or _known(look, sent, newest, at, pace)
    except OmbudError as error:
        return error


def _known(look: Look, sent: Sent, newest: int, at: datetime, pace: Pace | None) -> Prepared:
    """Return what is known of a comment but for its repeats."""
    tx = look.tx
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
    if pace:
        keep_pace(tx, pace, account, sent.trace, at)
    if not sent.accept_terms and (account is None or account.terms_version != outlet.terms_version):
        message = (
            f"'accept_terms' must be true before the first comment: the terms are version"
            f" {outlet.terms_version}, at {outlet.terms_url}"
        )
        raise InvalidInputError(message, code="terms_not_accepted")
    name = sent.author.name or ""
    case = Case(
        sent.text,
        author=Reader(
            name,
            verified=account is not None and account.sso_id is not None,
            staff=account is not None and account.staff,
        ),
        article=article.article,
        parent=parent.text if parent else None,
        staff=look.staff(),
        readers=_others(look, outlet.id, name, parent, account),
        outlet=outlet.name,
    )
    record = readers.record(tx, account.id) if account else Record()
    return Prepared(sent, case, outlet, article, parent, record, mode, newest)


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
    look: Look, outlet: str, signed: str, parent: Comment | None, account: Account | None
) -> tuple[str, ...]:
    """
    Return the names of other readers that this one may not sign with.

    Of very many the latest are compared with it in every way, the others if they look like it.
    """
    own = account.id if account else 0
    latest = look.readers(outlet)
    others = readers.looking(look.tx, outlet, looks_near(signed)) if len(latest) >= NAMES else []
    names = {name for number, name in (*latest, *others) if number != own}
    if parent:
        names.update(readers.in_thread(look.tx, parent.root, own))
    if account:
        names.discard(account.name or "")
    return tuple(sorted(names))


def _account(sent: Sent) -> int | None:
    """Return the number of the account that sends a comment, if there is one."""
    return sent.author.id if isinstance(sent.author, Account) else None


def _repeating(
    tx: Connection, prepared: Prepared, alike: Sequence[Alike], at: datetime
) -> Prepared:
    """Return a comment with the earlier ones that are nearly the same, and their campaign."""
    reader = _account(prepared.sent)
    case = with_repeats(tx, prepared.case, alike, reader, prepared.outlet.id, at)
    return replace(prepared, case=case)


def with_repeats(
    tx: Connection,
    case: Case,
    alike: Iterable[Alike],
    reader: int | None,
    outlet: str,
    at: datetime,
) -> Case:
    """
    Return the case with more comments that are nearly the same, and their campaign.

    Of the campaign its outlet is told no more than it has of it itself.
    """
    found = repeats.repeats((_counted(one, reader) for one in alike), reader, outlet, at)
    if not found:
        return case
    # Of equal ones those that are known already come first: they are its reader's own, if any are.
    both = sorted((*case.repeats, *found), key=lambda one: -one.likeness)[:MOST]
    near = {one.comment for one in both if one.comment and one.likeness >= ALIKE}
    return replace(case, repeats=tuple(both), spread=campaigns.spread(tx, near, outlet))


def _counted(alike: Alike, reader: int | None) -> Alike:
    """
    Leave out what was deleted of the same reader, if it is changed.

    Readers are asked to change it and send it anew.
    """
    if alike.likeness == 1:
        return alike
    copies = (one for one in alike.copies if one.reader != reader or one.state != "deleted")
    return replace(alike, copies=tuple(copies))
