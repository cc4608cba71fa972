"""
What waits at the same time, asked or changed in one transaction, which costs little more than one.

A change that fails fails alone, in a transaction of its own.
A savepoint for each would not do: it would keep the turn at the log while it waits for that at a
key, and who waits in another order would wait for ever.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from ombud.errors import StoreError
from ombud.store import log
from ombud.store.opening import REFUSED, Store

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def read_together(
    store: Store,
    ask: Callable[[Connection, Sequence[Asked]], Sequence[Answer]],
    asked: Sequence[Asked],
) -> list[Answer | Exception]:
    """
    Return what is known of each, asked in one transaction.

    Where the database cannot be read at all each gets the same StoreError, and nobody waits until
    that was tried for every other one; raises what `ask` raises otherwise.
    """
    try:
        with store.reading() as tx:
            return list(ask(tx, asked))
    except StoreError as error:
        if not _of_all(error):
            raise
        return [error] * len(asked)


def together(
    store: Store,
    change: Callable[[Connection, Sequence[Asked]], Sequence[Answer]],
    asked: Sequence[Asked],
) -> list[tuple[Answer, set[int | None]] | Exception]:
    """
    Return what each change came to, with whose pages changed, or what was raised for it.

    Nothing is returned before it is kept.
    Where the database cannot be written at all each gets the same StoreError.
    """
    try:
        with store.writing() as tx:
            answers = change(tx, asked)
            touched = log.touched(tx)
    except Exception as error:  # noqa: BLE001 - it is handed to who asked
        if len(asked) == 1 or _of_all(error):
            return [error] * len(asked)
        return [answer for one in asked for answer in together(store, change, [one])]
    return [(answer, touched) for answer in answers]


def _of_all(error: Exception) -> bool:
    """Whether an error is that of a database that cannot be used, and of no single question."""
    return isinstance(error, StoreError) and error.code != REFUSED
