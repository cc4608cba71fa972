"""The steps of looking into one report: who may take them, and what each leaves in the log."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.corrections import telling
from ombud.corrections.opening import Imprint
from ombud.errata import Assertion, Report, Step
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import comments, inquiries, log, mails, outbox, reports
from ombud.store.log import Deed

CLOSED: Final = frozenset({"corrected", "clarified", "no_error", "not_ours", "withdrawn"})
_LONGEST: Final = 2000


def known(tx: Connection, who: Staff, number: int) -> Report:
    """Return a report that somebody may see; raise NotFoundError if there is none."""
    return _seen(who, reports.one(tx, number), number)


class Steps:
    """One of the staff at one report, which nobody else changes until the transaction ends."""

    def __init__(
        self,
        tx: Connection,
        who: Staff,
        number: int,
        at: datetime,
        seen: int | None = None,
        heard: int | None = None,
    ) -> None:
        """
        Take the report for oneself.

        `seen`: the last step that who asks has seen; `heard`: the last mail of the reader, 0 for
        none; raises ConflictError if there is another one.
        Raises NotFoundError if there is no report that one may see.
        """
        self._tx = tx
        self._who = who
        self._at = at
        self._report = _seen(who, reports.locked(tx, number), number)
        if seen is not None:
            self._check_seen(seen)
        if heard is not None and mails.newest(tx, number) > heard:
            message = "the reader wrote again meanwhile; look at that, and do it again"
            raise ConflictError(message)

    def _check_seen(self, seen: int) -> None:
        """Refuse a step that was meant for the report as it was before."""
        steps = inquiries.steps_of(self._tx, self._report.id)
        if steps and steps[-1].id != seen:
            name = steps[-1].by.partition(":")[2]
            message = f"this report was changed by {name} meanwhile; look at it, and do it again"
            raise ConflictError(message)

    def _assertion(self, place: int) -> Assertion:
        """Return an assertion by its number in the report."""
        for one in self._asserted():
            if one.number == place:
                return one
        message = f"report {self._report.id} has no assertion {place}"
        raise NotFoundError(message)

    def _asserted(self) -> list[Assertion]:
        """Return what the report asserts."""
        return inquiries.asserted(self._tx, [self._report.id])[self._report.id]

    def _step(  # noqa: PLR0913  # what was done, why, and on what it rests
        self,
        deed: str,
        change: tuple[str, str],
        reason: str | None = None,
        one: Assertion | int | None = None,
        *,
        correction: int | None = None,
        undoes: int | None = None,
        proposal: int | None = None,
    ) -> None:
        """Keep a step, and enter it; `change`: what was so before, and what is after it."""
        report, by = self._report, self._who.by
        about = one.id if isinstance(one, Assertion) else one
        rests = (correction, undoes, proposal)
        step = Step(0, report.id, about, deed, *change, reason, by, self._at, *rests)
        number = inquiries.add_step(self._tx, step)
        log.append(self._tx, _entered(replace(step, id=number), report))

    def _follow(self, imprint: Imprint | None = None) -> None:
        """
        Keep what follows for the report from a step.

        It was taken up; it is answered when the last assertion is closed, and open again when one
        is: an answer that nobody has handed over yet is then taken back.
        """
        report, found = self._report, self._asserted()
        if report.acknowledged_at is None:
            reports.change(self._tx, report.id, acknowledged_at=self._at)
        if any(one.status not in CLOSED for one in found):
            outbox.withdraw(self._tx, report.id, self._at)
            reports.change(self._tx, report.id, state="investigating", answered_at=None)
        elif report.state != "answered" and imprint is not None:
            reports.change(self._tx, report.id, state="answered", answered_at=self._at)
            telling.answer(self._tx, report, found, imprint, self._at)


def reason_of(written: str) -> str:
    """Return a reason without the blanks around it; refuse none and one that is too long."""
    said = written.strip()
    if not said:
        message = "'reason' must say why"
        raise InvalidInputError(message)
    if len(said) > _LONGEST:
        message = f"'reason' has {len(said)} letters; {_LONGEST} are allowed"
        raise InvalidInputError(message)
    return said


def _entered(step: Step, report: Report) -> Deed:
    """Return what is entered in the log about a step: of its reason only the digest."""
    facts = {
        "report": report.id,
        "step": step.id,
        "assertion": step.assertion,
        "deed": step.deed,
        "before": step.before,
        "after": step.after,
        "reason_digest": step.reason and comments.digest(report.salt or "", step.reason),
        "correction": step.correction,
        "undoes": step.undoes,
        "proposal": step.proposal,
    }
    return Deed(step.at, step.by, "report_step", report.outlet, report.article, facts=facts)


def _seen(who: Staff, report: Report | None, number: int) -> Report:
    """Return a report if there is one that somebody may see."""
    if report is None or not who.sees(report.outlet):
        message = f"there is no report {number}"
        raise NotFoundError(message)
    return report
