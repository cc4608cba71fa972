"""
Looking into a report: who does, what it asserts, what is found, each step with its reason.

A report is answered when all its assertions are closed, by people; then the reader is told what was
found about each, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.corrections import telling
from ombud.corrections.opening import Imprint
from ombud.errata import Assertion, Report, Step
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import articles, comments, corrections, log, outlets, reports
from ombud.store.corrected import ASSERTED, STATUSES
from ombud.store.log import Deed
from ombud.store.reports import Asserted

CLOSED: Final = frozenset({"corrected", "clarified", "no_error", "not_ours", "withdrawn"})
PUBLISHED: Final = {"corrected": "correction", "clarified": "clarification"}
_WITHOUT_NOTE: Final = frozenset({"spelling", "link_or_caption"})
"""Kinds that may be mended without anything being published about it."""
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found about an assertion, why, and the correction that was published about it."""

    status: str
    reason: str
    correction: int | None = None


def known(tx: Connection, who: Staff, number: int) -> Report:
    """Return a report that somebody may see; raise NotFoundError if there is none."""
    return _seen(who, reports.one(tx, number), number)


class Inquiry:
    """One of the staff at one report, which nobody else changes until the transaction ends."""

    def __init__(self, tx: Connection, who: Staff, number: int, at: datetime) -> None:
        """Take the report for oneself; raise NotFoundError if there is none that one may see."""
        self._tx = tx
        self._who = who
        self._at = at
        self._report = _seen(who, reports.locked(tx, number), number)

    def take(self) -> None:
        """Take the report up: who asks looks into it from now on."""
        before, by = self._report.assigned_to, self._who.by
        if before != by:
            reports.change(self._tx, self._report.id, assigned_to=by)
            self._step("assigned", before or "", by)
            self._follow()

    def decide(self, place: int, verdict: Verdict, imprint: Imprint) -> bool:
        """
        Say where an assertion stands, and return whether that holds from now on.

        Where the outlet wants two editors, the first who closes an assertion only proposes it.
        Once all are closed, the reader is told in the same transaction.
        Raises ForbiddenError for a moderator who would close one, ConflictError where it stands so
        already, InvalidInputError for a correction that is missing or about something else.
        """
        one, status = self._assertion(place), verdict.status
        reason = _reason(verdict.reason)
        self._check(one, status)
        if status in PUBLISHED:
            self._check_correction(one, verdict)
        holds = status not in CLOSED or self._enough(one, status)
        if holds:
            of = verdict.correction if status in PUBLISHED else None
            reports.change_assertion(self._tx, one.id, status=status, correction=of)
        self._step("status" if holds else "proposed", one.status, status, reason, one)
        self._follow(imprint)
        return holds

    def sort(self, place: int, kind: str, reason: str) -> None:
        """Say that an assertion is of another kind."""
        one = self._assertion(place)
        _check_kind(kind)
        if kind != one.kind:
            reports.change_assertion(self._tx, one.id, kind=kind)
            self._step("kind", one.kind, kind, _reason(reason), one)
            self._follow()

    def split(self, place: int, where: int, reason: str) -> None:
        """Make two of one assertion: the second begins at a character of the report's text."""
        one = self._assertion(place)
        if not one.begin < where < one.end:
            message = f"'at' is {where}; it must be between {one.begin} and {one.end}"
            raise InvalidInputError(message)
        if one.status in CLOSED:
            message = f"assertion {place} is closed; reopen it first"
            raise ConflictError(message)
        reports.change_assertion(self._tx, one.id, end=where)
        before, after = f"{one.begin}-{one.end}", f"{one.begin}-{where}"
        self._step("split", before, after, _reason(reason), one)
        self._add(Asserted(one.kind, where, one.end), reason)

    def add(self, more: Asserted, reason: str) -> None:
        """Say that the report asserts one thing more, by the characters that do."""
        _check_kind(more.kind)
        long = len(self._report.text or "")
        if not 0 <= more.begin < more.end <= long:
            message = f"'begin' and 'end' must be from 0 to {long}, in this order"
            raise InvalidInputError(message)
        self._add(more, reason)

    def place(self, article: int, reason: str) -> None:
        """Say which article the report is about."""
        found = articles.one(self._tx, article)
        if found is None or found.outlet != self._report.outlet:
            message = f"there is no article {article} of this outlet"
            raise NotFoundError(message)
        reports.change(self._tx, self._report.id, article=article, edition=found.edition)
        before = self._report.article
        self._step("article", str(before or ""), str(article), _reason(reason))
        self._follow()

    def _assertion(self, place: int) -> Assertion:
        """Return an assertion by its number in the report."""
        for one in self._asserted():
            if one.number == place:
                return one
        message = f"report {self._report.id} has no assertion {place}"
        raise NotFoundError(message)

    def _asserted(self) -> list[Assertion]:
        """Return what the report asserts."""
        return reports.asserted(self._tx, [self._report.id])[self._report.id]

    def _add(self, more: Asserted, reason: str) -> None:
        """Keep one more assertion."""
        number = max(one.number for one in self._asserted()) + 1
        added = reports.add_assertion(
            self._tx, self._report.id, number, more, self._who.by, self._at
        )
        self._step("added", "", f"{more.begin}-{more.end}", _reason(reason), added)
        self._follow()

    def _check(self, one: Assertion, status: str) -> None:
        """Refuse what cannot be said of an assertion."""
        if status not in STATUSES or status == "open":
            message = f"'status' is {status!r}; it must be one of {', '.join(STATUSES[1:])}"
            raise InvalidInputError(message)
        if status == one.status:
            message = f"assertion {one.number} is {status} already"
            raise ConflictError(message)
        if (status in CLOSED or one.status in CLOSED) and not self._who.may("editor"):
            message = "closing an assertion, and opening it again, takes an editor"
            raise ForbiddenError(message)

    def _check_correction(self, one: Assertion, verdict: Verdict) -> None:
        """Refuse to say that something was published where nothing was."""
        if verdict.correction is None:
            if verdict.status == "corrected" and one.kind in _WITHOUT_NOTE:
                return
            message = f"'{verdict.status}' needs the number of what was published: 'correction'"
            raise InvalidInputError(message)
        found = corrections.one(self._tx, verdict.correction)
        if found is None or found.article != self._report.article:
            message = f"there is no correction {verdict.correction} of the article of this report"
            raise InvalidInputError(message)
        if found.kind != PUBLISHED[verdict.status]:
            message = f"number {found.id} is a {found.kind}, so it is not '{verdict.status}'"
            raise InvalidInputError(message)

    def _enough(self, one: Assertion, status: str) -> bool:
        """Whether as many editors as the outlet wants say the same of an assertion."""
        outlet = outlets.one(self._tx, self._report.outlet)
        if outlet is None or not outlet.two_editors:
            return True
        steps = reports.steps_of(self._tx, self._report.id)
        said = [step for step in steps if step.assertion == one.id]
        said = [step for step in said if step.deed in ("proposed", "status")]
        before = said[-1] if said else None
        proposed = before is not None and (before.deed, before.after) == ("proposed", status)
        return proposed and before is not None and before.by != self._who.by

    def _step(
        self,
        deed: str,
        before: str,
        after: str,
        reason: str | None = None,
        one: Assertion | int | None = None,
    ) -> None:
        """Keep a step, and enter it."""
        report, by = self._report, self._who.by
        about = one.id if isinstance(one, Assertion) else one
        step = Step(0, report.id, about, deed, before, after, reason, by, self._at)
        facts = {
            "report": report.id,
            "step": reports.add_step(self._tx, step),
            "assertion": about,
            "deed": deed,
            "before": before,
            "after": after,
            "reason_digest": reason and comments.digest(report.salt or "", reason),
        }
        entered = Deed(self._at, by, "report_step", report.outlet, report.article, facts=facts)
        log.append(self._tx, entered)

    def _follow(self, imprint: Imprint | None = None) -> None:
        """
        Keep what follows for the report from a step.

        It was taken up; it is answered when the last assertion is closed, and open again when one
        is.
        """
        report, found = self._report, self._asserted()
        if report.acknowledged_at is None:
            reports.change(self._tx, report.id, acknowledged_at=self._at)
        if any(one.status not in CLOSED for one in found):
            reports.change(self._tx, report.id, state="investigating", answered_at=None)
        elif report.state != "answered" and imprint is not None:
            reports.change(self._tx, report.id, state="answered", answered_at=self._at)
            telling.answer(self._tx, report, found, imprint, self._at)


def _seen(who: Staff, report: Report | None, number: int) -> Report:
    """Return a report if there is one that somebody may see."""
    if report is None or not who.sees(report.outlet):
        message = f"there is no report {number}"
        raise NotFoundError(message)
    return report


def _check_kind(kind: str) -> None:
    """Refuse a kind that there is not."""
    if kind not in ASSERTED:
        message = f"'kind' is {kind!r}; it must be one of {', '.join(ASSERTED)}"
        raise InvalidInputError(message)


def _reason(reason: str) -> str:
    """Return a reason without the blanks around it; refuse none and one that is too long."""
    said = reason.strip()
    if not said:
        message = "'reason' must say why"
        raise InvalidInputError(message)
    if len(said) > _LONGEST:
        message = f"'reason' has {len(said)} letters; {_LONGEST} are allowed"
        raise InvalidInputError(message)
    return said
