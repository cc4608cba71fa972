"""
Train the toxicity signal.

    python -m training.toxicity --data ../shared/data

One command reads the data, fits, writes the weights and puts them on the card.
Two CPU cores suffice: six minutes while others used them too. There is no randomness in it.
Its margins become scores in `training.cascade`, on texts that are kept back here as well.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from ombud.features import Spec, hashed
from training.card import record, save
from training.comments import CREDIT, HEADS, examples
from training.examples import kept_back
from training.linear import fit, masses, matrix, quantised

SPEC: Final = Spec(bits=20, shortest=2, longest=5, words=3)
MIN_TEXTS: Final = 3
DAMPING: Final = 1500
"""The mass of about three words."""
PENALTIES: Final = (0.25, 0.2, 0.2, 0.25, 0.15, 0.15, 0.08)
"""In the order of `HEADS`: the rarer an attribute, the more each of its few comments must say."""
ITERATIONS: Final = 90


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    known = examples(parser.parse_args().data)
    known = known.part(np.flatnonzero([not kept_back(text) for text in known.texts]))
    features = hashed(known.texts, spec=SPEC)
    mass = masses(features, SPEC, min_texts=MIN_TEXTS)
    texts, buckets = matrix(features, mass, damping=DAMPING)
    weights, bias = fit(texts, known.targets(), penalties=PENALTIES, iterations=ITERATIONS)
    # The intercepts are those of the Wikipedia group.
    heads = replace(quantised(SPEC, mass, buckets, weights, bias[0]), damping=DAMPING)

    file = save("toxicity.npz", heads.arrays())
    names, counts = np.unique(known.sources, return_counts=True)
    facts = {
        "attributes": [head.upper() for head in HEADS],
        "kind": "logistic regression over hashed n-grams of characters and words, 8-bit weights",
        "texts": dict(zip(names.tolist(), counts.tolist(), strict=True)),
        "credit": CREDIT,
        "quality": "python -m benchmarks.toxicity_quality --data ../shared/data",
    }
    print(f"toxicity {record('toxicity', [file], facts)}: {len(known.texts)} texts")


if __name__ == "__main__":
    main()
