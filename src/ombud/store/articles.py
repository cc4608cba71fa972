"""Articles: each is one address; what stood there at a time is an edition, and none is lost."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from ombud.newsroom import Article, Mode, Published
from ombud.store.schema import articles, editions

_JOINED = (
    select(
        articles,
        editions.c.title,
        editions.c.byline,
        editions.c.text,
        editions.c.published_at,
    )
    .join(editions, editions.c.article == articles.c.id)
    .where(editions.c.number == articles.c.edition)
)


def put(
    tx: Connection,
    outlet: str,
    url: str,
    article: Article,
    published_at: datetime | None,
    at: datetime,
) -> tuple[Published, bool]:
    """Return the article at an address, with this as its edition, and whether it is new."""
    known = by_url(tx, url)
    if known is None:
        made = tx.execute(insert(articles).values(outlet=outlet, url=url, edition=1, opened_at=at))
        number = made.inserted_primary_key
        assert number is not None  # noqa: S101  # a row was inserted
        known = Published(number[0], outlet, url, None, 0, article, published_at, 0)
    elif (known.article, known.published_at) == (article, published_at):
        return known, False
    edition = known.edition + 1
    tx.execute(
        insert(editions).values(
            article=known.id,
            number=edition,
            title=article.title,
            byline=article.byline,
            text=article.text,
            published_at=published_at,
            recorded_at=at,
        )
    )
    tx.execute(update(articles).where(articles.c.id == known.id).values(edition=edition))
    now = Published(
        known.id, known.outlet, url, known.mode, edition, article, published_at, known.approved
    )
    return now, edition == 1


def by_url(tx: Connection, url: str) -> Published | None:
    """Return the article at an address."""
    row = tx.execute(_JOINED.where(articles.c.url == url)).first()
    return _published(row) if row else None


def one(tx: Connection, article: int) -> Published | None:
    """Return an article by its number."""
    row = tx.execute(_JOINED.where(articles.c.id == article)).first()
    return _published(row) if row else None


def locked(tx: Connection, article: int) -> Published | None:
    """Return an article about which nobody else publishes until this transaction ends."""
    # What refers to it is kept all the same: who keeps that may hold the log, which this waits for.
    asked = select(articles.c.id).where(articles.c.id == article)
    tx.execute(asked.with_for_update(key_share=True))
    return one(tx, article)


def some(tx: Connection, numbers: Collection[int]) -> dict[int, Published]:
    """Return articles by their numbers."""
    rows = tx.execute(_JOINED.where(articles.c.id.in_(numbers)))
    return {row.id: _published(row) for row in rows}


def edition(tx: Connection, article: int, number: int) -> Article | None:
    """Return what an article said when it had a number of editions."""
    asked = select(editions).where(editions.c.article == article, editions.c.number == number)
    row = tx.execute(asked).first()
    return Article(row.title, row.text, row.byline) if row else None


def latest(
    tx: Connection, outlets: Sequence[str] | None, before: int | None, most: int
) -> list[Published]:
    """Return the articles of some outlets (None: of all), newest first."""
    asked = _JOINED.order_by(articles.c.id.desc()).limit(most)
    if outlets is not None:
        asked = asked.where(articles.c.outlet.in_(outlets))
    if before is not None:
        asked = asked.where(articles.c.id < before)
    return [_published(row) for row in tx.execute(asked)]


def holding(tx: Connection, outlet: str, part: str, most: int) -> list[tuple[int, str]]:
    """Return number and address of the articles whose addresses hold something, newest first."""
    theirs = (articles.c.outlet == outlet, articles.c.url.contains(part, autoescape=True))
    asked = select(articles.c.id, articles.c.url).where(*theirs)
    rows = tx.execute(asked.order_by(articles.c.id.desc()).limit(most))
    return [(row.id, row.url) for row in rows]


def moderate(tx: Connection, article: int, mode: Mode | None) -> None:
    """Set how the comments of one article are moderated; None means as its outlet's."""
    tx.execute(update(articles).where(articles.c.id == article).values(mode=mode))


def counted(tx: Connection, article: int, more: int) -> None:
    """Add to the number of approved comments."""
    tx.execute(
        update(articles).where(articles.c.id == article).values(approved=articles.c.approved + more)
    )


def _published(row: Row[tuple[object, ...]]) -> Published:
    """Return an article as it is kept."""
    return Published(
        row.id,
        row.outlet,
        row.url,
        row.mode,
        row.edition,
        Article(row.title, row.text, row.byline),
        row.published_at,
        row.approved,
    )
