"""
What every part of the application shares: the store, the policy in force, the models, the clock.

The database is asked in threads, a bounded number at a time; whoever follows the newsroom live
learns of a change as soon as its transaction is kept.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Concatenate, Final, ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Connection

from ombud.case import Case
from ombud.corrections.telling import acknowledge_comments
from ombud.engine import Engine
from ombud.errors import StoreError
from ombud.mail.post import senders
from ombud.moderation.keeping import Kept, keep_all
from ombud.moderation.known import Known
from ombud.moderation.meanwhile import Judged as Ready
from ombud.moderation.pace import Pace
from ombud.moderation.sent import Sent
from ombud.moderation.submission import Prepared, prepare_all
from ombud.newsroom import Comment, Trace
from ombud.policy import Decision, configure
from ombud.rules import house_rules
from ombud.settings import Settings
from ombud.store import Store, decisions, log, outlets
from ombud.store.decisions import Version
from ombud.store.log import Deed
from ombud.store.together import read_together, together
from ombud.web.batching import Batches
from ombud.web.judging import Judged, Question
from ombud.web.limits import Codes
from ombud.web.tracing import trace_of

Given = ParamSpec("Given")
Found = TypeVar("Found")
_AT_ONCE: Final = 10
_ORIGINS_HOLD: Final = timedelta(seconds=2)
"""Time for which the origins are not looked up again."""


def clauses_of(engine: Engine) -> Mapping[str, tuple[str, str]]:
    """Return title and words of each clause that holds for an engine, by rule."""
    return {
        rule.id: (rule.title, rule.clause) for rule in engine.policy.rules if rule.mode != "off"
    }


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Office:
    """The store and the policy of one application."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        settings: Settings,
        batches: Batches[Question, Judged],
        written: str = "",
    ) -> None:
        """Take the parts; `written` is the text of the policy file in force."""
        self.store = store
        self.settings = settings
        self.known = Known()
        self.codes = Codes()
        self.engine = engine
        self.written = written
        self.changed: Callable[[Collection[int | None]], None] = lambda _: None
        self._batches = batches
        self._preparing: Batches[Sent, Prepared | Comment] = Batches(
            self._prepare, bound=settings.max_queue
        )
        self._keeping: Batches[Ready, tuple[Kept, set[int | None]]] = Batches(
            self._keep, bound=settings.max_queue
        )
        self._turn = CapacityLimiter(_AT_ONCE)
        self._origins: set[str] = set()
        self._origins_at = now() - _ORIGINS_HOLD
        with store.writing() as tx:
            self.secret = outlets.secret(tx, "readers").encode()
            self._tracing = outlets.secret(tx, "traces").encode()
            decisions.keep_policy(tx, self._version(engine, written, "ombud", "as it was at start"))

    @property
    def clauses(self) -> Mapping[str, tuple[str, str]]:
        """Title and words of each clause that holds, by rule."""
        return clauses_of(self.engine)

    def start(self) -> None:
        """Begin to prepare and keep comments; call it inside the event loop."""
        self._preparing.start()
        self._keeping.start()

    async def close(self) -> None:
        """Finish what is being kept, and close the database."""
        await self._preparing.close()
        await self._keeping.close()
        self.store.close()

    def trace(self, address: str | None) -> Trace | None:
        """Return what is kept of the address that a comment comes from."""
        days = timedelta(days=self.settings.trace_days)
        return trace_of(address, self._tracing, now() + days)

    async def read(
        self,
        ask: Callable[Concatenate[Connection, Given], Found],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Found:
        """Ask something of the database, in a thread."""

        def asked() -> Found:
            with self.store.reading() as tx:
                return ask(tx, *given, **named)

        return await run_sync(asked, limiter=self._turn)

    async def write(
        self,
        change: Callable[Concatenate[Connection, Given], Found],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Found:
        """
        Change something in the database, in a thread.

        Once this returns, no page shows what was before, and whoever follows is being told.
        """

        def changed() -> tuple[Found, set[int | None]]:
            with self.store.writing() as tx:
                return change(tx, *given, **named), log.touched(tx)

        found, articles = await run_sync(changed, limiter=self._turn)
        self.known.forget()
        if None in articles:
            # An outlet changed, maybe whose pages may ask.
            self._origins_at = now() - 2 * _ORIGINS_HOLD
        self.changed(articles)
        return found

    async def judge(self, case: Case, engine: Engine) -> Decision:
        """Judge a comment by an engine, together with others that wait."""
        judged = await self._batches.ask(Question(case, judged=True, engine=engine))
        if judged.decision is None:  # pragma: no cover - it was asked for
            raise AssertionError
        return judged.decision

    async def prepare(self, sent: Sent) -> Prepared | Comment:
        """Return all that is known of a comment, or what it became if it was sent before."""
        return await self._preparing.ask(sent)

    def _prepare(self, waiting: Sequence[Sent]) -> Sequence[Prepared | Comment | Exception]:
        """Prepare comments that wait at the same time."""
        pace = Pace(self.settings.reader_per_hour, self.settings.block_per_minute)
        ask = partial(prepare_all, known=self.known, at=now(), pace=pace)
        return read_together(self.store, ask, waiting)

    async def keep(self, prepared: Prepared, decision: Decision, engine: Engine) -> Kept:
        """
        Keep a comment as an engine decided, in one transaction with others that wait.

        Once this returns it is kept, no page shows what was before, and whoever follows is being
        told.
        """
        kept, articles = await self._keeping.ask(Ready(prepared, decision, engine.policy))
        self.changed(articles)
        return kept

    def _keep(self, waiting: Sequence[Ready]) -> list[tuple[Kept, set[int | None]] | Exception]:
        """Keep comments that wait at the same time."""
        return together(self.store, self._kept, waiting)

    def _kept(self, tx: Connection, waiting: Sequence[Ready]) -> list[Kept]:
        """Keep comments, and write to those who pointed to an error in one."""
        at = now()
        kept = keep_all(tx, waiting, at=at)
        if self.settings.mail_server:
            told = [one.comment.id for one in kept if one.decision and _reports(one.decision)]
            desks = senders(tx, self.settings) if told else {}
            acknowledge_comments(tx, told, desks, self.settings.mail_per_day, at)
        return kept

    async def may_ask(self, origin: str) -> bool:
        """Whether the pages of an origin may ask from a browser: an outlet must say so."""
        if now() - self._origins_at > _ORIGINS_HOLD:
            try:
                every = await self.read(outlets.every)
            except StoreError:
                # What is kept of the pages can still be read.
                return origin in self._origins
            self._origins = {own for outlet in every for own in outlet.origins}
            self._origins_at = now()
        return origin in self._origins

    async def staff_names(self) -> tuple[str, ...]:
        """Return the names that only the staff may sign with."""
        return await self.read(lambda tx: self.known.through(tx).staff())

    async def adopt(self, written: str, by: str, reason: str) -> Version:
        """
        Put another policy file in force, as a new version with its author and reason.

        Raises PolicyError if it names or sets something that does not exist.
        """
        engine = self._engine(written)
        version = self._version(engine, written, by, reason)
        await self.write(_adopted, version)
        self.engine, self.written = engine, written
        return version

    async def follow_policy(self, version: str) -> None:
        """Put the policy in force that was put in force elsewhere, unless a file was given."""
        if version == self.engine.version or self.settings.policy is not None:
            return
        kept = await self.read(decisions.policy, version)
        if kept is not None:
            self.engine, self.written = self._engine(kept.written), kept.written

    def _engine(self, written: str) -> Engine:
        """Return what judges by a policy file, with the models there are."""
        return Engine(configure(house_rules(), written), list(self.engine.signals.values()))

    @staticmethod
    def _version(engine: Engine, written: str, by: str, reason: str) -> Version:
        """Return what is kept of a policy."""
        rules = engine.policy.rules
        clauses = {rule.id: (rule.title, rule.clause) for rule in rules}
        return Version(engine.version, engine.policy.name, written, clauses, by, reason, now())


def _reports(decision: Decision) -> bool:
    """Whether a comment is taken as a report of an error."""
    return any(one.rule == "correction_request" for one in decision.findings)


def _adopted(tx: Connection, version: Version) -> None:
    """Keep a version of the policy, and enter that it holds from now on."""
    decisions.keep_policy(tx, version)
    facts = {"policy": version.version, "reason": version.reason}
    log.append(tx, Deed(version.at, version.by, "policy_changed", facts=facts))
