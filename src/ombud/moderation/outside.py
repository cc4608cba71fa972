"""
What moderators of other systems rule: kept as it came, and shown where the comment is ours too.

Nothing follows from it: a comment's state is what our own moderators say.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from ombud.newsroom import Ruling
from ombud.store import comments, log, rulings, suggestions
from ombud.store.log import Deed
from ombud.store.suggestions import Suggested

_KIND: Final = "outside"
_GOOD: Final = frozenset("APPROVED HIGHLIGHTED".split())
"""Names of scores that speak for a comment; all others speak against it."""
_YES: Final = 0.5


def keep(
    tx: Connection,
    suggested: Suggested,
    outlets: Sequence[str] | None = None,
    most: int | None = None,
) -> None:
    """
    Keep a suggestion, and a ruling on the comment of some outlets (None: of all) with its text.

    Raises StoreError if `most` bytes of suggestions are kept already.
    """
    number = suggestions.comment_of(tx, suggested.text, outlets)
    suggestions.add(tx, suggested, number, most)
    action = ruled(suggested.scores)
    if number is None or action is None:
        return
    theirs = [
        ruling.action
        for ruling in rulings.about(tx, number)
        if (ruling.kind, ruling.by) == (_KIND, suggested.by)
    ]
    known = comments.one(tx, number)
    if known is None or theirs[-1:] == [action]:
        return
    ruling = Ruling(
        id=0,
        comment=number,
        kind=_KIND,
        action=action,
        clause=None,
        note=None,
        by=suggested.by,
        undoes=None,
        state_before=known.state,
        state_after=known.state,
        at=suggested.at,
    )
    kept = rulings.add(tx, ruling)
    facts = {"ruling": kept.id, "action": action}
    deed = "ruled_outside"
    log.append(tx, Deed(kept.at, kept.by, deed, known.outlet, known.article, number, facts))


def ruled(scores: Mapping[str, object]) -> str | None:
    """Return what scores of a whole text say: approve or delete; None if they are of parts only."""
    against = [
        value < _YES if name in _GOOD else value >= _YES
        for name, entry in scores.items()
        if (value := _value(entry)) is not None
    ]
    if not against:
        return None
    return "delete" if any(against) else "approve"


def _value(entry: object) -> float | None:
    """Return the score of the whole text, if there is one."""
    summary = entry.get("summaryScore") if isinstance(entry, Mapping) else None
    value = summary.get("value") if isinstance(summary, Mapping) else None
    return float(value) if isinstance(value, int | float) else None
