"""
Margins of comments of the rare kinds, by a linear model that has not seen them.

Of the comments kept back only a few dozen threaten anybody or attack a group: too few to say what a
score means.
The encoder reads such comments as it reads those it never saw (it sees each a few times only), but
the linear model remembers them; so it is fitted once more without a quarter of all texts, for these
attributes alone, and asked about that quarter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.features import hashed
from training.comments import HEADS, Examples
from training.examples import kept_back
from training.linear import Targets, fit, masses, matrix, quantised
from training.lines import digest
from training.toxicity import DAMPING, MIN_TEXTS, PENALTIES, SPEC

if TYPE_CHECKING:
    from numpy.typing import NDArray

RARE: Final = tuple(map(HEADS.index, ("identity_attack", "profanity", "threat")))
"""The attributes in question, as columns."""
_PARTS: Final = 4
_LEFT_OUT: Final = 1
"""The part that is left out; the comments kept back are in another."""
_ITERATIONS: Final = 60
_LIKELY: Final = 0.5


def apart(known: Examples) -> tuple[Examples, NDArray[np.float64]]:
    """
    Return comments that have one of the rare attributes, and (comments, `RARE`) margins.

    known: all that the linear model learns from.
    """
    left = np.array([digest(text) % _PARTS == _LEFT_OUT for text in known.texts])
    kept = np.array([kept_back(text) for text in known.texts])
    shown = known.part(np.flatnonzero(~left & ~kept))
    features = hashed(shown.texts, spec=SPEC)
    mass = masses(features, SPEC, min_texts=MIN_TEXTS)
    texts, buckets = matrix(features, mass, damping=DAMPING)
    whole = shown.targets()
    targets = Targets(whole.labels[:, RARE], whole.weights[:, RARE], whole.groups)
    penalties = [PENALTIES[head] for head in RARE]
    weights, bias = fit(texts, targets, penalties=penalties, iterations=_ITERATIONS)
    heads = replace(quantised(SPEC, mass, buckets, weights, bias[0]), damping=DAMPING)
    having = (known.labels[:, RARE] >= _LIKELY).any(axis=1)
    asked = known.part(np.flatnonzero(left & having))
    return asked, heads.margins(hashed(asked.texts, spec=SPEC))
