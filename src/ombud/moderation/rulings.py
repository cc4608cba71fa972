"""What moderators do with comments: rule, take back, escalate, claim, give a second opinion."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.moderation.sent import check_text
from ombud.newsroom import Comment, Ruling, Staff, State
from ombud.store import comments, decisions, log, queue, rulings
from ombud.store.log import Deed

CLAIMED_FOR: Final = timedelta(minutes=5)
STATES: Final[dict[str, State]] = {"approve": "approved", "delete": "deleted"}
_LONGEST_NOTE: Final = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What a moderator says of a comment: approve or delete, by which clause, with which note.

    `expected` is the state that they saw; if it is another by now, somebody else was faster.
    """

    action: str
    clause: str | None = None
    note: str | None = None
    expected: State | None = None


def rule(
    tx: Connection,
    who: Staff,
    comment: int,
    verdict: Verdict,
    clauses: Collection[str],
    at: datetime,
) -> Ruling:
    """
    Rule on a comment; deleting cites the clause given, or the strictest that was found.

    `clauses`: the rules of the policy in force.
    """
    known = _open(tx, who, comment, at)
    if verdict.expected not in (None, known.state):
        raise ConflictError(_overtaken(tx, known))
    cited = _cited(tx, known, verdict, clauses)
    after = STATES[verdict.action]
    ruling = _ruling(who, known, verdict.action, after, at)
    made = rulings.add(tx, replace(ruling, clause=cited, note=verdict.note))
    comments.stand(tx, known, after, at)
    _enter(tx, who, known, "ruled", made)
    return made


def undo(tx: Connection, who: Staff, ruling: int, at: datetime) -> Ruling:
    """Take back the ruling that holds for a comment: a new ruling restores what was before."""
    taken = rulings.one(tx, ruling)
    about = comments.one(tx, taken.comment) if taken else None
    if taken is None or about is None or not who.sees(about.outlet):
        message = f"there is no ruling {ruling}"
        raise NotFoundError(message)
    own_escalation = taken.action == "escalate" and taken.by == who.by
    known = _open(tx, who, taken.comment, at, editors_only=not own_escalation)
    holds = rulings.standing(tx, [taken.comment]).get(taken.comment)
    if holds is None or holds.id != ruling:
        message = "this ruling does not hold any more; only the one that holds can be taken back"
        raise ConflictError(message)
    if taken.by != who.by and not who.may("editor"):
        message = f"this ruling is {taken.by.partition(':')[2]}'s; an editor can take it back"
        raise ForbiddenError(message)
    back = _ruling(who, known, "undo", taken.state_before, at)
    made = rulings.add(tx, replace(back, undoes=ruling))
    comments.stand(tx, known, taken.state_before, at)
    before = rulings.standing(tx, [known.id]).get(known.id)
    if before is not None and before.action == "escalate":
        comments.mark(tx, known.id, escalated=True)
    _enter(tx, who, known, "undone", made)
    return made


def escalate(tx: Connection, who: Staff, comment: int, note: str, at: datetime) -> Ruling:
    """Leave a comment to an editor, with a word of why; until then it is held."""
    known = _open(tx, who, comment, at)
    _check_note(note)
    if not note.strip():
        message = "'note' is empty; it must say what the editor should look at"
        raise InvalidInputError(message)
    made = rulings.add(tx, replace(_ruling(who, known, "escalate", "held", at), note=note))
    comments.stand(tx, known, "held", at)
    comments.mark(tx, comment, escalated=True)
    _enter(tx, who, known, "escalated", made)
    return made


def claim(tx: Connection, who: Staff, comment: int, at: datetime) -> tuple[str, datetime]:
    """Claim a comment, so that nobody else rules on it; return its outlet, and until when."""
    known = _unerased(tx, who, comment)
    until = at + CLAIMED_FOR
    if not queue.claim(tx, comment, who.by, at, until):
        holder = (known.claimed_by or "").partition(":")[2]
        message = f"{holder} is looking at this comment"
        raise ConflictError(message)
    return known.outlet, until


def release(tx: Connection, who: Staff, comment: int) -> str | None:
    """Let go of a comment; return its outlet, None if one had not claimed it."""
    known = seen(tx, who, comment)
    if known.claimed_by != who.by:
        return None
    comments.mark(tx, comment, claimed_by=None, claimed_until=None)
    return known.outlet


def pick(tx: Connection, who: Staff, comment: int, at: datetime, *, picked: bool) -> None:
    """Choose an approved comment as one of the paper's picks, or not any more."""
    known = _open(tx, who, comment, at)
    if picked and known.state != "approved":
        message = f"comment {comment} is {known.state}; only approved comments can be picked"
        raise ConflictError(message)
    if known.picked != picked:
        comments.mark(tx, comment, picked=picked)
        deed = "picked" if picked else "unpicked"
        log.append(tx, Deed(at, who.by, deed, known.outlet, known.article, comment))


