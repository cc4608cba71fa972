"""Reports of errors out of comments that Coral keeps: their words stay here all the same."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ombud.assertions.parting import parted
from ombud.newsroom import Outlet
from ombud.policy import Decision
from ombud.store import Store, comments, log, reports
from ombud.store.log import Deed
from ombud.store.reports import Asserted, Opening

_REPORTED: Final = "correction_request"
Entry = tuple[Deed, Opening | None]
"""A decision for the log, and the report that follows from it."""


def opening(
    outlet: Outlet, text: str, article: int | None, decision: Decision, at: datetime
) -> Opening | None:
    """Return the report that a comment is, None where it reports nothing; the same text is one."""
    found = [one.span for one in decision.findings if one.rule == _REPORTED]
    if not found:
        return None
    salt = secrets.token_hex(16)
    same = hashlib.sha256(f"{outlet.id}\n{article}\n{text}".encode()).hexdigest()
    return Opening(
        outlet,
        "coral",
        at,
        [Asserted(kind, span.begin, span.end) for kind, span in parted(text, found[0])],
        article=article,
        text=text,
        salt=salt,
        digest=comments.digest(salt, text),
        key=f"coral:{same}",
    )


def enter_all(store: Store, entries: Sequence[Entry]) -> list[None]:
    """Enter many decisions, and open what follows from them, in one transaction."""
    with store.writing() as tx:
        for deed, report in entries:
            log.append(tx, deed)
            if report and reports.by_key(tx, report.key or "") is None:
                reports.add(tx, report)
    return [None] * len(entries)
