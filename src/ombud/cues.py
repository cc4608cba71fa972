"""
Weigh turns of phrase against a model's score.

A turn of phrase can be read by everybody and is blind to what stands around it; a model sees the
whole and cannot say why.
Together they are surer than either alone.
"""

from ombud.case import Case
from ombud.text import Pattern, Span

# A model has little to go by in one word or two; a turn of phrase is still one.
_ENOUGH_WORDS = 3


def weigh(
    case: Case, attribute: str, cues: Pattern, *, alone: float, with_cue: float, place: str = ""
) -> tuple[float, Span | None]:
    """
    Return the certainty from cues and score together, and the characters it rests on.

    `alone`: the score that is enough without a turn of phrase.
    `with_cue`: the score that is enough where one is found.
    `place`: the attribute of near meaning whose words are marked where there is no turn of phrase;
    where it has none, the sentence that speaks most for the attribute itself is.
    The certainty is 0 where neither holds; it is at least one half where one does.
    """
    score = case.scores.get(attribute, 0.0)
    if score < min(alone, with_cue):
        return 0.0, None
    cue = cues.search(case.folded)
    if score >= alone and (cue or len(case.words) >= _ENOUGH_WORDS):
        return max(score, 0.5), cue or case.scores.span(place) or case.scores.span(attribute)
    return (with_both(score), cue) if cue else (0.0, None)


def with_both(score: float) -> float:
    """Return the certainty where a turn of phrase and the model's score agree."""
    return max(0.6, (1 + score) / 2)
