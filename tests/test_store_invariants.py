"""What was written once stays: the database refuses whoever asks, in raw SQL, on both kinds."""

from datetime import datetime

import pytest
from sqlalchemy import Boolean, Connection, Float, Integer, Table, insert, text
from sqlalchemy.exc import DBAPIError
from triggers import EMPTIED, FIXED
from triggers import statements as asked_for
from writing import EDITH, JOON, Desk, decided, found

from ombud.errors import StoreError
from ombud.moderation import outside, rulings
from ombud.store import (
    Store,
    comments,
    corrected,
    decisions,
    erasure,
    flags,
    followed,
    log,
    outlets,
    proposed,
    readers,
    repeated,
    reports,
)
from ombud.store.columns import ID, Moment, metadata
from ombud.store.migrations.written import statements
from ombud.store.suggestions import Suggested


@pytest.fixture
def desk(store: Store, at: datetime) -> Desk:
    """Return a newsroom with a row in every table that is guarded."""
    desk = Desk(store, at)
    held = desk.send("Sure, call them that.", decision=decided(found("personal_attack")))
    approved = desk.approved("A bridge too far.")
    desk.send("It was Tuesday.", decision=decided(found("correction_request")))
    reader = desk.account()
    with store.writing() as tx:
        rulings.escalate(tx, JOON, held.id, "what do you think?", at)
        flags.add(tx, approved.id, reader.id, at, "shouting", "too loud")
        readers.ban(tx, reader.id, "enough", EDITH.by, at, None)
        outside.keep(
            tx, Suggested("Hm.", {"A": {}}, {"entries": []}, (), "c", "t", "p", "m", at, "key:x")
        )
        furnish_corrections(tx, desk, at)
    return desk


def furnish_corrections(tx: Connection, desk: Desk, at: datetime) -> None:
    """Enter what comes of a report, as rows."""
    outlet = outlets.every(tx)[0]
    words = {"text": "It was Tuesday.", "salt": "s", "digest": "d", "name": "Ada"}
    asserted = [reports.Asserted("fact", 0, 15)]
    reports.add(tx, reports.Opening(outlet, "form", at, asserted, **words))
    said = {"report": 1, "at": at}
    published = {"text": "It was Tuesday.", "before": 1, "after": 1, "by": EDITH.by}
    about = {"outlet": "harbour", "article": desk.article.id, "published_at": at}
    tx.execute(insert(corrected.corrections), {"kind": "correction", **published, **about})
    proposal = {"kind": "correction", "newest": 0, "edition": 1, "at": at, **published}
    ended = {"outcome": "published", "reason": "r", "ended_by": JOON.by, "ended_at": at}
    of = {"outlet": "harbour", "article": desk.article.id, "correction": 1}
    tx.execute(insert(proposed.proposals), {**proposal, **ended, **of})
    document = {"name": "a.txt", "outlet_name": "", "content": "c", "by": EDITH.by}
    tx.execute(insert(corrected.documents), {**document, **said})
    notice = {"event": "e", "outlet": "harbour", "correction": 1, "body": "{}", "at": at}
    tx.execute(insert(corrected.notices), notice)
    step = {"deed": "status", "before": "open", "after": "no_error", "reason": "r", "by": EDITH.by}
    tx.execute(insert(corrected.steps), {"assertion": 1, **step, **said})
    written = {"outlet": "harbour", "message_id": "<1@harbour.example>", "subject": "s", **said}
    mail = {"thread": "<1@harbour.example>", "kind": "report", "sender": "ada@example.org"}
    came = {"headers": {}, "text": "It was Tuesday.", "attachments": []}
    tx.execute(insert(corrected.mails), {**written, **mail, **came})
    letter = {"kind": "answer", "answers": [], "recipient": "ada@example.org", "body": "b"}
    tx.execute(insert(corrected.letters), {**written, **letter})


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_table_is_guarded_as_the_lists_say(dialect: str) -> None:
    """The steps that made the database hold a trigger for all that is listed as written once."""
    steps = (
        "0001_newsroom",
        "0002_discussion",
        "0004_corrections",
        "0005_investigation",
        "0010_forgotten",
        "0011_proposed",
    )
    made = {" ".join(one.split()) for step in steps for one in statements(step, dialect)}

    assert {" ".join(one.split()) for one in asked_for(dialect)} <= made


def refused(store: Store, sql: str) -> str:
    """Return what the database says against a statement."""
    with store.engine.connect() as tx, pytest.raises(DBAPIError) as caught, tx.begin():
        tx.execute(text(sql))
    return str(caught.value.orig)


def other(table: Table, column: str) -> str:
    """Return another value for a column."""
    kind = table.c[column].type
    if isinstance(kind, Boolean):
        return f'NOT "{column}"'
    if isinstance(kind, Integer | Float | Moment | type(ID)):
        return f'coalesce("{column}", 0) + 7'
    return "'[1]'" if kind.__class__.__name__ == "JSON" else "'other'"


