"""
Another name in the same role: whom two sentences that say the same name differently.

Only roles that one person has, such as mayor or suspect, and only names that each article alone
knows: whoever names both may speak of two people.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from ombud.stories.document import Document
from ombud.stories.likeness import terms
from ombud.stories.names import names
from ombud.stories.wording import Token, tokens
from ombud.text import Span

_ROLES: Final = frozenset(
    "president mayor governor chief director chairman chairwoman chair chancellor premier king"
    " queen pope ceo founder owner author captain coach headmaster principal bishop archbishop"
    " sheriff superintendent suspect driver pilot victim winner husband wife father mother"
    " successor predecessor gunman shooter attacker killer".split()
)
_IDENTIFIED: Final = frozenset("identified named".split())
_SAME: Final = 0.6
"""Share of the words of the shorter sentence, names aside, that both have."""
_FAR: Final = 14
"""Words between "identified" and "as", at most: "identified the man who fell from it as"."""
_APPOSITION: Final = 5
"""Words after a name in commas, at most, among which its role stands."""


class Named(NamedTuple):
    """
    Who is named in a role.

    whose: words with capitals that say of what, such as "Norrvik" in "the Norrvik mayor".
    """

    role: str
    whose: frozenset[str]
    span: Span
    last: str


def other_names(
    first: tuple[Document, Span], second: tuple[Document, Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield the names, as ranges of the two sentences, that stand in one role in both."""
    texts = [span.quote(document.text) for document, span in (first, second)]
    ours, theirs = (_in_roles(text) for text in texts)
    for role in sorted({one.role for one in ours} & {one.role for one in theirs}):
        left, right = ([one for one in found if one.role == role] for found in (ours, theirs))
        if len(left) > 1 or len(right) > 1:
            continue
        one, other = left[0], right[0]
        if one.whose and other.whose and not one.whose & other.whose:
            continue
        known = _knows(first[0], other.last) or _knows(second[0], one.last)
        if not known and _alike(texts, (one, other)):
            yield one.span, other.span


def _knows(document: Document, last: str) -> bool:
    """Whether an article has a last name anywhere; "Moïse" is "Moise"."""
    return _unaccented(last) in _unaccented(document.text.lower())


@lru_cache(maxsize=64)
def _unaccented(text: str) -> str:
    """Return a text without accents."""
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter))


def _alike(texts: Sequence[str], named: Sequence[Named]) -> bool:
    """Whether two sentences say the same but for the names."""
    rest = [
        {root for _, root in terms(text[: one.span.begin] + text[one.span.end :])}
        for text, one in zip(texts, named, strict=True)
    ]
    return len(rest[0] & rest[1]) >= _SAME * min(map(len, rest))


@lru_cache(maxsize=1 << 12)
def _in_roles(text: str) -> tuple[Named, ...]:
    """Return who is named in a role in a sentence."""
    whole = Span(0, len(text))
    words = tokens(text, whole)
    found = []
    for name in names(text, whole):
        begin = next(at for at, word in enumerate(words) if word.begin >= name.span.begin)
        end = next(at for at, word in enumerate(words) if word.end >= name.span.end) + 1
        # A title stands in the name where no given name does: "Mayor Norr".
        begin += words[begin].low in _ROLES
        place = _role_before(words, begin) if begin else None
        place = _role_after(words, end) if place is None else place
        if place is not None:
            role = words[place].low
            span = Span(words[begin].begin, name.span.end)
            found.append(Named(role, _whose(words, place, span), span, name.last))
    return tuple(found)


def _whose(words: Sequence[Token], role: int, name: Span) -> frozenset[str]:
    """Return of what a role is one: "the Norrvik mayor", "mayor of Norrvik"."""
    near = [words[at] for at in (role - 1, role + 2) if 0 <= at < len(words)]
    return frozenset(
        word.low for word in near if word.capital and not name.begin <= word.begin < name.end
    )


def _role_before(words: Sequence[Token], begin: int) -> int | None:
    """Return where a role stands before a name: "Mayor Ida Norr", "identified as Ida Norr"."""
    last = begin - 1 - (words[begin - 1].low == ",")
    if words[last].low in _ROLES:
        return last
    before = {word.low for word in words[max(0, last - _FAR) : last]}
    return last if words[last].low == "as" and before & _IDENTIFIED else None


def _role_after(words: Sequence[Token], end: int) -> int | None:
    """Return where a role stands after a name: "Ida Norr, the mayor of Norrvik,"."""
    if end >= len(words) or words[end].low != ",":
        return None
    places = range(end + 1, min(end + 1 + _APPOSITION, len(words)))
    return next((at for at in places if words[at].low in _ROLES), None)
