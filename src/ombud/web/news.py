"""What the log tells: events for readers of an article and for the staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sqlalchemy import Connection

from ombud.newsroom import Comment
from ombud.store import articles, comments
from ombud.store.log import Entry
from ombud.web.api.shapes import public
from ombud.web.items import items
from ombud.web.wire import dumps

_FOR_STAFF: Final = {
    "sent": "new",
    "flagged": "flagged",
    "ruled": "ruled",
    "undone": "ruled",
    "escalated": "ruled",
    "erased": "withdrawn",
}
"""What the staff is told of what is entered in the log."""
_OF_MANY: Final = {
    "campaign_began": "campaign",
    "campaign_grew": "campaign",
    "flooded": "flood",
    "policy_changed": "policy",
    "report_opened": "report",
    "report_step": "report",
    "report_erased": "report",
    "document_added": "report",
    "document_left_out": "report",
    "correction_published": "correction",
    "correction_proposed": "correction",
    "proposal_ended": "correction",
    "mail_kept": "mail",
    "mail_settled": "mail",
}
"""What the staff is told that is about no single comment."""
Place = tuple[int, int]
"""The number of an entry of the log, and which of its events: where somebody is."""
ALL: Final = 9
"""The place after all events of an entry."""


@dataclass(frozen=True)
class Event:
    """One thing to tell: to readers of an article, or to the staff of an outlet."""

    name: str
    content: Mapping[str, object]
    place: Place | None = None
    article: int | None = None
    outlet: str | None = None

    @cached_property
    def written(self) -> bytes:
        """It as it goes over the wire, a server-sent event: written once for all who follow."""
        number = f"id: {self.place[0]}.{self.place[1]}\n" if self.place else ""
        return b"%sevent: %s\ndata: %s\n\n" % (
            number.encode(),
            self.name.encode(),
            dumps(self.content),
        )


def place_of(last_event_id: str | None) -> Place | None:
    """Return the place that somebody comes back with; None if it is none."""
    parts = (last_event_id or "").split(".")
    if len(parts) > 2 or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):  # noqa: PLR2004  # 64 bits
        return None
    return int(parts[0]), int(parts[1]) if parts[1:] else ALL


def events_of(tx: Connection, entries: list[Entry]) -> list[Event]:
    """Return what some entries of the log tell readers and staff."""
    numbers = {entry.comment for entry in entries if entry.comment is not None}
    known = comments.some(tx, numbers)
    shown = {item["id"]: item for item in items(tx, list(known.values()))}
    places = articles.some(tx, {comment.article for comment in known.values()})
    found: list[Event] = []
    for entry in entries:
        if comment := known.get(entry.comment or 0):
            found += _to_readers(entry, comment, places[comment.article].approved)
            found += _to_staff(entry, comment, shown[comment.id])
        elif name := _OF_MANY.get(entry.deed):
            content = {**entry.facts, "article": entry.article}
            found.append(Event(name, content, (entry.seq, 1), outlet=entry.outlet))
    return found


def _to_readers(entry: Entry, comment: Comment, approved: int) -> list[Event]:
    """Return what an entry tells the readers of an article: of approved comments only."""
    erased = entry.deed == "erased"
    state = str(entry.facts.get("state"))
    before = state if erased else entry.facts.get("before")
    after = "deleted" if erased else entry.facts.get("after", state)
    if "approved" not in (before, after) or before == after:
        return []
    # Whatever became of the comment since, an event keeps its place.
    first, second = (entry.seq, 1), (entry.seq, 2)
    found = [Event("count", {"count": approved}, second, comment.article)]
    if after != "approved":
        found.insert(0, Event("withdrawn", {"id": comment.id}, first, comment.article))
    elif comment.state == "approved":
        found.insert(0, Event("new", public(comment), first, comment.article))
    return found


def _to_staff(entry: Entry, comment: Comment, item: Mapping[str, object]) -> list[Event]:
    """Return what an entry tells the staff of an outlet."""
    name = _FOR_STAFF.get(entry.deed)
    if name is None:
        return []
    if entry.deed == "sent" and entry.facts.get("state") == "held":
        name = "held"
    content = {"id": comment.id} if name == "withdrawn" else item
    return [Event(name, content, (entry.seq, 1), outlet=comment.outlet)]
