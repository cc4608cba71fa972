"""
The table of what editors propose to publish, where an outlet wants a second one to agree first.

It stands apart from what was published: so no page, feed or notice can show a proposal by mistake.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)

from ombud.store.columns import ID, Moment, metadata, one_of
from ombud.store.corrected import PUBLISHED

OUTCOMES: Final = ("published", "refused", "withdrawn")

proposals = Table(
    "proposals",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("article", ID, ForeignKey("articles.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("before", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Column("replaces", ID, ForeignKey("corrections.id")),
    # What it was written for: the newest correction of the article then (0: none), and its edition.
    Column("newest", ID, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # How it ended, once: until then it waits for another editor.
    Column("outcome", Text),
    Column("reason", Text),
    Column("ended_by", Text),
    Column("ended_at", Moment),
    Column("correction", ID, ForeignKey("corrections.id"), unique=True),
    one_of("kind", PUBLISHED),
    one_of("outcome", OUTCOMES, optional=True),
    CheckConstraint("(outcome IS NULL) = (ended_by IS NULL)", name="ended"),
    CheckConstraint(
        "(outcome IS NOT NULL AND outcome = 'published') = (correction IS NOT NULL)",
        name="published",
    ),
    ForeignKeyConstraint(
        ["article", "before"],
        ["editions.article", "editions.number"],
        name="fk_proposals_before",
    ),
    ForeignKeyConstraint(
        ["article", "after"], ["editions.article", "editions.number"], name="fk_proposals_after"
    ),
    Index(None, "article", "id"),
    Index(None, "outlet", "outcome", "id"),
)
