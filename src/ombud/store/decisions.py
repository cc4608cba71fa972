"""What the policy decided about a comment, and by which version of its words."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from ombud.policy import Action, Decision, Finding
from ombud.store.numbers import following
from ombud.store.rows import made
from ombud.store.schema import decisions, findings, log, policies
from ombud.text import Span

_INSERT: Final = insert(decisions)
_INSERT_FOUND: Final = insert(findings)


@dataclass(frozen=True, slots=True)
class Version:
    """A policy as it was written: its file, and the title and words of each clause by rule."""

    version: str
    name: str
    written: str
    clauses: Mapping[str, tuple[str, str]]
    by: str
    reason: str
    at: datetime


def keep_policy(tx: Connection, version: Version) -> bool:
    """Keep a version of the policy, unless it is known; return whether it is new."""
    known = select(policies.c.version).where(policies.c.version == version.version)
    if tx.execute(known).first():
        return False
    tx.execute(insert(policies).values(asdict(version)))
    return True


def policy(tx: Connection, version: str) -> Version | None:
    """Return one version of the policy."""
    found = _versions(tx, select(policies).where(policies.c.version == version))
    return found[0] if found else None


def adoptions(tx: Connection) -> list[Version]:
    """
    Return the versions of the policy as they came into force, newest first.

    One that an editor went back to is there again, with who did and why.
    """
    known = {one.version: one for one in _versions(tx, select(policies))}
    entries = tx.execute(_changes()).all()
    facts = [json.loads(entry.facts) for entry in entries]
    found = [
        replace(known[said["policy"]], by=entry.by, at=entry.at, reason=said.get("reason", ""))
        for entry, said in zip(entries, facts, strict=True)
    ]
    entered = {(one.version, one.at) for one in found}
    # What was in force from a start on stands in no entry.
    found += [one for one in known.values() if (one.version, one.at) not in entered]
    return sorted(found, key=lambda one: one.at, reverse=True)


def adopted(tx: Connection) -> str:
    """Return the policy file that an editor put in force last, "" if nobody has."""
    last = tx.execute(_changes().limit(1)).first()
    version = policy(tx, json.loads(last.facts)["policy"]) if last else None
    return version.written if version else ""


def add(tx: Connection, made: Sequence[tuple[int, Decision, datetime]]) -> None:
    """Keep decisions about comments, by their numbers, with everything that was found."""
    numbers = following(tx, decisions, len(made))
    rows = [
        {
            "id": number,
            "comment": comment,
            "action": str(decision.action),
            "policy": decision.policy,
            "model": decision.model,
            "scores": dict(decision.scores),
            "at": at,
        }
        for number, (comment, decision, at) in zip(numbers, made, strict=True)
    ]
    tx.execute(_INSERT, rows)
    found = [
        row
        for number, (comment, decision, _) in zip(numbers, made, strict=True)
        for row in _findings(number, comment, decision)
    ]
    if found:
        tx.execute(_INSERT_FOUND, found)


def _findings(number: int, comment: int, decision: Decision) -> Iterator[dict[str, object]]:
    """Yield everything that was found for a decision as it is kept."""
    found = [(f, False) for f in decision.findings] + [(f, True) for f in decision.trials]
    for place, (finding, trial) in enumerate(found):
        yield {
            "decision": number,
            "number": place,
            "comment": comment,
            "rule": finding.rule,
            "certainty": finding.certainty,
            "begin": finding.span.begin if finding.span else 0,
            "end": finding.span.end if finding.span else 0,
            "action": str(finding.action),
            "trial": trial,
            "why": finding.why,
        }


def of(tx: Connection, comments: Sequence[int]) -> dict[int, Decision]:
    """
    Return the latest decision of each comment.

    A finding's `clause` is the title that the clause had in the policy of that decision; of an
    erased comment `why` is empty, because it may quote.
    """
    rows = tx.execute(
        select(decisions).where(decisions.c.comment.in_(comments)).order_by(decisions.c.id)
    ).all()
    latest = {row.comment: row for row in rows}
    titles = _titles(tx, {row.policy for row in latest.values()})
    found: dict[int, list[tuple[bool, Finding]]] = {row.id: [] for row in latest.values()}
    asked = select(findings).where(findings.c.decision.in_(list(found)))
    policy_of = {row.id: row.policy for row in latest.values()}
    for row in tx.execute(asked.order_by(findings.c.decision, findings.c.number)):
        title = titles[policy_of[row.decision]].get(row.rule, (row.rule, ""))[0]
        finding = Finding(
            row.why or "",
            row.certainty,
            Span(row.begin, row.end),
            row.rule,
            title,
            Action[row.action],
        )
        found[row.decision].append((row.trial, finding))
    return {
        comment: Decision(
            Action[row.action],
            tuple(finding for trial, finding in found[row.id] if not trial),
            tuple(finding for trial, finding in found[row.id] if trial),
            row.scores,
            row.policy,
            row.model,
        )
        for comment, row in latest.items()
    }


def clauses(tx: Connection, versions: Iterable[str]) -> dict[str, Mapping[str, tuple[str, str]]]:
    """Return the title and words of each clause by rule, in some versions of the policy."""
    return _titles(tx, set(versions))


def erase(tx: Connection, chosen: ColumnElement[bool]) -> None:
    """Empty what findings say of some comments: it may quote them."""
    tx.execute(update(findings).where(chosen).values(why=None))


def _changes() -> Select[tuple[str, str, datetime]]:
    """Return the question for who put which policy in force when, the last first."""
    asked = select(log.c.facts, log.c.by, log.c.at).where(log.c.deed == "policy_changed")
    return asked.order_by(log.c.seq.desc())


def _versions(tx: Connection, asked: Select[tuple[object, ...]]) -> list[Version]:
    """Return versions of the policy as they are kept."""
    rows = (made(Version, row) for row in tx.execute(asked))
    return [replace(version, clauses=_clauses(version.clauses)) for version in rows]


def _titles(tx: Connection, versions: set[str]) -> dict[str, Mapping[str, tuple[str, str]]]:
    """Return the clauses of some versions of the policy."""
    asked = select(policies.c.version, policies.c.clauses).where(policies.c.version.in_(versions))
    return {version: _clauses(words) for version, words in tx.execute(asked)}


def _clauses(kept: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, str]]:
    """Return the clauses as pairs of title and words."""
    return {rule: (title, words) for rule, (title, words) in kept.items()}
