"""Logistic curves that turn margins into probabilities (Platt 1999)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def platt(margin: Floats, labels: NDArray[np.int64], weights: Floats) -> Floats:
    """Return slope and shift of the logistic curve, both classes weighing the same."""
    share = np.where(labels == 1, weights / weights[labels == 1].sum(), 0)
    share += np.where(labels == 0, weights / weights[labels == 0].sum(), 0)

    def lost(point: Floats) -> float:
        logit = point[0] * margin + point[1]
        return float((share * np.logaddexp(0, np.where(labels == 1, -logit, logit))).sum())

    return np.asarray(minimize(lost, np.array([1.0, 0.0]), method="Nelder-Mead").x)
