"""How reports of errors and corrections are written as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from ombud.assertions.evidence import evidence
from ombud.corrections.beside import Comparison, Told
from ombud.corrections.changes import changed
from ombud.corrections.steps import known
from ombud.errata import Assertion, Correction, Gathered, Proposal, Report, Step
from ombud.newsroom import Article, Published, Staff
from ombud.store import (
    articles,
    corrections,
    documents,
    inquiries,
    mails,
    outlets,
    proposals,
    staff,
)
from ombud.store.documents import Former
from ombud.web.api.mailed import mails_of
from ombud.web.api.shapes import name_of, pieces_of, when


def correction_of(one: Correction) -> dict[str, object]:
    """Return a correction as everybody sees it."""
    return {"id": one.id, **_words(one), "published_at": when(one.published_at)}


def proposal_of(one: Proposal) -> dict[str, object]:
    """Return a proposed correction, as the staff sees it."""
    return {
        "proposal": one.id,
        **_words(one),
        "newest": one.newest,
        "edition": one.edition,
        "by": name_of(one.by),
        "at": when(one.at),
        "outcome": one.outcome,
        "reason": one.reason,
        "ended_by": name_of(one.ended_by) if one.ended_by else None,
        "ended_at": when(one.ended_at),
        "correction": one.correction,
    }


def proposed_of(tx: Connection, one: Proposal) -> dict[str, object]:
    """Return a proposal with what readers would see of it, while it waits: the changed `pieces`."""
    waits = one.outcome is None
    pieces = changed(tx, one.article, one.before, one.after) if waits else []
    return {**proposal_of(one), "pieces": pieces_of(pieces)}


def _words(one: Correction | Proposal) -> dict[str, object]:
    """Return what is published about an article, or is proposed to be."""
    return {
        "outlet": one.outlet,
        "article": one.article,
        "kind": one.kind,
        "text": one.text,
        "before": one.before,
        "after": one.after,
        "replaces": one.replaces,
    }


def whole(tx: Connection, who: Staff, number: int, at: datetime) -> dict[str, object]:
    """Return a report with everything that looking into it rests on."""
    report = known(tx, who, number)
    # Before the mails are read: one that comes meanwhile is shown, and counts as not seen yet.
    heard = mails.newest(tx, number)
    parts = inquiries.asserted(tx, [number])[number]
    about = articles.one(tx, report.article) if report.article else None
    outlet = outlets.one(tx, report.outlet)
    gathered = documents.of_report(tx, number)
    # What the reader read is what they speak of, whatever the article says by now.
    read = articles.edition(tx, about.id, report.edition or about.edition) if about else None
    earlier = corrections.of_article(tx, about.id) if about else []
    compared = Comparison(read or Article(), outlet.name if outlet else report.outlet, gathered)
    beside = [_beside(report, one, read, earlier, compared) for one in parts]
    steps = inquiries.steps_of(tx, number)
    holding = inquiries.effective(steps)
    numbers = inquiries.numbers(tx, number)
    return {
        **report_of(report, parts, at),
        "assertions": [
            {**_assertion(report, one), **found} for one, found in zip(parts, beside, strict=True)
        ],
        "documents": [_document(one, compared) for one in gathered],
        "forgotten": [_former(one) for one in documents.former(tx, number)],
        "unheard": bool(mails.unheard(tx, [number])),
        "mails": mails_of(tx, report),
        "staff": [one.staff.name for one in staff.members(tx) if one.staff.sees(report.outlet)],
        "two_editors": outlet is not None and outlet.two_editors,
        "seen": steps[-1].id if steps else 0,
        "heard": heard,
        "undo": holding[-1].id if holding else None,
        "article": about and _article(about, report),
        "corrections": [correction_of(one) for one in earlier],
        "proposals": [proposed_of(tx, one) for one in proposals.of_article(tx, about.id)]
        if about
        else [],
        "steps": [_step(one, numbers, one in holding) for one in steps],
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


def _beside(
    report: Report,
    one: Assertion,
    read: Article | None,
    earlier: Sequence[Correction],
    compared: Comparison,
) -> dict[str, object]:
    """
    Return what stands beside an assertion.

    The sentences of our article that it speaks of, the numbers of corrections that spoke of the
    same, the lines of other outlets, and how each outlet tells it.
    """
    said = (report.text or "")[one.begin : one.end]
    near = evidence(said, read) if read and said else []
    same = [
        correction.id
        for correction in earlier
        if near and read and correction.id != one.correction
        if evidence(correction.text, read, 1)[:1] == near[:1]
    ]
    shown = [{"part": e.part, "begin": e.begin, "end": e.end, "text": e.text} for e in near]
    lines = compared.lines(said, near) if said else []
    told = compared.told(near, lines)
    return {
        "evidence": shown,
        "corrections": same,
        "elsewhere": [asdict(line) for line in lines],
        "told": [_told(one) for one in told],
    }


def _told(one: Told) -> dict[str, object]:
    """Return how an outlet tells what an assertion is about; `document` is null for our article."""
    checked = one.checked
    return {
        "document": one.document,
        "stance": one.stance,
        "subject_response": one.response,
        "verification": checked and asdict(checked),
        "relations": one.relations,
    }


def _document(one: Gathered, compared: Comparison) -> dict[str, object]:
    """Return a text that lies beside a report, as it was read; its words are not repeated."""
    reading = compared.readings.get(one.id)
    document = reading.document if reading else None
    return {
        "id": one.id,
        "name": one.name,
        "outlet": document.outlet if document else one.outlet_name,
        "title": document.title if document else "",
        "byline": document.byline if document else "",
        "origin": document.origin if document else None,
        "published_at": document.published_at if document else None,
        "notes": reading.notes if reading else (),
        "by": name_of(one.by),
        "at": when(one.at),
    }


def _former(one: Former) -> dict[str, object]:
    """Return a text that lay beside a report, and whose words were forgotten."""
    return {
        "id": one.id,
        "name": one.name,
        "outlet": one.outlet_name,
        "by": name_of(one.by),
        "at": when(one.at),
        "forgotten_at": when(one.erased_at),
    }


def _article(about: Published, report: Report) -> dict[str, object]:
    """Return which article a report is about, and which edition its reader may have seen."""
    return {
        "id": about.id,
        "url": about.url,
        "title": about.article.title,
        "edition": report.edition,
        "editions": about.edition,
    }


def _step(step: Step, numbers: Mapping[int, int], holds: bool) -> dict[str, object]:  # noqa: FBT001  # of one step
    """Return what somebody did; `numbers`: those of assertions by their ids."""
    return {
        "id": step.id,
        "holds": holds,
        "undoes": step.undoes,
        "correction": step.correction,
        "proposal": step.proposal,
        "deed": step.deed,
        "assertion": numbers.get(step.assertion or 0),
        "before": step.before,
        "after": step.after,
        "reason": step.reason,
        "by": name_of(step.by),
        "at": when(step.at),
    }