def second(
    tx: Connection,
    who: Staff,
    comment: int,
    verdict: Verdict,
    clauses: Collection[str],
    at: datetime,
) -> Ruling:
    """Keep a second, blind opinion, which changes nothing; not of somebody who has ruled on it."""
    known = _unerased(tx, who, comment)
    if any(one.by == who.by for one in rulings.about(tx, comment)):
        message = "you have ruled on this comment yourself"
        raise ConflictError(message)
    cited = _cited(tx, known, verdict, clauses)
    opinion = _ruling(who, known, verdict.action, known.state, at)
    made = rulings.add(tx, replace(opinion, clause=cited, kind="blind"))
    _enter(tx, who, known, "reviewed", made)
    return made


def seen(tx: Connection, who: Staff, comment: int) -> Comment:
    """Return a comment that somebody may see; raises NotFoundError."""
    known = comments.locked(tx, comment)
    if known is None or not who.sees(known.outlet):
        message = f"there is no comment {comment}"
        raise NotFoundError(message)
    return known


def _unerased(tx: Connection, who: Staff, comment: int) -> Comment:
    """Return a comment that somebody may see and of which something is left to judge."""
    known = seen(tx, who, comment)
    if known.text is None:
        message = f"comment {comment} was erased"
        raise ConflictError(message)
    return known


def _open(
    tx: Connection, who: Staff, comment: int, at: datetime, *, editors_only: bool = True
) -> Comment:
    """Return a comment that somebody may rule on now; one that waits for an editor is theirs."""
    known = _unerased(tx, who, comment)
    claimed = known.claimed_by not in (None, who.by)
    if claimed and known.claimed_until and known.claimed_until > at:
        holder = (known.claimed_by or "").partition(":")[2]
        message = f"{holder} is looking at comment {comment}"
        raise ConflictError(message)
    if known.escalated and editors_only and not who.may("editor"):
        message = f"comment {comment} waits for an editor"
        raise ForbiddenError(message)
    return known


def _cited(
    tx: Connection, comment: Comment, verdict: Verdict, clauses: Collection[str]
) -> str | None:
    """Return the clause that a ruling cites; raise InvalidInputError if it cannot be made."""
    if verdict.action not in STATES:
        message = f"'action' is {verdict.action!r}; it can be {' or '.join(STATES)}"
        raise InvalidInputError(message)
    _check_note(verdict.note)
    if verdict.clause is not None and verdict.clause not in clauses:
        known = ", ".join(sorted(clauses))
        message = f"no clause named {verdict.clause!r}; there are: {known}"
        raise InvalidInputError(message)
    if verdict.clause is not None or verdict.action == "approve":
        return verdict.clause
    decision = decisions.of(tx, [comment.id]).get(comment.id)
    strictest = decision.strictest if decision else None
    return strictest.rule if strictest else None


def _overtaken(tx: Connection, comment: Comment) -> str:
    """Say who was faster with a comment, and what it is now."""
    holds = rulings.standing(tx, [comment.id]).get(comment.id)
    by = f", by {holds.by.partition(':')[2]}" if holds else ""
    return f"comment {comment.id} is {comment.state} by now{by}"


def _check_note(note: str | None) -> None:
    """Refuse a note that is too long, or no text."""
    check_text("note", note or "")
    if note is not None and len(note) > _LONGEST_NOTE:
        message = f"'note' has {len(note)} characters; it must have at most {_LONGEST_NOTE}"
        raise InvalidInputError(message)


def _ruling(who: Staff, comment: Comment, action: str, after: State, at: datetime) -> Ruling:
    """Return a ruling that is still to be kept."""
    return Ruling(
        id=0,
        comment=comment.id,
        kind="ruling",
        action=action,
        clause=None,
        note=None,
        by=who.by,
        undoes=None,
        state_before=comment.state,
        state_after=after,
        at=at,
    )


def _enter(tx: Connection, who: Staff, comment: Comment, deed: str, ruling: Ruling) -> None:
    """Enter a ruling in the log."""
    facts = {
        "ruling": ruling.id,
        "action": ruling.action,
        "clause": ruling.clause,
        "before": ruling.state_before,
        "after": ruling.state_after,
        "note_digest": rulings.note_digest(tx, ruling),
    }
    entered = Deed(ruling.at, who.by, deed, comment.outlet, comment.article, comment.id, facts)
    log.append(tx, entered)
