"""Stories: what pages of other outlets said, each with its editions, and which are of one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from ombud.store.corrected import documents
from ombud.store.documents import standing
from ombud.store.feeds import Page
from ombud.store.followed import page_editions, pages, stories
from ombud.store.rows import made

_MOST: Final = 10_000
"""Pages that are forgotten at once; the others wait for the next time."""
_NEWEST = (
    select(page_editions, pages.c.outlet, pages.c.url, pages.c.story)
    .join_from(page_editions, pages, pages.c.id == page_editions.c.page)
    .where(page_editions.c.number == pages.c.edition)
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a page said at a time; `spans` are offsets of `body` and `sentences` in its text."""

    title: str
    byline: str
    text: str
    spans: dict[str, Any]
    published_at: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest edition of a page."""

    page: int
    number: int
    outlet: str
    url: str
    story: int | None
    edition: Edition
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A story in a list: its articles as pairs of outlet and title, the first read first."""

    id: int
    opened_at: datetime
    changed_at: datetime
    articles: tuple[tuple[str, str], ...]


def keep(
    tx: Connection, page: Page, edition: Edition, at: datetime, next_at: datetime | None
) -> bool:
    """
    Keep what a page says, and when to look at it again; return whether it says something new.

    A page that somebody else has read meanwhile is left as it is.
    """
    same = update(pages).where(pages.c.id == page.id, pages.c.visits == page.visits)
    before = _of_pages(tx, [page.id])
    new = not before or before[0].edition.text != edition.text
    values: dict[str, Any] = {"visits": page.visits + 1, "next_at": next_at, "state": "kept"}
    values |= {"failures": 0, "failure": None, "title": edition.title or page.title}
    if tx.execute(same.values(**values, edition=page.edition + new)).rowcount == 0 or not new:
        return False
    said = {name: getattr(edition, name) for name in Edition.__dataclass_fields__}
    written = {**said, "page": page.id, "number": page.edition + 1, "recorded_at": at}
    tx.execute(insert(page_editions).values(**written))
    return True


def alone(tx: Connection) -> bool:
    """Whether a page that was read is of no story yet."""
    asked = _NEWEST.where(pages.c.state == "kept", pages.c.story.is_(None)).limit(1)
    return tx.execute(asked).first() is not None


def recent(tx: Connection, since: datetime, most: int) -> list[Kept]:
    """Return what was read of pages seen since a time, the newest `most`, oldest first."""
    asked = _NEWEST.where(pages.c.state == "kept", pages.c.seen_at >= since)
    found = tx.execute(asked.order_by(pages.c.id.desc()).limit(most)).all()
    return [_kept(row) for row in reversed(found)]


def join(tx: Connection, story: int | None, members: Sequence[int], at: datetime) -> None:
    """
    Put pages that are of no story into one, or into a new one.

    Where somebody has put one of them into a story meanwhile, the others go there too.
    """
    free = select(pages.c.id).where(pages.c.id.in_(members), pages.c.story.is_(None))
    chosen = list(tx.execute(free.order_by(pages.c.id).with_for_update()).scalars())
    if not chosen:
        return
    if story is None:
        there = select(func.min(pages.c.story)).where(pages.c.id.in_(members))
        story = tx.execute(there).scalar()
    if story is None:
        opened = tx.execute(insert(stories).values(opened_at=at, changed_at=at))
        assert opened.inserted_primary_key is not None  # noqa: S101  # there is one
        story = int(opened.inserted_primary_key[0])
    tx.execute(update(stories).where(stories.c.id == story).values(changed_at=at))
    tx.execute(update(pages).where(pages.c.id.in_(chosen)).values(story=story))


def forget(tx: Connection, before: datetime) -> int:
    """
    Forget what pages said that nobody has read since a time; return how many pages that were.

    What lies beside a report stays.
    Of the others only the address is kept, so that a feed that still names one names nothing new;
    they leave their stories, and a story that has none left goes.
    """
    lately = select(page_editions.c.page).where(page_editions.c.recorded_at >= before)
    cited = select(documents.c.name).where(standing())
    old = (
        select(page_editions.c.page)
        .join(pages, pages.c.id == page_editions.c.page)
        .where(pages.c.next_at.is_(None), pages.c.id.not_in(lately), pages.c.url.not_in(cited))
    )
    numbers = list(tx.execute(old.distinct().limit(_MOST)).scalars())
    tx.execute(delete(page_editions).where(page_editions.c.page.in_(numbers)))
    tx.execute(update(pages).where(pages.c.id.in_(numbers)).values(story=None, title=""))
    told = select(pages.c.id).where(pages.c.story == stories.c.id)
    tx.execute(delete(stories).where(~told.exists()))
    return len(numbers)


def listed(tx: Connection, before: int | None, most: int, least: int) -> list[Told]:
    """Return stories of at least so many outlets, the newest first, below a number."""
    outlets = func.count(pages.c.outlet.distinct())
    asked = select(stories).join(pages, pages.c.story == stories.c.id)
    asked = asked.group_by(*stories.c).having(outlets >= least).order_by(stories.c.id.desc())
    if before is not None:
        asked = asked.where(stories.c.id < before)
    found = tx.execute(asked.limit(most)).all()
    articles: dict[int, list[tuple[str, str]]] = {row.id: [] for row in found}
    named = select(pages.c.story, pages.c.outlet, pages.c.title).order_by(pages.c.id)
    for row in tx.execute(named.where(pages.c.story.in_(articles))):
        articles[row.story].append((row.outlet, row.title))
    return [Told(row.id, row.opened_at, row.changed_at, tuple(articles[row.id])) for row in found]


def of_story(tx: Connection, story: int, most: int) -> list[Kept]:
    """Return the newest editions of a story's pages, the first read first."""
    asked = _NEWEST.where(pages.c.story == story).order_by(pages.c.id)
    return [_kept(row) for row in tx.execute(asked.limit(most))]


def editions(tx: Connection, page: int) -> list[tuple[datetime, Edition]]:
    """Return all that a page said, in order, with the time of each."""
    asked: Select[Any] = select(page_editions).where(page_editions.c.page == page)
    found = tx.execute(asked.order_by(page_editions.c.number))
    return [(row.recorded_at, made(Edition, row)) for row in found]


def of_page(tx: Connection, page: int) -> Kept | None:
    """Return the newest edition of a page, None if there is none."""
    return next(iter(_of_pages(tx, [page])), None)


def _of_pages(tx: Connection, numbers: Sequence[int]) -> list[Kept]:
    """Return the newest editions of some pages."""
    return [_kept(row) for row in tx.execute(_NEWEST.where(pages.c.id.in_(numbers)))]


def _kept(row: Row[Any]) -> Kept:
    """Return what a row says."""
    edition = made(Edition, row)
    return Kept(row.page, row.number, row.outlet, row.url, row.story, edition, row.recorded_at)
