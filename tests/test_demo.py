"""The invented newsroom: what is in it once it is open, and what is left once it is closed."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2 as httpx
import pytest
import re2
from sqlalchemy import Connection, Table, func, select
from starlette.testclient import TestClient

from ombud import Engine, house_policy
from ombud.demo import Demo, Play, invented, pause
from ombud.demo.content import Content
from ombud.demo.schedule import deed, schedule
from ombud.errors import ForbiddenError
from ombud.settings import Settings
from ombud.store import Store, comments, decisions, verification
from ombud.store import readers as readers_of
from ombud.store.corrected import reports
from ombud.store.decisions import Version
from ombud.store.schema import bans, flags, rulings
from ombud.web import create_app

AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def played(folder: Path, engine: Engine, content: Content | None = None) -> tuple[Store, Play]:
    """Return a database in which everything before the opening has happened."""
    store = Store.in_folder(folder)
    clauses = {rule.id: (rule.title, rule.clause) for rule in engine.policy.rules}
    with store.writing() as tx:
        version = Version(engine.version, engine.policy.name, "", clauses, "ombud", "", AT)
        decisions.keep_policy(tx, version)
    play = Play(store, lambda: engine, AT, content)
    play.furnish()
    steps = list(play.fill())
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].of
    return store, play


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return the database of the whole demo, judged by the house policy."""
    store, _ = played(tmp_path_factory.mktemp("demo"), house_policy())
    yield store
    store.close()


def told(store: Store) -> object:
    """Return everything in a database that a visitor could see."""
    with store.reading() as tx:
        written = comments.latest(tx, 1_000)
        found = decisions.of(tx, [one.id for one in written])
        return [
            [replace(one, claimed_by=None) for one in written],
            [(found[one.id].action, found[one.id].findings) for one in written],
            [tuple(row) for table in (rulings, flags, bans) for row in tx.execute(select(table))],
        ]


