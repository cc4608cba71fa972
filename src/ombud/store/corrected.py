"""
The tables of the corrections desk.

Reports of errors with what each asserts, every step of looking into it, and what was published;
the mails that reports came by, and the letters that answer them.
A letter is written in the same transaction as what it tells, and sent from there; so is a notice to
the paper's own system of what was published.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from ombud.store.columns import ID, Moment, metadata, one_of

SOURCES: Final = ("comment", "form", "email", "coral")
REPORT_STATES: Final = ("open", "investigating", "answered")
ASSERTED: Final = (
    "fact",
    "emphasis",
    "spelling",
    "link_or_caption",
    "opinion",
    "not_about_us",
)
STATUSES: Final = (
    "open",
    "investigating",
    "corrected",
    "clarified",
    "no_error",
    "not_ours",
    "withdrawn",
)
STEPS: Final = (
    "status",
    "proposed",
    "kind",
    "added",
    "split",
    "merged",
    "assigned",
    "article",
    "due",
    "undone",
)
PUBLISHED: Final = ("correction", "clarification")
LETTERS: Final = ("acknowledgement", "answer", "reply")
MAILS: Final = ("report", "reply", "automatic", "bounce", "other")

reports = Table(
    "reports",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("source", Text, nullable=False),
    # None where it is not known yet what the report is about; an editor may say so.
    Column("article", ID, ForeignKey("articles.id")),
    Column("edition", Integer),
    Column("comment", ID, ForeignKey("comments.id")),
    # A comment's words are the comment's: here are those that came another way.
    Column("text", Text),
    Column("salt", Text),
    Column("digest", Text),
    Column("name", Text),
    Column("email", Text),
    # What the sender calls it, so that what is sent again is not a second report.
    Column("key", Text),
    Column("at", Moment, nullable=False),
    # What follows from the steps.
    Column("state", Text, nullable=False),
    Column("assigned_to", Text),
    Column("acknowledge_by", Moment, nullable=False),
    Column("acknowledged_at", Moment),
    Column("due_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("erased_at", Moment),
    UniqueConstraint("comment"),
    UniqueConstraint("key"),
    ForeignKeyConstraint(
        ["article", "edition"], ["editions.article", "editions.number"], name="fk_reports_edition"
    ),
    one_of("source", SOURCES),
    one_of("state", REPORT_STATES),
    CheckConstraint("(source = 'comment') = (comment IS NOT NULL)", name="comment"),
    CheckConstraint("comment IS NULL OR text IS NULL", name="words"),
    Index(None, "state", "id"),
    Index(None, "outlet", "state", "due_at"),
    Index(None, "article", "id"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("article", ID, ForeignKey("articles.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    # The editions of the article that held the error, and the one that no longer does.
    Column("before", Integer, nullable=False),
    Column("after", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    # An earlier one that no longer holds.
    Column("replaces", ID, ForeignKey("corrections.id")),
    one_of("kind", PUBLISHED),
    ForeignKeyConstraint(
        ["article", "before"],
        ["editions.article", "editions.number"],
        name="fk_corrections_before",
    ),
    ForeignKeyConstraint(
        ["article", "after"], ["editions.article", "editions.number"], name="fk_corrections_after"
    ),
    Index(None, "replaces", unique=True),
    Index(None, "outlet", "id"),
    Index(None, "article", "id"),
)

assertions = Table(
    "assertions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("report", ID, ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # What follows from the steps: the span of the report's words, the kind, where it stands.
    Column("begin", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("correction", ID, ForeignKey("corrections.id"), index=True),
    # It was merged into another one, or added by mistake.
    Column("gone", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("report", "number"),
    one_of("kind", ASSERTED),
    one_of("status", STATUSES),
    CheckConstraint('0 <= "begin" AND "begin" <= "end"', name="span"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", ID, primary_key=True),
    Column("report", ID, ForeignKey("reports.id"), nullable=False),
    # None where it is about the whole report.
    Column("assertion", ID, ForeignKey("assertions.id"), index=True),
    Column("deed", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # What was published, where the step says so, and the step that this one takes back.
    Column("correction", ID, ForeignKey("corrections.id")),
    Column("undoes", ID, ForeignKey("steps.id"), unique=True),
    # What was proposed to be published, where the step rests on that.
    Column("proposal", ID, ForeignKey("proposals.id")),
    one_of("deed", STEPS),
    Index(None, "report", "id"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("report", ID, ForeignKey("reports.id"), nullable=False, index=True),
    # Its address, or what its file is called; the outlet where an editor says it.
    Column("name", Text, nullable=False),
    Column("outlet_name", Text, nullable=False),
    # The page or the text as it was given: what is cut off may be read otherwise one day.
    Column("content", Text),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # An editor left it out again.
    Column("gone", Boolean, nullable=False, server_default=text("false")),
    # When its words were forgotten.
    Column("erased_at", Moment),
)

notices = Table(
    "notices",
    metadata,
    Column("id", ID, primary_key=True),
    # By which the paper's own system knows it again, however often it comes.
    Column("event", Text, nullable=False, unique=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False, index=True),
    Column("correction", ID, ForeignKey("corrections.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, index=True),
    Column("failure", Text),
    Column("delivered_at", Moment),
)

mails = Table(
    "mails",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id")),
    Column("message_id", Text, nullable=False, unique=True),
    # The identifier of the mail that began the conversation.
    Column("thread", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("report", ID, ForeignKey("reports.id"), index=True),
    Column("sender", Text),
    Column("subject", Text),
    Column("headers", JSON(none_as_null=True)),
    Column("text", Text),
    # A list of {"name", "type", "bytes", ...}: what was attached is listed, and not kept.
    Column("attachments", JSON(none_as_null=True)),
    Column("at", Moment, nullable=False),
    Column("erased_at", Moment),
    # What one of the staff said of one that is no report: "read" or "not_ours"; None until then.
    Column("settled", Text),
    Column("settled_why", Text),
    Column("settled_by", Text),
    Column("settled_at", Moment),
    one_of("kind", MAILS),
    Index(None, "settled", "kind", "at"),
)

letters = Table(
    "letters",
    metadata,
    Column("id", ID, primary_key=True),
    Column("outlet", Text, ForeignKey("outlets.id"), nullable=False),
    Column("report", ID, ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    # The identifiers of the messages that it answers, the first of the conversation first.
    Column("answers", JSON, nullable=False),
    Column("recipient", Text),
    Column("subject", Text),
    Column("body", Text),
    Column("at", Moment, nullable=False),
    # How far sending has come; without a next time nobody tries any more.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, index=True),
    Column("failure", Text),
    Column("sent_at", Moment),
    Column("erased_at", Moment),
    one_of("kind", LETTERS),
)

TABLES: Final = (corrections, assertions, steps, documents, mails, letters, notices)
"""Those that came with the corrections desk; `reports` was there before."""
