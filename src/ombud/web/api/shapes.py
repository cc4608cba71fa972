"""How things of the newsroom are written as JSON, the same in answers and in events."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ombud.answers import decided
from ombud.moderation.differences import Kind
from ombud.moderation.notices import Notice
from ombud.newsroom import Account, Ban, Comment, Flag, Published, Record, Ruling
from ombud.policy import Decision
from ombud.store.log import Entry
from ombud.store.threads import Thread

Clauses = Mapping[str, tuple[str, str]]


def when(moment: datetime | None) -> str | None:
    """Return a time as RFC 3339 in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def pieces_of(pieces: Iterable[tuple[Kind, str]]) -> list[dict[str, object]]:
    """Return the pieces in which two texts differ, in order."""
    return [{"kind": kind, "text": text} for kind, text in pieces]


def article_of(published: Published, *, mode: str) -> dict[str, object]:
    """Return an article as everybody sees it; `mode` is the one that holds."""
    return {
        "id": published.id,
        "url": published.url,
        "title": published.article.title,
        "byline": published.article.byline,
        "published_at": when(published.published_at),
        "outlet": published.outlet,
        "mode": published.mode,
        "open": mode != "closed",
        "count": published.approved,
    }


def public(comment: Comment) -> dict[str, object]:
    """Return a comment as everybody sees it; one that was taken away keeps its place only."""
    shown = comment.state == "approved" and comment.text is not None
    return {
        "id": comment.id,
        "article": comment.article,
        "parent": comment.parent,
        "root": comment.root,
        "depth": comment.depth,
        "author": {"name": comment.name, "staff": comment.staff} if shown else None,
        "text": comment.text if shown else None,
        "created_at": when(comment.created_at),
        "picked": comment.picked,
        "removed": not shown,
    }


def thread_of(thread: Thread, more: str | None) -> dict[str, object]:
    """Return a root with its first answers."""
    replies = [public(reply) for reply in thread.replies]
    return {**public(thread.root), "replies": replies, "replies_next": more}


def own(comment: Comment) -> dict[str, object]:
    """Return a comment as its reader sees it, whatever became of it."""
    return {
        **public(comment),
        "author": {"name": comment.name, "staff": comment.staff},
        "text": comment.text,
        "removed": comment.text is None,
    }


def notice_of(text: str, notice: Notice) -> dict[str, object]:
    """Return what the reader of a comment is told."""
    return {
        "codes": notice.codes,
        "summary": notice.summary,
        "findings": [
            {
                "rule": broken.rule,
                "title": broken.title,
                "clause": broken.clause,
                "why": broken.why,
                "begin": broken.span.begin,
                "end": broken.span.end,
                "quote": broken.span.quote(text),
            }
            for broken in notice.findings
        ],
    }


def decision_of(text: str, decision: Decision, clauses: Clauses) -> dict[str, object]:
    """Return a decision with the published words of each clause."""
    written = decided(text, decision)
    for name in ("findings", "trials"):
        for finding in written.get(name, ()):  # type: ignore[attr-defined]  # a list of objects
            title, clause = clauses.get(finding["rule"], (finding["clause"], ""))
            finding |= {"title": title, "clause": clause}
    return written


def ruling_of(ruling: Ruling) -> dict[str, object]:
    """Return a ruling as the staff sees it."""
    return {
        "id": ruling.id,
        "comment": ruling.comment,
        "kind": ruling.kind,
        "action": ruling.action,
        "clause": ruling.clause,
        "note": ruling.note,
        "by": name_of(ruling.by),
        "undoes": ruling.undoes,
        "before": ruling.state_before,
        "state": ruling.state_after,
        "at": when(ruling.at),
    }


def flag_of(flag: Flag) -> dict[str, object]:
    """Return a reader's flag."""
    return {"reader": flag.reader, "clause": flag.clause, "note": flag.note, "at": when(flag.at)}


def ban_of(ban: Ban) -> dict[str, object]:
    """Return a ban."""
    return {
        "id": ban.id,
        "reader": ban.reader,
        "reason": ban.reason,
        "by": name_of(ban.by),
        "at": when(ban.at),
        "until": when(ban.until),
        "lifted_at": when(ban.lifted_at),
    }


def reader_of(account: Account, record: Record) -> dict[str, object]:
    """Return a reader as the staff sees them."""
    return {
        "id": account.id,
        "name": account.name,
        "outlet": account.outlet,
        "staff": account.staff,
        "since": when(account.joined_at),
        "approved": record.approved,
        "held": record.held,
        "deleted": record.deleted,
    }


def entry_of(entry: Entry) -> dict[str, object]:
    """Return an entry of the log."""
    return {
        "seq": entry.seq,
        "at": when(entry.at),
        "by": name_of(entry.by),
        "deed": entry.deed,
        "facts": entry.facts,
    }


def name_of(by: str) -> str:
    """Return who did something as people say it: "staff:joon" is joon."""
    kind, _, name = by.partition(":")
    return name if kind in ("staff", "key") else by
