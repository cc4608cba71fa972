"""Mails as bytes, for the tests."""

HEAD = (
    b"From: Ann Hall <ann@reader.example>\r\nSubject: The mill\r\n"
    b"Message-ID: <1@reader.example>\r\n"
)


def typed(kind: str, body: bytes, head: bytes = HEAD) -> bytes:
    """Return a message with one part of a type."""
    return head + b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body


def headed(**headers: str) -> bytes:
    """Return a message with more headers; `_` stands for `-` in their names."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return HEAD + "".join(lines).encode() + b"\r\nThe year is wrong."
