"""What is looked up for every comment and hardly ever changes: remembered until it does."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from ombud.errors import NotFoundError
from ombud.newsroom import Outlet, Published
from ombud.store import articles, outlets, readers, staff

Found = TypeVar("Found")
NAMES: Final = 500
"""Readers of an outlet whose names every signature is compared with."""
_MOST: Final = 1_000
_HOLDS: Final = 5.0
"""Seconds after which it is looked up again: what stands in no log may have changed elsewhere."""


@dataclass(slots=True)
class Known:
    """Articles, outlets, and the names that are taken, until somebody says that they changed."""

    clock: Callable[[], float] = time.monotonic
    _found: dict[Hashable, tuple[Any, float]] = field(default_factory=dict)

    def forget(self) -> None:
        """Forget everything, after a change."""
        # What is being read meanwhile goes where nobody looks any more.
        self._found = {}

    def through(self, tx: Connection) -> "Look":
        """Return the way to look in a transaction that has read nothing yet."""
        return Look(tx, self._found, self.clock)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known, and else what a transaction reads."""

    tx: Connection
    _found: dict[Hashable, tuple[Any, float]]
    _clock: Callable[[], float]

    def article(self, asked: str | int) -> Published:
        """Return the article at an address or with a number; raises NotFoundError."""
        return self._known(("article", asked), lambda: found(self.tx, asked))

    def outlet(self, outlet: str) -> Outlet:
        """Return the outlet of an article."""

        def read() -> Outlet:
            known = outlets.one(self.tx, outlet)
            assert known is not None  # noqa: S101  # the database knows the outlet of every article
            return known

        return self._known(("outlet", outlet), read)

    def staff(self) -> tuple[str, ...]:
        """Return the names that only the staff may sign with."""
        read = lambda: tuple(one.staff.name for one in staff.members(self.tx))  # noqa: E731
        return self._known("staff", read)

    def readers(self, outlet: str) -> list[tuple[int, str]]:
        """Return the readers whose names are theirs in an outlet."""
        return self._known(("readers", outlet), lambda: readers.names(self.tx, outlet, NAMES))

    def _known(self, question: Hashable, read: Callable[[], Found]) -> Found:
        """Return what is known, or read it."""
        value, until = self._found.get(question, (None, -inf))
        if until < self._clock():
            value = read()
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[question] = (value, self._clock() + _HOLDS)
        found: Found = value
        return found


def found(tx: Connection, article: str | int) -> Published:
    """Return the article at an address or with a number; raises NotFoundError."""
    known = articles.one(tx, article) if isinstance(article, int) else articles.by_url(tx, article)
    if known is None and isinstance(article, str) and article.isascii() and article.isdigit():
        known = articles.one(tx, int(article[:18]))
    if known is None:
        message = "there is no such article here; a newsroom enters it with PUT /api/articles"
        raise NotFoundError(message)
    return known
