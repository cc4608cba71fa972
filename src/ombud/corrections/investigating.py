"""
Looking into a report: who does, until when, and what is found, each step with its reason.

A report is answered when all its assertions are closed, by people; then the reader is told what was
found about each, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ombud.corrections import agreeing, undoing
from ombud.corrections.agreeing import AS_PROPOSED, Looked
from ombud.corrections.locating import located
from ombud.corrections.opening import Imprint
from ombud.corrections.sorting import Sorting
from ombud.corrections.steps import CLOSED, known, reason_of
from ombud.errata import Assertion
from ombud.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from ombud.store import corrections, inquiries, outlets, reports, staff
from ombud.store.corrected import STATUSES

__all__ = ["CLOSED", "Inquiry", "Verdict", "known"]
PUBLISHED: Final = {"corrected": "correction", "clarified": "clarification"}
_WITHOUT_NOTE: Final = frozenset({"spelling", "link_or_caption"})
"""Kinds that may be mended without anything being published about it."""
_LATEST: Final = timedelta(days=366)
"""How far off a deadline may lie."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What is found about an assertion, why, and the correction that was published about it.

    `proposal`: what was proposed to be published instead, and waits for another editor, or did;
    `looked`: what who agrees to that has seen.
    """

    status: str
    reason: str
    correction: int | None = None
    proposal: int | None = None
    looked: Looked = AS_PROPOSED


class Inquiry(Sorting):
    """One of the staff who looks into one report."""

    def take(self) -> None:
        """Take the report up: who asks looks into it from now on."""
        self._assign(self._who.by, None)

    def assign(self, name: str, reason: str) -> None:
        """Give the report to one of the staff, by name; to nobody without one."""
        said = reason_of(reason)
        found = staff.member(self._tx, name)
        if name and not (found and found.staff.sees(self._report.outlet)):
            message = f"nobody on the staff of this outlet is called '{name}'"
            raise NotFoundError(message)
        self._assign(f"staff:{name}" if name else "", said)

    def postpone(self, due: datetime, reason: str) -> None:
        """Say until when the reader is answered."""
        if not self._at < due <= self._at + _LATEST:
            message = f"'due' is {due:%Y-%m-%d}; it must be a day to come, within a year"
            raise InvalidInputError(message)
        before = self._report.due_at
        if due != before:
            reports.change(self._tx, self._report.id, due_at=due)
            self._step("due", (before.isoformat(), due.isoformat()), reason_of(reason))
            self._follow()

    def decide(self, place: int, verdict: Verdict, imprint: Imprint) -> bool:
        """
        Say where an assertion stands, and return whether that holds from now on.

        Where the outlet wants two editors, the first who closes an assertion only proposes it.
        Who closes one that rests on a proposed correction makes that public.
        Once all are closed, the reader is told in the same transaction.
        Raises ForbiddenError for a moderator who would close one and for who would agree to their
        own proposal, ConflictError where it stands so already or `agreeing` refuses,
        InvalidInputError for a correction that is missing or about something else.
        """
        one, status = self._assertion(place), verdict.status
        reason = reason_of(verdict.reason)
        self._check(one, status)
        of = named = None
        if status in PUBLISHED:
            self._check_correction(one, verdict)
            of, named = verdict.correction, verdict.proposal
        holds = status not in CLOSED or self._enough(one, status, of, named)
        if holds:
            if named is not None:
                of = self._made_public(named, verdict.looked, imprint.site)
            inquiries.change_assertion(self._tx, one.id, status=status, correction=of)
        deed = "status" if holds else "proposed"
        self._step(deed, (one.status, status), reason, one, correction=of, proposal=named)
        self._follow(imprint)
        return holds

    def place(self, article: str | int, reason: str) -> None:
        """
        Say which article the report is about: its number here, its address, or the outlet's own id.

        Raises NotFoundError if it is none of the outlet's, InvalidInputError if it may be several,
        ConflictError if what was published about another one is named.
        """
        found = located(self._tx, self._report.outlet, article)
        said, report = reason_of(reason), self._report
        named = [one.number for one in self._asserted() if one.correction]
        if found.id != report.article and named:
            message = f"assertion {named[0]} names a correction of another article; reopen it first"
            raise ConflictError(message)
        reports.change(self._tx, report.id, article=found.id, edition=found.edition)
        before = f"{report.article}/{report.edition}" if report.article else ""
        self._step("article", (before, str(found.id)), said)
        self._follow()

    def undo(self, number: int, reason: str, imprint: Imprint) -> None:
        """
        Take back the last step that holds, by its number.

        Raises ConflictError if it is not the last, ForbiddenError for a moderator where it closed
        an assertion or opened it again.
        """
        step = undoing.last(self._tx, self._report.id, number)
        said = reason_of(reason)
        if step.deed == "status" and not CLOSED.isdisjoint((step.before, step.after)):
            self._check_editor()
        undoing.restore(self._tx, step)
        self._step("undone", (step.after, step.before), said, step.assertion, undoes=step.id)
        self._follow(imprint)

    def _assign(self, to: str, reason: str | None) -> None:
        """Keep who looks into the report."""
        before = self._report.assigned_to or ""
        if before != to:
            reports.change(self._tx, self._report.id, assigned_to=to or None)
            self._step("assigned", (before, to), reason)
            self._follow()

    def _check(self, one: Assertion, status: str) -> None:
        """Refuse what cannot be said of an assertion."""
        if status not in STATUSES or status == "open":
            message = f"'status' is {status!r}; it must be one of {', '.join(STATUSES[1:])}"
            raise InvalidInputError(message)
        if status == one.status:
            message = f"assertion {one.number} is {status} already"
            raise ConflictError(message)
        if status in CLOSED or one.status in CLOSED:
            self._check_editor()

    def _check_editor(self) -> None:
        """Refuse a moderator."""
        if not self._who.may("editor"):
            message = "closing an assertion, and opening it again, takes an editor"
            raise ForbiddenError(message)

    def _check_correction(self, one: Assertion, verdict: Verdict) -> None:
        """Refuse to say that something was published, or is to be, where nothing was."""
        if verdict.proposal is not None:
            self._check_proposal(verdict, verdict.proposal)
            return
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

    def _check_proposal(self, verdict: Verdict, number: int) -> None:
        """Refuse a proposal that is about something else, or that came to nothing."""
        if verdict.correction is not None:
            message = "name a 'correction' or a 'proposal', not both"
            raise InvalidInputError(message)
        found = agreeing.known(self._tx, self._who, number)
        if found.article != self._report.article:
            message = f"there is no proposal {number} of the article of this report"
            raise InvalidInputError(message)
        if found.kind != PUBLISHED[verdict.status]:
            message = f"proposal {number} is a {found.kind}, so it is not '{verdict.status}'"
            raise InvalidInputError(message)
        if found.outcome in ("refused", "withdrawn"):
            message = f"proposal {number} was {found.outcome}; propose other words"
            raise ConflictError(message)

    def _made_public(self, number: int, looked: Looked, site: str) -> int:
        """Return the correction that a proposal is from now on, or has been since before."""
        found = agreeing.known(self._tx, self._who, number).correction
        if found is not None:
            return found
        return agreeing.agree(self._tx, self._who, number, self._at, site, looked).id

    def _enough(self, one: Assertion, status: str, of: int | None, proposal: int | None) -> bool:
        """Whether as many editors as the outlet wants say the same of an assertion."""
        outlet = outlets.one(self._tx, self._report.outlet)
        if outlet is None or not outlet.two_editors:
            return True
        steps = inquiries.effective(inquiries.steps_of(self._tx, self._report.id))
        said = [step for step in steps if step.assertion == one.id]
        said = [step for step in said if step.deed in ("proposed", "status")]
        if not said or said[-1].deed != "proposed" or said[-1].by == self._who.by:
            return False
        last = said[-1]
        return (last.after, last.correction, last.proposal) == (status, of, proposal)
