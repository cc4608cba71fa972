"""
No obscenity.

Sexual and scatological remarks have no place under a news story.
Health, law, education and the arts may be talked about in plain words.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon import phrases, words
from ombud.masked import WordList
from ombud.policy import Finding, Rule
from ombud.text import Cover

_WORDS = WordList(words("obscenity"), guess=False)
_WEAK = words("obscenity_weak").keys()
_PHRASES = phrases("obscenity_phrases")
_INNOCENT = phrases("obscenity_innocent")


def detect(
    case: Case, *, min_score: float = 0.25, min_weak_score: float = 0.15
) -> Iterator[Finding]:
    """
    Look for words, turns of phrase, and what the model takes for obscene.

    `min_score`: score from which the model alone is enough.
    `min_weak_score`: score from which a word that has a sober sense too counts.
    """
    score = case.scores.get("OBSCENITY", 0.0)
    innocent = Cover(_INNOCENT.find(case.folded))
    found = False
    for word in _WORDS.find(case):
        sober = word.reading in _WEAK and score < min_weak_score
        if not sober and word.span not in innocent:
            found = True
            yield Finding(f'"{word.span.quote(case.text)}" is obscene.', 0.8, word.span)
    for span in _PHRASES.find(case.folded):
        if span not in innocent and not innocent.within(span):
            found = True
            yield Finding(f'"{span.quote(case.text)}" is obscene.', 0.75, span)
    if not found and score >= min_score:
        yield Finding(
            "The content is sexual or scatological.", score, case.scores.span("OBSCENITY")
        )


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=None,
    signals=("intent",),
    lets_pass=(
        "Sex education should begin before they are sixteen.",
        "My father had his prostate out in May and is doing well.",
        "The cocks crow at five on that farm, and nobody has ever complained.",
        "The beach was closed because of raw sewage, again.",
        "A pussy willow by the pond and a pair of great tits in the box.",
        "The court heard that he had exposed himself on the train.",
        "Dog fouling on the school run is beyond a joke.",
        "It was a blow to the economy and hard on the poor.",
    ),
    catches=(
        "I would bend her over the desk and give it to her.",
        "He can suck my dick.",
        "Show us your tits, love.",
        "They should eat their own poo.",
        "Your mum was on all fours last night.",
        "What a massive boner he must have for this mayor.",
        "Another blowjob piece for the minister.",
        "He took a steaming dump on his doorstep, that is what this law is.",
    ),
)
