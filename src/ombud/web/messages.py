"""
Typed reading of the JSON that Google's clients send.

Names are accepted as `doNotStore` and as `do_not_store`, and null counts as absent, as Google's
own reader had it.
Whatever has another type than documented is a `GoogleError` that names the field.
"""

import math
from functools import cache
from typing import Final

from ombud.web.wire import GoogleError, size

_HUGE: Final = 1e300
_SHORT: Final = 1024
"""Bytes of a short text in UTF-8: an id of a comment, the address of a site."""
_ENTRIES: Final = 100
_PARTS: Final = 1000


@cache
def _snake(name: str) -> str:
    """Return `doNotStore` as `do_not_store`."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)


class Message:
    """A JSON object whose fields are read by name and type."""

    def __init__(self, content: dict[str, object], path: str = "") -> None:
        """Take the object, and where it stands in the request."""
        self.content = content
        self._path = path

    def text(self, name: str) -> str | None:
        """Return a text, or None where the field is absent."""
        value = self._value(name)
        if value is None or isinstance(value, str):
            return value
        raise self._wrong(name, "a string")

    def short(self, name: str) -> str | None:
        """Return a text such as an id, or None where the field is absent."""
        value = self.text(name)
        if value is not None and size(value) > _SHORT:
            raise self._wrong(name, f"at most {_SHORT} bytes of UTF-8")
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value, False where the field is absent."""
        value = self._value(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._wrong(name, "true or false")

    def written_flag(self, name: str) -> bool:
        """Return a truth value that may be written as a text: Talk v4 passes a variable on."""
        value = self._value(name)
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        return self.flag(name)

    def number(self, name: str) -> float | None:
        """Return a finite number, or None where the field is absent."""
        value = self._value(name)
        if value is None:
            return None
        # Comparing before converting: a whole number of 400 digits is no float.
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _HUGE:
            raise self._wrong(name, "a number")
        if math.isnan(value):
            raise self._wrong(name, "a number")
        return float(value)

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None where the field is absent."""
        value = self._value(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(name, "a whole number")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts that are short all together, empty where the field is absent."""
        value = self._value(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self._wrong(name, "a list of strings")
        if len(value) > _ENTRIES or sum(map(size, value)) > _SHORT:
            most = f"at most {_ENTRIES} strings with {_SHORT} bytes of UTF-8 in all"
            raise self._wrong(name, most)
        return tuple(value)

    def message(self, name: str) -> "Message | None":
        """Return an object, or None where the field is absent."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, dict):
            return Message(value, self._at(name))
        raise self._wrong(name, "an object")

    def messages(self, name: str) -> "list[Message]":
        """Return a list of objects, empty where the field is absent."""
        value = self._value(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self._wrong(name, "a list of objects")
        if len(value) > _PARTS:
            raise self._wrong(name, f"at most {_PARTS} objects")
        return [Message(part, f"{self._at(name)}[{place}]") for place, part in enumerate(value)]

    def entries(self, name: str) -> "dict[str, Message]":
        """Return an object of objects; an entry that is null counts as empty."""
        found = self.message(name)
        if found is None:
            return {}
        if len(found.content) > _ENTRIES or any(size(key) > _SHORT for key in found.content):
            most = f"at most {_ENTRIES} entries with names of at most {_SHORT} bytes of UTF-8"
            raise self._wrong(name, most)
        return {
            key: found.message(key) or Message({}, f"{self._at(name)}.{key}")
            for key in found.content
        }

    def _value(self, name: str) -> object:
        """Return the value under either spelling of the name."""
        value = self.content.get(name)
        return self.content.get(_snake(name)) if value is None else value

    def _at(self, name: str) -> str:
        """Return the field's place in the request."""
        return f"{self._path}.{name}" if self._path else name

    def _wrong(self, name: str, kind: str) -> GoogleError:
        """Return the error for a field of another type."""
        return GoogleError(f"Invalid value at '{self._at(name)}': it must be {kind}.")
