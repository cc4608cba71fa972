"""A newsroom from before there was an index of repeats: rebuilt while others write and rebuild."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text
from test_campaigns_together import together
from writing import Desk, decided, found

from ombud.case import Case
from ombud.moderation.sent import Guest
from ombud.store import Store, campaigns, rebuilding, repeats
from ombud.store.migrations.written import statements
from ombud.store.repeated import bands, copies, texts

COMMAND = [sys.executable, "-m", "ombud", "repeats", "rebuild"]
STEPS = ("0001_newsroom", "0002_discussion")
SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
MANY = 400
ROWS = """
INSERT INTO outlets
  (id, name, mode, origins, trust_after, terms_version, terms_url, coral_secrets, opened_at)
  VALUES ('before', 'Post', 'premoderate', '[]', 1, '1', '/', '[]', 1);
INSERT INTO articles (outlet, url, edition, opened_at)
  VALUES ('before', 'https://before.example/bridge', 1, 1);
INSERT INTO editions (article, number, title, byline, text, recorded_at)
  VALUES (1, 1, '', '', '', 1);
INSERT INTO readers (outlet, name, joined_at) VALUES ('before', 'Ada', 1)
"""
COMMENT = """
INSERT INTO comments
  (outlet, article, edition, reader, name, staff, root, depth, text, salt, digest, terms_version,
   created_at, state, state_at, certainty, disagreement)
  VALUES ('before', 1, 1, 1, 'Ada', false, 1, 0, :text, 's', 'd', '1', :at, 'held', 5, 0, 0)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database that has comments, and no table of repeats."""
    url = f"sqlite:///{tmp_path / 'ombud.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres")()
        url = url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as tx:
        if request.param == "postgresql":
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
        for step in STEPS:
            for statement in statements(step, request.param):
                tx.exec_driver_sql(statement)
        for row in ROWS.split(";"):
            tx.exec_driver_sql(row)
        at = int(datetime(2026, 11, 20).timestamp() * 1e6)  # noqa: DTZ001  # whichever day it was
        said = [f"{SLOGAN} {'!' * (n % 7)}" if n % 2 else f"Well said {n}!" for n in range(MANY)]
        tx.execute(text(COMMENT), [{"text": one, "at": at + n} for n, one in enumerate(said)])
        tx.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        tx.execute(text("INSERT INTO alembic_version VALUES ('0002')"))
    engine.dispose()
    return url


def environ(url: str, folder: Path) -> dict[str, str]:
    """Return where the command finds the database."""
    return {**os.environ, "OMBUD_DATABASE_URL": url, "OMBUD_DATA": str(folder)}


def entered(store: Store) -> int:
    """Return how many comments are in the index."""
    with store.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(copies)).scalar_one())


def whole(store: Store) -> None:
    """Assert that the index is what one that never broke would be."""
    with store.reading() as tx:
        assert rebuilding.missing(tx) == 0
        assert rebuilding.unentered(tx) is None
        [one] = repeats.alike(tx, Case(SLOGAN))
        assert tx.execute(select(func.count()).select_from(texts)).scalar_one() == 1
        keys = tx.execute(select(bands.c.key).where(bands.c.text == one.text)).scalars().all()
        assert len(keys) == len(set(keys)) > 0


def test_a_rebuild_that_was_killed_goes_on_where_it_was(old: str, tmp_path: Path) -> None:
    """What was entered stays, nothing is entered twice, and nothing is left out."""
    store = Store(old)
    given = environ(old, tmp_path)
    running = subprocess.Popen(COMMAND, env=given, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
    while entered(store) == 0:
        assert running.poll() is None or entered(store)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=30)
    there = entered(store)
    assert there > 0

    again = subprocess.run(COMMAND, env=given, capture_output=True, text=True, check=True)  # noqa: S603  # our own

    assert f"{MANY - there} of the earlier comments entered" in again.stderr
    whole(store)
    store.close()


def test_two_that_rebuild_while_others_write_enter_each_comment_once(
    old: str, at: datetime
) -> None:
    """Nobody waits in a circle, and what is sent meanwhile is entered by who sends it."""
    stores = [Store(old) for _ in range(3)]
    desk = Desk(stores[0], at)

    def rebuild(store: Store) -> None:
        with store.reading() as tx:
            newest = rebuilding.unentered(tx)
        while newest is not None:
            with store.writing() as tx:
                rebuilding.rebuild(tx, newest, 25)
            with store.reading() as tx:
                newest = rebuilding.unentered(tx, newest)

    def write() -> None:
        for n in range(20):
            desk.send(f"{SLOGAN} {'!' * (n % 7)}", Guest(f"R{n}"), decided(found("repetition")))

    works = [partial(rebuild, store) for store in stores[1:]]
    assert together([*works, write]) == [None] * 3
    with stores[0].reading() as tx:
        [campaign] = campaigns.page(tx, None, None, 10)[0]
    assert entered(stores[0]) == MANY + 20
    assert campaign.comments == MANY // 2 + 20
    whole(stores[0])
    for store in stores:
        store.close()


def test_what_was_entered_makes_a_campaign_when_another_like_it_comes(
    old: str, at: datetime
) -> None:
    """Earlier copies are counted in it, with their readers."""
    store = Store(old)
    with store.writing() as tx:
        rebuilding.rebuild(tx, MANY, MANY)
    last = Desk(store, at).send(SLOGAN, Guest("Bo"), decided(found("repetition")))
    with store.reading() as tx:
        campaign = campaigns.of(tx, [last.id])[last.id]
    store.close()

    assert (campaign.comments, campaign.readers) == (MANY // 2 + 1, 2)
