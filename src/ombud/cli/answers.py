"""The answer to one comment, as it stands in a line of JSON."""

import json
import math
from collections.abc import Mapping
from typing import Final

from ombud import Decision
from ombud.answers import decided
from ombud.records import Record

_OURS: Final = frozenset({"action", "findings", "scores", "policy", "model", "trials", "input"})


def answer(record: Record, decision: Decision) -> dict[str, object]:
    """
    Return what is decided about a record.

    Fields of the record that are not ours are kept; those named like ours stand under `input`.
    """
    aside = {name: value for name, value in record.extra.items() if name in _OURS}
    line: dict[str, object] = {"id": record.id, **decided(record.case.text, decision)}
    if aside:
        line["input"] = aside
    return line | {name: value for name, value in record.extra.items() if name not in _OURS}


def written(line: Mapping[str, object]) -> str:
    """
    Return one line of JSON in ASCII, so that lone surrogates survive any terminal and file.

    JSON has no word for infinity and for what is not a number; they become null.
    """
    try:
        return json.dumps(line, allow_nan=False, default=_plain)
    except ValueError:
        return json.dumps(_finite(line), default=_plain)


def _plain(value: object) -> object:
    """Return a value of a table that JSON does not know, such as a date, as a text."""
    return value.hex() if isinstance(value, bytes) else str(value)


def _finite(value: object) -> object:
    """Return the value with null for every number that is none."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value
