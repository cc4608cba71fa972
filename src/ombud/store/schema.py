"""
The tables.

What readers wrote, what was decided and what was ruled is written once: triggers keep it so.
What follows from those (a comment's state, the number of its answers) stands in columns of its own,
so that pages and queues are read from an index, and changes in the same transaction.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from ombud.store.columns import ID, Moment, metadata, one_of

MODES: Final = ("premoderate", "automatic", "closed")
STATES: Final = ("held", "approved", "deleted")
RULED: Final = ("approve", "delete", "escalate", "undo")
KINDS: Final = ("ruling", "blind", "outside")
_SHOWN: Final = text("parent IS NULL AND (state = 'approved' OR answers > 0)")

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("trust_after", Integer, nullable=False),
    Column("terms_version", Text, nullable=False),
    Column("terms_url", Text, nullable=False),
    Column("sso_secret", Text),
    Column("coral_secrets", JSON, nullable=False),
    Column("opened_at", Moment, nullable=False),
    # Days in which a report of an error is to be acknowledged and answered.
    Column("acknowledge_days", Integer, nullable=False, server_default="7"),
    Column("answer_days", Integer, nullable=False, server_default="21"),
    # Whether an answer to an error, and what is published about it, takes two of the staff.
    Column("two_editors", Boolean, nullable=False, server_default=text("false")),
    # Where what is published is posted to, and the secret that signs it.
    Column("webhook_url", Text, nullable=False, server_default=""),
    Column("webhook_secret", Text),
    one_of("mode", MODES),
)

policies = Table(
    "policies",
    metadata,
    Column("version", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("clauses", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("url", Text, nullable=False, unique=True),
    Column("mode", Text),
    Column("edition", Integer, nullable=False),
    Column("approved", Integer, nullable=False, server_default="0"),
    Column("opened_at", Moment, nullable=False),
    one_of("mode", MODES, optional=True),
    Index(None, "outlet", "id"),
)

editions = Table(
    "editions",
    metadata,
    Column("article", ID, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published_at", Moment),
    Column("recorded_at", Moment, nullable=False),
    PrimaryKeyConstraint("article", "number"),
)

readers = Table(
    "readers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("name", Text),
    Column("email", Text),
    Column("sso_id", Text),
    Column("staff", Boolean, nullable=False, server_default=text("false")),
    Column("terms_version", Text),
    Column("joined_at", Moment, nullable=False),
    Column("erased_at", Moment),
    # The letters of a name that an outlet vouches for, from a to z: see `lexicon.looks`.
    Column("looks", Text),
    UniqueConstraint("outlet", "sso_id"),
    Index(None, "outlet", "name"),
    Index(None, "outlet", "looks"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("article", ID, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("reader", ID, ForeignKey("readers.id"), nullable=False),
    Column("name", Text),
    Column("staff", Boolean, nullable=False),
    Column("parent", ID, ForeignKey("comments.id")),
    Column("root", ID, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("text", Text),
    # By which a comment is found by its text, which itself would be too long for an index.
    Column("beginning", Text, Computed("substr(text, 1, 40)", persisted=True), index=True),
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("terms_version", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("erased_at", Moment),
    # What follows from decisions and rulings.
    Column("state", Text, nullable=False),
    Column("state_at", Moment, nullable=False),
    Column("held_because", Text, nullable=False, server_default=""),
    Column("certainty", Float, nullable=False),
    Column("disagreement", Float, nullable=False),
    Column("answers", Integer, nullable=False, server_default="0"),
    Column("flags", Integer, nullable=False, server_default="0"),
    Column("picked", Boolean, nullable=False, server_default=text("false")),
    Column("escalated", Boolean, nullable=False, server_default=text("false")),
    Column("claimed_by", Text),
    Column("claimed_until", Moment),
    ForeignKeyConstraint(["article", "edition"], ["editions.article", "editions.number"]),
    one_of("state", STATES),
    CheckConstraint("depth BETWEEN 0 AND 10", name="depth"),
    CheckConstraint("(text IS NULL) = (erased_at IS NOT NULL)", name="erased"),
    Index("ix_comments_shown", "article", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
    Index(None, "root", "id"),
    Index(None, "article", "state", "id"),
    Index(None, "reader", "id"),
    Index(None, "created_at"),
    Index(None, "state", "id"),
    Index(None, "state", "disagreement", "id"),
    Index(None, "state", "certainty", "id"),
    Index(None, "digest"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("comment", ID, ForeignKey("comments.id"), nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("policy", Text, ForeignKey("policies.version"), nullable=False),
    Column("model", Text, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("decision", ID, ForeignKey("decisions.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("comment", ID, ForeignKey("comments.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("certainty", Float, nullable=False),
    Column("begin", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("why", Text),
    PrimaryKeyConstraint("decision", "number"),
    Index(None, "comment"),
    Index(None, "rule", "comment"),
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("comment", ID, ForeignKey("comments.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("clause", Text),
    Column("note", Text),
    Column("by", Text, nullable=False),
    Column("undoes", ID, ForeignKey("rulings.id"), unique=True),
    Column("state_before", Text, nullable=False),
    Column("state_after", Text, nullable=False),
    Column("at", Moment, nullable=False),
    one_of("kind", KINDS),
    one_of("action", RULED),
    Index(None, "comment", "id"),
    Index(None, "by", "id"),
    Index(None, "at"),
)

flags = Table(
    "flags",
    metadata,
    Column("id", ID, primary_key=True),
    Column("comment", ID, ForeignKey("comments.id"), nullable=False),
    Column("reader", ID, ForeignKey("readers.id"), nullable=False),
    Column("clause", Text),
    Column("note", Text),
    Column("at", Moment, nullable=False),
    UniqueConstraint("comment", "reader"),
)

bans = Table(
    "bans",
    metadata,
    Column("id", ID, primary_key=True),
    Column("reader", ID, ForeignKey("readers.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    Column("lifted_at", Moment),
    Column("lifted_by", Text),
)

# What other systems write may hold half of a character: as JSON it is kept as it came.
_AS_IT_CAME: Final = JSON(none_as_null=True)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("comment", ID, ForeignKey("comments.id"), index=True),
    Column("digest", Text, index=True),
    Column("text", _AS_IT_CAME),
    Column("context", _AS_IT_CAME),
    Column("scores", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("community", _AS_IT_CAME),
    Column("token", _AS_IT_CAME),
    Column("policy", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("erased_at", Moment),
    # Bytes of all that were kept up to this one.
    Column("total", BigInteger, nullable=False),
    CheckConstraint("(text IS NULL) = (erased_at IS NOT NULL)", name="erased"),
)

sent = Table(
    "sent",
    metadata,
    Column("sender", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("comment", ID, ForeignKey("comments.id"), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("sender", "key"),
)

log = Table(
    "log",
    metadata,
    Column("seq", ID, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("outlet", Text),
    Column("by", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("article", ID),
    Column("comment", ID, index=True),
    Column("facts", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)
