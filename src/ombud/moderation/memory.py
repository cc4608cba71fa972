"""What a running Ombud remembers of earlier comments, for several threads at once."""

import threading
from typing import Final

from ombud.case import Case
from ombud.newsroom import Comment, Reader, Repeat
from ombud.repeats import Repeats
from ombud.store import Store, comments

_STEP: Final = 10
_PAUSE: Final = 0.005
"""Seconds between steps of learning; all of it takes some ten seconds."""


class Memory:
    """An index of the latest comments, with their numbers in the store."""

    def __init__(self, most: int = 100_000) -> None:
        """Take how many comments are remembered."""
        self._repeats = Repeats(most=most)
        self._turn = threading.Lock()

    def alike(self, case: Case) -> tuple[Repeat, ...]:
        """Return earlier comments nearly the same, the closest first."""
        with self._turn:
            return self._repeats.alike(case)

    def remember(self, comment: Comment) -> None:
        """Remember a comment that was kept."""
        if comment.text is not None:
            author = Reader(comment.name) if comment.name else None
            with self._turn:
                self._repeats.remember(Case(comment.text, author), comment=comment.id)

    def forget(self, comment: int) -> None:
        """Forget a comment that was erased."""
        with self._turn:
            self._repeats.forget(comment)

    def learn(self, store: Store, most: int, leaving: threading.Event) -> None:
        """
        Remember the latest comments of the store, as after a restart, until one is `leaving`.

        In small steps, so that whoever asks meanwhile waits for none of it.
        """
        with store.reading() as tx:
            known = comments.latest(tx, most)
        for number, comment in enumerate(known):
            if number % _STEP == 0 and leaving.wait(_PAUSE):
                return
            self.remember(comment)
