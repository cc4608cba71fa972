"""A comment as it is sent, before anything is known of it."""

import hashlib
from dataclasses import dataclass
from typing import Final

import re2

from ombud.errors import InvalidInputError
from ombud.newsroom import Account, Trace

MAX_TEXT: Final = 20_480
"""Bytes of a comment in UTF-8."""
MAX_NAME: Final = 200
_LONGEST_KEY: Final = 200
_LONGEST_EMAIL: Final = 320
_EMAIL: Final = re2.compile(r"[^@\s\p{Cc}]+@[^@\s\p{Cc}]+")
# What turns the direction of writing lets one name be read as another.
_CONTROL: Final = re2.compile(
    r"[\p{Cc}\x{2028}\x{2029}\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]"
)
# Nobody sees them, so a text of nothing else says nothing.
_HIDDEN: Final = re2.compile(r"[\p{Cf}\p{Cc}\x{115F}\x{1160}\x{3164}\x{FFA0}\x{2800}]")
# Marks alone are no name: they sit on whatever stands before.
_SEEN: Final = re2.compile(r"[\pL\pN\pS\pP]")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, by the name that they give."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """
    A comment as it was sent: under an address or a number, by somebody known or not.

    `trace`: where it came from, if that is kept.
    """

    article: str | int
    text: str
    author: Guest | Account
    parent: int | None = None
    accept_terms: bool = False
    key: str | None = None
    trace: Trace | None = None

    @property
    def digest(self) -> str:
        """What tells one body from another under the same key."""
        author = self.author.name if isinstance(self.author, Guest) else self.author.id
        whole = repr((self.article, self.text, self.parent, author))
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def sender(self) -> str:
        """Whose keys these are: those of guests are told apart by name."""
        if isinstance(self.author, Account):
            return f"reader:{self.author.id}"
        return f"guest:{hashlib.sha256(self.author.name.encode()).hexdigest()}"


def check(sent: Sent) -> None:
    """Refuse what cannot be a comment."""
    name = sent.author.name or ""
    for field, value in (("text", sent.text), ("author.name", name)):
        check_text(field, value)
        seen = _HIDDEN.sub("", value).strip()
        if not seen or (value is name and not _SEEN.search(seen)):
            message = f"'{field}' is empty; it must hold something"
            raise InvalidInputError(message)
    size = len(sent.text.encode())
    if size > MAX_TEXT:
        message = f"'text' has {size} bytes of UTF-8; it must have at most {MAX_TEXT}"
        raise InvalidInputError(message)
    if len(name) > MAX_NAME or _CONTROL.search(name):
        message = (
            f"'author.name' must have at most {MAX_NAME} characters, in one line,"
            " and none that turns the direction of writing"
        )
        raise InvalidInputError(message)
    if isinstance(sent.author, Guest) and sent.author.email is not None:
        _check_email(sent.author.email)
    if sent.key is not None:
        check_text("Idempotency-Key", sent.key)
        if not 0 < len(sent.key) <= _LONGEST_KEY:
            message = f"an idempotency key must have 1 to {_LONGEST_KEY} characters"
            raise InvalidInputError(message)


def check_text(field: str, value: str) -> None:
    """Refuse what no database keeps as a text."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = f"'{field}' holds half of a character, at {error.start}; it must be text"
        raise InvalidInputError(message) from error
    if "\0" in value:
        message = f"'{field}' holds the character U+0000, which no text needs"
        raise InvalidInputError(message)


def _check_email(email: str) -> None:
    """Refuse what cannot be an address; whether somebody reads there only a message could tell."""
    check_text("author.email", email)
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        message = "'author.email' must be an address such as ada@example.org"
        raise InvalidInputError(message)
