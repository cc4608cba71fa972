"""
No attacks on groups.

Do not demean or attack people for their religion, origin, colour, sex, sexuality, disability or
age.
Laws, governments, institutions and ideas may be criticised, also sharply.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases, words
from ombud.masked import WordList
from ombud.policy import Finding, Rule

_CUES = phrases("hate_phrases")
_SLURS = WordList(words("slurs"))


def detect(
    case: Case, *, alone: float = 0.55, with_cue: float = 0.25, min_words: int = 3
) -> Iterator[Finding]:
    """
    Look for slurs, weigh turns of phrase, and ask the models.

    `alone`: score that is enough by itself.
    `with_cue`: score that is enough where a turn of phrase is found.
    `min_words`: fewer words than these say too little for the models.
    """
    for slur in _SLURS.find(case):
        yield Finding(f'"{slur.span.quote(case.text)}" is a slur.', 0.8, slur.span)
        return
    if len(case.words) < min_words:
        return
    certainty, span = weigh(
        case, "HATEFUL", _CUES, alone=alone, with_cue=with_cue, place="IDENTITY_ATTACK"
    )
    if certainty:
        yield Finding("This attacks people for what they are.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    signals=("intent", "toxicity"),
    lets_pass=(
        "As a gay man I felt safe on that street for the first time.",
        "Our Muslim neighbours brought food when the river came in.",
        "My deaf son got no interpreter in the hospital.",
        "The migrants at our allotment share their beans with everybody.",
        "I am Jewish, and I disagree with this government.",
        "Love this 👍👍",
        "haha 😂😂😂",
        "Immigration is too high for the housing we have, and nobody plans for it.",
        "The Vatican covered it up for forty years.",
        "Cyclists should have to pay for insurance, like the rest of us.",
    ),
    catches=(
        "Send them all back where they came from, they are nothing but criminals.",
        "Muslims do not belong in a civilised country.",
        "Foreigners are filth, and every one of them should be thrown out.",
        "Those people breed like rats and live off the rest of us.",
        "The Jews own the papers, that is why you never read about it.",
        "Gays are perverts and should be kept away from children.",
        "Immigrants are a disease that is killing this country.",
        "The disabled are a burden, and we pay for every one of them.",
    ),
)
