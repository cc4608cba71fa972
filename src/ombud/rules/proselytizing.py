"""
No proselytizing.

Talk about religion is welcome where it belongs to the story.
Comments are no place to convert other readers to a faith, or away from one.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.policy import Finding, Rule

_CUES = phrases("proselytizing_phrases")


def detect(case: Case, *, alone: float = 0.5, with_cue: float = 0.12) -> Iterator[Finding]:
    """
    Weigh turns of phrase and what the model takes the comment for.

    `alone`: score of the model that is enough by itself.
    `with_cue`: score that is enough where a turn of phrase is found.
    """
    certainty, span = weigh(case, "PROSELYTIZING", _CUES, alone=alone, with_cue=with_cue)
    if certainty:
        yield Finding("This preaches, or wants to convert other readers.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent",),
    lets_pass=(
        "The church hall sale raised nine hundred pounds for the roof.",
        "Thank God nobody was hurt.",
        "My faith is why I foster, and I ask nothing of anybody else.",
        "The court was right: no prayer in the council chamber.",
        "The mosque opened its kitchen during the flood.",
        "Preaching to the choir, as ever.",
        "Thoughts and prayers for the family.",
        "The bishop should answer the inquiry.",
    ),
    catches=(
        "Repent, for the end is near.",
        "Accept Jesus as your saviour and you will be saved.",
        "Read the Quran with an open heart and you will find peace.",
        "Come to our temple on Sunday and learn the truth.",
        "Turn to God before it is too late.",
        "Only Christ can heal this land, give your life to him.",
        "Throw away your fairy tales, leave your church and be free.",
        "Pray this prayer with me and be born again.",
    ),
)
