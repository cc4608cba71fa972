"""
Which words of a text carry its toxicity: those that most raters would mark.

The encoder is asked of each piece of the text; a word is marked where one of its pieces is, and
words that follow one another are one run.
Trained on the spans of ToxicSpans (Pavlopoulos et al. 2021, SemEval-2021 task 5); measured by
`benchmarks/spans_quality.py`.
"""

import numpy as np

from ombud.encoder import MARKED, Encoder
from ombud.features import word_spans


def runs(encoder: Encoder, text: str, least: float) -> list[tuple[int, int]]:
    """Return begin and end of each run of words with a piece whose log-odds are `least` or more."""
    begins, ends = word_spans(text)
    marked = np.zeros(len(begins) + 2, dtype=bool)
    for begin, end, margin in encoder.shares(text, MARKED):
        if margin >= least:
            first, after = np.searchsorted(ends, begin, "right"), np.searchsorted(begins, end)
            marked[first + 1 : after + 1] = True
    edges = np.flatnonzero(np.diff(marked))
    return list(zip(begins[edges[::2]].tolist(), ends[edges[1::2] - 1].tolist(), strict=True))
