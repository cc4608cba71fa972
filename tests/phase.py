"""Coral's side of its external moderation phase: what it sends, and which replies it takes."""

import hmac
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient
from writing import URL, Desk

from ombud import Engine
from ombud.newsroom import Outlet
from ombud.store import Store, log, outlets
from ombud.store.log import Entry
from ombud.web.batching import Batches
from ombud.web.coral import Coral
from ombud.web.failures import answer_failures
from ombud.web.journal import Journal
from ombud.web.judging import Judged, Question, answer_all
from ombud.web.metrics import Metrics

SECRET = "empsec_first"  # noqa: S105  # of an invented outlet
SECOND = "empsec_second"
_STATUSES = {"NONE", "APPROVED", "REJECTED", "PREMOD", "SYSTEM_WITHHELD"}
_REASONS = {"COMMENT_DETECTED_TOXIC", "COMMENT_DETECTED_SPAM"}
_CODES = set(
    "OFFENSIVE ABUSIVE SPAM BANNED_WORD AD ILLEGAL_CONTENT HARASSMENT_BULLYING MISINFORMATION"
    " HATE_SPEECH IRRELEVANT_CONTENT OTHER".split()
)


@dataclass
class Phase:
    """An application that a Coral asks, whose clock stands still."""

    desk: Desk
    engine: Engine
    batches: Batches[Question, Judged] = field(init=False)
    metrics: Metrics = field(default_factory=Metrics)
    time: float = 0.0
    # However busy the machine is; what happens after that is tested with less.
    patience: float = 60.0
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        """Make the queue before the engine."""
        self.store = self.desk.store
        self.batches = Batches(partial(answer_all, self.engine))

    @contextmanager
    def serving(self, *, judging: bool = True) -> Iterator[TestClient]:
        """Serve the phase; without judging, the queue never moves."""
        coral = Coral(
            lambda: self.engine,
            self.batches,
            self.metrics,
            self.store,
            clock=lambda: self.time,
            patience=self.patience,
        )

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            if judging:
                self.batches.start()
            coral.start()
            yield
            await self.batches.close()
            await coral.close()

        app = FastAPI(lifespan=lifespan)
        app.router.routes[:0] = [coral.route()]
        app.add_middleware(Journal, metrics=self.metrics)
        answer_failures(app)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client

    def entries(self) -> list[Entry]:
        """Return what the log says of Coral's comments; the chain is whole."""
        with self.store.reading() as tx:
            assert not list(log.broken(tx))
            return [entry for entry in log.since(tx, 0, 5000) if entry.deed == "coral_judged"]

    def change(self, **changes: Any) -> None:  # noqa: ANN401  # whatever an outlet has
        """Change the settings of the outlet."""
        with self.store.writing() as tx:
            outlet = outlets.one(tx, "harbour")
            assert isinstance(outlet, Outlet)
            outlets.changed(tx, replace(outlet, **changes))


@contextmanager
def opened(folder: Path, engine: Engine) -> Iterator[Phase]:
    """
    Yield the phase of a newsroom that decides what is sure.

    Its Coral changes its secret just now.
    """
    store = Store.in_folder(folder)
    desk = Desk(store, datetime(2026, 11, 28, 9, 30, tzinfo=UTC), mode="automatic")
    with store.writing() as tx:
        outlets.sign_with(tx, "harbour", coral=[SECOND, SECRET])
    yield Phase(desk, engine)
    store.close()


def written(body: str, action: str = "NEW", url: str | None = URL, **more: object) -> bytes:
    """Return a request as Coral writes it: pretty-printed, with more than we read."""
    sent = {
        "action": action,
        "comment": {"body": body, "parentID": None},
        "author": {"id": "u-17", "role": "COMMENTER"},
        "story": {"id": "st-9", "url": url},
        "site": {"id": "si-1"},
        "tenantID": "t-1",
        "tenantDomain": "talk.paper.example",
        **more,
    }
    return json.dumps(sent, indent=2, ensure_ascii=False).encode()


def signature(body: bytes, *secrets: str) -> str:
    """Return the header that Coral sends."""
    made = (hmac.digest(secret.encode(), body, "sha256").hex() for secret in secrets or (SECRET,))
    return ",".join(f"sha256={one}" for one in made)


def ask(client: TestClient, body: bytes, *secrets: str, path: str = "/coral/moderate") -> Any:  # noqa: ANN401
    """Send a signed body and return the reply, which Coral takes."""
    answer = client.post(
        path, content=body, headers={"X-Coral-Signature": signature(body, *secrets)}
    )
    assert answer.status_code == 200
    taken(answer.json())
    return answer.json()


def taken(reply: Mapping[str, Any]) -> None:
    """Assert what Coral's own validation asserts; where it fails, the comment is published."""
    assert set(reply) <= {"status", "actions", "tags", "moderationAction"}
    # "NONE" would publish at once: no opinion is no status.
    assert reply.get("status", "PREMOD") in _STATUSES - {"NONE"}
    assert reply.get("tags", ["FEATURED"]) != []
    for action in reply.get("actions", ()):
        assert set(action) == {"actionType", "reason"}
        assert action["actionType"] == "FLAG"
        assert action["reason"] in _REASONS
    if "moderationAction" in reply:
        # It tells the reader that the comment was rejected, whatever else is said.
        assert reply["status"] == reply["moderationAction"]["status"] == "REJECTED"
        reason = reply["moderationAction"]["rejectionReason"]
        allowed = {"code", "legalGrounds", "detailedExplanation", "customReason"}
        assert set(reason) <= allowed
        assert reason["code"] in _CODES
        assert all(isinstance(words, str) and words for words in reason.values())
