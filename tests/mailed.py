"""Mails of the tests that lie in the post."""

from dataclasses import replace
from datetime import UTC, datetime

from ombud.store import Store, mails
from ombud.store.mails import Incoming

POEM = Incoming(
    outlet="harbour",
    message_id="<1@reader.example>",
    thread="<1@reader.example>",
    kind="other",
    report=None,
    sender="ada@reader.example",
    subject="A poem",
    headers={"name": "Ada", "origin": "person"},
    text="<b>Autumn</b> leaves. The bridge is closed for one winter, not two.",
    attachments=[
        {
            "name": "a.pdf",
            "claimed": "application/pdf",
            "real": "text/html",
            "size": 9,
            "lies": True,
        }
    ],
    at=datetime(2026, 3, 1, tzinfo=UTC),
)


def posted(store: Store, number: int = 1, **more: object) -> None:
    """Keep a mail; each number is another one."""
    id_ = f"<{number}@reader.example>"
    with store.writing() as tx:
        mails.add(tx, replace(POEM, message_id=id_, thread=id_, **more))  # type: ignore[arg-type]
