"""
The moderators' decisions that other comment systems report: on their way into the store.

Those that wait at the same time share one transaction, and each is answered when it is kept.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from ombud.errors import StoreError
from ombud.moderation import outside
from ombud.store import Store, staff, suggestions
from ombud.store.suggestions import Suggested
from ombud.web.batching import Batches

FILE: Final = "suggestions.jsonl"
"""Where they were kept before there was a store."""
UNREAD: Final = "suggestions.unread"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Brought:
    """A suggestion, and the key with which it was brought."""

    suggested: Suggested
    key: str | None


class Suggestions:
    """The queue before the store."""

    def __init__(self, store: Store, folder: Path, most: int, bound: int) -> None:
        """Take the store, the folder of an earlier file, how many bytes to keep and may wait."""
        self._store = store
        self._folder = folder
        self._most = most
        self._batches: Batches[Brought, None] = Batches(self._keep_all, bound=bound)

    def start(self) -> None:
        """Take over what is in an earlier file, and begin; call it inside the event loop."""
        try:
            take_over(self._store, self._folder)
        except (OSError, StoreError) as error:
            # The file stays, and the next start finds it.
            _log.error("suggestions_not_taken_over", error=type(error).__name__)
        self._batches.start()

    async def close(self) -> None:
        """Stop."""
        await self._batches.close()

    async def keep(self, brought: Brought) -> None:
        """Return when a suggestion is kept; raises StoreError, and BusyError if many wait."""
        await self._batches.ask(brought)

    def _keep_all(self, many: Sequence[Brought]) -> list[None]:
        """Keep many suggestions in one transaction."""
        with self._store.writing() as tx:
            for brought in many:
                program = staff.key(tx, brought.key) if brought.key else None
                by = program.by if program else _by(brought.key)
                outlets = program.outlets if program else None
                outside.keep(tx, replace(brought.suggested, by=by), outlets, self._most)
        return [None] * len(many)


def take_over(store: Store, folder: Path) -> None:
    """
    Keep in the store what an earlier version wrote into a file: all of it or nothing, and once.

    The file goes when that is done; a line that a crash cut short stays, in a file of its own.
    """
    file = folder / FILE
    if not file.exists():
        return
    with file.open("rb") as lines:
        by = f"file:{hashlib.file_digest(lines, 'sha256').hexdigest()[:16]}"
    unread: list[bytes] = []
    with store.writing() as tx:
        # A crash after the last time may have left the file where it is.
        if not suggestions.sent_by(tx, by):
            for suggested in _suggested(file, by, unread):
                outside.keep(tx, suggested)
            _put_aside(folder / UNREAD, unread)
    file.unlink()
    _log.info("suggestions_taken_over", unread=len(unread))


def _suggested(file: Path, by: str, unread: list[bytes]) -> Iterator[Suggested]:
    """Yield what the lines of a file say, and put those that cannot be read aside."""
    with file.open("rb") as lines:
        for line in lines:
            try:
                suggested = _read(json.loads(line), by)
            except (ValueError, LookupError, TypeError):
                unread.append(line)
            else:
                yield suggested


def _read(line: Mapping[str, Any], by: str) -> Suggested:
    """Return what one line says."""
    return Suggested(
        text=line["text"],
        scores=line["attributeScores"],
        context=line["context"],
        languages=line["languages"],
        community=line["communityId"],
        token=line["clientToken"],
        policy=line["policy"],
        model=line["model"],
        by=by,
        at=datetime.fromisoformat(line["time"]),
    )


def _put_aside(file: Path, lines: Sequence[bytes]) -> None:
    """Keep lines that nobody could read, for nobody else on this machine."""
    if lines:
        opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(opened, "ab") as kept:
            kept.writelines(lines)


def _by(key: str | None) -> str:
    """Return what tells a key of the settings from others; the key itself is never kept."""
    known = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8] if key else "none"
    return f"key:{known}"
