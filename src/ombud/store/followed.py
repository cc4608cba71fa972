"""
The tables of what other outlets publish: their feeds, the pages these name, and stories.

A page is fetched from there, in its turn; what it said is kept with every change.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from ombud.store.columns import ID, Moment, metadata, one_of

PAGE_STATES: Final = ("waiting", "kept", "failed")

feeds = Table(
    "feeds",
    metadata,
    Column("id", ID, primary_key=True),
    # The outlet whose feed it is, by name: it is another's, and none of ours.
    Column("outlet", Text, nullable=False),
    Column("url", Text, nullable=False, unique=True),
    Column("added_by", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    # By which its site tells whether it has changed.
    Column("etag", Text, nullable=False, server_default=""),
    Column("modified", Text, nullable=False, server_default=""),
    Column("checked_at", Moment),
    Column("next_at", Moment, nullable=False, index=True),
    # Failures since it last came, and the last of them.
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failure", Text),
)

stories = Table(
    "stories",
    metadata,
    Column("id", ID, primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False, index=True),
)

pages = Table(
    "pages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    # None once the feed is not followed any more.
    Column("feed", ID, ForeignKey("feeds.id", ondelete="SET NULL")),
    # What the feed calls it.
    Column("key", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("story", ID, ForeignKey("stories.id"), index=True),
    # The newest edition, 0 where there is none yet.
    Column("edition", Integer, nullable=False, server_default="0"),
    # How often it was read; without a next time nobody fetches it any more.
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, index=True),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failure", Text),
    UniqueConstraint("feed", "key"),
    one_of("state", PAGE_STATES),
    Index(None, "state", "seen_at"),
)

page_editions = Table(
    "page_editions",
    metadata,
    Column("page", ID, ForeignKey("pages.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("text", Text, nullable=False),
    # {"body": [begin, end], "sentences": [[begin, end], ...]}, offsets in the text.
    Column("spans", JSON, nullable=False),
    # As the page says it: a day or a moment of ISO 8601.
    Column("published_at", Text),
    Column("origin", Text),
    Column("recorded_at", Moment, nullable=False),
    PrimaryKeyConstraint("page", "number"),
)

TABLES: Final = (feeds, stories, pages, page_editions)
