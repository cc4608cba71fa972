"""
Fit linear heads over hashed n-grams.

All heads are fitted at once by logistic regression with a quadratic penalty, L-BFGS on the exact
gradient: no random numbers, so the same data give the same weights on the same machine.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from ombud.features import Features, LinearHeads, Spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_MASS_SCALE: Final = 2.0
_LARGEST: Final = 127
_MEMORY: Final = 6
"""Pairs of steps that L-BFGS keeps: more cost memory and did not converge faster."""


@dataclass(frozen=True)
class Targets:
    """
    What is to be learnt.

    labels: (texts, heads) in [0, 1].
    weights: (texts, heads), 0 where a label is unknown.
    groups: (texts,) texts of one group share an intercept for each head.
        Sources differ in their share of bad comments for reasons that no word explains
        (how they were sampled), and the intercept takes that up instead of the words.
    """

    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    groups: NDArray[np.int64]

    def part(self, rows: NDArray[Any]) -> Targets:
        """Return the rows chosen."""
        return Targets(self.labels[rows], self.weights[rows], self.groups[rows])


def masses(features: Features, spec: Spec, *, min_texts: int) -> NDArray[np.uint8]:
    """
    Return (buckets,) the squared inverse document frequency of each bucket, as small integers.

    A bucket seen in fewer than `min_texts` texts has none, and so has no say.
    """
    seen = np.bincount(features.ids, minlength=spec.buckets)
    frequency = np.log((1 + len(features)) / (1 + seen)) + 1
    mass = np.clip(np.rint(_MASS_SCALE * frequency**2), 1, 255)
    return np.where(seen >= min_texts, mass, 0).astype(np.uint8)


def matrix(
    features: Features, mass: NDArray[np.uint8], *, damping: int = 0
) -> tuple[sp.csr_matrix, NDArray[np.int64]]:
    """Return the texts as rows, of unit length if nothing is damped, and the columns' buckets."""
    seen = np.bincount(features.ids, minlength=len(mass))
    buckets = np.flatnonzero(mass)
    # Frequent columns side by side: the fit is bound by memory.
    buckets = buckets[np.argsort(-seen[buckets], kind="stable")]
    column = np.full(len(mass), -1, dtype=np.int64)
    column[buckets] = np.arange(len(buckets))
    columns = column[features.ids]
    known = columns >= 0
    rows = np.concatenate([[0], np.cumsum(known)])[features.rows]
    values = mass[features.ids[known]].astype(np.float64)
    total = np.concatenate([[0.0], np.cumsum(values)])
    length = np.maximum(total[rows[1:]] - total[rows[:-1]] + damping, 1.0)
    length = np.repeat(length, np.diff(rows))
    found = (np.sqrt(values / length).astype(np.float32), columns[known].astype(np.int32), rows)
    return sp.csr_matrix(found, shape=(len(features), len(buckets))), buckets


class _Halves:
    """A matrix cut in two by rows: products with it use two cores and do not depend on timing."""

    def __init__(self, whole: sp.csr_matrix) -> None:
        middle = int(np.searchsorted(whole.indptr, whole.indptr[-1] // 2))
        self.middle = middle
        self.parts = (whole[:middle], whole[middle:])
        self.pool = ThreadPoolExecutor(len(self.parts))

    def dot(self, right: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.vstack(list(self.pool.map(lambda part: part @ right, self.parts)))

    def transposed_dot(self, right: NDArray[np.float32]) -> NDArray[np.float32]:
        pairs = zip(self.parts, (right[: self.middle], right[self.middle :]), strict=True)
        upper, lower = self.pool.map(lambda pair: pair[0].T @ pair[1], pairs)
        total: NDArray[np.float32] = upper + lower
        return total


def fit(
    texts: sp.csr_matrix, targets: Targets, *, penalties: Sequence[float], iterations: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """
    Return (columns, heads) weights and (groups, heads) intercepts.

    penalties: (heads,) half of it times the squared weights is added to the loss.
    """
    halves, (labels, weights, groups) = _Halves(texts), _unpacked(targets)
    heads, kinds = labels.shape[1], int(groups.max()) + 1
    size = texts.shape[1] * heads
    penalty = np.asarray(penalties, dtype=np.float64)
    stretch = _stretch(texts, labels, weights, penalty)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes = stretch * point[:size].reshape(-1, heads)
        margin = halves.dot(slopes.astype(np.float32)).astype(np.float64)
        margin += point[size:].reshape(kinds, heads)[groups]
        decay = np.exp(-np.abs(margin))
        value = (weights * (np.log1p(decay) + np.maximum(margin, 0) - labels * margin)).sum()
        value += 0.5 * float(penalty @ np.square(slopes).sum(0))
        error = weights * (np.where(margin >= 0, 1, decay) / (1 + decay) - labels)
        gradient = np.empty_like(point)
        inner = halves.transposed_dot(error.astype(np.float32)) + penalty * slopes
        gradient[:size] = (stretch * inner).ravel()
        for head in range(heads):
            shares = np.bincount(groups, error[:, head], minlength=kinds)
            gradient[size + head :: heads] = shares
        return float(value), gradient

    options = {"maxiter": iterations, "maxcor": _MEMORY, "gtol": 1e-3, "ftol": 1e-7}
    start = np.zeros(size + kinds * heads)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    slopes = stretch * found[:size].reshape(-1, heads)
    return slopes.astype(np.float32), found[size:].reshape(kinds, heads)


def _stretch(
    texts: sp.csr_matrix,
    labels: NDArray[np.float64],
    weights: NDArray[np.float64],
    penalty: NDArray[np.float64],
) -> NDArray[np.float64]:
    """
    Return (columns, heads) the scale on which each weight is sought.

    The loss bends sharply along frequent columns and hardly along rare ones; on these scales the
    bends are alike, and L-BFGS needs a little over half of the steps.
    """
    rate = (weights * labels).sum(0) / weights.sum(0)
    squared = texts.copy()
    squared.data **= 2
    bend = 0.5 * rate * (1 - rate) * (squared.T @ weights)
    scale: NDArray[np.float64] = 1 / np.sqrt(penalty + bend)
    return scale


def _unpacked(
    targets: Targets,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    known = ~np.isnan(targets.labels) & (targets.weights > 0)
    return np.where(known, targets.labels, 0), np.where(known, targets.weights, 0), targets.groups


def quantised(
    spec: Spec,
    mass: NDArray[np.uint8],
    buckets: NDArray[np.int64],
    weights: NDArray[np.float32],
    bias: NDArray[np.float64],
) -> LinearHeads:
    """Round fitted weights to eight bits; the few largest are cut where that loses least."""
    exact = weights.astype(np.float64) * np.sqrt(mass[buckets].astype(np.float64))[:, None]
    steps = np.array([_best_step(exact[:, head]) for head in range(exact.shape[1])])
    table = np.zeros((spec.buckets, exact.shape[1]), dtype=np.int8)
    table[buckets] = np.clip(np.rint(exact / steps), -_LARGEST, _LARGEST)
    return LinearHeads(spec, table, mass, steps, bias)


def _best_step(values: NDArray[np.float64]) -> float:
    """Find the step that keeps the squared rounding error smallest."""
    largest = float(np.abs(values).max()) or 1.0
    steps = largest / _LARGEST * np.linspace(0.2, 1, 17)
    lost = []
    for step in steps:
        rounded = np.clip(np.rint(values / step), -_LARGEST, _LARGEST) * step
        lost.append(float(np.square(values - rounded).sum()))
    return float(steps[int(np.argmin(lost))])
