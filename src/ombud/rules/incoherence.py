"""
No incoherent comments.

Others must be able to follow what is meant, in the language of this paper.
Typing errors, dialect and a few words are no offence.
"""

from collections import Counter
from collections.abc import Iterator

from ombud.case import Case
from ombud.policy import Finding, Rule

_MIN_LETTERS = 4


def detect(
    case: Case, *, min_score: float = 0.4, min_foreign: float = 0.5, same_sentence: int = 4
) -> Iterator[Finding]:
    """
    Ask the model whether this is language, and whether it is the paper's.

    `min_score`: score from which a text is no language that can be followed.
    `min_foreign`: score from which it is written in another language or script.
    `same_sentence`: how often the same sentence may stand in a comment.
    """
    if not case.plain.text.strip():
        yield Finding("There is nothing to read.", 0.9)
        return
    if sum(map(str.isalpha, case.text)) < _MIN_LETTERS:
        if case.text.strip() and not any(map(str.isalnum, case.text)):
            yield from _signs_only(case)
        return
    score = case.scores.get("INCOHERENT", 0.0)
    foreign = case.scores.get("FOREIGN", 0.0)
    if foreign >= min_foreign:
        yield Finding("This is not in the language of this paper.", foreign)
    elif score >= min_score:
        yield Finding("The words do not make sense together.", max(score, 0.5))
    elif len(case.words) >= 2 * len(case.vocabulary):
        spoken = [span.quote(case.text).strip().lower() for span in case.sentences]
        most = max(Counter(spoken).values(), default=0)
        if most >= same_sentence:
            yield Finding(f"The same sentence stands here {most} times.", 0.7)


def _signs_only(case: Case) -> Iterator[Finding]:
    """Yield a finding for long runs of signs; a heart or a few question marks say something."""
    signs = len("".join(case.text.split()))
    if signs > 8:  # noqa: PLR2004 - a row of emoji is still a reaction
        yield Finding("There are signs only, and no words.", 0.6)


rule = Rule(
    detect=detect,
    hold=0.5,
    signals=("intent", "foreign"),
    lets_pass=(
        "Yes.",
        "Bus 42, 7pm: nothing. Again.",
        "dinnae fash yersel, the cooncil's daein naught aboot it",
        "i dont no why the bus is allways late on a tusday",
        "1-0, 2-1, 0-0, 3-3: that was our spring.",
        "Quis custodiet ipsos custodes, as they say: who watches the council?",
        "Late. Cold. No lift. No answer at the desk. Two stars.",
        "Nf3, then Bb5, and Black is already worse.",
        "we go there each year, me and wife, is very good beach and cheap also",
    ),
    catches=(
        "asdkjh qwoeiu zmxncb alskdj qpwoei",
        "jkl;jkl;jkl;jkl; fdsafdsa jkl;",
        "bridge the purple of seven yesterday happily into was council green forty eat",
        "blorp snarfle wibba tunk frobnitz glarg plimsy",
        "Мы все знаем, что мост закроют, и никто не отвечает за это.",
        "Der Bürgermeister hat wieder einmal nichts verstanden und wir zahlen dafür.",
        "aaaaaaa bbbbbbbb ccccccc ddddddd eeeeeee",
        "No no. No no. No no. No no. No no. No no.",
    ),
)
