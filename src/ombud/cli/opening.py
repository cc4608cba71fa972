"""Where the commands find the database: as `ombud serve` does."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from ombud import settings
from ombud.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from ombud.store import Store

BY: Final = "ombud"
"""Who the log says it was: whoever may use the command line."""
DataOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder for everything that Ombud keeps. [ombud-data]"),
]


@contextmanager
def database(data: Path | None, *, new: bool = False) -> "Iterator[Store]":
    """
    Give the database that `--data` or OMBUD_DATABASE_URL names, and close it.

    Raises NotFoundError if there is none in the folder, unless it may be `new`.
    """
    from ombud.store.opening import FILE, Store

    chosen = settings.load(data=data)
    if not (new or chosen.database_url or (chosen.data / FILE).exists()):
        message = (
            f"there is no {FILE} in the folder '{chosen.data}';"
            " name the folder with --data, or the database with OMBUD_DATABASE_URL"
        )
        raise NotFoundError(message)
    store = Store.of(chosen)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def changing(data: Path | None) -> "Iterator[Connection]":
    """Give a transaction on the database, which is made if there is none yet."""
    with database(data, new=True) as store, store.writing() as tx:
        yield tx


def entered(
    tx: "Connection", deed: str, facts: "Mapping[str, object]", outlet: str | None = None
) -> None:
    """Enter in the log what a command did."""
    from ombud.store import log

    log.append(tx, log.Deed(now(), BY, deed, outlet, facts=facts))


def must_exist(tx: "Connection", *given: str) -> None:
    """Raise NotFoundError for an outlet that is not there."""
    from ombud.store import outlets

    known = [one.id for one in outlets.every(tx)]
    for outlet in given:
        if outlet not in known:
            message = f"no outlet '{outlet}'; there are: {', '.join(known) or 'none'}"
            raise NotFoundError(message)


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)
