"""
How well the larger encoder judges that teaches the one that is shipped.

    python -m benchmarks.teacher_quality --data ../shared/data --folder MPNET --weights teacher.pt

The mean area under the ROC curve over the six Jigsaw labels on the Wikipedia comments of
`toxicity_dev`, with its 95 % interval of the bootstrap over comments, and that of each clause on
the dev lines; neither was learned from.
The same figures of what is shipped: `benchmarks.toxicity_quality` and `benchmarks.encoder_quality`.
Needs torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from benchmarks.encoder_quality import FILES, LINES, area
from benchmarks.toxicity_quality import JIGSAW, LIKELY, auc, interval
from ombud.case import Case
from ombud.encoder import CLAUSES, HEADS, spelled
from training.encoder import teacher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.transformer import Transformer

_SOURCE: Final = "jigsaw_wikipedia"


def read(model: Transformer, texts: list[str]) -> NDArray[np.float32]:
    """Return (texts, HEADS) margins."""
    return model.margins([spelled(Case(text).meant.text) for text in texts]).numpy()


def jigsaw(model: Transformer, data: Path) -> None:
    """Print the areas on the Jigsaw labels."""
    table = pd.read_parquet(data / "toxicity_dev.parquet")
    table = table[table.source.str.startswith(_SOURCE)]
    labels = table[[name.lower() for name in JIGSAW]].to_numpy(np.float64) >= LIKELY
    scores = read(model, table.text.tolist())[:, [HEADS.index(name) for name in JIGSAW]]

    def mean(rows: NDArray[np.int64]) -> float:
        columns = range(len(JIGSAW))
        return float(np.mean([auc(labels[rows, k], scores[rows, k]) for k in columns]))

    for column, name in enumerate(JIGSAW):
        print(f"{name:20} {auc(labels[:, column], scores[:, column]):.4f}")
    low, high = interval(mean, len(table))
    print(f"{'mean':20} {mean(np.arange(len(table))):.4f}  95 % {low:.4f}-{high:.4f}\n")


def clauses(model: Transformer) -> None:
    """Print the area of each clause on the dev lines."""
    for head in CLAUSES:
        path = LINES / f"{FILES.get(head, head.lower())}.jsonl"
        lines = pd.read_json(path, lines=True)
        scores = read(model, lines.text.tolist())[:, HEADS.index(head)]
        print(f"{head:20} {area(scores.tolist(), lines.breaks.astype(bool).tolist()):.3f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    model = teacher(given.folder, given.weights)
    jigsaw(model, given.data)
    clauses(model)


if __name__ == "__main__":
    main()
