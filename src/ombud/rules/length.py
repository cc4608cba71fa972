"""
Make the point quickly.

We value comments that make their point in a few paragraphs.
Very long ones wait for a moderator.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.policy import Finding, Rule
from ombud.text import Span, words


def detect(case: Case, *, max_words: int = 400, max_characters: int = 3000) -> Iterator[Finding]:
    """
    Count words and characters.

    `max_words`, `max_characters`: a comment with more of either is too long.
    """
    if len(case.text) <= max_words:
        return
    spoken = words(case.text)
    if len(spoken) > max_words:
        span = Span(spoken[max_words].begin, len(case.text))
        why = f"The comment has {len(spoken)} words; {max_words} is the most."
        yield Finding(why, min(1.0, 0.5 + len(spoken) / max_words / 10), span)
    elif len(case.text) > max_characters:
        span = Span(max_characters, len(case.text))
        why = f"The comment has {len(case.text)} characters; {max_characters} is the most."
        yield Finding(why, 0.6, span)


_FILLER = (
    "The first time they closed the swing bridge it was for a week, and nobody minded much."
    " The second time it was a month, and the shops on the far side began to notice."
    " By the third time there were meetings, petitions and a song about it at the carnival. "
)

rule = Rule(
    detect=detect,
    hold=0.5,
    lets_pass=(
        "Quite so.",
        "I read the whole report and the costs are on page nine.",
        "First the bridge, then the library, now the pool. What is left to close?",
        _FILLER,
        f"{_FILLER}After that the county took it over, and it has worked ever since.",
        f"{_FILLER}{_FILLER.replace('bridge', 'ferry').replace('song', 'play')}",
        "One. Two. Three. Four reasons, and not one of them in the council's plan.",
        "Thank you for this. My father used to say that the river would have the last word.",
    ),
    catches=(
        " ".join(f"{_FILLER}That was year {year}." for year in range(1990, 2000)),
        " ".join(f"And {number} is another number." for number in range(101)),
        "word and another word " * 120,
        "\n\n".join(f"Point {number}. {_FILLER}" for number in range(1, 10)),
        ("A very long story about my neighbours and their hedge, part by part. " * 40),
        " ".join(f"I went to office {n} and was sent to office {n + 1}." for n in range(45)),
        " ".join(str(number) for number in range(500)),
        "On the one hand yes, on the other hand no. " * 50,
    ),
)
