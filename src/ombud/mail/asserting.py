"""
Whether a mail says that something published is wrong.

The model that reads comments for the clause "Errors go to the corrections desk" reads it, without
sentences that only ask for something; a turn of phrase makes it surer.
The model knows comments and no letters about deliveries and invoices: words of those make it less
sure.
Measured by `benchmarks/mail_quality.py`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import re2

from ombud.case import Case
from ombud.engine import Engine
from ombud.lexicon import phrases

ATTRIBUTE: Final = "CORRECTION_REQUEST"
_SIGNAL: Final = "intent"
_CUES: Final = phrases("correction_request_phrases")
_ASKS: Final = re2.compile(
    r"(?i)^\W*(?:may|could|can|would|will|do|does|where|when|how|is there|are there|have you|what"
    r"|which|who|why|please (?:find|take|give|confirm|tell|cancel|stop|refund|send|do)"
    r"|i'd (?:like|be)|we'd (?:like|love)|i would like|thanks?|love|keep)\b"
)
_CONTRADICTS: Final = re2.compile(
    r"(?i)n['’]t (?:it|he|she|they|the|that|this|there)\b"
    r"|\b(?:wrong\w*|errors?|mistakes?|mistaken|incorrect\w*|correct\w*|typos?|inaccurate\w*)\b"
)
_BUSINESS: Final = re2.compile(
    r"(?i)\b(?:subscri\w*|deliver(?:y|ed|s)?|refunds?|charged|invoices?|password|log ?in"
    r"|newsletters?|kiosk|advert\w*|invit\w+|internships?|reprint|permission|vacanc\w*|openings"
    r"|unsubscribe|renewal|raffle|competition|print shop|paywall|survey|archive)\b"
)
_ELSEWHERE: Final = re2.compile(
    r"(?i)^\W*(?:for immediate release|press release|letters? (?:to the editor|for publication))\b"
    r"|\b(?:for immediate release|rate card|voucher|by card|new address|review copies|proofreaders"
    r"|(?:buy|order|send) (?:\w+ ){0,3}(?:cop(?:y|ies)|prints?)|copy (?:the|your|this) article"
    r"|(?:would|could|can|may) (?:you|i|we) (?:\w+ )?(?:re)?print|(?:was|were|not) (?:wet"
    r"|delivered)|it would be nice|death notice|well (?:said|written)|thank your readers)\b|^\W*@"
)
_PUBLISHED: Final = re2.compile(
    r"(?i)\b(?:articles?|stor(?:y|ies)|reports?|piece|headlines?|captions?|captioned|photo\w*|pictures?"
    r"|maps?|charts?|graph\w*|tables?|list(?:ed|s)?|box|infobox|paragraphs?|lead|lines?|sentences?"
    r"|quot(?:e[ds]?|ation|ing)|interview|host|presenter|ticker|links?|page|obituary|review|ranking"
    r"|credit(?:ed)?|printed|in print|series|podcast|video|diagram|recipe|spell\w*|you(?:['’]ve"
    r"| have)? (?:writes?|wrote|says?|said|print|gives?|gave|list|call|quoted?|state|claim|named?"
    r"|forg[eo]t|speak|spoke|describe|mention|show|made|mixed|put|got|use|used))\b"
)
_UNSAID: Final = re2.compile(
    r"(?i)^\W*[\"“”‘'][^\"”]{1,40}[\"”’'][?.]?$|^\W*[\"“][^\"”]{1,40}[\"”]\? |\bnot \w+[.!]?\s*$"
)
_WINDOW: Final = 8
"""Sentences that are read together: more of other matters would drown one that asserts an error."""
_MOST: Final = 64
"""Sentences of a mail that are read; who has not said it by then does not report an error."""
_WITH_CUE: Final = 0.5
"""What a turn of phrase alone is worth."""
_OF_BUSINESS: Final = 0.2
"""What is left of a score where a mail is about a delivery or an invoice, and no phrase speaks."""
_OF_ELSEWHERE: Final = 0.005
"""The same where it is a letter to print, a press release, an answer to another reader."""
_UNPLACED: Final = 0.15
"""The same where nothing in it names something that is published."""


class Asserting:
    """What scores how surely texts assert an error; it may be shared by threads."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine whose model reads; without one the turns of phrase must do."""
        self._engine = engine

    def asserts_error(self, subject: str, text: str) -> float:
        """Return from 0 to 1 how surely a mail says that something published is wrong."""
        # A subject alone ("The mill") says nothing; where there is no more it must do.
        said = list(_stating(text if text.strip() else subject))[:_MOST]
        if not said:
            return 0.0
        starts = range(0, max(1, len(said) - _WINDOW // 2), _WINDOW // 2)
        score = max(self.scores([" ".join(said[place : place + _WINDOW]) for place in starts]))
        cue = any(_CUES.search(Case(one).folded) for one in (*said, subject))
        return score if cue else score * _weight(subject, text)

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return for each of some texts how surely it asserts an error, each read as a whole."""
        cases = [Case(text) for text in texts]
        if _SIGNAL in self._engine.signals:
            found = self._engine.score(cases, [_SIGNAL])
        else:
            found = [{} for _ in cases]
        return [
            _together(score.get(ATTRIBUTE, 0.0), cue=bool(_CUES.search(case.folded)))
            for case, score in zip(cases, found, strict=True)
        ]


def _stating(text: str) -> Iterator[str]:
    """Yield the sentences that do not only ask for something."""
    for span in Case(text).sentences:
        words = span.quote(text)
        if (
            not _ASKS.search(words)
            or _CONTRADICTS.search(words)
            or _CUES.search(Case(words).folded)
        ):
            yield words


def _weight(subject: str, text: str) -> float:
    """Return what a score is worth where no turn of phrase speaks for it."""
    whole = f"{subject}\n{text}"
    if _ELSEWHERE.search(subject) or _ELSEWHERE.search(text):
        return _OF_ELSEWHERE
    worth = _OF_BUSINESS if _BUSINESS.search(whole) else 1.0
    return worth if _PUBLISHED.search(whole) or _UNSAID.search(text) else worth * _UNPLACED


def _together(score: float, *, cue: bool) -> float:
    """Return what a score is with a turn of phrase beside it."""
    return _WITH_CUE + (1 - _WITH_CUE) * score if cue else score
