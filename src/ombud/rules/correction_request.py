"""
Errors go to the corrections desk, not into the comments.

We appreciate it when readers point out errors of fact or emphasis, and we investigate every one.
So that other readers are not distracted, the comment is not published; the report goes to the
corrections desk and is answered.
"""

from collections.abc import Iterator

from ombud.assertions.weighing import evidence
from ombud.case import Case
from ombud.cues import with_both
from ombud.lexicon import phrases
from ombud.lexicon.printed import answers, of_others
from ombud.policy import Finding, Rule

_CUES = phrases("correction_request_phrases")
_MODEL = "CORRECTION_REQUEST"
_WITH_ARTICLE = "DISPUTE"
_SURE = 0.9
"""A score that is enough of what seems to speak of others."""
_DOUBT = 0.25
"""A certainty below which nothing is found, whatever a policy holds."""


def detect(case: Case, *, with_cue: float = 0.2) -> Iterator[Finding]:
    """
    Weigh what is set against the article, turns of phrase, and what the model makes of the comment.

    `with_cue`: score of the model that is enough where a turn of phrase asks for a correction.
    """
    score = case.scores.get(_MODEL, 0.0)
    cue = _CUES.search(case.folded)
    about = case.article
    if about and (about.title or about.text):
        read = case.scores.get(_WITH_ARTICLE, score)
        if not read and not cue:
            return
        found = evidence(case, about, score, read, phrase=bool(cue))
        certainty, why, span = found.chance, found.why, found.span
    else:
        # What others got wrong, in the story or in a comment, is mostly not the paper's.
        doubted = case.parent or answers(case.text) or of_others(case.text)
        certainty, why, span = (0.0 if doubted and score < _SURE else score), "", None
    if cue and score >= with_cue:
        certainty = max(certainty, with_both(score))
    if certainty >= _DOUBT:
        set_against = f": it {why}" if why else ""
        said = f"This asserts an error in the article{set_against}."
        yield Finding(said, certainty, cue or span or case.scores.span(_MODEL))


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
