"""
The tables of what is written more than once.

Texts, who posted each, the bands by which near ones are found, the campaigns that they grow into
with the share of each outlet, the traces of one hand, and articles under a flood of comments.
All of it but the traces can be made anew from the comments.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from ombud.store.columns import ID, Moment, metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", ID, primary_key=True),
    Column("first", ID, ForeignKey("comments.id"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("latest_at", Moment, nullable=False),
    Column("least_likeness", Float, nullable=False),
    # A line of the article or a slogan that readers quote, which is no campaign of one hand.
    Column("quoted", Boolean, nullable=False, server_default=text("false")),
    # Why it may be one hand: a list of {"kind", "why", "weight"}; and what the desk orders by.
    Column("reasons", JSON, nullable=False),
    Column("weight", Float, nullable=False, server_default="0"),
    # Comments that there were when somebody last looked for reasons.
    Column("looked", Integer, nullable=False, server_default="0"),
    Column("merged_into", ID, ForeignKey("campaigns.id")),
)

shares = Table(
    "shares",
    metadata,
    Column("campaign", ID, ForeignKey("campaigns.id"), nullable=False),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    # Counted as they come, so that a list of campaigns reads no copies.
    Column("comments", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    PrimaryKeyConstraint("campaign", "outlet"),
    Index(None, "outlet", "held"),
)

texts = Table(
    "texts",
    metadata,
    # The number of the comment that it was entered with, so that later texts have higher ones.
    Column("id", ID, primary_key=True, autoincrement=False),
    # The first eight bytes of a digest of the folded text: the same text is found by it at once.
    Column("hash", BigInteger, nullable=False, index=True),
    Column("folded", Text, nullable=False),
    Column("campaign", ID, ForeignKey("campaigns.id"), index=True),
)

copies = Table(
    "copies",
    metadata,
    Column("comment", ID, ForeignKey("comments.id"), primary_key=True, autoincrement=False),
    # None where the comment is too short to repeat anything, or was erased.
    Column("text", ID, ForeignKey("texts.id")),
    Column("campaign", ID, ForeignKey("campaigns.id")),
    Column("reader", ID, nullable=False),
    Column("article", ID, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "text", "comment"),
    Index(None, "text", "reader", "comment"),
    Index(None, "campaign", "comment"),
    Index(None, "campaign", "reader"),
    Index(None, "campaign", "article"),
)

bands = Table(
    "bands",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("text", ID, nullable=False),
    PrimaryKeyConstraint("key", "text"),
    sqlite_with_rowid=False,
)

traces = Table(
    "traces",
    metadata,
    Column("comment", ID, ForeignKey("comments.id"), primary_key=True, autoincrement=False),
    # Keyed hashes: of the whole address, and of the block of addresses that it lies in.
    Column("address", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Index(None, "address", "at"),
    Index(None, "block", "at"),
)

floods = Table(
    "floods",
    metadata,
    Column("article", ID, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("began_at", Moment, nullable=False),
    Column("latest_at", Moment, nullable=False),
    # Comments a minute: now, and in the day before.
    Column("rate", Integer, nullable=False),
    Column("usual", Float, nullable=False),
    Index(None, "latest_at"),
)

TABLES: Final = (campaigns, shares, texts, copies, bands, traces, floods)
