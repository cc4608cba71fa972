"""
Which comments only quote the same: a slogan in quotation marks, a line of the article.

Readers who quote one line and each say something else about it repeat nothing.
Who posts the line alone adds nothing to it, however many do, so that counts as any other text.
"""

from functools import lru_cache
from typing import Final

from ombud.newsroom import Article
from ombud.repeats.likeness import likeness
from ombud.text import fold, folded_words, own_words

_FEWEST: Final = 4
"""Words from which on a comment says something of its own beside what it quotes."""


def source_of(article: Article) -> str:
    """Return what comments on an article may take from it."""
    return f"{article.title}\n{article.text}"


def only_quotes(text: str, source: str) -> bool:
    """Whether a comment is hardly more than what it quotes, or takes from `source`."""
    own, whole = _said(text, source)
    return len(own) < min(_FEWEST, len(whole))


def quotes(text: str, earlier: str, source: str, least: float = 0.8) -> bool:
    """
    Whether two comments that are alike have nothing in common but what they quote.

    `source`: the text that both may take it from, such as the article.
    `least`: the likeness from which their own words are alike as well.
    """
    if text == earlier:
        return False
    said = [_said(one, source) for one in (text, earlier)]
    if not any(_FEWEST <= len(own) < len(whole) for own, whole in said):
        return False
    one, other = (" ".join(own if len(own) >= _FEWEST else whole) for own, whole in said)
    return likeness(one, other, least) < least


@lru_cache(maxsize=1024)
def _said(text: str, source: str) -> tuple[list[str], list[str]]:
    """Return the own words of a comment, and all of them, folded."""
    whole = [word for word, _, _ in folded_words(fold(text).text)]
    return own_words(text, source), whole
