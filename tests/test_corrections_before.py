"""Reports from before there was a corrections desk are kept when it comes."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from ombud.store import Store, inquiries, reports
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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_report_from_before_is_kept(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With its comment's words as one assertion, and the time in which it is to be answered."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if kind == "postgresql":
        url = request.getfixturevalue("new_postgres")().replace(
            "postgresql://", "postgresql+psycopg://"
        )
    old = create_engine(url)
    with old.begin() as tx:
        if kind == "postgresql":
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
        for step in STEPS:
            for statement in statements(step, kind):
                tx.exec_driver_sql(statement)
        for row in ROWS.split(";"):
            tx.exec_driver_sql(row)
        tx.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        tx.execute(text("INSERT INTO alembic_version VALUES ('0003')"))
    old.dispose()

    store = Store(url)
    with store.reading() as tx:
        one, parts = reports.one(tx, 1), inquiries.asserted(tx, [1])[1]
    store.close()
    assert one is not None
    assert (one.source, one.outlet, one.article, one.edition) == ("comment", "post", 1, 1)
    assert (one.text, one.email, (one.due_at - one.at).days) == ("It was 1913.", "a@b.example", 21)
    assert [(part.begin, part.end, part.status) for part in parts] == [(0, 12, "open")]
