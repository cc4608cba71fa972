"""
No profanity.

That includes expletives and letters followed by dashes, stars or other signs, and words that are
spelled so that they can still be read.
We follow the standards for taste of the printed paper.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.lexicon import phrases, words
from ombud.masked import WordList, grawlix
from ombud.policy import Finding, Rule
from ombud.text import Cover

_INNOCENT = phrases("profanity_innocent")
_WORDS = WordList({**words("profanity_mild"), **words("profanity")})
_MILD = frozenset(words("profanity_mild").values()) - frozenset(words("profanity").values())


def detect(case: Case, *, allowed: tuple[str, ...] = ()) -> Iterator[Finding]:
    """
    Look for swear words, also masked ones, and read them.

    `allowed`: words that this paper prints.
    A word that the article itself uses is left to a moderator.
    """
    article = f"{case.article.title}\n{case.article.text}".lower() if case.article else ""
    innocent = Cover(_INNOCENT.find(case.folded))
    for word in _WORDS.find(case):
        quoted = word.span.quote(case.text)
        name = quoted == "Fu" or (quoted == "FCUK" and not case.text.isupper())
        if name or word.reading in allowed or word.span in innocent:
            continue
        certainty = min(word.certainty, 0.7) if word.reading in _MILD else word.certainty
        if quoted.lower() in article:
            certainty = min(certainty, 0.6)
        reads = f'"{quoted}" reads as "{word.reading}"' if word.masked else f'"{quoted}"'
        yield Finding(f"{reads}, a swear word.", certainty, word.span)
    for span in grawlix(case):
        yield Finding(f'"{span.quote(case.text)}" stands for a swear word.', 0.6, span)


rule = Rule(
    detect=detect,
    hold=0.5,
    delete=0.9,
    lets_pass=(
        "Scunthorpe United drew with Penistone on Saturday.",
        "Ms Shital Mehta and Mr Dikshit seconded the motion.",
        "She gave the film ****, and he gave it **.",
        "The gate opens if you push it, I wash it twice a year.",
        "Search for sh*p to find both ship and shop.",
        "What the heck were they thinking? Damn shame.",
        "Lady B------ wrote to Mr S---- in 1811.",
        "The assessor will reassess the embassy's assets.",
        "Parts F-150 and B1-TC4 are out of stock.",
    ),
    catches=(
        "Who the f--- approved this bus lane?",
        "This is bullshit and everybody knows it.",
        "What a load of sh*t",
        "s h i t service again",
        "Fu\u0441k this queue",
        "Just stfu and read the article.",
        "You absolute @sshole, read the map.",
        "What the @#$%! is the harbour board doing?",
        "This budget is f***ing useless.",
    ),
)
