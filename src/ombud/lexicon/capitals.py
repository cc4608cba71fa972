"""Tell words in capitals that are shouted from acronyms and names."""

from dataclasses import dataclass

from ombud.lexicon import words
from ombud.text import Span
from ombud.text import words as words_of

_COMMON = words("everyday")
_LONGEST_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word with letters: where it stands, how many letters, in capitals, and whether shouted."""

    span: Span
    letters: int
    capital: bool
    loud: bool


def spoken_words(text: str, article: str = "") -> list[Spoken]:
    """
    Return the words that have letters; those in capitals in the article are never shouted.

    A short word that is not common is taken for an acronym, unless it stands between shouted ones.
    """
    known = {word for span in words_of(article) if (word := span.quote(article)).isupper()}
    spans = [span for span in words_of(text) if any(map(str.isalpha, span.quote(text)))]
    capital = [span.quote(text).isupper() for span in spans]
    loud = [_shouted(span.quote(text)) and span.quote(text) not in known for span in spans]
    edge = len(spans) - 1
    return [
        Spoken(
            span,
            sum(map(str.isalpha, span.quote(text))),
            capital[n],
            loud[n]
            or (
                capital[n]
                and edge > 0
                and span.quote(text) not in known
                and (n == 0 or loud[n - 1])
                and (n == edge or loud[n + 1])
            ),
        )
        for n, span in enumerate(spans)
    ]


def _shouted(word: str) -> bool:
    """Whether a word in capitals is a word rather than an acronym or a code."""
    if not word.isupper() or len(word) == 1 or any(map(str.isdigit, word)):
        return False
    lower = word.lower().replace("’", "'")
    return len(word) > _LONGEST_ACRONYM or lower in _COMMON or "'" in lower


def passages(spoken: list[Spoken]) -> list[list[Spoken]]:
    """Return runs of shouted words; acronyms and names inside a run do not end it."""
    runs: list[list[Spoken]] = []
    run: list[Spoken] = []
    for word in [*spoken, Spoken(Span(0, 0), 0, capital=False, loud=False)]:
        if word.loud or (word.capital and run):
            run.append(word)
        elif run:
            while not run[-1].loud:
                run.pop()
            runs.append(run)
            run = []
    return runs
