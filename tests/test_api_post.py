"""The post over HTTP: mails that are no report are found, settled, taken back, made reports."""

from datetime import UTC, datetime
from typing import Any

from mailed import posted
from newsroom import Newsroom, bearer, code, key
from sqlalchemy import event, text
from test_api_reports import send, step

from ombud.store import outlets, reports
from ombud.store.reports import Asserted, Opening


def listed(api: Newsroom, who: str = "joon", **asked: object) -> Any:  # noqa: ANN401
    """Return the post."""
    return api.client.get("/api/post", params=asked, headers=key(who)).json()  # type: ignore[arg-type]


def settle(api: Newsroom, settled: str | None, why: str = "", who: str = "joon") -> Any:  # noqa: ANN401
    """Say what became of the first mail, and return the answer."""
    given = {"settled": settled, "why": why}
    return api.client.post("/api/post/1/settled", json=given, headers=key(who))


def test_mails_that_are_no_report_are_found_by_sender_and_subject(api: Newsroom) -> None:
    """Page after page, newest first, of one's own outlets only."""
    posted(api.store, 1)
    posted(api.store, 2, sender="bob@else.example", subject="100% wool")
    posted(api.store, 3, kind="automatic")

    first = listed(api, limit=1)
    assert [one["subject"] for one in first["mails"]] == ["100% wool"]
    assert first["waiting"] == 2
    rest = listed(api, limit=1, after=first["next"])
    assert [one["subject"] for one in rest["mails"]] == ["A poem"]
    assert rest["mails"][0]["attachments"][0]["lies"] is True
    assert [one["id"] for one in listed(api, q="READER poem")["mails"]] == [1]
    assert [one["id"] for one in listed(api, q="0% w")["mails"]] == [2]
    assert listed(api, q="_%")["mails"] == []
    assert listed(api, "vera")["mails"] == []
    assert code(api.client.get("/api/post"))[0] == 401


def test_what_was_read_waits_no_more_until_it_is_taken_back(api: Newsroom) -> None:
    """Only one settles a mail, who refuses one says why, and the log has no words of it."""
    posted(api.store)

    assert code(settle(api, "not_ours"))[0] == 422
    assert settle(api, "not_ours", "It is a poem.").json()["why"] == "It is a poem."
    assert code(settle(api, "read"))[0] == 409
    assert code(settle(api, "read", who="vera"))[0] == 404
    assert (listed(api)["mails"], listed(api)["waiting"]) == ([], 0)
    assert listed(api, settled="true")["mails"][0]["by"] == "joon"
    assert settle(api, None).json()["settled"] is None
    assert code(settle(api, None))[0] == 409
    assert listed(api)["waiting"] == 1
    with api.store.reading() as tx:
        facts = tx.execute(text("SELECT facts FROM log WHERE deed = 'mail_settled'")).scalars()
        assert "poem" not in str(list(facts))


def test_a_mail_is_made_a_report_once_and_acknowledged(api: Newsroom) -> None:
    """It is looked into like any other, and its sender is written to as they would have been."""
    posted(api.store)

    made = api.client.post("/api/post/1/report", headers=key("joon"))
    assert made.status_code == 201
    again = api.client.post("/api/post/1/report", headers=key("joon"))
    assert code(again)[0] == 404
    report = api.client.get(f"/api/reports/{made.json()['report']}", headers=key("joon")).json()
    assert (report["source"], report["name"], report["reachable"]) == ("email", "Ada", True)
    assert [one["subject"] for one in report["mails"]] == ["A poem"]
    assert listed(api)["mails"] == []
    with api.store.reading() as tx:
        letters = tx.execute(text("SELECT recipient, kind FROM letters")).all()
    assert [tuple(one) for one in letters] == [("ada@reader.example", "acknowledgement")]


def test_who_writes_about_a_forgotten_readers_report_is_answered_apart(api: Newsroom) -> None:
    """They may be anybody: an editor makes a report of their own, about the same article."""
    number = send(api, "The bridge is closed for one winter, not two.").json()["id"]
    step(api, number, "status", assertion=1, status="no_error")
    posted(api.store, kind="reply", report=number, at=datetime.now(UTC))
    (known,) = listed(api)["mails"]
    with api.store.writing() as tx:
        reports.change(tx, number, email=None, name=None)
    (unknown,) = listed(api)["mails"]
    assert (known["reportable"], unknown["reportable"]) == (False, True)

    made = api.client.post("/api/post/1/report", headers=key("joon")).json()["report"]
    report = api.client.get(f"/api/reports/{made}", headers=key("joon")).json()
    assert (report["article"]["id"], report["name"], report["reachable"]) == (1, "Ada", True)
    before = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()
    assert (before["reachable"], before["mails"]) == (False, [])


