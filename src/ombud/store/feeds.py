"""
Feeds that editors follow, and the pages that these name.

Who takes a feed or a page moves its next time on, so that nobody else takes it meanwhile; whoever
dies over it leaves it to be taken again.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from ombud.errors import ConflictError, NotFoundError
from ombud.store.followed import feeds, pages
from ombud.store.rows import made

_TURN: Final = timedelta(minutes=10)
"""Time that fetching one thing has before another may take it."""
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `etag` and `modified` are what its site marked it with when it last came."""

    id: int
    outlet: str
    url: str
    added_by: str
    added_at: datetime
    etag: str
    modified: str
    checked_at: datetime | None
    next_at: datetime
    failures: int
    failure: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page that a feed names, taken to be read; `visits` counts how often it was read.

    `feed`: the number of the feed that names it.
    """

    id: int
    url: str
    feed: int
    outlet: str
    title: str
    seen_at: datetime
    state: str
    story: int | None
    edition: int
    visits: int
    next_at: datetime | None
    failures: int
    failure: str | None


def add(tx: Connection, outlet: str, url: str, by: str, at: datetime) -> int:
    """Follow a feed from now on, and return its number; raises ConflictError if it is followed."""
    if tx.execute(select(feeds.c.id).where(feeds.c.url == url)).first():
        message = f"the feed '{url}' is followed already"
        raise ConflictError(message)
    values = {"outlet": outlet, "url": url, "added_by": by, "added_at": at, "next_at": at}
    added = tx.execute(insert(feeds).values(values))
    assert added.inserted_primary_key is not None  # noqa: S101  # there is one
    return int(added.inserted_primary_key[0])


def remove(tx: Connection, number: int) -> Feed:
    """
    Follow a feed no more; what was read stays, and what waits is forgotten.

    Raises NotFoundError if there is no such feed.
    """
    row = tx.execute(select(feeds).where(feeds.c.id == number)).first()
    if row is None:
        message = f"there is no feed {number}"
        raise NotFoundError(message)
    tx.execute(delete(pages).where(pages.c.feed == number, pages.c.edition == 0))
    tx.execute(update(pages).where(pages.c.feed == number).values(feed=None, next_at=None))
    tx.execute(delete(feeds).where(feeds.c.id == number))
    return made(Feed, row)


def every(tx: Connection) -> list[Feed]:
    """Return the feeds, by outlet."""
    return [
        made(Feed, row) for row in tx.execute(select(feeds).order_by(feeds.c.outlet, feeds.c.id))
    ]


def hurry(tx: Connection, at: datetime) -> None:
    """Let every feed be due now."""
    tx.execute(update(feeds).values(next_at=at))


def take_feed(tx: Connection, at: datetime) -> Feed | None:
    """Return the feed that has waited longest, for nobody else, None if none is due."""
    return _taken(tx, feeds, Feed, at)


def take_page(tx: Connection, at: datetime, left_out: Collection[int] = ()) -> Page | None:
    """
    Return the page that has waited longest, for nobody else, None if none is due.

    A page whose feed is followed no more is not taken, whatever was noted of it meanwhile.
    left_out: numbers of the feeds of which no page is taken now.
    """
    theirs = (pages.c.feed.is_not(None), pages.c.feed.not_in(left_out))
    return _taken(tx, pages, Page, at, *theirs)


def _taken(
    tx: Connection, table: Table, kind: type[Kind], at: datetime, *others: ColumnElement[bool]
) -> Kind | None:
    """Return what is due, and move its next time on."""
    due = select(table.c.id).where(table.c.next_at <= at, *others)
    due = due.order_by(table.c.next_at, table.c.id)
    number = tx.execute(due.limit(1).with_for_update(skip_locked=True)).scalar()
    if number is None:
        return None
    tx.execute(update(table).where(table.c.id == number).values(next_at=at + _TURN))
    return made(kind, tx.execute(select(table).where(table.c.id == number)).one())


def came(
    tx: Connection, feed: Feed, marks: tuple[str, str], at: datetime, next_at: datetime
) -> None:
    """Note that a feed came, with the marks of its site, and when to look again."""
    etag, modified = marks
    values = {"etag": etag, "modified": modified, "checked_at": at, "next_at": next_at}
    tx.execute(
        update(feeds).where(feeds.c.id == feed.id).values(**values, failures=0, failure=None)
    )


def feed_failed(tx: Connection, feed: Feed, failure: str, at: datetime, next_at: datetime) -> None:
    """Note that a feed did not come, and when to try again."""
    values = {"failures": feeds.c.failures + 1, "failure": failure, "checked_at": at}
    tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**values, next_at=next_at))


def see(
    tx: Connection, feed: Feed, entries: Iterable[tuple[str, str, str]], at: datetime, most: int
) -> int:
    """
    Let pages that a feed names wait to be read, the first `most` that are new; return how many.

    entries: key, address and title of each, the newest first.  What was seen before, by its key or
    its address, is passed over.
    """
    given = list(entries)
    known = set(_known(tx, feed, given))
    fresh = {url: (key, title) for key, url, title in reversed(given) if not {key, url} & known}
    chosen = list(fresh.items())[max(0, len(fresh) - most) :]
    keys: set[str] = set()
    values = []
    for url, (key, title) in chosen:
        if key not in keys:
            said = {"key": key, "url": url, "title": title, "outlet": feed.outlet}
            values.append({**said, "feed": feed.id, "state": "waiting", "seen_at": at})
        keys.add(key)
    # Another one may have seen the same meanwhile, in this feed or in another.
    written = [_added(tx, {**value, "next_at": at}) for value in values]
    return sum(written)


def _added(tx: Connection, values: dict[str, object]) -> bool:
    """Let a page wait; return whether it is new."""
    inserting = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    added = inserting(pages).values(values).on_conflict_do_nothing().returning(pages.c.id)
    return tx.execute(added).first() is not None


def _known(tx: Connection, feed: Feed, entries: Sequence[tuple[str, str, str]]) -> Iterable[str]:
    """Yield those keys and addresses of entries that were seen before."""
    of_feed = select(pages.c.key).where(
        pages.c.feed == feed.id, pages.c.key.in_([key for key, _, _ in entries])
    )
    of_all = select(pages.c.url).where(pages.c.url.in_([url for _, url, _ in entries]))
    yield from tx.execute(of_feed).scalars()
    yield from tx.execute(of_all).scalars()


def waiting(tx: Connection, feed: int) -> int:
    """Return how many pages of a feed wait to be read for the first time."""
    asked = select(func.count()).where(pages.c.feed == feed, pages.c.state == "waiting")
    return int(tx.execute(asked).scalar_one())


def page_failed(tx: Connection, page: Page, failure: str, next_at: datetime | None) -> None:
    """Note that a page did not come, and when to try again; never without a time."""
    values = {"failures": pages.c.failures + 1, "failure": failure, "next_at": next_at}
    state = "failed" if next_at is None and page.edition == 0 else page.state
    tx.execute(update(pages).where(pages.c.id == page.id).values(**values, state=state))
