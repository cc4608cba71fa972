"""
Keeping what was judged: comments with their decisions, and everything that follows from them.

Many that wait at the same time take no more statements than one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.assertions.parting import parted
from ombud.errors import ConflictError
from ombud.moderation import campaigns
from ombud.moderation.meanwhile import Judged, in_turn, looked_again
from ombud.moderation.sent import Guest
from ombud.moderation.standing import standing
from ombud.moderation.submission import Prepared, sent_before
from ombud.newsroom import Account, Comment, Outlet
from ombud.policy import Decision, Policy
from ombud.store import (
    comments,
    decisions,
    entering,
    flags,
    log,
    meanwhile,
    onehand,
    readers,
    reports,
)
from ombud.store.log import Deed

_REPORTED: Final = "correction_request"


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A comment that was kept, and who wrote it; `again` if it was kept before.

    `decision`: what was decided in the end; None of one that was kept before.
    """

    comment: Comment
    account: Account
    decision: Decision | None = None
    again: bool = False


def keep(
    tx: Connection, prepared: Prepared, decision: Decision, policy: Policy, at: datetime
) -> Kept:
    """Keep a comment with its decision, and everything that follows, in one transaction."""
    return keep_all(tx, [Judged(prepared, decision, policy)], at)[0]


def keep_all(tx: Connection, judged: Sequence[Judged], at: datetime) -> list[Kept]:
    """
    Keep comments with their decisions, and everything that follows, in one transaction.

    Raises ConflictError if two of them have the same key, or one has that of another comment.
    """
    sent = [one.prepared.sent for one in judged]
    keys = [(one.sender, one.key) for one in sent if one.key]
    if len(set(keys)) < len(keys):
        message = "this idempotency key is in use at this moment; please try again"
        raise ConflictError(message)
    known: dict[flags.Key, tuple[str, int]] = {}
    if keys:
        flags.take_turn(tx, keys)
        known = flags.sent_before(tx, keys)
    before = [sent_before(tx, one, known) for one in sent]
    fresh = [one for one, comment in zip(judged, before, strict=True) if comment is None]
    kept = iter(_keep_new(tx, fresh, at) if fresh else ())
    return [_kept_before(tx, comment) if comment else next(kept) for comment in before]


def _keep_new(tx: Connection, judged: Sequence[Judged], at: datetime) -> list[Kept]:
    """Keep comments that were not sent before; copies come after one another."""
    accounts = _accounts(tx, [one.prepared for one in judged], at)
    begun = (_written(*pair, at)[1] for pair in zip(judged, accounts, strict=True))
    if any(one.state == "approved" for one in begun):
        # Of what waits for a moderator anyway others may not know for a moment; nobody waits then.
        meanwhile.take_turn(tx, {one.prepared.article.id for one in judged})
    kept: dict[int, Kept] = {}
    for places in in_turn(judged):
        some = looked_again(tx, [judged[place] for place in places], at)
        theirs = [accounts[place] for place in places]
        kept.update(zip(places, _keep_some(tx, some, theirs, at), strict=True))
    return [kept[place] for place in range(len(judged))]


def _keep_some(
    tx: Connection, judged: Sequence[Judged], accounts: Sequence[Account], at: datetime
) -> list[Kept]:
    """Keep comments none of which repeats another, or which know of the one that they repeat."""
    written = [_written(one, account, at) for one, account in zip(judged, accounts, strict=True)]
    kept = comments.add(tx, written)
    both = list(zip(kept, judged, strict=True))
    decisions.add(tx, [(comment.id, one.decision, at) for comment, one in both])
    if keyed := [
        ((sent.sender, sent.key), sent.digest, comment.id)
        for comment, one in both
        if (sent := one.prepared.sent).key
    ]:
        flags.remember(tx, keyed, at)
    opened = [_report(tx, *pair) for pair in both if _REPORTED in _rules(pair[1].decision)]
    traced = [(comment.id, trace) for comment, one in both if (trace := one.prepared.sent.trace)]
    onehand.keep(tx, traced, at)
    deeds = [_deed(*pair, new) for pair, (new, _) in zip(both, written, strict=True)]
    log.append(tx, *deeds, *opened)
    entered = [(comment, one.prepared.case) for comment, one in both]
    places = entering.enter_all(tx, entered)
    # A text that is new and repeats nothing belongs to no campaign, nor does one that is too short.
    growing = [
        one
        for one, place in zip(entered, places, strict=True)
        if place and not (place.new and not one[1].repeats)
    ]
    campaigns.grow(tx, growing, at)
    return [
        Kept(comment, account, one.decision)
        for (comment, one), account in zip(both, accounts, strict=True)
    ]


