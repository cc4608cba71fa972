"""
Whether the characters that carry a score are those that raters marked.

    python -m benchmarks.spans_quality --data ../shared/data

The measure of SemEval-2021 task 5: for each comment the F1 of characters against those that most
raters marked (1 where both mark none, 0 where one does), and the mean of that over all comments.
The best system there reached .708 on its own test part, which is not used here.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from ombud.case import Case
from ombud.signals.toxicity import Toxicity


def f1(found: set[int], wanted: set[int]) -> float:
    """Return the harmonic mean of precision and recall of two sets of places."""
    if not found or not wanted:
        return float(not found and not wanted)
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def figures(data: Path, signal: Toxicity) -> dict[str, tuple[int, float]]:
    """Return how many comments there are and their mean F1: all, and where most raters agree."""
    table = pd.read_parquet(data / "spans_dev.parquet")
    measured = []
    for text, consensus in zip(table.text, table.consensus, strict=True):
        wanted = {n for span in consensus for n in range(span["begin"], span["end"])}
        found = {n for span in signal.locate(Case(text), "TOXICITY") for n in range(*span)}
        measured.append(f1(found, wanted))
    agreed = np.array([len(consensus) > 0 for consensus in table.consensus])
    rows = {"all comments": agreed | True, "where most raters agree": agreed}
    return {name: (int(r.sum()), float(np.array(measured)[r].mean())) for name, r in rows.items()}


def main() -> None:
    """Mark the development comments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    for name, (count, mean) in figures(parser.parse_args().data, Toxicity()).items():
        print(f"{name:24} {count:6} {mean:6.3f}")


if __name__ == "__main__":
    main()
