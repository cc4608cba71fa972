"""
Which texts are so short that different readers write them by chance.

Of comments of six words that different people wrote on one matter, 1 in 9 is nearly like another,
and 1 in 25 of those of nine to eleven words; of longer ones 1 in 100 is, and hardly any of those by
chance.
Where only longer ones repeat others, less than half as many are held
(`benchmarks.repeats_quality`).
So "Thank you for this thoughtful article, well written" repeats others only if many say so at once.
"""

from datetime import timedelta
from typing import Final

MIN_LENGTH: Final = 55
"""Characters from which on nobody writes the same as somebody else by chance."""
_MOST_OF: Final = 0.6
AT_ONCE: Final = timedelta(days=1)
"""Time within which also shorter ones are no chance, if there are several."""


def is_short(text: str, earlier: str, least: int = MIN_LENGTH) -> bool:
    """
    Whether what two texts have in common may be the same by chance.

    Of one with something left out that is what it was; of one with much added, what was there.
    """
    shorter, longer = sorted((len(text.strip()), len(earlier.strip())))
    return (longer if shorter > _MOST_OF * longer else shorter) < least
