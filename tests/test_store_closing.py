"""A store that is closed while somebody still uses it."""

import sqlite3

import pytest
from sqlalchemy import text

from ombud.store import Store


@pytest.mark.parametrize("deed", ["reading", "writing"])
def test_a_connection_in_use_is_closed_after_the_store(store: Store, deed: str) -> None:
    """A thread that still reads or writes while all is closed finishes, and leaves nothing open."""
    with getattr(store, deed)() as tx:
        driver = tx.connection.driver_connection
        store.close()
        assert tx.execute(text("SELECT 1")).scalar() == 1

    if store.sqlite:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            driver.execute("SELECT 1")
    else:
        assert driver.closed
