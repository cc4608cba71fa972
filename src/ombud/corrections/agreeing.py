"""
What becomes of a proposed correction: another editor agrees or refuses, or its own takes it back.

Only agreeing makes it public, and nobody agrees to their own, whatever the outlet wants by then.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.corrections.publishing import check_among_others, make_public
from ombud.corrections.steps import reason_of
from ombud.errata import Correction, Proposal
from ombud.errors import ConflictError, ForbiddenError, NotFoundError
from ombud.newsroom import Published, Staff
from ombud.store import articles, corrections, log, proposals
from ombud.store.log import Deed


@dataclass(frozen=True, slots=True)
class Looked:
    """
    What an editor has looked at beside a proposal; as it was proposed, where it is not said.

    `newest`: the newest correction of the article, 0 for none; `edition`: the article's edition.
    """

    newest: int | None = None
    edition: int | None = None


AS_PROPOSED: Final = Looked()


def known(tx: Connection, who: Staff, number: int) -> Proposal:
    """Return a proposal that somebody may see; raise NotFoundError if there is none."""
    found = proposals.one(tx, number)
    if found is None or not who.sees(found.outlet):
        message = f"there is no proposal {number}"
        raise NotFoundError(message)
    return found


def agree(
    tx: Connection,
    who: Staff,
    number: int,
    at: datetime,
    site: str = "",
    looked: Looked = AS_PROPOSED,
) -> Correction:
    """
    Make public what another editor proposed, from now on.

    Raises NotFoundError for a proposal that the editor does not see, ForbiddenError for their own,
    ConflictError if it does not wait any more, or if what it was written for has changed and the
    editor has not looked at that; the proposal stays as it is.
    """
    about, one = _waiting(tx, who, number)
    if one.by == who.by:
        message = f"proposal {number} is your own; another editor has to agree to it"
        raise ForbiddenError(message)
    edition = one.edition if looked.edition is None else looked.edition
    if edition != about.edition:
        message = (
            f"the article has changed since: it is at edition {about.edition}, not {edition};"
            f" look at it, then agree to proposal {number} again"
        )
        raise ConflictError(message)
    editions = (one.before, one.after)
    new = Correction(
        0, one.outlet, one.article, one.kind, one.text, *editions, who.by, at, one.replaces
    )
    newest = one.newest if looked.newest is None else looked.newest
    check_among_others(corrections.of_article(tx, one.article), new, newest)
    new = make_public(tx, about, new, site, number)
    _end(tx, one, who, at, "published", correction=new.id)
    return new


def refuse(tx: Connection, who: Staff, number: int, reason: str, at: datetime) -> None:
    """
    Say that what another editor proposed is not published, and why.

    Raises ForbiddenError for one's own, InvalidInputError without a reason, ConflictError if it
    does not wait any more.
    """
    _, one = _waiting(tx, who, number)
    if one.by == who.by:
        message = f"proposal {number} is your own: withdraw it"
        raise ForbiddenError(message)
    _end(tx, one, who, at, "refused", reason=reason_of(reason))


def withdraw(tx: Connection, who: Staff, number: int, reason: str, at: datetime) -> None:
    """
    Take back what one proposed oneself; a reason may be given.

    Raises ForbiddenError for another's, ConflictError if it does not wait any more.
    """
    _, one = _waiting(tx, who, number)
    if one.by != who.by:
        message = f"proposal {number} is another editor's: agree to it, or refuse it with a reason"
        raise ForbiddenError(message)
    said = reason_of(reason) if reason.strip() else None
    _end(tx, one, who, at, "withdrawn", reason=said)


def _waiting(tx: Connection, who: Staff, number: int) -> tuple[Published, Proposal]:
    """Return a proposal that waits, with its article, about which nobody else publishes."""
    about = articles.locked(tx, known(tx, who, number).article)
    assert about is not None  # noqa: S101  # no article is ever removed
    # Before the log: whoever names it in a step just now may wait for that.
    one = proposals.locked(tx, number)
    assert one is not None  # noqa: S101  # no proposal is ever removed
    if one.outcome is not None:
        by = (one.ended_by or "").partition(":")[2]
        said = f": {one.reason}" if one.reason else ""
        message = f"proposal {number} was {one.outcome} by {by} before{said}"
        raise ConflictError(message)
    return about, one


def _end(  # noqa: PLR0913  # which, by whom, when, how and why
    tx: Connection,
    one: Proposal,
    who: Staff,
    at: datetime,
    outcome: str,
    *,
    reason: str | None = None,
    correction: int | None = None,
) -> None:
    """Keep how a proposal ended, and enter it."""
    proposals.end(tx, one.id, outcome, who.by, at, reason=reason, correction=correction)
    facts = {
        "proposal": one.id,
        "outcome": outcome,
        "reason": reason,
        "correction": correction,
    }
    log.append(tx, Deed(at, who.by, "proposal_ended", one.outlet, one.article, facts=facts))
