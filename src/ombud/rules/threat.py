"""
No threats.

Do not threaten anybody, do not call for violence, and do not wish for harm to come to people.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.policy import Finding, Rule

_CUES = phrases("threat_phrases")


def detect(case: Case, *, alone: float = 0.6, with_cue: float = 0.25) -> Iterator[Finding]:
    """
    Weigh turns of phrase and what the models take the comment for.

    `alone`: score that is enough by itself.
    `with_cue`: score that is enough where a turn of phrase is found.
    """
    certainty, span = weigh(
        case, "THREATENING", _CUES, alone=alone, with_cue=with_cue, place="THREAT"
    )
    if certainty:
        yield Finding("This threatens somebody, or wishes for violence.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    signals=("intent", "toxicity"),
    lets_pass=(
        "The queue at the post office will be the death of me.",
        "I could murder a curry after that match.",
        "Vote them out, every one of them.",
        "He threatened to kill his wife, the court heard.",
        "We will fight this in court, all the way.",
        "That junction needs lights before there is another accident.",
        "We beat them 3-0 and could have had six.",
        "The police shot a man on Saturday, and I want to know why.",
    ),
    catches=(
        "I know where you live.",
        "Somebody should put a bullet in him.",
        "String them up from the lamp posts.",
        "I will break your legs if you come down our road again.",
        "Somebody ought to beat him senseless.",
        "I hope he gets cancer and dies slowly.",
        "Run the cyclists over, that will teach them.",
        "Burn it down with them inside.",
    ),
)
