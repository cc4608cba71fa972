"""
How surely a comment asserts an error in the article that it stands under.

A few named pieces of evidence, each of which a reader of the decision can check, are weighed
together with what models make of the comment by itself, and of comment and article together.
Fitted by `training/correction.py`; measured by `benchmarks/mail_quality.py`.
"""

from dataclasses import dataclass
from math import exp, log
from typing import Final

from ombud.assertions.against import printed
from ombud.case import Case
from ombud.lexicon.printed import answers, signs
from ombud.newsroom import Article
from ombud.text import Span

WEIGHTS: Final = {
    "model": 0.06,
    "read": 0.69,
    "phrase": 0.81,
    "printed": 0.74,
    "paper": 0.54,
    "knows": 0.34,
    "answers": -0.29,
}
"""
What each piece of evidence adds to the log-odds.

model: what the model makes of the comment alone, as log-odds.
read: what it makes of the comment with the sentences of the article that it speaks of, the same.
phrase: a turn of phrase of those who ask for a correction.
printed: something is set against what the article prints.
paper: the comment speaks of the paper, the headline, the photo.
knows: it says how it knows.
answers: it answers another reader.
"""
SHIFT: Final = -0.13
_MOST: Final = 5.0
"""Log-odds of the model that are believed at most."""
_EITHER: Final = ("paper", "knows")
"""Signs that count once, in whichever sentence they stand."""
_READ: Final = 50
"""Sentences of a comment that are read; who has not said it by then does not report an error."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    The pieces of evidence by their names in `WEIGHTS`.

    `why`: what is set against the article, in words that go on from "it"; `span`: where.
    """

    pieces: dict[str, float]
    why: str = ""
    span: Span | None = None

    @property
    def chance(self) -> float:
        """From 0 to 1; from one half on, taking it for an assertion is the better bet."""
        margin = SHIFT + sum(WEIGHTS[name] * value for name, value in self.pieces.items())
        return 1 / (1 + exp(-margin))


def evidence(case: Case, article: Article, score: float, read: float, *, phrase: bool) -> Evidence:
    """
    Return what speaks for an assertion of an error in a comment, and what against it.

    `score`, `read`: what models give the comment alone, and with its article; `phrase`: whether a
    turn of phrase asks to correct.
    """
    ours = printed(article)
    spans = case.sentences[:_READ] or [Span(0, len(case.text))]
    borne, why, where = [], "", None
    for span in spans:
        sentence = span.quote(case.text)
        found = signs(sentence)
        borne.append(found)
        if not why:
            why = ours.set_against(sentence, found, ends=span == spans[-1])
            where = span if why else None
    pieces = {name: float(any(name in one for one in borne)) for name in _EITHER}
    pieces |= {
        "model": max(-_MOST, min(_MOST, _log_odds(score))),
        "read": max(-_MOST, min(_MOST, _log_odds(read))),
        "phrase": float(phrase),
        "printed": float(bool(why)),
        "answers": float(bool(case.parent) or answers(case.text)),
    }
    return Evidence(pieces, why, where)


def _log_odds(probability: float) -> float:
    """Return the log-odds of a probability, which may be 0 or 1."""
    kept = min(1 - 1e-6, max(1e-6, probability))
    return log(kept / (1 - kept))
