"""How reports of errors and corrections are written as JSON."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from ombud.assertions.evidence import evidence
from ombud.corrections.investigating import known
from ombud.errata import Assertion, Correction, Report, Step
from ombud.newsroom import Article, Published, Staff
from ombud.store import articles, corrections, reports
from ombud.web.api.shapes import name_of, when


def correction_of(one: Correction) -> dict[str, object]:
    """Return a correction as everybody sees it."""
    return {
        "id": one.id,
        "outlet": one.outlet,
        "article": one.article,
        "kind": one.kind,
        "text": one.text,
        "before": one.before,
        "after": one.after,
        "published_at": when(one.published_at),
    }


def whole(tx: Connection, who: Staff, number: int, at: datetime) -> dict[str, object]:
    """Return a report with everything that looking into it rests on."""
    report = known(tx, who, number)
    parts = reports.asserted(tx, [number])[number]
    about = articles.one(tx, report.article) if report.article else None
    # What the reader read is what they speak of, whatever the article says by now.
    read = articles.edition(tx, about.id, report.edition or about.edition) if about else None
    earlier = corrections.of_article(tx, about.id) if about else []
    return {
        **report_of(report, parts, at),
        "assertions": [{**_assertion(report, one), **_beside(report, one, read)} for one in parts],
        "article": about and _article(about, report),
        "corrections": [correction_of(one) for one in earlier],
        "steps": [_step(one, parts) for one in reports.steps_of(tx, number)],
    }


def report_of(report: Report, parts: Sequence[Assertion], at: datetime) -> dict[str, object]:
    """Return a report as the staff sees it; of the address only whether there is one."""
    return {
        "id": report.id,
        "outlet": report.outlet,
        "source": report.source,
        "article": report.article,
        "comment": report.comment,
        "text": report.text,
        "name": report.name,
        "reachable": report.email is not None,
        "at": when(report.at),
        "state": report.state,
        "assigned_to": name_of(report.assigned_to) if report.assigned_to else None,
        "acknowledge_by": when(report.acknowledge_by),
        "acknowledged_at": when(report.acknowledged_at),
        "due_at": when(report.due_at),
        "answered_at": when(report.answered_at),
        "overdue": report.overdue(at),
        "assertions": [_assertion(report, one) for one in parts],
    }


def _assertion(report: Report, one: Assertion) -> dict[str, object]:
    """Return one thing that a report asserts; of an erased one the words are gone."""
    return {
        "number": one.number,
        "kind": one.kind,
        "begin": one.begin,
        "end": one.end,
        "quote": None if report.text is None else report.text[one.begin : one.end],
        "status": one.status,
        "correction": one.correction,
    }


def _beside(report: Report, one: Assertion, read: Article | None) -> dict[str, object]:
    """Return what stands beside an assertion: the sentences of our article that it speaks of."""
    said = (report.text or "")[one.begin : one.end]
    near = evidence(said, read) if read else []
    shown = [{"part": e.part, "begin": e.begin, "end": e.end, "text": e.text} for e in near]
    return {"evidence": shown}


def _article(about: Published, report: Report) -> dict[str, object]:
    """Return which article a report is about, and which edition its reader may have seen."""
    return {
        "id": about.id,
        "url": about.url,
        "title": about.article.title,
        "edition": report.edition,
        "editions": about.edition,
    }


def _step(step: Step, parts: list[Assertion]) -> dict[str, object]:
    """Return what somebody did."""
    numbers = {one.id: one.number for one in parts}
    return {
        "deed": step.deed,
        "assertion": numbers.get(step.assertion or 0),
        "before": step.before,
        "after": step.after,
        "reason": step.reason,
        "by": name_of(step.by),
        "at": when(step.at),
    }