def count(tx: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_newsroom_is_the_same_every_time(tmp_path: Path, plain: Engine) -> None:
    """Two showings that open at the same time hold the same comments, decisions and rulings."""
    one, _ = played(tmp_path / "one", plain)
    other, _ = played(tmp_path / "other", plain)

    assert told(one) == told(other)
    one.close()
    other.close()


def test_every_clause_is_cited(filled: Store) -> None:
    """The policy finds a breach of each of its clauses somewhere."""
    with filled.reading() as tx:
        written = comments.latest(tx, 1_000)
        found = decisions.of(tx, [one.id for one in written])
    cited = {finding.rule for decision in found.values() for finding in decision.findings}

    assert cited == {rule.id for rule in house_policy().policy.rules}


def test_every_kind_of_thing_has_happened(filled: Store) -> None:
    """Comments are held, approved, deleted, answered, picked, flagged, escalated, and more."""
    with filled.reading() as tx:
        written = comments.latest(tx, 1_000)
        done = {(row.kind, row.action) for row in tx.execute(select(rulings))}
        assert count(tx, flags) >= 4
        assert count(tx, bans) >= 2
        assert count(tx, reports) >= 3
        notes = tx.execute(select(rulings.c.note).where(rulings.c.note.is_not(None))).all()

    states = [one.state for one in written]
    assert len(written) >= 200
    assert min(states.count("held"), states.count("deleted")) >= 20
    assert states.count("approved") >= 80
    for words in ("picked", "escalated", "flags", "staff", "parent", "answers"):
        assert any(getattr(one, words) for one in written), words
    for action in ("approve", "delete", "escalate", "undo"):
        assert ("ruling", action) in done
    assert {("blind", "approve"), ("blind", "delete")} <= done
    assert len(notes) >= 10
    assert {one.outlet for one in written} == set(invented().houses)


def test_the_chain_is_whole(filled: Store) -> None:
    """Everything stands in the log as it was entered, and nothing else is there."""
    with filled.reading() as tx:
        assert list(verification.faults(tx, lambda _: None)) == []


def test_what_was_written_lies_in_the_hours_before(filled: Store) -> None:
    """Comments were written in the last two days, one after the other, many of them just now."""
    with filled.reading() as tx:
        times = [one.created_at for one in comments.latest(tx, 1_000)]

    assert times == sorted(times)
    assert AT - timedelta(hours=51) < times[0]
    assert times[-1] <= AT
    assert sum(time > AT - timedelta(hours=1) for time in times) >= 20


def test_nothing_is_done_before_its_time() -> None:
    """Whatever is done about a comment comes after it, and before anybody answers it."""
    seen: dict[str, str] = {}
    for event in schedule(invented()):
        if event.deed is None:
            assert event.line.to is None or seen[event.line.to] != "written", event.line
            seen[event.line.id] = "written"
        elif event.deed.verb == "approves":
            seen[event.line.id] = "approved"


def test_comments_are_many_and_none_is_there_twice() -> None:
    """More than 250 comments in several languages; only those that repeat another are alike."""
    content = invented()
    lines = [*content.lines, *content.live]
    texts = [line.text for line in content.lines if line.like is None]

    assert len(lines) >= 250
    assert len(set(texts)) == len(texts)
    assert len({line.by for line in lines}) > 120
    assert {line.on for line in lines} == set(content.stories)


def test_a_deed_is_read_as_it_is_written() -> None:
    """Who, what, by which clause and with which note, whatever the name."""
    flagged = deed("Jun-ho Pak flags repetition: I have read this: twice.")

    assert (flagged.who, flagged.verb, flagged.what) == ("Jun-ho Pak", "flags", "repetition")
    assert flagged.note == "I have read this: twice."
    assert (deed("joon undoes").what, deed("joon undoes").note) == (None, None)


def test_all_that_is_still_to_come_arrives(tmp_path: Path, plain: Engine) -> None:
    """Each comment of the live part is taken; of a reader who was banned it is refused."""
    store, play = played(tmp_path, plain)
    live = play.content.live
    for number, line in enumerate(live[:-1]):
        play.arrive(line, AT + timedelta(seconds=number))
    with store.reading() as tx:
        newest = comments.latest(tx, len(live) - 1)
    assert [one.text for one in newest] == [line.text for line in live[:-1]]

    last = next(one for one in newest if one.name == live[-1].by and one.article == 3)
    with store.writing() as tx:
        readers_of.ban(tx, last.reader, "Enough.", "staff:edith", AT, None)
    with pytest.raises(ForbiddenError):
        play.arrive(live[-1], AT)
    store.close()


def test_colleagues_take_clean_comments_while_enough_wait(tmp_path: Path, plain: Engine) -> None:
    """They approve the oldest that breaks no clause, and leave the rest to the visitor."""
    store, play = played(tmp_path, plain)
    before = told(store)
    rounds = 0
    while play.relieve(AT):
        rounds += 1
    with store.reading() as tx:
        held = [one for one in comments.latest(tx, 1_000) if one.state == "held"]

    assert rounds
    assert told(store) != before
    assert len(held) > 15
    store.close()


def test_comments_arrive_while_the_application_runs(settings: Settings, plain: Engine) -> None:
    """First comes what happened before, then one comment after the other, seen by readers."""
    whole = invented()
    lines = [line for line in whole.lines if line.on == "seals"]
    live = [line for line in whole.live if line.on == "seals"][:3]
    content = replace(whole, lines=lines, live=live)
    arrived, steps = threading.Event(), list[tuple[int, int]]()

    def waits(number: int) -> float:
        if number < len(live) - 1:
            return 0.0
        arrived.set()
        return 60.0

    shown = Demo(content=content, progress=lambda *step: steps.append(step), pause=waits)
    with TestClient(create_app(plain, settings, shown)) as client:
        assert arrived.wait(120)
        page = client.get("/api/comments", params={"article": content.stories["seals"].path})

    assert steps[-1][0] == steps[-1][1]
    assert page.json()["count"] > 10


def test_comments_come_quickly_at_first() -> None:
    """A visitor sees one every few seconds, and later fewer."""
    assert all(4 <= pause(number) <= 8 for number in range(36))
    assert all(15 < pause(number) < 30 for number in range(36, 100))


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Log-ins and addresses are printed; after SIGTERM neither folder nor database remains."""
    temporary, here = tmp_path / "temporary", tmp_path / "here"
    temporary.mkdir()
    here.mkdir()
    environ = {
        **os.environ,
        "TMPDIR": str(temporary),
        "OMBUD_DATA": str(here / "mine"),
        "OMBUD_DATABASE_URL": f"sqlite:///{here}/mine.sqlite",
    }
    command = [sys.executable, "-m", "ombud", "demo", "--port", "0"]
    with subprocess.Popen(  # noqa: S603
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here, env=environ
    ) as process:
        assert process.stderr
        said = ""
        while "Ctrl+C" not in said:
            said += process.stderr.readline()
            assert process.poll() is None, said
        found = re2.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found
        answer = httpx.get(found[0], timeout=120)
        assert any(temporary.glob("ombud-demo-*/*.sqlite"))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)

    assert answer.status_code == 200
    for member in invented().staff:
        assert member in said
    assert invented().password in said
    assert list(temporary.glob("ombud-demo-*")) == []
    assert list(here.iterdir()) == []


def test_the_files_are_what_they_seem() -> None:
    """Every comment is one line of JSON with known fields only."""
    known = {"on", "by", "text", "id", "to", "like", "stranger", "then"}
    folder = Path(sys.modules["ombud.demo"].__file__ or "").parent / "comments"
    for path in folder.iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) <= known
