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


def detect(
    case: Case, *, alone: float = 0.8, with_cue: float = 0.45, min_insult: float = 0.9
) -> Iterator[Finding]:
    """
    Weigh names and put-downs against what the models take the comment for.

    `alone`: score that is enough by itself.
    `with_cue`: score that is enough where a name or a put-down is found.
    `min_insult`: score of the toxicity model for INSULT that is enough by itself.
    """
    certainty, span = weigh(case, "PERSONAL_ATTACK", _CUES, alone=alone, with_cue=with_cue)
    if (
        not certainty
        and case.scores.above("INSULT", min_insult)
        and case.scores.get("PERSONAL_ATTACK", 1.0) > with_cue
    ):
        certainty, span = case.scores["INSULT"], case.scores.span("INSULT")
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
        "You are not stupid, but you have missed the second page.",
        "A pig farm next to a school: what could go wrong?",
        "Calling her a cow is disgusting, stop it.",
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