def _written(
    judged: Judged, account: Account, at: datetime
) -> tuple[comments.Written, comments.Standing]:
    """Return a comment as it is kept, and the state that it begins in."""
    prepared = judged.prepared
    begins = standing(
        judged.decision,
        judged.policy,
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
        text=prepared.sent.text,
        terms_version=prepared.outlet.terms_version,
        at=at,
        parent=prepared.parent,
    )
    return written, begins


def _report(tx: Connection, comment: Comment, judged: Judged) -> Deed:
    """Open a report of the error that a comment asserts, whatever becomes of the comment."""
    spans = [one.span for one in judged.decision.findings if one.rule == _REPORTED]
    asserted = [
        reports.Asserted(kind, span.begin, span.end)
        for kind, span in parted(comment.text or "", next(iter(spans), None))
    ]
    opening = reports.Opening(
        judged.prepared.outlet,
        "comment",
        comment.created_at,
        asserted,
        article=comment.article,
        edition=comment.edition,
        comment=comment.id,
        salt=secrets.token_hex(16),
    )
    return reports.opened(opening, reports.keep(tx, opening))


def _deed(comment: Comment, judged: Judged, written: comments.Written) -> Deed:
    """Return what is entered in the log about a new comment."""
    decision = judged.decision
    facts = {
        "state": comment.state,
        "action": str(decision.action),
        "rules": _rules(decision),
        "policy": decision.policy,
        "model": decision.model,
        "digest": written.digest,
        "name_digest": comments.digest(written.salt, written.name),
    }
    by = f"reader:{comment.reader}"
    return Deed(written.at, by, "sent", comment.outlet, comment.article, comment.id, facts)


def _rules(decision: Decision) -> list[str]:
    """Return the rules of what was found."""
    return sorted({finding.rule for finding in decision.findings})


def _kept_before(tx: Connection, comment: Comment) -> Kept:
    """Return a comment that was kept before, with who wrote it."""
    account = readers.one(tx, comment.reader)
    if account is None:
        message = "this comment was erased"
        raise ConflictError(message)
    return Kept(comment, account, again=True)


def _accounts(tx: Connection, new: Sequence[Prepared], at: datetime) -> list[Account]:
    """Return who writes; a guest becomes a reader, and who has an account accepts the terms."""
    guests = [
        _guest(one.sent.author, one.outlet, at) for one in new if isinstance(one.sent.author, Guest)
    ]
    joined = iter(readers.join(tx, guests) if guests else ())
    accounts: list[Account] = []
    accepting: dict[int, str] = {}
    for one in new:
        author, terms = one.sent.author, one.outlet.terms_version
        if isinstance(author, Guest):
            accounts.append(next(joined))
            continue
        if author.terms_version != terms:
            accepting[author.id] = terms
        accounts.append(author)
    readers.accepted(tx, accepting)
    return accounts


def _guest(guest: Guest, outlet: Outlet, at: datetime) -> Account:
    """Return a new reader, who has accepted the terms."""
    return Account(
        id=0,
        outlet=outlet.id,
        name=guest.name,
        email=guest.email,
        sso_id=None,
        staff=False,
        terms_version=outlet.terms_version,
        joined_at=at,
    )
