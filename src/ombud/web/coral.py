"""
Coral's external moderation phase: `POST /coral/moderate`, `/coral/{outlet}/moderate`.

Coral publishes a comment when this call fails, so from a right signature on nothing fails: what
cannot be judged, or not in time, waits for a moderator there.
The same body again, within some minutes, is answered as before and counted once: the signature has
no time in it, and a nudge is followed by the comment itself.
"""

import asyncio
import hashlib
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Final

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ombud.case import Case
from ombud.engine import Engine
from ombud.errors import (
    BusyError,
    ForbiddenError,
    InvalidInputError,
    OmbudError,
    SignInError,
    StoreError,
)
from ombud.newsroom import Mode, Outlet
from ombud.policy import Decision
from ombud.store import Store, articles, outlets
from ombud.store.log import Deed
from ombud.store.reports import Opening
from ombud.web.batching import Batches
from ombud.web.coral_reply import PREMOD, Reply, reply
from ombud.web.coral_report import Entry, enter_all, opening
from ombud.web.coral_signing import HEADER, Signers
from ombud.web.coral_text import plain
from ombud.web.judging import Judged, Question
from ombud.web.metrics import Metrics
from ombud.web.wire import MAX_BODY, MAX_TEXT, answer, problem, readable, size

PATIENCE: Final = 1.0
"""Seconds before Coral, whose administrator is told to give it 1.5, hangs up and publishes."""
LONGEST_QUEUE: Final = 128
"""Comments before this one at which it cannot be judged in time."""
_LONGEST_BODY: Final = 4 * MAX_TEXT
"""Bytes of a comment with its tags."""
_REPLAYS: Final = 600.0
"""Seconds for which a body is known again."""
_EVENTS: Final = ("NEW", "EDIT")
_MOST_KNOWN: Final = 20_000
_MOST_ENTRIES: Final = 10_000
_TRIES: Final = (0.1, 1.0, 5.0, 30.0)
"""Seconds between the tries to enter a decision in the log."""
_LAST_WAIT: Final = 5.0
"""Seconds that the end waits for the log."""
_TOO_MANY: Final = "too many comments are waiting"
_TOO_LONG: Final = "the comment is too long"
_NO_TEXT: Final = "the comment has no text"
_UNREADABLE: Final = "the body is no comment of Coral's"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A comment as Coral sends it."""

    event: str
    body: str
    url: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """A comment as it is judged, where it stands."""

    case: Case
    article: int | None
    mode: Mode


class Coral:
    """What answers the Coral of every outlet."""

    def __init__(
        self,
        engine: Callable[[], Engine],
        batches: Batches[Question, Judged],
        metrics: Metrics,
        store: Store,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        """
        Take what gives the engine in force, the queue before it, and the store.

        `patience`: seconds after which a comment that was not judged waits for a moderator.
        """
        self._engine = engine
        self._batches = batches
        self._metrics = metrics
        self._store = store
        self._clock = clock
        self._patience = patience
        self._signers = Signers(store, clock, patience / 2)
        self._threads = CapacityLimiter(4)
        self._seen: OrderedDict[str, tuple[float, asyncio.Task[Reply]]] = OrderedDict()
        enter = partial(enter_all, store)
        self._entries: Batches[Entry, None] = Batches(enter, bound=_MOST_ENTRIES)
        self._working = 0
        self._entering: set[asyncio.Task[None]] = set()
        with store.writing() as tx:
            self._secret = outlets.secret(tx, "coral").encode()

    def route(self) -> Route:
        """Return the path, with or without the outlet in it."""
        return Route("/coral/{place:path}moderate", self.moderate, methods=["POST"], name="coral")

    def start(self) -> None:
        """Begin to enter decisions in the log; call it inside the event loop."""
        self._entries.start()

    async def close(self) -> None:
        """Stop, when everything that was decided stands in the log."""
        if self._entering:
            await asyncio.wait(self._entering, timeout=_LAST_WAIT)
        for entering in self._entering:
            entering.cancel()
        await self._entries.close()

    async def moderate(self, request: Request) -> Response:
        """Answer Coral; every refusal is a problem document."""
        request.scope["label"] = "coral"
        named, slash, rest = request.path_params["place"].partition("/")
        if rest or (named and not slash):
            return problem(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here.")
        given = ",".join(request.headers.getlist(HEADER))
        try:
            body = await _whole(request)
            outlet = await self._signers.signed(given, body, named)
        except SignInError as error:
            return problem(HTTPStatus.UNAUTHORIZED, error.code, str(error))
        except ForbiddenError as error:
            return problem(HTTPStatus.FORBIDDEN, error.code, str(error))
        except (InvalidInputError, StoreError) as error:
            # Who it was is not known; that a moderator should look does no harm in any case.
            _log.error("coral_unsigned", because=str(error))
            return answer(dict(PREMOD))
        return answer(dict(await asyncio.shield(self._replied(outlet, body))))

    def _replied(self, outlet: Outlet, body: bytes) -> "asyncio.Task[Reply]":
        """Return the work on a body, which may have begun when it came before."""
        now = self._clock()
        while self._seen and next(iter(self._seen.values()))[0] <= now:
            self._seen.popitem(last=False)
        key = hashlib.sha256(outlet.id.encode() + b"\n" + body).hexdigest()
        if key not in self._seen:
            if len(self._seen) >= _MOST_KNOWN:
                self._seen.popitem(last=False)
            work = asyncio.create_task(self._judged(outlet, body))
            self._seen[key] = (now + _REPLAYS, work)
        return self._seen[key][1]

    async def _judged(self, outlet: Outlet, body: bytes) -> Reply:
        """Judge a comment and return the reply; whatever goes wrong, a moderator looks."""
        self._working += 1
        try:
            self._refuse_if_busy()
            async with asyncio.timeout(self._patience):
                asked = _read(body)
                known = await run_sync(
                    self._looked_up, asked, outlet, limiter=self._threads, abandon_on_cancel=True
                )
                engine = self._engine()
                judged = await self._batches.ask(Question(known.case, judged=True, engine=engine))
            decision = judged.decision
            assert decision is not None  # noqa: S101  # it was asked for
            said = reply(
                known.case.text,
                decision,
                automatic=known.mode == "automatic",
                policy_url=outlet.terms_url,
            )
            self._metrics.count(decision)
            report = opening(outlet, known.case.text, known.article, decision, datetime.now(UTC))
            facts = self._facts(asked, known, decision, said)
            self._record(facts, outlet, known.article, report)
        except Exception as error:  # noqa: BLE001 - whatever it is, the comment must not appear
            # Any other message may quote the comment.
            because = str(error) if isinstance(error, OmbudError) else type(error).__name__
            _log.warning("coral_unjudged", outlet=outlet.id, because=because)
            self._record({"because": because, **PREMOD}, outlet, None)
            return PREMOD
        finally:
            self._working -= 1
        return said

    def _refuse_if_busy(self) -> None:
        """Raise BusyError where so many wait that this one's turn would come too late."""
        if max(self._working, self._batches.depth) > LONGEST_QUEUE:
            raise BusyError(_TOO_MANY)

    def _looked_up(self, asked: _Asked, outlet: Outlet) -> _Known:
        """Return a comment with its article, if that is one of the outlet's here."""
        text = readable(plain(asked.body))
        if size(text) > MAX_TEXT:
            raise InvalidInputError(_TOO_LONG)
        if not Case(text).plain.text.strip():
            # Pictures perhaps, which nobody here has looked at.
            raise InvalidInputError(_NO_TEXT)
        article = None
        if asked.url:
            with self._store.reading() as tx:
                article = articles.by_url(tx, asked.url)
        if article is None or article.outlet != outlet.id:
            return _Known(Case(text), None, outlet.mode)
        case = Case(text, article=article.article)
        return _Known(case, article.id, article.mode or outlet.mode)

    def _facts(
        self, asked: _Asked, known: _Known, decision: Decision, said: Reply
    ) -> Mapping[str, object]:
        """Return what the log keeps of a decision: no text, only what proves which one it was."""
        text = known.case.text.encode()
        return {
            "event": asked.event,
            "digest": hmac.digest(self._secret, text, "sha256").hex(),
            "status": said.get("status", ""),
            "action": str(decision.action),
            "rules": sorted({finding.rule for finding in decision.findings}),
            "findings": [
                [finding.rule, finding.certainty, *(finding.span or (0, len(known.case.text)))]
                for finding in decision.findings
            ],
            "policy": decision.policy,
            "model": decision.model,
        }

    def _record(
        self,
        facts: Mapping[str, object],
        outlet: Outlet,
        article: int | None,
        report: Opening | None = None,
    ) -> None:
        """Enter a decision in the log, with the report that follows, later: nobody waits for it."""
        deed = Deed(datetime.now(UTC), "ombud", "coral_judged", outlet.id, article, facts=facts)
        entering = asyncio.create_task(self._enter((deed, report)))
        self._entering.add(entering)
        entering.add_done_callback(self._entering.discard)

    async def _enter(self, entry: Entry) -> None:
        """Enter a decision in the log together with others, and try again if that fails."""
        for pause in (*_TRIES, None):
            try:
                return await self._entries.ask(entry)
            except OmbudError as error:
                if pause is None:
                    _log.error("coral_unlogged", error=type(error).__name__)
                else:
                    await asyncio.sleep(pause)
        return None


async def _whole(request: Request) -> bytes:
    """Return the bytes of a body, as they were signed; raise InvalidInputError for too many."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise InvalidInputError(_TOO_LONG)
    return bytes(body)


def _read(body: bytes) -> _Asked:
    """Return the comment in a body; what we do not know in it is for others."""
    try:
        sent = json.loads(body)
        text, event = sent["comment"]["body"], sent["action"]
        url = sent.get("story", {}).get("url")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidInputError(_UNREADABLE) from error
    if not isinstance(text, str) or event not in _EVENTS:
        raise InvalidInputError(_UNREADABLE)
    if size(text) > _LONGEST_BODY:
        raise InvalidInputError(_TOO_LONG)
    return _Asked(event, text, url if isinstance(url, str) else None)
