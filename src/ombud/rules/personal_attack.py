"""
No personal attacks.

Neither on another reader, nor on the author, nor on a person in the story.
Criticise what people do, decide and say as sharply as you like, not the people themselves.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.policy import Finding, Rule

_CUES = phrases("attack_phrases")


def detect(case: Case, *, alone: float = 0.6, with_cue: float = 0.2) -> Iterator[Finding]:
    """
    Weigh names and put-downs against what the models take the comment for.

    `alone`: score that is enough by itself.
    `with_cue`: score that is enough where a name or a put-down is found.
    """
    certainty, span = weigh(
        case, "PERSONAL_ATTACK", _CUES, alone=alone, with_cue=with_cue, place="INSULT"
    )
    if certainty:
        yield Finding("This attacks a person.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    signals=("intent", "toxicity"),
    lets_pass=(
        "This plan is idiotic, and whoever pays for it should be told so.",
        "He should resign after a budget like that.",
        "I am an idiot for believing it.",
        "He called me a moron, and nobody stepped in.",
        "I do not agree with you, but you put it well.",
        "A pig farm next to a school: what could go wrong?",
        "Calling each other names gets us nowhere.",
        "Worst council budget in years, and the worst of it is the library.",
    ),
    catches=(
        "You are an idiot.",
        "What a pathetic little man this mayor is.",
        "Bless, did you manage to type that all by yourself?",
        "The author is a clown who could not find the town hall with a map.",
        "You clearly cannot read, which is typical of your kind.",
        "She is a lying snake and always has been.",
        "Go back to school, you ignorant fool.",
        "He has the brain of a pigeon and the face to match.",
    ),
)
