"""The words of English with how often each is written: SCOWL, as symspellpy brings it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import symspellpy


@cache
def counts() -> Mapping[str, int]:
    """Return how often each word of the dictionary, in small letters, is written."""
    path = files(symspellpy).joinpath("frequency_dictionary_en_82_765.txt")
    lines = map(str.split, path.read_text(encoding="utf-8-sig").splitlines())
    return MappingProxyType({word: int(count) for word, count in lines})
