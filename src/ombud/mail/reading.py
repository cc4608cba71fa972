"""
What matters of a message, out of its bytes.

Nothing in a message is believed to be well made: a header may be broken, a charset wrong or
unknown, a part cut off; what cannot be read is read as far as it goes, and never an error.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

import re2

from ombud.mail.attachments import Attachment, attachment
from ombud.mail.bodies import TEXT_MOST, body, decoded, payload, printable
from ombud.mail.origin import Origin, origin
from ombud.mail.replies import newly_written

MOST: Final = 25_000_000
"""Bytes of a message that are read; of a longer one the beginning is."""
_LONGEST_HEADER: Final = 2000
_LONGEST_ID: Final = 250
_MOST_REFERENCES: Final = 20
_MOST_PARTS: Final = 100
"""Parts that a message may have; each is looked for in every line, so many would take for ever."""
_ADDRESS: Final = re2.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z0-9\-]{2,63}"
)
_ID: Final = re2.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_OWN_ID: Final = re2.compile(r"(?im)^message-id:\s*(<[!-;=?-~]{3,200}>)")
_MESSAGES: Final = ("message/rfc822", "text/rfc822-headers")
_HEAD_MOST: Final = 20_000
_BOUNDARY: Final = re2.compile(rb"(?i)boundary\s*=")


@dataclass(frozen=True, slots=True)
class Mail:
    """
    What matters of a message.

    `address` is whom an answer goes to, empty where there is none that could be written to.
    `text` is what they wrote themselves; `whole` is all that can be read, with what they quote.
    `answers` are the identifiers of earlier messages in the thread, the nearest first, and of those
    that are attached.
    `cut` says that the message was too long and its end was not read.
    """

    address: str
    name: str
    subject: str
    id: str
    answers: tuple[str, ...]
    date: datetime | None
    text: str
    whole: str
    attachments: tuple[Attachment, ...]
    origin: Origin
    cut: bool

    @property
    def key(self) -> str:
        """The same for the same mail on whatever way it came, and for no other one."""
        words = " ".join(self.whole.split())
        known = f"{self.id}\n{self.address.lower()}\n{self.subject}\n{words}"
        return hashlib.sha256(known.encode()).hexdigest()


def read(content: bytes, sender: str | None = None, most: int = MOST) -> Mail:
    """
    Return what matters of a message.

    `sender` is who the envelope says it is from ("" is a bounce's), None where there is none.
    """
    message = _parsed(content[:most])
    name, address = _writer(message)
    readable, files = body(message)
    text = readable[:TEXT_MOST]
    return Mail(
        address=address,
        name=name,
        subject=_header(message, "Subject"),
        id=next(iter(_ids(_header(message, "Message-ID"))), ""),
        answers=tuple(dict.fromkeys([*_returned(files), *_thread(message)])),
        date=_date(_header(message, "Date")),
        text=newly_written(text),
        whole=text,
        attachments=tuple(attachment(part) for part in files),
        origin=origin({name: _header(message, name) for name in _names(message)}, address, sender),
        cut=len(content) > most or len(readable) > TEXT_MOST,
    )


def plain_address(written: str) -> str:
    """Return the address if mail can be sent to it as it stands, otherwise nothing."""
    return written if _ADDRESS.fullmatch(written) else ""


def _parsed(content: bytes) -> Message:
    """Return the message; one that is nothing but structure is read as if it had none."""
    if len(_BOUNDARY.findall(content)) > _MOST_PARTS:
        content = _BOUNDARY.sub(b"parts=", content)
    try:
        return BytesParser(policy=policy.compat32).parsebytes(content)
    except (RecursionError, ValueError, LookupError, TypeError):  # pragma: no cover - none is known
        bare = Message()
        bare.set_payload(content.decode("utf-8", "replace"))
        return bare


def _names(message: Message) -> set[str]:
    """Return the names of the headers, in lower case."""
    return {name.lower() for name in message.keys()}  # noqa: SIM118  # a message is no mapping


def _header(message: Message, name: str) -> str:
    """Return a header as one line of what can be printed; an empty one where there is none."""
    for own, value in message.raw_items():
        if own.lower() == name.lower():
            return _one_line(_undone(_as_sent(value)))[:_LONGEST_HEADER]
    return ""


def _as_sent(value: object) -> str:
    """Return the text of a header, whose bytes may be in any charset, up to what is read of it."""
    raw = str(value)[: 4 * _LONGEST_HEADER]
    return decoded(raw.encode("utf-8", "surrogateescape"), None)


def _undone(value: str) -> str:
    """Return a header with its encoded words read; one that is wrongly encoded as it stands."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value


def _one_line(value: str) -> str:
    """Return a text with every break and control character as white space, and none twice."""
    return " ".join(printable(value).split())


def _writer(message: Message) -> tuple[str, str]:
    """Return the name of who wrote, and the address that an answer goes to."""
    name, address = _mailbox(message, "From")
    _, wanted = _mailbox(message, "Reply-To")
    return name, wanted or address


def _mailbox(message: Message, header: str) -> tuple[str, str]:
    """Return name and address of a header; an address that nothing can be sent to is none."""
    for own, value in message.raw_items():
        if own.lower() == header.lower():
            # The parts are told apart before encoded words are read: those may hold any sign.
            try:
                name, address = parseaddr(" ".join(_as_sent(value).split()))
            except (RecursionError, ValueError, IndexError):  # comments in comments, a thousandfold
                return "", ""
            return _one_line(_undone(name)), plain_address(address)
    return "", ""


def _ids(value: str) -> Iterator[str]:
    """Yield the identifiers of messages that stand in a header."""
    for found in _ID.findall(value):
        if len(found) <= _LONGEST_ID and found.isascii():
            yield found


def _thread(message: Message) -> tuple[str, ...]:
    """Return the identifiers of earlier messages, the nearest first, each once."""
    answered = _ids(_header(message, "In-Reply-To"))
    earlier = list(_ids(_header(message, "References")))
    return tuple(dict.fromkeys([*answered, *reversed(earlier)]))[:_MOST_REFERENCES]


def _returned(files: Sequence[Message]) -> Iterator[str]:
    """Yield the identifiers of messages that are attached: of those that came back, for one."""
    for part in files:
        if part.get_content_type() in _MESSAGES:
            head = payload(part)[:_HEAD_MOST].decode("latin-1")
            yield from (found.group(1) for found in _OWN_ID.finditer(head))


def _date(value: str) -> datetime | None:
    """Return the time that a header gives, None where it gives none."""
    try:
        found = parsedate_to_datetime(value)
        # "-0000" says that the time is UTC and the zone unknown.
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
