"""
No vulgarity.

Crude language is out of place here also where it is no swear word.
Be as blunt as you like about the matter.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon import phrases, words
from ombud.masked import WordList
from ombud.policy import Finding, Rule
from ombud.text import Cover

# Milder swear words are crude words too; initials that stand for swear words are not.
_MILD = {form: form for form, reading in words("profanity_mild").items() if form == reading}
_WORDS = WordList({**_MILD, **words("vulgarity")}, guess=False)
# What these words mean most of the time, or are too weak to be held for alone.
_WEAK = frozenset(
    "ass asses git gits willy pecker hoes crotch pimp pimps pimped puke puked puking snot"
    " slag slags poo poop boob boobs booby boobies poos bogey bogeys bogies lmao crud shag"
    " feck gonads dipstick dipsticks fart farts sphincter tits bugger buggers shat freaking"
    " freakin numpty numpties plonker plonkers badass kickass arse arses cojones skank barf"
    " crap craps".split()
)
_PHRASES = phrases("vulgarity_phrases")
_INNOCENT = phrases("vulgarity_innocent")


def detect(
    case: Case, *, allowed: tuple[str, ...] = (), min_score: float = 0.9
) -> Iterator[Finding]:
    """
    Look for crude words and turns of phrase; words with a harmless sense need their context.

    `allowed`: words that this paper prints.
    `min_score`: score of the model from which it is enough by itself.
    """
    found = False
    innocent = Cover(_INNOCENT.find(case.folded))
    for word in _WORDS.find(case):
        quoted = word.span.quote(case.text)
        known = word.reading in allowed or word.span in innocent
        if not known and (word.masked or word.reading not in _WEAK):
            found = True
            yield Finding(f'"{quoted}" is crude.', 0.75, word.span)
    for span in _PHRASES.find(case.folded):
        if span not in innocent and not innocent.within(span):
            found = True
            yield Finding(f'"{span.quote(case.text)}" is crude.', 0.7, span)
    score = case.scores.above("VULGARITY", min_score)
    if score and not found:
        yield Finding("The wording is crude.", score, case.scores.span("VULGARITY"))


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent",),
    lets_pass=(
        "The casino has roulette, blackjack and craps.",
        "A pair of great tits nested in our letter box.",
        "The ball hit the door knob and went in.",
        "It was a booby prize, and she laughed.",
        "What the heck, damn shame, and to hell with it.",
        "The filter sucks air through a vent.",
        "There were rabbit droppings on the pitch.",
        "Half of my street wants the trees, half does not.",
        "Tit for tat never mended a fence.",
    ),
    catches=(
        "What a load of crap this plan is.",
        "I am pissed off with the buses.",
        "They can kiss my arse.",
        "Too lazy to get off his fat ass and vote.",
        "This sucks so hard.",
        "Half-arsed as ever.",
        "Up yours, says the council.",
        "It makes me want to puke.",
        "They haven't got the balls to say it.",
    ),
)
