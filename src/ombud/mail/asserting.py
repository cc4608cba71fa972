"""
Whether a mail says that something published is wrong.

A model that was taught with letters to newsrooms reads subject and text together.
Most of its letters say it in no turn of phrase, so one that the model of comments believes is heard
as well.
Where no model runs, turns of phrase must do.
Measured by `benchmarks/mail_quality.py`.
"""

from typing import Final

from ombud import disputes
from ombud.case import Case
from ombud.engine import Engine
from ombud.lexicon import phrases

_SIGNAL: Final = "intent"
_CUES: Final = phrases("correction_request_phrases")
_MODEL: Final = "CORRECTION_REQUEST"
_OF_A_PHRASE: Final = 0.5
"""What a turn of phrase is worth, alone or where the model of comments is as sure."""


class Asserting:
    """What scores how surely mails assert an error; it may be shared by threads."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine; where it runs no models, the turns of phrase must do."""
        self._engine = engine
        self._reading = disputes.shared() if _SIGNAL in engine.signals else None

    def asserts_error(self, subject: str, text: str) -> float:
        """Return from 0 to 1 how surely a mail says that something published is wrong."""
        case = Case(f"{subject}. {text}")
        if not case.words:
            return 0.0
        of_a_phrase = _OF_A_PHRASE if _CUES.search(case.folded) else 0.0
        if not self._reading:
            return of_a_phrase
        read = self._reading.letter(case.meant.text)
        if read >= of_a_phrase:
            return read
        (scores,) = self._engine.score([case], [_SIGNAL])
        return of_a_phrase if scores.get(_MODEL, 0.0) >= _OF_A_PHRASE else read
