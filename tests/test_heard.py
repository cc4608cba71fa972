"""What a reader writes while somebody is busy with the report is read before anything is done."""

from datetime import UTC, datetime
from threading import Thread

from mailed import posted
from mailroom import WRONG, Desk, desk
from newsroom import Newsroom, code, key
from posting import written
from sqlalchemy import text
from test_api_reports import correct, send, step
from writing import EDITH

from ombud.corrections.investigating import Inquiry, Verdict
from ombud.corrections.opening import Imprint
from ombud.store import mails, reports

__all__ = ["desk"]

GIVEN = {"assertion": 1, "status": "no_error"}


def heard(api: Newsroom) -> int:
    """Return the last mail of the reader that somebody has before them."""
    known = api.client.get("/api/reports/1", headers=key("joon")).json()
    return int(known["heard"])


def write(api: Newsroom, number: int, kind: str = "reply", report: int = 1) -> None:
    """Write about a report as its reader."""
    posted(api.store, number, kind=kind, report=report, at=datetime.now(UTC))


def test_no_step_passes_over_what_the_reader_wrote(api: Newsroom) -> None:
    """It is a conflict until it was looked at; nothing is kept, and nobody is answered."""
    for _ in range(2):
        send(api, "It is closed for one winter, not two.")
    write(api, 1, report=2)
    assert heard(api) == 0
    write(api, 2)
    for deed, given in (("status", GIVEN), ("take", {})):
        answer = step(api, 1, deed, heard=0, **given)
        assert code(answer) == (409, "conflict")
        assert "the reader wrote again meanwhile" in answer.text
    known = api.client.get("/api/reports/1", headers=key("joon")).json()
    assert (known["state"], known["steps"], known["heard"]) == ("open", [], 2)

    write(api, 3, "automatic")
    answered = step(api, 1, "status", heard=known["heard"], seen=0, **GIVEN).json()
    assert answered["state"] == "answered"
    assert [one["id"] for one in answered["mails"]] == [2]


def test_nothing_is_published_past_what_the_reader_wrote(api: Newsroom) -> None:
    """From the report that led to it; who publishes from none is not asked."""
    send(api, "It is closed for one winter, not two.")
    write(api, 1)
    assert code(correct(api, report=1, heard=0)) == (409, "conflict")
    assert code(correct(api, report=9, heard=0)) == (404, "not_found")
    refused = correct(api, heard=0)
    assert (code(refused), "'report'" in refused.text) == ((422, "invalid_input"), True)
    assert api.client.get("/api/corrections?article=1").json() == {"corrections": []}
    assert correct(api, report=1, heard=1).status_code == 201
    assert correct(api, text="The name is Martha.", seen=1).status_code == 201


def test_what_comes_while_an_answer_is_kept_came_after_it(desk: Desk) -> None:
    """Nobody can have read it, so it waits in the post, also where several write at once."""
    number = desk.take(written(WRONG)).report or 0
    again = written("It was 2013.", id_="2", more="In-Reply-To: <1@reader.example>\r\n")
    writes = Thread(target=desk.take, args=(again,))
    with desk.store.writing() as tx:
        reports.locked(tx, number)
        writes.start()
        while tx.dialect.name == "postgresql" and writes.is_alive() and not _waits(desk):
            pass
        inquiry = Inquiry(tx, EDITH, number, datetime.now(UTC))
        assert inquiry.decide(1, Verdict("no_error", "It was 2015."), Imprint("d@p.example", "", 5))
    writes.join()
    with desk.store.reading() as tx:
        assert mails.unheard(tx, [number]) == {number}


def _waits(desk: Desk) -> bool:
    """Whether somebody waits for a row that somebody else changes."""
    with desk.store.reading() as tx:
        return bool(tx.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar())
