"""
Near-duplicates: which earlier comments are nearly the same as this one.

`sketch` makes of a comment the keys by which near ones meet, `likeness` says how near two texts
are, and `meanings` how much they say the same in other words.
`Repeats` is an index in memory, as for one run over a file; the store keeps one for good.
"""

from ombud.repeats.likeness import likeness
from ombud.repeats.meaning import meanings
from ombud.repeats.memory import Repeats
from ombud.repeats.sketch import LATEST, LEAST, MOST, Sketch, says_enough, sketch, sketch_of

__all__ = [
    "LATEST",
    "LEAST",
    "MOST",
    "Repeats",
    "Sketch",
    "likeness",
    "meanings",
    "says_enough",
    "sketch",
    "sketch_of",
]