def test_a_page_of_the_post_takes_no_more_statements_than_one_mail(api: Newsroom) -> None:
    """The database is asked the same few questions however many mails the page has."""
    number = send(api, "The bridge is closed for one winter, not two.").json()["id"]
    step(api, number, "status", assertion=1, status="no_error")
    for place in range(1, 10):
        posted(api.store, place, kind="reply", report=number, at=datetime.now(UTC))
    asked: list[object] = []
    event.listen(api.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def statements(many: int) -> int:
        asked.clear()
        assert len(listed(api, limit=many)["mails"]) == many
        return len(asked)

    assert statements(1) == statements(9)


def test_what_comes_about_a_forgotten_readers_open_report_waits_in_the_post(api: Newsroom) -> None:
    """Nobody would be answered otherwise; it counts as no reply after an answer."""
    number = send(api, "The bridge is closed for one winter, not two.").json()["id"]
    posted(api.store, kind="reply", report=number, at=datetime.now(UTC))
    assert listed(api)["mails"] == []

    with api.store.writing() as tx:
        reports.change(tx, number, email=None, name=None)

    (unknown,) = listed(api)["mails"]
    assert unknown["reportable"]
    (report,) = api.client.get("/api/reports", headers=key("joon")).json()["reports"]
    assert not report["unheard"]


def test_a_program_that_wrote_is_not_answered(api: Newsroom) -> None:
    """A report is made of its mail, and no letter goes to it."""
    posted(api.store, headers={"origin": "list"})

    assert api.client.post("/api/post/1/report", headers=key("joon")).status_code == 201
    with api.store.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM letters")).scalar() == 0


def test_who_writes_again_after_the_answer_is_heard(api: Newsroom) -> None:
    """The report is among the first again until somebody has read it."""
    number = send(api, "The bridge is closed for one winter, not two.").json()["id"]
    other = send(api, "The mill burned down in 2014.").json()["id"]
    posted(api.store, kind="reply", report=number, at=datetime.now(UTC))
    assert listed(api)["mails"] == []
    step(api, number, "status", assertion=1, status="no_error")

    posted(api.store, 2, kind="reply", report=number, at=datetime.now(UTC), subject="Still wrong")
    assert [one["subject"] for one in listed(api)["mails"]] == ["Still wrong"]
    reports = api.client.get("/api/reports", headers=key("joon")).json()
    assert [(one["id"], one["unheard"]) for one in reports["reports"]] == [
        (number, True),
        (other, False),
    ]
    assert reports["post"] == 1
    report = api.client.get(f"/api/reports/{number}", headers=key("joon")).json()
    assert [one["unheard"] for one in report["mails"]] == [False, True]
    assert code(api.client.post("/api/post/2/report", headers=key("joon")))[0] == 409
    given = {"settled": "read"}
    assert api.client.post("/api/post/2/settled", json=given, headers=key("joon")).is_success
    reports = api.client.get("/api/reports", headers=key("joon")).json()
    assert [one["id"] for one in reports["reports"]] == [other, number]


def test_who_writes_again_before_an_answer_is_marked_in_the_list(api: Newsroom) -> None:
    """Until somebody does something about the report, which shows what was written."""
    number = send(api, "The bridge is closed for one winter, not two.").json()["id"]

    def marked() -> bool:
        (one,) = api.client.get("/api/reports", headers=key("joon")).json()["reports"]
        return bool(one["replied"])

    assert not marked()
    posted(api.store, kind="reply", report=number, at=datetime.now(UTC))
    assert marked()
    step(api, number, "take")
    assert not marked()
    posted(api.store, 2, kind="reply", report=number, at=datetime.now(UTC))
    assert marked()
    step(api, number, "status", assertion=1, status="no_error")
    assert not marked()


def test_who_reported_in_a_comment_sees_that_and_later_the_answer(api: Newsroom) -> None:
    """What became of the report stands with what became of the comment; they get a mail too."""
    sent = api.sent(author={"name": "Ada", "email": "ada@reader.example"})
    with api.store.writing() as tx:
        outlet = outlets.one(tx, "harbour")
        assert outlet is not None
        asserted, at = [Asserted("fact", 0, 10)], datetime.now(UTC)
        number = reports.add(tx, Opening(outlet, "comment", at, asserted, 1, 1, sent["id"]))

    def seen() -> Any:  # noqa: ANN401
        reader = bearer(sent["reader"]["token"])
        return api.client.get(f"/api/comments/{sent['id']}", headers=reader).json()["notice"]

    assert not any(one.startswith("report_") for one in seen()["codes"])
    step(api, number, "status", assertion=1, status="no_error")
    assert "report_no_error" in seen()["codes"]
    assert "found no error" in seen()["summary"]
    with api.store.reading() as tx:
        letters = tx.execute(text("SELECT recipient, kind FROM letters")).all()
    assert [tuple(one) for one in letters] == [("ada@reader.example", "answer")]
