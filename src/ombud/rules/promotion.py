"""
No commercial promotion.

Comments are no place to advertise goods, services, channels or ways to get rich.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.policy import Finding, Rule

_CUES = phrases("promotion_phrases")


def detect(
    case: Case,
    *,
    alone: float = 0.5,
    with_cue: float = 0.12,
    min_spam: float = 0.95,
    spam_with_cue: float = 0.5,
    seconded: float = 0.02,
) -> Iterator[Finding]:
    """
    Weigh turns of phrase and what the models take the comment for.

    `alone`: score of the encoder that is enough by itself.
    `with_cue`: score that is enough where a turn of phrase is found.
    `min_spam`, `spam_with_cue`: the same for the spam model, which knows the blatant kinds.
    `seconded`: score of the encoder below which the spam model is not heard: it knows words only.
    """
    certainty, span = weigh(case, "PROMOTION", _CUES, alone=alone, with_cue=with_cue)
    if not certainty and case.scores.get("PROMOTION", 0.0) >= seconded:
        certainty, span = weigh(case, "SPAM", _CUES, alone=min_spam, with_cue=spam_with_cue)
    if certainty:
        yield Finding("This promotes something for sale.", certainty, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent", "spam"),
    lets_pass=(
        "I bought that vacuum cleaner and it broke in a week.",
        "Buy local, or the high street dies.",
        "My aunt lost her savings to a crypto broker.",
        "They put the price of a ticket up again.",
        "The club won promotion on the last day.",
        "First!",
        "This reads like an advert for the airline.",
        "The food bank needs tins, says the article, so I took some down.",
        "Is it cheaper to fix the boiler or to sell the house?",
    ),
    catches=(
        "I make 90 dollars an hour from home, ask me how.",
        "My broker Mrs Adams doubled my bitcoin in a week, message her on WhatsApp.",
        "We at Dalby Roofing do it for less, call us for a free quote.",
        "Check out my channel and subscribe for more.",
        "Use my code HARBOUR10 for 10% off your first order.",
        "Best essays, cheap prices, order now!",
        "This spell caster brought my husband back, contact him today.",
        "Buy my book on the harbour, out now, signed copies available.",
    ),
)
