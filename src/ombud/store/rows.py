"""From a row to the value that it stands for, where both have the same names."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Row

Kind = TypeVar("Kind")


def made(kind: type[Kind], row: Row[Any]) -> Kind:
    """Return the dataclass whose fields are columns of the row."""
    whole: Any = kind
    return kind(*_getter(whole)(row))


@cache
def _getter(kind: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401  # mypy: a type is hashable
    """Return what takes the fields of a dataclass out of a row, in their order."""
    return attrgetter(*(field.name for field in fields(kind)))
