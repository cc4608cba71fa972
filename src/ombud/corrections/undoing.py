"""Taking the last step back: what it changed is as it was before, and both steps stay on record."""

from datetime import datetime

import re2
from sqlalchemy import Connection

from ombud.errata import Step
from ombud.errors import ConflictError, NotFoundError
from ombud.store import inquiries, reports

_SPANS = re2.compile(r"^(\d+)-(\d+)(?:, (\d+):(\d+)-(\d+))?$")


def last(tx: Connection, report: int, number: int) -> Step:
    """
    Return a step that may be taken back: the last one that holds.

    Raises NotFoundError if the report has no such step, ConflictError if others came after it.
    """
    steps = inquiries.steps_of(tx, report)
    if all(step.id != number for step in steps):
        message = f"report {report} has no step {number}"
        raise NotFoundError(message)
    holding = inquiries.effective(steps)
    if not holding or holding[-1].id != number:
        message = f"step {number} is not the last that holds; take back first what came after it"
        raise ConflictError(message)
    return holding[-1]


def restore(tx: Connection, step: Step) -> None:
    """Put back what a step changed."""
    if step.deed == "assigned":
        reports.change(tx, step.report, assigned_to=step.before or None)
    elif step.deed == "due":
        reports.change(tx, step.report, due_at=datetime.fromisoformat(step.before))
    elif step.deed == "article":
        article, _, edition = step.before.partition("/")
        known = {"article": int(article) if article else None}
        reports.change(tx, step.report, **known, edition=int(edition) if edition else None)
    elif step.assertion is not None:
        _restore_assertion(tx, step, step.assertion)


def _restore_assertion(tx: Connection, step: Step, one: int) -> None:
    """Put back what a step changed of an assertion."""
    if step.deed == "kind":
        inquiries.change_assertion(tx, one, kind=step.before)
    elif step.deed == "added":
        inquiries.change_assertion(tx, one, gone=True)
    elif step.deed == "status":
        of = _published(tx, step)
        inquiries.change_assertion(tx, one, status=step.before, correction=of)
    elif step.deed in ("split", "merged"):
        begin, end = _SPANS.match(step.before).groups()[:2]
        inquiries.change_assertion(tx, one, begin=int(begin), end=int(end))
        parted = step.after if step.deed == "split" else step.before
        if other := _SPANS.match(parted).group(3):
            gone = step.deed == "split"
            inquiries.change_numbered(tx, step.report, int(other), gone=gone)


def _published(tx: Connection, step: Step) -> int | None:
    """Return which correction an assertion named before a step."""
    before = [
        one
        for one in inquiries.effective(inquiries.steps_of(tx, step.report))
        if one.assertion == step.assertion and one.deed == "status" and one.id < step.id
    ]
    return before[-1].correction if before else None
