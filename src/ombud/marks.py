"""
Which words of a text carry its toxicity: those that raters would mark.

The encoder is asked of each piece of the text; a word is marked where one of its pieces is, and
words that follow one another are one run.
Trained on the spans of ToxicSpans (Pavlopoulos et al. 2021, SemEval-2021 task 5); measured by
`benchmarks/spans_quality.py`.
"""

import unicodedata
from functools import partial
from itertools import starmap
from typing import Final

import numpy as np

from ombud.encoder import MARKED, Encoder
from ombud.features import word_spans
from ombud.text import Span

_AROUND: Final = frozenset(".,;:!?\"'()[]{}\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb")
_FAR: Final = 20
"""Characters on each side that are taken in at most."""
_INVISIBLE: Final = ("Cc", "Cf")
"""Categories of control and format characters; accents that follow a letter are neither."""


def runs(encoder: Encoder, text: str, least: float) -> list[tuple[int, int]]:
    """
    Return begin and end of each run of words with a piece whose log-odds are `least` or more.

    What signs join to such a word, as in "f---ing", belongs to it.
    """
    begins, ends = word_spans(text)
    marked = np.zeros(len(begins) + 2, dtype=bool)
    for begin, end, margin in encoder.shares(text, MARKED):
        if margin >= least:
            first, after = np.searchsorted(ends, begin, "right"), np.searchsorted(begins, end)
            marked[first + 1 : after + 1] = True
    edges = np.flatnonzero(np.diff(marked))
    found = zip(begins[edges[::2]].tolist(), ends[edges[1::2] - 1].tolist(), strict=True)
    joined: list[tuple[int, int]] = []
    for begin, end in starmap(partial(_widened, text), found):
        touches = joined and begin <= joined[-1][1]
        joined.append((joined.pop()[0] if touches else begin, end))
    return joined


def _widened(text: str, begin: int, end: int) -> tuple[int, int]:
    """Take in what stands before and behind without a space, except for the marks of a sentence."""
    first, last = begin, end
    while begin - first < _FAR and first and not text[first - 1].isspace():
        first -= 1
    while last - end < _FAR and last < len(text) and not text[last].isspace():
        last += 1
    while first < begin and text[first] in _AROUND:
        first += 1
    while last > end and text[last - 1] in _AROUND:
        last -= 1
    return first, last


def visible(text: str, span: Span) -> Span:
    """Leave out the invisible characters after the last visible one of a span of the original."""
    begin, end = span
    while end > begin and unicodedata.category(text[end - 1]) in _INVISIBLE:
        end -= 1
    return Span(begin, end)
