"""
Join the linear toxicity model and the encoder.

    python -m training.cascade --data ../shared/data

Finds the linear margins below which a comment is clear, how much each of both counts for the rest,
and the table that turns their sum into a probability; on texts that the encoder was not trained on.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import numpy as np

from ombud import encoder
from ombud.features import LinearHeads, hashed
from ombud.weights import load
from training.calibration import balanced, table
from training.card import record, save
from training.comments import GROUPS, HEADS, examples
from training.examples import kept_back
from training.lines import CREDIT
from training.toxicity import CALIBRATED_ON, PRIORS, SPEC

_MISSED: Final = 0.004
"""Share of comments that have an attribute which may be answered by the linear model alone."""
_LINEAR_SHARE: Final = 1.0
"""
How much the linear margin counts beside the encoder's.

Set, not fitted: the linear model has seen the texts kept back here, and would seem better than it
is. On the development file .6 to 1.5 did equally well.
"""
_LEAST: Final = 1e-6
_LIKELY: Final = 0.5


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    known = examples(parser.parse_args().data)
    rows = np.flatnonzero([kept_back(text) for text in known.texts])
    known = known.part(rows[known.sources[rows] != "written"])
    linear = LinearHeads.from_arrays(load("toxicity", "toxicity.npz"))
    margins = linear.margins(hashed(known.texts, spec=SPEC))
    columns = [encoder.HEADS.index(name.upper()) for name in HEADS]
    read = np.clip(encoder.shared().read(known.texts)[:, columns], _LEAST, 1 - _LEAST)
    read = np.log(read / (1 - read))

    chosen = np.isin(known.sources, CALIBRATED_ON)
    wiki = np.array([GROUPS[source] == 0 for source in known.sources])
    clear = np.array(
        [
            np.quantile(margins[chosen & (known.labels[:, head] >= _LIKELY), head], _MISSED)
            for head in range(len(HEADS))
        ]
    )
    sent = (margins >= clear).any(axis=1)
    quiet = np.median(read[~sent], axis=0)
    read[~sent] = quiet
    blended = _LINEAR_SHARE * margins + read
    knots, values = [], []
    for head, name in enumerate(HEADS):
        at = chosen & ~np.isnan(known.labels[:, head])
        label = (known.labels[at, head] >= _LIKELY).astype(np.float64)
        weights = balanced(label, wiki[at], prior=PRIORS[name])
        knot, value = table(blended[at, head], label, weights)
        knots.append(knot)
        values.append(value)
    for source in np.unique(known.sources):
        print(f"{source:30} {sent[known.sources == source].mean():6.1%} read by the encoder")
    arrays = {"clear": clear, "quiet": quiet, "blend": np.array(_LINEAR_SHARE)}
    file = save("cascade.npz", {**arrays, "knots": np.array(knots), "values": np.array(values)})
    facts = {
        "attributes": [head.upper() for head in HEADS],
        "kind": "linear model for what is clear, a weighted sum with the encoder for the rest",
        "texts": len(known.texts),
        "priors": {head.upper(): prior for head, prior in PRIORS.items()},
        "credit": CREDIT,
    }
    print(f"cascade {record('cascade', [file], facts)}")


if __name__ == "__main__":
    main()
