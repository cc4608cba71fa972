"""
What the cascade gives: quality and speed by the share of comments that the encoder reads.

    python -m benchmarks.cascade_quality --data ../shared/data

Quality is the mean AUC over the six Jigsaw labels on Wikipedia comments of `toxicity_dev`.
The peer is BERT-base with random weights in ONNX Runtime (`benchmarks/speed.py`), two threads.
Speed is processor time on one core over comments as they come (`wikipedia_context_gn`, of which
0.6 % are toxic).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.speed import peer
from benchmarks.toxicity_quality import JIGSAW, LIKELY, auc
from ombud import encoder
from ombud.features import LinearHeads, hashed
from ombud.signals.toxicity import Toxicity
from ombud.text import fold
from ombud.weights import load

SHARES: Final = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0)
_PEER: Final = 150
"""Comments that the peer reads."""
_COLUMNS: Final = [encoder.HEADS.index(name) for name in encoder.TOXICITY]


def figures(data: Path, signal: Toxicity) -> dict[str, Any]:
    """Return the AUC for each share that is read by the encoder, and what the shipped one does."""
    table = pd.read_parquet(data / "toxicity_dev.parquet")
    wiki = table[table.source.str.startswith("jigsaw_wikipedia")]
    labels = wiki[[name.lower() for name in JIGSAW]].to_numpy(np.float64) >= LIKELY
    texts = [fold(text).text for text in wiki.text]
    cascade = load("cascade", "cascade.npz")
    linear = LinearHeads.from_arrays(load("toxicity", "toxicity.npz"))
    margins = linear.margins(hashed(texts, spec=linear.spec))
    chances = np.clip(encoder.shared().read(texts)[:, _COLUMNS], 1e-6, 1 - 1e-6)
    read = np.log(chances / (1 - chances))
    doubt = margins[:, 0] - cascade["clear"]
    columns = [encoder.TOXICITY.index(name) for name in JIGSAW]

    def area(sent: Any) -> float:  # noqa: ANN401
        summed = cascade["blend"] * margins + np.where(sent[:, None], read, cascade["quiet"])
        own = [auc(labels[:, n], summed[:, column]) for n, column in enumerate(columns)]
        return float(np.mean(own))

    curve = []
    for share in SHARES:
        bound = np.quantile(doubt, 1 - share) if 0 < share < 1 else (np.inf, -np.inf)[int(share)]
        curve.append({"share": share, "auc": area(doubt >= bound)})
    own = doubt >= 0
    natural = table[table.source.str.startswith("wikipedia_context_gn")].text
    return {
        "curve": curve,
        "shipped": {"share": float(own.mean()), "auc": area(own)},
        "encoder": float(np.mean([auc(labels[:, n], read[:, c]) for n, c in enumerate(columns)])),
        "natural": _speed([fold(text).text for text in natural], signal, linear, cascade["clear"]),
    }


def _speed(texts: list[str], signal: Toxicity, linear: LinearHeads, clear: Any) -> dict[str, float]:  # noqa: ANN401
    """Return the share that is read and the comments a second on one core."""
    begin = time.process_time()
    signal.score_texts(texts)
    spent = time.process_time() - begin
    begin = time.process_time()
    read = (linear.margins(hashed(texts, spec=linear.spec))[:, 0] >= clear).mean()
    alone = time.process_time() - begin
    return {
        "share": float(read),
        "comments_a_second": len(texts) / spent,
        "linear_a_second": len(texts) / alone,
    }


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    found = figures(data, Toxicity())
    print(f"{'read by the encoder':>20}{'mean AUC':>10}")
    for point in (*found["curve"], found["shipped"]):
        print(f"{point['share']:20.1%}{point['auc']:10.4f}")
    print(f"{'the encoder alone':>20}{found['encoder']:10.4f}")
    natural = found["natural"]
    speed = f"{natural['comments_a_second']:,.0f} comments a second on one core"
    print(f"as comments come: {natural['share']:.1%} read, {speed}")
    print(f"the linear model alone: {natural['linear_a_second']:,.0f} a second")
    table = pd.read_parquet(data / "toxicity_dev.parquet")
    texts = table[table.source.str.startswith("wikipedia_context_gn")].text[:_PEER].tolist()
    pace = len(texts) / peer(texts)
    ratio = 2 * natural["comments_a_second"] / pace
    print(
        f"BERT-base on both: {pace:,.1f} comments a second; the cascade on both, {ratio:.0f} times"
    )


if __name__ == "__main__":
    main()
