"""How much two folded texts are the same, letter by letter and word by word (rapidfuzz)."""

from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

_WHOLE: Final = 100
# Something put before or after, or taken out, costs a little: a true copy always counts as closer.
_PARTIAL: Final = 0.95
# To slide one text along the other takes milliseconds when they are long.
_LONGEST_PARTIAL: Final = 400
# What is put before or after may be as long as the text; or as two sentences, unless the text is
# of words that anybody might say.
_ADDED: Final = 160
_FEWEST_WORDS: Final = 8
# Also of a text with a slip in every second word so many are left; those who only met by chance
# have less in common, and need not be compared letter by letter.
_LEFT: Final = 0.3


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """
    Return how much of two texts is the same, from 0 to 1; below `least` it may say 0.

    The order of words does not count, nor does something put before or after, as long as the
    shorter text is whole in the longer one and not much less than it.
    """
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    spoken = shorter.split(" ")
    said = len(spoken) >= _FEWEST_WORDS
    if least and said and len({*spoken} & {*longer.split(" ")}) < _LEFT * len({*spoken}):
        return 0.0
    enough = _WHOLE * least
    whole = fuzz.ratio(one, other, score_cutoff=enough)
    whole = max(whole, fuzz.token_sort_ratio(one, other, score_cutoff=max(enough, whole)))
    if len(longer) - len(shorter) < max(len(shorter), _ADDED if said else 0):
        if said:
            within = LCSseq.similarity(spoken, longer.split(" ")) / len(spoken)
            whole = max(whole, _WHOLE * _PARTIAL * within)
        needed = max(enough, whole) / _PARTIAL
        if len(longer) <= _LONGEST_PARTIAL and needed <= _WHOLE:
            part = fuzz.partial_ratio(shorter, longer, score_cutoff=needed)
            whole = max(whole, _PARTIAL * part)
    return round(whole / _WHOLE, 4)
