"""
Turn margins into probabilities.

A logistic curve through two numbers (Platt 1999), blended with the best rising steps
(Zadrozny and Elkan 2002) where there are enough positive texts to know them.
What is stored is a table of margins and scores, read by linear interpolation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOTS: Final = 65
_ENOUGH: Final = 300
"""Positive texts from which on the steps are trusted."""
_STEPS_SHARE: Final = 0.8
"""The rest is the logistic curve: it rises everywhere, so that no two margins become one score."""


def balanced(
    labels: NDArray[np.float64], first: NDArray[np.bool_], *, prior: float
) -> NDArray[np.float64]:
    """
    Weigh texts so that positives are a share of `prior`, and both origins count the same in each.

    labels: (texts,) in [0, 1]; one in between counts for both classes by its share.
    first: (texts,) whether a text is of the first origin.
    Returns (texts, 2): the weight as a negative and as a positive text.
    """
    weights = np.zeros((len(labels), 2))
    for column, (share, part) in enumerate(((1 - labels, 1 - prior), (labels, prior))):
        for origin in (first, ~first):
            total = share[origin].sum()
            if total >= 1:
                weights[origin, column] = share[origin] / total
        weights[:, column] *= part / max(weights[:, column].sum(), 1e-9)
    return weights


def table(
    margins: NDArray[np.float64], labels: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return `KNOTS` margins, rising, and the score at each."""
    slope, shift = _platt(margins, weights)
    low, high = ((score - shift) / slope for score in (-9.2, 9.2))
    knots = np.linspace(low, high, KNOTS)
    curve = 1 / (1 + np.exp(-(slope * knots + shift)))
    if labels.sum() < _ENOUGH:
        return knots, curve
    steps = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    sides: Any = np.repeat([0.0, 1.0], len(margins))
    steps.fit(np.tile(margins, 2), sides, sample_weight=weights.T.ravel())
    fine = np.linspace(knots[0], knots[-1], 8 * (KNOTS - 1) + 1)
    # Averaged over two knots' distance: single texts make the steps jump.
    kernel = np.hanning(19)[1:-1]
    padded = np.pad(steps.predict(fine), 8, mode="edge")
    smooth = np.convolve(padded, kernel / kernel.sum(), mode="valid")[::8]
    return knots, _STEPS_SHARE * smooth + (1 - _STEPS_SHARE) * curve


def _platt(margins: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Fit slope and shift of a logistic curve."""

    def loss(point: NDArray[np.float64]) -> float:
        logit = np.exp(point[0]) * margins + point[1]
        negative, positive = np.logaddexp(0, logit), np.logaddexp(0, -logit)
        return float(weights[:, 0] @ negative + weights[:, 1] @ positive)

    found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-6}).x
    return float(np.exp(found[0])), float(found[1])
