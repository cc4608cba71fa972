"""Reports that readers write to the desk, by its form or by a program of the paper."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from ombud.assertions.parting import parted
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.mail import letters
from ombud.mail.composing import new_id
from ombud.mail.reading import plain_address
from ombud.newsroom import Outlet, Published
from ombud.store import articles, comments, outbox, outlets, reports
from ombud.store.reports import Asserted, Opening

LONGEST: Final = 10_000
"""Letters that a report may have."""
_LONGEST_NAME: Final = 100
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Imprint:
    """
    What letters say of us: the address of the desk, and where our pages are.

    `per_day`: acknowledgements that go to one address within a day.
    """

    address: str
    site: str
    per_day: int


@dataclass(frozen=True, slots=True)
class Sent:
    """
    A report as a reader sends it.

    `article` is the address of what it is about, or its number here; `passage` is what of it the
    reader marked; `key` is the sender's own name for the report.
    """

    outlet: str
    text: str
    article: str = ""
    name: str = ""
    email: str = ""
    key: str | None = None
    passage: str = ""


def asserted(text: str, lead: int = 0) -> list[Asserted]:
    """
    Return what the words of a report assert.

    `lead`: letters at the beginning that quote what the first assertion is about.
    """
    found = [
        Asserted(kind, span.begin + lead, span.end + lead) for kind, span in parted(text[lead:])
    ]
    return [replace(found[0], begin=0), *found[1:]] if lead else found


def submit(
    tx: Connection, sent: Sent, imprint: Imprint, at: datetime, source: str = "form"
) -> tuple[int, bool]:
    """
    Open a report, and return its number and whether it is new.

    The reader who left an address is written to in the same transaction.
    Raises InvalidInputError for what cannot be taken, NotFoundError for an unknown outlet, and
    ConflictError if the key belongs to other words.
    """
    outlet = outlets.one(tx, sent.outlet)
    if outlet is None:
        message = f"there is no outlet '{sent.outlet}'"
        raise NotFoundError(message)
    about = _article(tx, sent, outlet)
    quoted = sent.passage.strip()
    lead = f"“{quoted}”\n\n" if quoted else ""
    text = lead + sent.text.strip()
    if sent.article and about is None:
        # Where the article is not known here, an editor finds it by what the reader gave.
        text = f"{text}\n\n{sent.article}"
    _check(sent, text)
    key = sent.key and f"{source}:{sent.key}"
    if key and (known := reports.by_key(tx, key)) is not None:
        return _again(tx, known, text), False
    salt = secrets.token_hex(16)
    opening = Opening(
        outlet,
        source,
        at,
        asserted(text, len(lead)),
        article=about.id if about else None,
        edition=about.edition if about else None,
        text=text,
        salt=salt,
        digest=comments.digest(salt, text),
        name=sent.name.strip() or None,
        email=sent.email.strip() or None,
        key=key,
    )
    number = reports.add(tx, opening)
    _acknowledge(tx, number, opening, imprint)
    return number, True


def _article(tx: Connection, sent: Sent, outlet: Outlet) -> Published | None:
    """Return the article that a report names, if it is one of the outlet's."""
    found = named(tx, sent.article)
    return found if found and found.outlet == outlet.id else None


def named(tx: Connection, article: str) -> Published | None:
    """Return the article at an address, or with a number, if it is known here."""
    if article.isascii() and article.isdigit():
        return articles.one(tx, int(article[:18]))
    return articles.by_url(tx, article.partition("#")[0]) if article else None


def _check(sent: Sent, text: str) -> None:
    """Refuse what nobody could look into or answer."""
    if not sent.text.strip():
        message = "'text' must say what is wrong"
    elif len(text) > LONGEST:
        message = f"'text' has {len(text)} letters; {LONGEST} are allowed"
    elif len(sent.name) > _LONGEST_NAME:
        message = f"'name' has {len(sent.name)} letters; {_LONGEST_NAME} are allowed"
    elif sent.email.strip() and plain_address(sent.email.strip()) != sent.email.strip():
        message = "'email' must be an address such as ada@example.org, or nothing"
    else:
        return
    raise InvalidInputError(message)


def _again(tx: Connection, number: int, text: str) -> int:
    """Return a report that was sent before under the same key."""
    known = reports.one(tx, number)
    if known is not None and known.text in (text, None):
        return number
    message = "this key belongs to another report; use a new one"
    raise ConflictError(message)


def _acknowledge(tx: Connection, number: int, opening: Opening, imprint: Imprint) -> None:
    """Write to a reader who left an address that the report has arrived."""
    if opening.email is None or opening.text is None:
        return
    lately = outbox.written_since(tx, opening.email, "acknowledgement", opening.at - _DAY)
    if lately >= imprint.per_day:
        return
    outlet, text = opening.outlet, opening.text
    quotes = [text[one.begin : one.end] for one in opening.asserted]
    due = opening.at + timedelta(days=outlet.answer_days)
    outbox.write(
        tx,
        opening.at,
        outlet=outlet.id,
        report=number,
        kind="acknowledgement",
        message_id=new_id(imprint.address),
        answers=[],
        recipient=opening.email,
        subject=f"Your report to {outlet.name}",
        body=letters.acknowledgement(outlet.name, number, quotes, due),
    )
