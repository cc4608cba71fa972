"""
Publishing a correction: its words, with the editions of the article before and after.

Where the outlet wants two editors it is only proposed; what follows then is in `agreeing`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.assertions.evidence import evidence
from ombud.corrections.changes import check_editions
from ombud.corrections.linking import standing
from ombud.corrections.noticing import tell_outlet
from ombud.errata import Correction, Proposal
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.newsroom import Article, Published, Staff
from ombud.store import articles, corrections, log, outlets, proposals
from ombud.store.corrected import PUBLISHED
from ombud.store.log import Deed

_LONGEST: Final = 5000


@dataclass(frozen=True, slots=True)
class Written:
    """
    A correction or clarification as an editor writes it.

    `before` and `after`: the editions of the article with the error and without; the newest, and
    the one before that, where they are not given. What is only made clearer need not have changed:
    of a clarification both are the newest.
    `replaces`: an earlier one that no longer holds.
    `seen`: the newest one about the article that the editor knows of, 0 for none; without it and
    `replaces`, nothing is published of a sentence of which one speaks that still holds.
    """

    article: int
    kind: str
    text: str
    before: int | None = None
    after: int | None = None
    replaces: int | None = None
    seen: int | None = None


def publish(
    tx: Connection, who: Staff, written: Written, at: datetime, site: str = ""
) -> Correction | Proposal:
    """
    Publish a correction or a clarification, or propose it where the outlet wants two editors.

    `site`: where our pages are.
    Raises NotFoundError for an article that the editor does not see, InvalidInputError for what
    cannot be published, ConflictError for what is published already or another editor was faster.
    """
    # One after another: who comes second sees what the first one published.
    found = articles.locked(tx, written.article)
    if found is None or not who.sees(found.outlet):
        message = f"there is no article {written.article}"
        raise NotFoundError(message)
    new = _checked(found, written, who.by, at)
    known = corrections.of_article(tx, found.id)
    check_among_others(known, new, written.seen)
    if written.seen is None and new.replaces is None:
        _check_same_sentence(standing(known), new, articles.edition(tx, found.id, new.before))
    outlet = outlets.one(tx, found.outlet)
    if outlet is not None and outlet.two_editors:
        return _propose(tx, found, new, known[0].id if known else 0)
    return make_public(tx, found, new, site)


def make_public(
    tx: Connection, about: Published, new: Correction, site: str, proposal: int | None = None
) -> Correction:
    """
    Keep what is public from now on, and tell the outlet's own system in its turn.

    `proposal`: which one was agreed to, if it was proposed.
    """
    new = replace(new, id=corrections.add(tx, new))
    log.append(tx, _entered(new, proposal))
    tell_outlet(tx, about, new, site)
    return new


def _propose(tx: Connection, about: Published, new: Correction, newest: int) -> Proposal:
    """Keep what waits for another editor; refuse what waits already."""
    for one in proposals.of_article(tx, about.id):
        if one.outcome is None and (one.kind, one.text) == (new.kind, new.text):
            message = f"this is proposed already, as proposal {one.id}"
            raise ConflictError(message)
    proposal = Proposal(
        id=0,
        outlet=new.outlet,
        article=new.article,
        kind=new.kind,
        text=new.text,
        before=new.before,
        after=new.after,
        newest=newest,
        edition=about.edition,
        by=new.by,
        at=new.published_at,
        replaces=new.replaces,
    )
    proposal = replace(proposal, id=proposals.add(tx, proposal))
    facts = {
        "proposal": proposal.id,
        **_written(new),
        "newest": proposal.newest,
        "edition": proposal.edition,
    }
    deed = "correction_proposed"
    log.append(tx, Deed(proposal.at, new.by, deed, new.outlet, new.article, facts=facts))
    return proposal


def _checked(found: Published, written: Written, by: str, at: datetime) -> Correction:
    """Return what is to be published, without a number; refuse what cannot be."""
    text = written.text.strip()
    if written.kind not in PUBLISHED:
        message = f"'kind' is {written.kind!r}; it must be one of {', '.join(PUBLISHED)}"
        raise InvalidInputError(message)
    if not text or len(text) > _LONGEST:
        message = f"'text' has {len(text)} letters; it must have 1 to {_LONGEST}"
        raise InvalidInputError(message)
    if not any(map(str.isalnum, text)):
        message = "'text' has neither a letter nor a number; it must say what was wrong"
        raise InvalidInputError(message)
    after = found.edition if written.after is None else written.after
    usual = max(1, after - 1) if written.kind == "correction" else after
    before = usual if written.before is None else written.before
    check_editions(found, before, after)
    kind, replaces = written.kind, written.replaces
    return Correction(0, found.outlet, found.id, kind, text, before, after, by, at, replaces)


def check_among_others(known: Sequence[Correction], new: Correction, seen: int | None) -> None:
    """Refuse what contradicts or repeats what was published about an article, newest first."""
    newest = known[0].id if known else 0
    if seen is not None and seen != newest:
        message = f"number {newest} was published about this article meanwhile; look at it first"
        raise ConflictError(message)
    replaced = {one.replaces for one in known}
    if new.replaces in replaced - {None}:
        message = f"number {new.replaces} was replaced before; replace the one that holds"
        raise ConflictError(message)
    if new.replaces is not None and all(one.id != new.replaces for one in known):
        message = f"there is no correction {new.replaces} of this article"
        raise InvalidInputError(message)
    for one in known:
        if one.id not in replaced and (one.kind, one.text) == (new.kind, new.text):
            message = f"this is published already, as number {one.id}"
            raise ConflictError(message)


def _check_same_sentence(
    known: Sequence[Correction], new: Correction, read: Article | None
) -> None:
    """Refuse what speaks of the same sentence as one that holds: readers would read both."""
    about = evidence(new.text, read, 1) if known and read else []
    for one in known:
        if about and read and evidence(one.text, read, 1) == about:
            message = (
                f"number {one.id} speaks of the same sentence and still holds; say that this one"
                f" 'replaces' it, or, if both are right, that you have 'seen' {known[0].id}"
            )
            raise ConflictError(message)


def _entered(new: Correction, proposal: int | None) -> Deed:
    """Return what is entered in the log about what was published."""
    facts = {"correction": new.id, **_written(new)}
    if proposal is not None:
        facts["proposal"] = proposal
    return Deed(
        new.published_at, new.by, "correction_published", new.outlet, new.article, facts=facts
    )


def _written(new: Correction) -> dict[str, object]:
    """Return what the log says of the words, published or proposed."""
    return {
        "kind": new.kind,
        "before": new.before,
        "after": new.after,
        "replaces": new.replaces,
        "digest": hashlib.sha256(new.text.encode()).hexdigest(),
    }
