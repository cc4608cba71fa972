"""
No repeated comments.

We protect discussions from comments that are posted over and over, by the same reader or by
different readers.
Saying "well said" to one another is no repetition, nor is quoting the same line to say something
about it.
"""

from collections.abc import Iterator
from datetime import timedelta

from ombud.case import Case
from ombud.newsroom import Repeat
from ombud.policy import Finding, Rule
from ombud.repeats import says_enough
from ombud.repeats.chance import AT_ONCE, MIN_LENGTH, is_short
from ombud.repeats.quoting import quotes, source_of
from ombud.repeats.telling import told


def detect(
    case: Case,
    *,
    min_words: int = 6,
    min_likeness: float = 0.8,
    window_days: int = 90,
    min_length: int = MIN_LENGTH,
    min_others: int = 2,
) -> Iterator[Finding]:
    """
    Look at the earlier comments that are known to be nearly the same.

    `min_words`: shorter comments are never repeats, unless they have 40 letters all the same.
    `min_likeness`: share of the text in common from which two comments are the same.
    `window_days`: what was written longer ago is no repeat any more.
    `min_length`: characters below which different readers write the same by chance.
    `min_others`: copies by others within a day from which such a short one is a repeat.
    """
    if not case.repeats or not says_enough(case, min_words):
        return
    source = source_of(case.article) if case.article else ""
    alike = [
        repeat
        for repeat in case.repeats
        if repeat.likeness >= min_likeness
        and (repeat.age is None or repeat.age <= timedelta(days=window_days))
        and not quotes(case.text, repeat.text, source)
    ]
    short = [
        one for one in alike if not one.same_reader and is_short(case.text, one.text, min_length)
    ]
    lately = [one for one in short if one.age is None or one.age <= AT_ONCE]
    if len(lately) < min_others:
        alike = [one for one in alike if one not in short]
    if alike:
        yield Finding(told(alike, case.spread), max(repeat.likeness for repeat in alike))


def _case(
    text: str,
    earlier: str,
    likeness: float,
    *,
    same_reader: bool | None = None,
    age: timedelta | None = None,
) -> Case:
    """Return an example with one earlier comment."""
    return Case(text, repeats=(Repeat(earlier, likeness, same_reader=same_reader, age=age),))


_SLOGAN = "Save the Millbrook line now, write to your councillor before Friday."
_STOCK = "Thank you for this thoughtful article, well written."
_TODAY = timedelta(hours=2)

rule = Rule(
    detect=detect,
    hold=0.5,
    lets_pass=(
        _case("Well said!", "Well said!", 1.0),
        _case("Agreed.", "Agreed.", 1.0, same_reader=True),
        _case("I agree with every word.", "I agree with every word.", 1.0),
        _case("The line was slow even when it was new.", "The line was never slow at all.", 0.55),
        _case("They say save the line. At what price, I wonder?", _SLOGAN, 0.3),
        _case("So did I, on Friday, and my councillor rang me back.", _SLOGAN, 0.35),
        "My councillor answered within a day, credit where it is due.",
        _case("Thank you for this.", "Thank you for this!", 0.98),
        _case(_STOCK, _STOCK, 1.0, same_reader=False, age=_TODAY),
        _case(_SLOGAN, _SLOGAN, 1.0, age=timedelta(days=91)),
        _case(f"“{_SLOGAN}” they sing, and my mother hums along.", _SLOGAN, 0.95),
    ),
    catches=(
        _case(_SLOGAN, _SLOGAN, 1.0),
        _case(_SLOGAN, _SLOGAN, 1.0, same_reader=True, age=timedelta(days=89)),
        _case(_STOCK, _STOCK, 1.0, same_reader=True, age=timedelta(days=8)),
        Case(_STOCK, repeats=2 * (Repeat(_STOCK, 1.0, same_reader=False, age=_TODAY),)),
        _case(_SLOGAN.upper().capitalize(), _SLOGAN, 0.99, same_reader=False),
        _case(f"Yes!! {_SLOGAN}", _SLOGAN, 0.95),
        _case("Save the Milbrook line, write your councilor before Friday", _SLOGAN, 0.9),
        _case("Write to your councillor before Friday, save the Millbrook line.", _SLOGAN, 0.92),
        _case(f"{_SLOGAN} 7788", _SLOGAN, 0.96),
        _case("Save the Millbrook line now. Write to the councillor by Friday.", _SLOGAN, 0.86),
    ),
)
