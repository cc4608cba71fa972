"""
From the fields of a record to a case.

A record is `{"id", "text", "author": {"name"}, "article": {"title", "text", "byline"}, "parent"}`;
only `text` has to be there, and what is not named here is kept.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ombud.case import Case
from ombud.newsroom import Article, Reader

# Where the parts of a record stand in a table, the first column that is there counts.
# Capitals and outer blanks in the names of columns do not matter.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id",),
    "text": ("text",),
    "parent": ("parent", "parent.text", "parent_text"),
    "author": ("author",),
    "author.name": ("author.name", "author_name"),
    "article": ("article",),
    "article.title": ("article.title", "article_title", "title"),
    "article.text": ("article.text", "article_text", "lead"),
    "article.byline": ("article.byline", "article_byline", "byline"),
}
_TYPES: Final = {
    type(None): "nothing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
    bytes: "bytes",
}
_DEEPEST: Final = 100


@dataclass(frozen=True, slots=True)
class Record:
    """
    One comment that was read.

    `id` is None where none was given; `extra` are the fields that are not ours.
    """

    case: Case
    id: object
    extra: Mapping[str, object]
    where: str


@dataclass(frozen=True, slots=True)
class Fault:
    """
    Something that is no comment: where it stands and what is wrong with it.

    `count` is how many comments it may have cost.
    """

    where: str
    message: str
    count: int = 1


class UnfitError(ValueError):
    """A record that cannot be judged; the message says why."""


def repeated(columns: Iterable[str]) -> str | None:
    """Return the name of a column that is there twice; capitals only count where we know none."""
    ours = frozenset(name for names in COLUMNS.values() for name in names)
    seen: set[str] = set()
    for column in columns:
        plain = column.strip().casefold()
        name = plain if plain in ours else column
        if name in seen:
            return name
        seen.add(name)
    return None


def placed(columns: Iterable[str]) -> dict[str, str]:
    """Return which column of a table holds which part of a record."""
    given = {column.strip().casefold(): column for column in reversed(list(columns))}
    return {
        part: given[name]
        for part, names in COLUMNS.items()
        if (name := next((name for name in names if name in given), None)) is not None
    }


def nested(row: Mapping[str, object], places: Mapping[str, str]) -> dict[str, object]:
    """Return a row of a table as a record with nested fields; empty cells count as not there."""
    taken = set(places.values())
    fields = {column: value for column, value in row.items() if column not in taken}
    for part, column in places.items():
        value = _unpacked(part, row[column])
        outer, _, inner = part.partition(".")
        if part == "text" or (value != "" and value is not None):
            if inner:
                whole = fields.setdefault(outer, {})
                if isinstance(whole, dict):
                    whole.setdefault(inner, value)
            else:
                fields[part] = value
    return fields


def _unpacked(part: str, value: object) -> object:
    """Return the object in a cell that holds JSON instead of a name or a title."""
    if part in ("author", "article") and isinstance(value, str):
        if value.lstrip().startswith("{"):
            try:
                return parsed(value)
            except UnfitError:
                pass
        return {"name" if part == "author" else "title": value} if value else None
    return dict(value) if isinstance(value, Mapping) else value


def record(fields: Mapping[str, object], where: str) -> Record | Fault:
    """Return the record that the fields make, or what keeps them from being one."""
    rest = dict(fields)
    try:
        case = Case(
            text=_text(rest.pop("text", None), "text"),
            author=_author(rest),
            article=_article(rest),
            parent=_optional(rest.pop("parent", None), "parent"),
        )
    except UnfitError as error:
        return Fault(where, str(error))
    identity = rest.pop("id", None)
    return Record(case, None if identity == "" else identity, rest, where)


def parsed(written: str) -> dict[str, object]:
    """Return the JSON object that is written; raise UnfitError if it is none."""
    if min(written.count("["), written.count("]")) + written.count("{") > _DEEPEST:
        _refuse_depth(written)
    try:
        value = json.loads(written)
    except json.JSONDecodeError as error:
        message = f"this is no valid JSON: {error.msg} at character {error.pos + 1}"
        raise UnfitError(message) from error
    except (ValueError, RecursionError) as error:
        message = "this is no JSON that can be read: a number is too long or it nests too deep"
        raise UnfitError(message) from error
    if not isinstance(value, dict):
        message = f"the line must be a JSON object, not {_TYPES[type(value)]}"
        raise UnfitError(message)
    return value


def _refuse_depth(written: str) -> None:
    """Raise UnfitError if objects and lists nest deeper than anything sensible does."""
    depth = deepest = 0
    quoted = escaped = False
    for char in written:
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            quoted = True
        else:
            depth += (char in "[{") - (char in "]}")
            deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        message = f"the JSON nests {deepest} levels deep; {_DEEPEST} are allowed"
        raise UnfitError(message)


def _author(rest: dict[str, object]) -> Reader | None:
    """Take the author out of the fields; what else is known about the author stays there."""
    given = rest.pop("author", None)
    if isinstance(given, str):
        return Reader(given) if given else None
    parts = _parts(given, "author")
    name = _optional(parts.pop("name", None), "author.name")
    if parts:
        rest["author"] = parts
    return Reader(name) if name else None


def _article(rest: dict[str, object]) -> Article | None:
    """Take the article out of the fields; what else is known about the article stays there."""
    given = rest.pop("article", None)
    parts = {"title": given} if isinstance(given, str) else _parts(given, "article")
    title, text, byline = (
        _optional(parts.pop(name, None), f"article.{name}") or ""
        for name in ("title", "text", "byline")
    )
    if parts:
        rest["article"] = parts
    return _known_article(title, text, byline) if title or text or byline else None


@lru_cache(maxsize=256)
def _known_article(title: str, text: str, byline: str) -> Article:
    """Return one article for all comments on it: they often follow one another."""
    return Article(title, text, byline)


def _parts(value: object, name: str) -> dict[str, object]:
    """Return the members of an object; nothing has none."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return dict(value)
    message = f"'{name}' must be an object, not {_kind(value)}"
    raise UnfitError(message)


def _text(value: object, name: str) -> str:
    """Return a value if it is a text."""
    if isinstance(value, str):
        return value
    message = f"'{name}' is missing" if value is None else f"'{name}' must be a text, not "
    raise UnfitError(message if value is None else message + _kind(value))


def _optional(value: object, name: str) -> str | None:
    """Return a value if it is a text or nothing."""
    return None if value is None else _text(value, name)


def _kind(value: object) -> str:
    """Name the kind of a value in the words of JSON."""
    return _TYPES.get(type(value), f"a {type(value).__name__}")
