"""
A letter as a message: the headers that mail programs thread by and that stop automatic answers.

After RFC 5322 (headers), RFC 3834 (automatic answers).
"""

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from secrets import token_hex
from typing import Final

from ombud.errors import InvalidInputError
from ombud.mail.reading import plain_address

_SUBJECT_MOST: Final = 200
_THREAD_MOST: Final = 900
"""Letters of a line with identifiers; in a shorter one a long identifier would be encoded."""
_POLICY: Final = SMTP.clone(max_line_length=990)
NO_ID: Final = "@kept.invalid>"
"""How an identifier ends that we gave a mail which came without one; nobody else knows it."""


def new_id(address: str) -> str:
    """Return an identifier for a letter from an address, that no other message has."""
    return f"<{token_hex(16)}@{address.rpartition('@')[2]}>"


def compose(  # noqa: PLR0913  # the headers of a message
    *,
    sender: tuple[str, str],
    to: str,
    subject: str,
    text: str,
    id_: str,
    answers: Sequence[str],
    at: datetime,
    automatic: bool,
) -> bytes:
    """
    Return a letter as it goes over the wire, each line ended as there.

    `sender`: name and address; `answers`: identifiers of the thread, the nearest first; `automatic`
    says that no person wrote it, so that no program answers.
    Raises InvalidInputError for an address that nothing can be sent to.
    """
    name, address = sender
    for one in (address, to):
        if not plain_address(one):
            message = f"'{one}' is no e-mail address that a letter could go to or come from"
            raise InvalidInputError(message)
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = Address(" ".join(name.split()), addr_spec=address)
    letter["To"] = Address(addr_spec=to)
    letter["Subject"] = " ".join(subject.split())[:_SUBJECT_MOST]
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = id_
    if thread := _known(answers):
        letter["In-Reply-To"] = thread[0]
        letter["References"] = " ".join(reversed(thread))
    if automatic:
        letter["Auto-Submitted"] = "auto-replied"
        letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(text)
    return letter.as_bytes()


def _known(answers: Sequence[str]) -> list[str]:
    """Return the nearest identifiers of a thread that fit a line, without those that are ours."""
    kept: list[str] = []
    room = _THREAD_MOST
    for one in answers:
        room -= len(one) + 1
        if room < 0:
            break
        if not one.endswith(NO_ID):
            kept.append(one)
    return kept
