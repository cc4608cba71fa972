"""What the tests of suggestions ask of the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from ombud.settings import Settings
from ombud.store import Store
from ombud.store.schema import suggestions


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the database of a running application a second time."""
    store = Store.in_folder(settings.data)
    yield store
    store.close()


def rows(store: Store) -> list[dict[str, Any]]:
    """Return the suggestions in a database."""
    with store.reading() as tx:
        found = tx.execute(select(suggestions).order_by(suggestions.c.id)).mappings()
        return [dict(row) for row in found]


def kept(settings: Settings) -> list[dict[str, Any]]:
    """Return the suggestions that an application has kept."""
    with opened(settings) as store:
        return rows(store)
