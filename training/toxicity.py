"""
Train the toxicity signal.

    python -m training.toxicity --data ../shared/data

One command reads the data, fits, calibrates, writes the weights and puts them on the card.
Two CPU cores suffice: twelve minutes while others used them too. There is no randomness in it.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ombud.features import Features, LinearHeads, Spec, hashed
from training.calibration import balanced, table
from training.card import record, save
from training.comments import CREDIT, GROUPS, HEADS, Examples, examples
from training.linear import Targets, fit, masses, matrix, quantised

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPEC: Final = Spec(bits=20, shortest=2, longest=5, words=3)
MIN_TEXTS: Final = 3
DAMPING: Final = 1500
"""The mass of about three words."""
PENALTIES: Final = (0.25, 0.2, 0.2, 0.25, 0.15, 0.15, 0.08)
"""In the order of `HEADS`: the rarer an attribute, the more each of its few comments must say."""
ITERATIONS: Final = 90
HELD_OUT: Final = 8
"""One text in so many is kept back to calibrate on."""

CALIBRATED_ON: Final = (
    "jigsaw_wikipedia",
    "wikipedia_context_gn",
    "civil_comments_toxic_spans",
    "civic",
    "written",
)
PRIORS: Final = dict.fromkeys(HEADS, 0.25) | dict.fromkeys(
    ("severe_toxicity", "identity_attack", "threat"), 0.2
)
"""
The share of bad comments at which a score is a probability.

At one half, 13 % of the civil opinions scored .5 or more for an insult, an identity attack or a
threat. At .35 as many comments of a natural sample of Wikipedia score .5 or more for toxicity as
Perspective gave .5 or more (2.3 and 2.8 %, `wikipedia_context_gn`). A little lower lets civil
comments pass. Measured on the development files before the last fit.
"""


def held_out(texts: list[str]) -> NDArray[np.bool_]:
    """Choose the texts to calibrate on, by their content, so that the choice never moves."""
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts)
    return np.array([digest[0] % HELD_OUT == 0 for digest in digests])


def trained(features: Features, targets: Targets) -> LinearHeads:
    """Fit all heads; the intercepts are those of the Wikipedia group."""
    mass = masses(features, SPEC, min_texts=MIN_TEXTS)
    texts, buckets = matrix(features, mass, damping=DAMPING)
    weights, bias = fit(texts, targets, penalties=PENALTIES, iterations=ITERATIONS)
    return replace(quantised(SPEC, mass, buckets, weights, bias[0]), damping=DAMPING)


def calibrated(
    heads: LinearHeads, features: Features, known: Examples
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (heads, knots) margins and the scores they stand for, from texts not trained on."""
    margins = heads.margins(features)
    chosen = np.isin(known.sources, CALIBRATED_ON)
    wiki = np.array([GROUPS[source] == 0 for source in known.sources])
    knots, values = [], []
    for head, name in enumerate(HEADS):
        at = chosen & ~np.isnan(known.labels[:, head])
        # A comment is toxic if most raters said so; a single vote out of three is not enough.
        label = (known.labels[at, head] >= 0.5).astype(np.float64)  # noqa: PLR2004
        weights = balanced(label, wiki[at], prior=PRIORS[name])
        knot, value = table(margins[at, head], label, weights)
        knots.append(knot)
        values.append(value)
    return np.array(knots), np.array(values)


def written(
    heads: LinearHeads,
    knots: NDArray[np.float64],
    values: NDArray[np.float64],
    known: Examples,
) -> str:
    """Write the weights, put them on the card and return their version."""
    file = save("toxicity.npz", {**heads.arrays(), "knots": knots, "values": values})
    names, counts = np.unique(known.sources, return_counts=True)
    facts = {
        "attributes": [head.upper() for head in HEADS],
        "kind": "logistic regression over hashed n-grams of characters and words, 8-bit weights",
        "texts": dict(zip(names.tolist(), counts.tolist(), strict=True)),
        "credit": CREDIT,
        "priors": {head.upper(): prior for head, prior in PRIORS.items()},
        "calibration": (
            "a score is the probability of the attribute if the share of comments that have it "
            "were the prior; each class half from Wikipedia talk pages, half from news and civic "
            "comments, held out of the fit; positive is what most raters called so"
        ),
        "quality": "python -m benchmarks.toxicity_quality --data ../shared/data",
    }
    return record("toxicity", [file], facts)


def main() -> None:
    """Train, calibrate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    data = parser.parse_args().data

    known = examples(data)
    kept = held_out(known.texts)
    training, calibration = np.flatnonzero(~kept), np.flatnonzero(kept)
    features, targets = hashed(known.texts, spec=SPEC), known.targets()
    draft = trained(features.part(training), targets.part(training))
    knots, values = calibrated(draft, features.part(calibration), known.part(calibration))
    # The table fits the final weights as well: they saw an eighth more of the same kinds of text.
    heads = trained(features, targets)
    print(f"toxicity {written(heads, knots, values, known)}: {len(known.texts)} texts")


if __name__ == "__main__":
    main()
