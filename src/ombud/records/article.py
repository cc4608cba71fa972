"""The article that a command names: a text file or a JSON file."""

import json
from pathlib import Path

from ombud.errors import InvalidInputError
from ombud.newsroom import Article

_PARTS = ("title", "text", "byline")


def article_from(path: Path) -> Article:
    """
    Return the article in a .txt or .json file.

    The first line of a text file is the title, a line after it that begins with "By" the byline.
    Raises InvalidInputError if the file cannot be read as an article.
    """
    if path.suffix.lower() not in (".txt", ".json"):
        message = f"{path} is no article; a file name ends with .txt or .json"
        raise InvalidInputError(message)
    try:
        written = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise InvalidInputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is no valid UTF-8 (byte {error.start + 1})"
        raise InvalidInputError(message) from error
    return _from_json(written, path) if path.suffix.lower() == ".json" else _from_text(written)


def _from_text(written: str) -> Article:
    """Return the article of a text file."""
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    title, rest = (lines[0], lines[1:]) if lines else ("", [])
    byline = ""
    if rest and rest[0].casefold().startswith("by "):
        byline, rest = rest[0][3:].strip(), rest[1:]
    return Article(title, "\n".join(rest), byline)


def _from_json(written: str, path: Path) -> Article:
    """Return the article of a JSON file."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as error:
        message = f"{path} is no valid JSON: {error}"
        raise InvalidInputError(message) from error
    if not isinstance(value, dict):
        message = f"{path} must hold an object with {', '.join(_PARTS)}"
        raise InvalidInputError(message)
    for part in _PARTS:
        if not isinstance(value.get(part) or "", str):
            message = f"{path}: '{part}' must be a text"
            raise InvalidInputError(message)
    return Article(**{part: value.get(part) or "" for part in _PARTS})
