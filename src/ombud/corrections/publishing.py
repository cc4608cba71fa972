"""Publishing a correction: its words, with the editions of the article before and after."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.errata import Correction
from ombud.errors import InvalidInputError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import articles, corrections, log
from ombud.store.corrected import PUBLISHED
from ombud.store.log import Deed

_LONGEST: Final = 5000


@dataclass(frozen=True, slots=True)
class Written:
    """
    A correction or clarification as an editor writes it.

    `before` and `after`: the editions of the article with the error and without; the newest, and
    the one before that, where they are not given.
    """

    article: int
    kind: str
    text: str
    before: int | None = None
    after: int | None = None


def publish(tx: Connection, who: Staff, written: Written, at: datetime) -> Correction:
    """
    Publish a correction or a clarification.

    Raises NotFoundError for an article that the editor does not see, InvalidInputError for what
    cannot be published.
    """
    found = articles.one(tx, written.article)
    if found is None or not who.sees(found.outlet):
        message = f"there is no article {written.article}"
        raise NotFoundError(message)
    text = written.text.strip()
    if written.kind not in PUBLISHED:
        message = f"'kind' is {written.kind!r}; it must be one of {', '.join(PUBLISHED)}"
        raise InvalidInputError(message)
    if not text or len(text) > _LONGEST:
        message = f"'text' has {len(text)} letters; it must have 1 to {_LONGEST}"
        raise InvalidInputError(message)
    after = found.edition if written.after is None else written.after
    before = max(1, after - 1) if written.before is None else written.before
    if not 1 <= before <= after <= found.edition:
        message = f"'before' and 'after' must be editions from 1 to {found.edition}, in this order"
        raise InvalidInputError(message)
    new = Correction(
        0, found.outlet, found.id, written.kind, text, before, after, who.by, published_at=at
    )
    number = corrections.add(tx, new)
    facts = {
        "correction": number,
        "kind": new.kind,
        "before": before,
        "after": after,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }
    log.append(tx, Deed(at, who.by, "correction_published", found.outlet, found.id, facts=facts))
    return Correction(
        number, found.outlet, found.id, written.kind, text, before, after, who.by, published_at=at
    )
