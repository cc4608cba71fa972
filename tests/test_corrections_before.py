"""Reports from before there was a corrections desk are kept when it comes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from ombud.store import Store, corrections, inquiries, reports
from ombud.store.migrations.written import statements

STEPS = ("0001_newsroom", "0002_discussion", "0003_repeats")
ROWS = """
INSERT INTO outlets
  (id, name, mode, origins, trust_after, terms_version, terms_url, coral_secrets, opened_at)
  VALUES ('post', 'Post', 'closed', '[]', 1, '1', '/', '[]', 1);
INSERT INTO articles (outlet, url, edition, opened_at) VALUES ('post', 'https://a.b', 1, 1);
INSERT INTO editions (article, number, title, byline, text, recorded_at)
  VALUES (1, 1, '', '', '', 1);
INSERT INTO readers (outlet, name, email, joined_at) VALUES ('post', 'Ada', 'a@b.example', 1);
INSERT INTO comments
  (outlet, article, edition, reader, name, staff, root, depth, text, salt, digest, terms_version,
   created_at, state, state_at, certainty, disagreement)
  VALUES ('post', 1, 1, 1, 'Ada', false, 1, 0, 'It was 1913.', 's', 'd', '1',
   5, 'held', 5, 0, 0);
INSERT INTO reports (article, comment, state, at) VALUES (1, 1, 'open', 5)
"""


PUBLISHED = """
INSERT INTO corrections (outlet, article, kind, text, "before", "after", "by", published_at)
  VALUES ('post', 1, 'correction', 'It was 1914.', 1, 1, 'staff:edith', 7);
UPDATE outlets SET two_editors = true;
INSERT INTO steps (report, assertion, deed, "before", "after", reason, "by", at, correction)
  VALUES (1, 1, 'proposed', 'open', 'corrected', 'r', 'staff:edith', 8, 1)
"""
LATER = ("0004_corrections", "0005_investigation", "0006_counted", "0007_followed", "0008_looks")
LAST = ("0009_post", "0010_forgotten")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[Sequence[str], Sequence[str]], str]:
    """Return what makes a database by some steps with rows after the third, and its address."""
    kind = request.param
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if kind == "postgresql":
        url = request.getfixturevalue("new_postgres")().replace(
            "postgresql://", "postgresql+psycopg://"
        )

    def make(later: Sequence[str], rows: Sequence[str]) -> str:
        old = create_engine(url)
        with old.begin() as tx:
            if kind == "postgresql":
                tx.execute(text("DROP SCHEMA public CASCADE"))
                tx.execute(text("CREATE SCHEMA public"))
            for steps, written in ((STEPS, ROWS.split(";")), (later, rows)):
                for step in steps:
                    for statement in statements(step, kind):
                        tx.exec_driver_sql(statement)
                for row in written:
                    tx.exec_driver_sql(row)
            tx.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            last = [*STEPS, *later][-1].partition("_")[0]
            tx.execute(text("INSERT INTO alembic_version VALUES (:last)"), {"last": last})
        old.dispose()
        return url

    return make


def test_a_report_from_before_is_kept(
    database: Callable[[Sequence[str], Sequence[str]], str],
) -> None:
    """With its comment's words as one assertion, and the time in which it is to be answered."""
    store = Store(database([], []))
    with store.reading() as tx:
        one, parts = reports.one(tx, 1), inquiries.asserted(tx, [1])[1]
    store.close()
    assert one is not None
    assert (one.source, one.outlet, one.article, one.edition) == ("comment", "post", 1, 1)
    assert (one.text, one.email, (one.due_at - one.at).days) == ("It was 1913.", "a@b.example", 21)
    assert [(part.begin, part.end, part.status) for part in parts] == [(0, 12, "open")]


def test_what_was_published_before_two_editors_agreed_stays_public(
    database: Callable[[Sequence[str], Sequence[str]], str],
) -> None:
    """Every correction and step is kept, and rests on no proposal."""
    store = Store(database([*LATER, *LAST], PUBLISHED.split(";")))
    with store.reading() as tx:
        (made,), (step,) = corrections.of_article(tx, 1), inquiries.steps_of(tx, 1)
    store.close()
    assert (made.id, made.text, made.by) == (1, "It was 1914.", "staff:edith")
    assert (step.deed, step.correction, step.proposal) == ("proposed", 1, None)
