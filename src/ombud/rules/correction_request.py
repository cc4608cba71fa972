"""
Errors go to the corrections desk, not into the comments.

We appreciate it when readers point out errors of fact or emphasis, and we investigate every one.
So that other readers are not distracted, the comment is not published; the report goes to the
corrections desk and is answered.
"""

from collections.abc import Iterator

from ombud.case import Case
from ombud.cues import weigh
from ombud.lexicon import phrases
from ombud.lexicon.printed import contradicts, of_others
from ombud.policy import Finding, Rule

_CUES = phrases("correction_request_phrases")
_SURE = 0.9


def detect(
    case: Case, *, alone: float = 0.5, with_cue: float = 0.2, printed: float = 0.15
) -> Iterator[Finding]:
    """
    Weigh turns of phrase and what the model takes the comment for.

    `alone`: score of the model that is enough by itself, unless the comment answers another one or
    speaks of what somebody in the story got wrong: what that contradicts is mostly not the paper.
    `with_cue`: score that is enough where a turn of phrase is found.
    `printed`: score that is enough where what the article prints is contradicted.
    """
    if case.parent or case.text.lstrip().startswith("@") or of_others(case.text):
        alone = max(alone, _SURE)
    elif contradicts(case.text, _printed(case)):
        alone = min(alone, printed)
    certainty, span = weigh(case, "CORRECTION_REQUEST", _CUES, alone=alone, with_cue=with_cue)
    if certainty:
        yield Finding("This asserts an error in the article.", certainty, span)


def _printed(case: Case) -> str:
    """Return what is printed above a comment."""
    return f"{case.article.title}\n{case.article.text}" if case.article else ""


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent",),
    lets_pass=(
        "When does the new bridge open, does anybody know?",
        "The minister is wrong about crime, and he knows it.",
        "@Tom no, it was 2012, I was there.",
        "Correct me if I'm wrong, but who pays for this?",
        "The council made a mistake and will not own up to it.",
        "I stand corrected, thank you.",
        "Your coverage of this club is always so gloomy.",
        "A market correction was overdue.",
    ),
    catches=(
        "Please correct the headline: the vote was on Tuesday.",
        "There is a typo in the third paragraph.",
        "The photo shows the old bridge, not the new one.",
        "You have misspelled the mayor's name.",
        "Mr Hall has not been chairman since March, as your article claims.",
        "The article says 2015, but the mill burned down in 2014.",
        "That is not what the study found, please fix the article.",
        "Your caption is wrong, this is not the town hall.",
    ),
)
