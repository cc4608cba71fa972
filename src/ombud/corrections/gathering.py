"""Laying other outlets' texts beside a report."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from ombud.corrections.beside import reading_of
from ombud.corrections.steps import known
from ombud.errata import Gathered
from ombud.errors import ConflictError, InvalidInputError, NotFoundError
from ombud.newsroom import Staff
from ombud.store import documents

MOST: Final = 20
"""Texts that a report may have beside it."""
LONGEST: Final = 1_000_000
"""Characters of one."""
_LONGEST_NAME: Final = 2_000


def check(name: str, outlet: str, content: str) -> tuple[str, ...]:
    """
    Return what is odd about a text, in words for people.

    Raises InvalidInputError where there is no article in it, or something is missing or too long.
    """
    for field, text, least, most in (
        ("name", name, 1, _LONGEST_NAME),
        ("outlet", outlet, 0, 200),
        ("content", content, 1, LONGEST),
    ):
        if not least <= len(text.strip()) <= most:
            message = f"'{field}' has {len(text.strip())} letters; it must have {least} to {most}"
            raise InvalidInputError(message)
    return reading_of(name, outlet, content).notes


def gather(tx: Connection, who: Staff, number: int, new: Gathered) -> int:
    """
    Lay a text that was checked beside a report, and return its number.

    Raises NotFoundError for a report that one does not see, ConflictError if it lies there or too
    many do.
    """
    report = known(tx, who, number)
    there = documents.of_report(tx, number)
    if any(one.content == new.content for one in there):
        message = "this text lies beside the report already"
        raise ConflictError(message)
    if len(there) >= MOST:
        message = f"{MOST} texts lie beside this report; leave one out first"
        raise ConflictError(message)
    return documents.add(tx, report, new)


def leave_out(tx: Connection, who: Staff, number: int, document: int, at: datetime) -> None:
    """Leave a text out again; raise NotFoundError if it does not lie beside the report."""
    report = known(tx, who, number)
    if not documents.leave_out(tx, report, document, who.by, at):
        message = f"no text {document} lies beside report {number}"
        raise NotFoundError(message)
