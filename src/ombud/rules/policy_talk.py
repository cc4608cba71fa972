"""
No discussion of our comment policy or of moderation.

We welcome criticism of our work, but we do not want comments to become bogged down with talk about
comments.
Write to the desk instead.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.policy import Finding, Rule

_CUES = phrases("policy_talk_phrases")


def detect(case: Case, *, alone: float = 0.3, with_cue: float = 0.12) -> Iterator[Finding]:
    """
    Weigh turns of phrase and what the model takes the comment for.

    `alone`: score of the model that is enough by itself.
    `with_cue`: score that is enough where a turn of phrase is found.
    """
    certainty, span = weigh(case, "POLICY_TALK", _CUES, alone=alone, with_cue=with_cue)
    if certainty:
        yield Finding(
            "This is about the comment policy or moderation of this site.", certainty, span
        )


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent",),
    lets_pass=(
        "Everything in moderation, said my doctor, cake included.",
        "The debate moderator lost control after ten minutes.",
        "Facebook deleted the council's page, says the article, and nobody knows why.",
        "Too much football in this paper, and not enough about the harbour.",
        "The minister had no comment on the new insurance policy.",
        "He was banned from driving for a year.",
        "The library is banning phones, and about time too.",
        "Well said, I agree with the comment above.",
    ),
    catches=(
        "Why was my comment deleted? It broke no rule.",
        "The moderators here only approve what suits them.",
        "Let's see how long this one stays up before it gets removed.",
        "My last three posts vanished without a word.",
        "Your comment policy is a joke.",
        "Awaiting moderation for six hours now.",
        "I was banned from commenting for saying less.",
        "Censorship in these comments is out of control.",
    ),
)
