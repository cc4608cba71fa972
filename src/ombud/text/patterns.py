"""
Patterns over folded text, in time linear in its length.

RE2 has no backtracking, so no input can hang a rule; the price is that patterns have neither
look-around nor back-references.
"""

from collections.abc import Iterator

import re2

from ombud.text.folding import Folded
from ombud.text.span import Span


def readable(text: str) -> str:
    """Return a text with question marks for lone surrogates, which RE2 cannot read."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Pattern:
    """Alternatives looked for as one RE2 expression; matches are ranges of the original."""

    def __init__(self, *alternatives: str) -> None:
        """Compile the alternatives; each is matched between word edges of the folded text."""
        joined = "|".join(f"(?:{alternative})" for alternative in alternatives)
        self._expression = re2.compile(rf"(?:^|\b|\s)(?:{joined})(?:\b|\s|$)")

    def search(self, folded: Folded) -> Span | None:
        """Return the first match, or None."""
        return next(self.find(folded), None)

    def find(self, folded: Folded) -> Iterator[Span]:
        """Yield every match from left to right, none overlapping another."""
        for match in self._expression.finditer(folded.text):
            begin, end = match.span()
            matched = folded.text[begin:end]
            begin += len(matched) - len(matched.lstrip())
            yield folded.span(begin, max(begin, end - (len(matched) - len(matched.rstrip()))))
