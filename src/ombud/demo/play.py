"""
The newsroom at work: every comment comes in, is judged and is ruled on by the real ways.

What happened before the opening is played in chunks: what a chunk holds does not depend on itself,
so that its comments are judged together and kept in one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud import passwords
from ombud.demo.content import Content, Line, invented
from ombud.demo.schedule import Event, schedule
from ombud.demo.staffing import Hands
from ombud.engine import Engine
from ombud.moderation.keeping import keep
from ombud.moderation.known import Known
from ombud.moderation.sent import Guest, Sent
from ombud.moderation.submission import Prepared, prepare
from ombud.newsroom import Account, Comment
from ombud.policy import Action, Decision
from ombud.store import Store, articles, comments, log, outlets, readers, staff

_AT_ONCE: Final = 16
_PROGRAM: Final = "key:demo"
_BUSY: Final = 15
"""Comments that wait at least before a colleague takes one."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many of all events were played, and which articles' pages changed."""

    done: int
    of: int
    touched: frozenset[int | None]


class Play:
    """One showing of the invented newsroom, on a database of its own."""

    def __init__(
        self,
        store: Store,
        engine: Callable[[], Engine],
        at: datetime,
        content: Content | None = None,
    ) -> None:
        """Take the database, what names the engine in force, and the time of the opening."""
        self.content = content or invented()
        self.places: dict[str, int] = {}
        self._store = store
        self._engine = engine
        self._at = at
        self._comments: dict[str, int] = {}
        self._accounts: dict[tuple[str, str], int] = {}
        self._hands = Hands(self.content)
        self._clean: list[int] = []

    def furnish(self) -> None:
        """Open the outlets, enter the staff, the known readers and the articles."""
        hashed = passwords.hashed(self.content.password)
        with self._store.writing() as tx:
            for member, _ in self.content.staff.values():
                staff.add(tx, member.name, member.role, hashed, self._at, member.outlets)
            for house in self.content.houses.values():
                opened = outlets.opened(tx, house.outlet.id, house.outlet.name, self._at)
                outlets.changed(tx, house.outlet)
                log.append(tx, log.Deed(self._at, _PROGRAM, "outlet_opened", opened.id))
                for name in (*house.subscribers, *house.writers):
                    known = self._known(house.outlet.id, name, writes=name in house.writers)
                    self._accounts[house.outlet.id, name] = readers.joined(tx, known).id
            for story in self.content.stories.values():
                at = self._at - timedelta(hours=story.hours)
                put, _ = articles.put(tx, story.outlet, story.path, story.article, at, at)
                articles.moderate(tx, put.id, story.mode)
                self.places[story.id] = put.id
                log.append(tx, log.Deed(at, _PROGRAM, "article", story.outlet, put.id))

    def fill(self) -> Iterator[Step]:
        """Play what happened before the opening; each step is stored when it is yielded."""
        events = schedule(self.content)
        done = 0
        for chunk in _chunks(events):
            written = [event for event in chunk if event.deed is None]
            judged = iter(self._judged([event.line for event in written], self._at))
            with self._store.writing() as tx:
                for event in chunk:
                    at = self._at - event.before
                    if event.deed is None:
                        self._keep(tx, event.line, *next(judged), at)
                    else:
                        self._do(tx, event, at)
                touched = log.touched(tx)
            done += len(chunk)
            yield Step(done, len(events), frozenset(touched))

    def arrive(self, line: Line, at: datetime) -> frozenset[int | None]:
        """
        Let one more comment come in, and return whose pages changed.

        Raises OmbudError if a visitor has made that impossible, say by banning its reader.
        """
        [(prepared, decision)] = self._judged([line], at)
        with self._store.writing() as tx:
            self._keep(tx, line, prepared, decision, at)
            return frozenset(log.touched(tx))

    def relieve(self, at: datetime) -> frozenset[int | None]:
        """Let a colleague approve the oldest invented comment that the policy approves."""
        with self._store.writing() as tx:
            waiting = [one for one in comments.some(tx, self._clean).values() if _free(one, at)]
            waiting.sort(key=lambda one: one.id)
            if len(waiting) > _BUSY:
                self._hands.approve(tx, waiting[0], self._rules(), at)
            return frozenset(log.touched(tx))

    def _judged(self, lines: Sequence[Line], at: datetime) -> list[tuple[Prepared, Decision]]:
        """Return comments with all that is known of them, and what the policy decides."""
        if not lines:
            return []
        with self._store.reading() as tx:
            known = Known()
            prepared = [prepare(tx, self._sent(tx, line), known, at) for line in lines]
        ready = [one for one in prepared if isinstance(one, Prepared)]
        decided = self._engine().judge_all([one.case for one in ready])
        return list(zip(ready, decided, strict=True))

    def _sent(self, tx: Connection, line: Line) -> Sent:
        """Return a comment as its reader sends it."""
        outlet = self.content.stories[line.on].outlet
        known = None if line.stranger else self._accounts.get((outlet, line.by))
        author: Guest | Account = (readers.one(tx, known) if known else None) or Guest(line.by)
        parent = self._comments[line.to] if line.to else None
        return Sent(self.places[line.on], line.text, author, parent, accept_terms=True)

    def _keep(
        self, tx: Connection, line: Line, prepared: Prepared, decision: Decision, at: datetime
    ) -> None:
        """Keep a comment, and remember who wrote it."""
        kept = keep(tx, prepared, decision, self._engine().policy, at)
        self._comments[line.id] = kept.comment.id
        if decision.action is Action.APPROVE:
            self._clean.append(kept.comment.id)
        if not line.stranger:
            self._accounts[kept.comment.outlet, line.by] = kept.account.id

    def _do(self, tx: Connection, event: Event, at: datetime) -> None:
        """Do what somebody does about a comment."""
        deed, number = event.deed, self._comments[event.line.id]
        comment = comments.one(tx, number)
        if deed is None or comment is None:
            return
        if deed.verb == "flags":
            reader = self._accounts[comment.outlet, deed.who]
            self._hands.flag(tx, comment, reader, deed, at)
        elif deed.verb != "approves" or comment.state != "approved":
            self._hands.do(tx, comment, deed, self._rules(), at)

    def _rules(self) -> list[str]:
        """Return the rules that can be cited."""
        return [rule.id for rule in self._engine().policy.rules if rule.mode != "off"]

    def _known(self, outlet: str, name: str, *, writes: bool) -> Account:
        """Return a reader for whom an outlet vouches."""
        sso = f"{outlet}-{name}"
        return Account(0, outlet, name, None, sso, writes, None, self._at - timedelta(days=400))


def _free(comment: Comment, at: datetime) -> bool:
    """Whether a comment waits for anybody at all."""
    claimed = comment.claimed_until is not None and comment.claimed_until > at
    return comment.state == "held" and not claimed and not comment.escalated


def _chunks(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Cut events where a comment depends on what happens in the same chunk."""
    chunk: list[Event] = []
    moved: set[str] = set()
    written = 0
    for event in events:
        line = event.line
        if event.deed is None:
            if written == _AT_ONCE or moved & {line.by, line.to, line.like}:
                yield chunk
                chunk, moved, written = [], set(), 0
            written += 1
        chunk.append(event)
        moved |= {line.by, line.id}
    if chunk:
        yield chunk
