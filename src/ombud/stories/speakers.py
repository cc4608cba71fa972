"""
Who speaks where a pronoun or a last name stands: the full name earlier in the document.

Only where one candidate fits; where two do, nobody is named.
"""

from collections.abc import Sequence
from typing import Final

from ombud import lexicon
from ombud.lexicon.names import TITLES
from ombud.stories.document import Attribution, Document
from ombud.stories.names import Name, full_name, last_name, names
from ombud.stories.wording import tokens
from ombud.text import Span

_HE: Final = frozenset("he his him himself".split())
_SHE: Final = frozenset("she her hers herself".split())
_MEN: Final = frozenset(
    "mr sir lord king prince pope congressman spokesman chairman father".split()
)
_WOMEN: Final = frozenset(
    "mrs ms miss dame lady queen princess congresswoman spokeswoman chairwoman mother".split()
)
_PAIR: Final = 2
_NEAR: Final = 400
"""Characters before a pronoun in which whoever it stands for is looked for."""


class People:
    """The people of a document by their last name, in the order in which they are named."""

    def __init__(self, document: Document) -> None:
        """Read the names."""
        self._text = document.text
        self._names = names(document.text, document.body)
        self._first: dict[str, list[Name]] = {}
        for name in self._names:
            self._first.setdefault(name.last, []).append(name)
        self._genders = {last: self._gender(found) for last, found in self._first.items()}

    def speaker(self, source: Span, earlier: Sequence[Attribution]) -> Span | None:
        """Return the full name of a source, None where it has one itself or none is sure."""
        word = source.quote(self._text).lower()
        if word in {"he", "she", "his", "her"}:
            return self._pronoun(word, source, earlier)
        last = last_name(self._text, source)
        return self._full(last, source.begin) if last else None

    def _full(self, last: str, before: int) -> Span | None:
        """Return the first mention of the one person with a last name, before a place."""
        found = [name for name in self._first.get(last, ()) if name.span.begin < before]
        full = [name for name in found if not self._titled(name)]
        given = {name.span.quote(self._text).split()[0] for name in full}
        if len(given) > 1:
            return None
        return (full or found)[0].span if found else None

    def _titled(self, name: Name) -> bool:
        """Whether a name is a title and a last name only, as in "Mr. Norr"."""
        parts = name.span.quote(self._text).split()
        return len(parts) == _PAIR and parts[0].rstrip(".").lower() in TITLES

    def _gender(self, found: Sequence[Name]) -> str:
        """Return "he" or "she" where the name, a title or an office tells, or nothing."""
        for name in found:
            given = name.span.quote(self._text).split()[0].lower()
            if known := lexicon.words("given_genders").get(given):
                return known
            line = self._text.rfind("\n", 0, name.span.begin) + 1
            words = tokens(self._text, Span(max(line, name.span.begin - 30), name.span.begin))
            before = {word.low for word in words[-2:]}
            if before & _MEN or before & _WOMEN:
                return "he" if before & _MEN else "she"
        return ""

    def _pronoun(self, word: str, source: Span, earlier: Sequence[Attribution]) -> Span | None:
        """
        Return the one person a pronoun can stand for.

        That is who spoke last, or where nobody spoke nearby the one person mentioned; nobody else
        may be near whom the pronoun fits, and somebody of unknown gender fits always.
        """
        wanted = "he" if word in _HE else "she"
        begin = max(0, source.begin - _NEAR)
        chosen: str | None = None
        for one in reversed(earlier):
            if one.content[-1].end <= begin or chosen is not None:
                break
            spoke = one.speaker or one.source
            if spoke is not None and spoke.quote(self._text).lower() in _HE | _SHE:
                return None
            chosen = self._last(spoke)
            begin = one.content[0].begin if chosen is not None else begin
        near = self._mentioned(begin, source.begin) | ({chosen} if chosen else set())
        fitting = {last for last in near if self._genders[last] in {"", wanted}}
        if len(fitting) != 1 or self._genders[min(fitting)] != wanted:
            return None
        return self._full(fitting.pop(), source.begin)

    def _last(self, spoke: Span | None) -> str | None:
        """Return the last name of who spoke, if it is a person who is named somewhere."""
        if spoke is None:
            return None
        found = full_name(self._text, spoke)
        last = found.last if found else last_name(self._text, spoke)
        return last if last in self._first else None

    def _mentioned(self, begin: int, end: int) -> set[str]:
        """Return the last names of the people mentioned in a range, in full or by their last."""
        words = tokens(self._text, Span(begin, end))
        lows = {w.low.removesuffix("'s").removesuffix("’s") for w in words if w.capital}
        return lows & self._first.keys()
