"""
Whether a text says that something published is wrong.

The model that reads comments for the clause "Errors go to the corrections desk" reads the text and
each of its sentences; a turn of phrase makes it surer.
"""

import itertools
from collections.abc import Sequence
from typing import Final

from ombud.case import Case
from ombud.engine import Engine
from ombud.lexicon import phrases

ATTRIBUTE: Final = "CORRECTION_REQUEST"
_SIGNAL: Final = "intent"
_CUES: Final = phrases("correction_request_phrases")
_MOST_SENTENCES: Final = 60
"""Sentences of a text that are read; who has not said it by then does not report an error."""
_WITH_CUE: Final = 0.5
"""What a turn of phrase alone is worth."""


class Asserting:
    """What scores how surely texts assert an error; it may be shared by threads."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine whose model reads; without one the turns of phrase must do."""
        self._engine = engine

    def asserts_error(self, text: str) -> float:
        """Return from 0 to 1 how surely a text says that something published is wrong."""
        whole = Case(text)
        spans = whole.sentences[:_MOST_SENTENCES]
        parts = [span.quote(text) for span in spans]
        if not parts:
            return 0.0
        # One after another two sentences may say what neither says alone.
        pairs = [f"{one} {two}" for one, two in itertools.pairwise(parts)]
        return max(self.scores([text[: spans[-1].end], *parts, *pairs]))

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return the same for each of some texts, each read as a whole."""
        cases = [Case(text) for text in texts]
        if _SIGNAL in self._engine.signals:
            found = self._engine.score(cases, [_SIGNAL])
        else:
            found = [{} for _ in cases]
        return [
            _together(score.get(ATTRIBUTE, 0.0), cue=bool(_CUES.search(case.folded)))
            for case, score in zip(cases, found, strict=True)
        ]


def _together(score: float, *, cue: bool) -> float:
    """Return what a score is with a turn of phrase beside it."""
    return _WITH_CUE + (1 - _WITH_CUE) * score if cue else score