@pytest.mark.parametrize("table", sorted(FIXED))
def test_no_column_that_is_fixed_changes(desk: Desk, table: str) -> None:
    """Every fixed column of every table refuses another value."""
    for column in [*FIXED[table], *EMPTIED.get(table, ())]:
        value = other(metadata.tables[table], column)
        said = refused(desk.store, f'UPDATE "{table}" SET "{column}" = {value}')

        assert f"{table} never change" in said, column


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in EMPTIED for column in EMPTIED[table]]
)
def test_nothing_is_emptied_without_an_erasure(desk: Desk, table: str, column: str) -> None:
    """A text, a name, a salt, a note cannot be emptied as long as nothing was erased."""
    said = refused(desk.store, f'UPDATE "{table}" SET "{column}" = NULL')

    assert f"{table} never change" in said


@pytest.mark.parametrize("table", sorted(FIXED))
def test_no_row_is_removed(desk: Desk, table: str) -> None:
    """No row goes, neither alone nor with the whole table, nor replaced by another."""
    ways = [f'DELETE FROM "{table}"']
    if desk.store.sqlite:
        names = ", ".join(f'"{c.name}"' for c in metadata.tables[table].c if not c.computed)
        ways.append(f'INSERT OR REPLACE INTO "{table}" ({names}) SELECT {names} FROM "{table}"')
    else:
        ways.append(f'TRUNCATE "{table}" CASCADE')

    for way in ways:
        assert "are never removed" in refused(desk.store, way), way


def test_every_table_of_what_was_said_is_guarded(desk: Desk) -> None:
    """Only what can be made anew, settings and sign-ins may go; each guarded table has rows."""
    free = {"secrets", "outlets", "staff", "sessions", "keys", "sent"}
    free |= {table.name for table in followed.TABLES}
    made_anew = {"counted", *(table.name for table in repeated.TABLES)}

    assert set(metadata.tables) == set(FIXED) | free | made_anew
    with desk.store.reading() as tx:
        for table in FIXED:
            assert tx.execute(text(f'SELECT count(*) FROM "{table}"')).scalar(), table


def test_columns_that_follow_may_change(desk: Desk) -> None:
    """What follows from rulings is no part of what was written."""
    with desk.store.writing() as tx:
        tx.execute(text("UPDATE comments SET state = 'deleted', picked = true, flags = 3"))
        tx.execute(text("UPDATE articles SET approved = 4, mode = 'closed'"))
        tx.execute(text("UPDATE readers SET email = 'ada@example.org'"))
        tx.execute(text("UPDATE bans SET lifted_at = 1, lifted_by = 'staff:edith'"))


def test_an_erased_comment_stays_erased(desk: Desk) -> None:
    """Nobody writes another text where one was erased, nor takes the erasure back."""
    comment = desk.approved("A slip of the tongue.")
    with desk.store.writing() as tx:
        erasure.comment(tx, comment.id, "asked for", "ombud", desk.later(seconds=1))

    for sets in ("text = 'x', erased_at = NULL", "erased_at = 1", "erased_at = NULL", "name = 'x'"):
        said = refused(desk.store, f"UPDATE comments SET {sets} WHERE id = {comment.id}")
        assert "comments never change" in said, sets


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE comments SET text = NULL",
        "UPDATE comments SET erased_at = 1",
        "UPDATE comments SET state = 'published'",
        "UPDATE articles SET mode = 'open'",
    ],
)
def test_states_that_do_not_exist_are_refused(desk: Desk, change: str) -> None:
    """A comment has its text or was erased, and states and modes are among those that exist."""
    assert refused(desk.store, change)


def test_answers_nest_no_deeper_than_ten(desk: Desk) -> None:
    """The database itself refuses an eleventh level."""
    columns = "outlet, article, edition, reader, staff, root, digest, terms_version, created_at"
    rest = "state, state_at, certainty, disagreement"
    sql = (
        f"INSERT INTO comments (id, depth, text, {columns}, {rest})"
        f" SELECT 1000, 11, 'deep', {columns}, {rest} FROM comments LIMIT 1"
    )

    assert "depth" in refused(desk.store, sql)


def test_a_refusal_of_the_database_is_an_error_of_ours(desk: Desk) -> None:
    """Whoever goes through the store gets a StoreError that says what was refused."""
    with (
        pytest.raises(StoreError, match="the database refused: comments never change"),
        desk.store.writing() as tx,
    ):
        comments.mark(tx, 1, text="other")


def test_a_transaction_is_whole_or_nothing(desk: Desk) -> None:
    """What was done before a refusal in the same transaction is not kept either."""
    with desk.store.reading() as tx:
        before = (log.last(tx), comments.one(tx, 1), decisions.of(tx, [1]))
    with pytest.raises(StoreError), desk.store.writing() as tx:  # noqa: PT012
        log.append(tx, log.Deed(desk.at, "ombud", "tried"))
        comments.mark(tx, 1, flags=9)
        tx.execute(text("DELETE FROM rulings"))

    with desk.store.reading() as tx:
        assert before == (log.last(tx), comments.one(tx, 1), decisions.of(tx, [1]))
