"""A comment as it is sent, before anything is known of it."""

import hashlib
from dataclasses import dataclass
from typing import Final

import re2

from ombud.errors import InvalidInputError
from ombud.newsroom import Account

MAX_TEXT: Final = 20_480
"""Bytes of a comment in UTF-8."""
MAX_NAME: Final = 200
_LONGEST_KEY: Final = 200
_CONTROL: Final = re2.compile(r"[\p{Cc}\x{2028}\x{2029}]")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, by the name that they give."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A comment as it was sent: under an address or a number, by somebody known or not."""

    article: str | int
    text: str
    author: Guest | Account
    parent: int | None = None
    accept_terms: bool = False
    key: str | None = None

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
    for field, value in (("text", sent.text), ("author.name", sent.author.name or "")):
        try:
            size = len(value.encode())
        except UnicodeEncodeError as error:
            message = f"'{field}' holds half of a character, at {error.start}; it must be text"
            raise InvalidInputError(message) from error
        if not value.strip():
            message = f"'{field}' is empty; it must hold something"
            raise InvalidInputError(message)
        if "\0" in value:
            message = f"'{field}' holds the character U+0000, which no text needs"
            raise InvalidInputError(message)
        if field == "text" and size > MAX_TEXT:
            message = f"'text' has {size} bytes of UTF-8; it must have at most {MAX_TEXT}"
            raise InvalidInputError(message)
    name = sent.author.name or ""
    if len(name) > MAX_NAME or _CONTROL.search(name):
        message = f"'author.name' must have at most {MAX_NAME} characters, in one line"
        raise InvalidInputError(message)
    if sent.key is not None and not 0 < len(sent.key) <= _LONGEST_KEY:
        message = f"an idempotency key must have 1 to {_LONGEST_KEY} characters"
        raise InvalidInputError(message)
