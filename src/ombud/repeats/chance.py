"""
Which texts are so short that different readers write them by chance.

Of the comments in the data for development, different people wrote nearly the same in 1 of 9 of six
words and in 1 of 25 of nine to eleven; of longer ones 1 in 100 is like another, most by the same
hand (`benchmarks/repeats_quality.py`).
So "Thank you for this thoughtful article, well written" repeats others only if many say so at once.
"""

from datetime import timedelta
from typing import Final

MIN_LENGTH: Final = 55
"""Characters from which on nobody writes the same as somebody else by chance."""
AT_ONCE: Final = timedelta(days=1)
"""Time within which also shorter ones are no chance, if there are several."""


def is_short(text: str, earlier: str, least: int = MIN_LENGTH) -> bool:
    """Whether what two texts have in common may be the same by chance."""
    return min(len(text.strip()), len(earlier.strip())) < least
