"""
What comments are to the discussion: attacks on the author or another reader, provocation, nothing.

    python -m benchmarks.discussion_quality --data ../shared/data

400 real news comments (half from Civil Comments, half from Fox News) that no weight was trained
on, read one by one by one reader; `benchmarks/discussion.jsonl` holds only their ids and labels.
Where the reader was of two minds, the comment counts half on both sides.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from ombud import Case
from ombud.encoder import DISCUSSION
from ombud.signals.intent import Intent

LABELS = Path(__file__).with_name("discussion.jsonl")
_LIKELY = 0.5


def figures(data: Path, signal: Intent) -> dict[str, dict[str, float]]:
    """Return the figures of each attribute."""
    table = pd.read_parquet(data / "news_comments_dev.parquet")
    texts = dict(zip(table.id.astype(str), table.text, strict=True))
    lines = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    scores = signal.score([Case(texts[line["id"]]) for line in lines])
    found = {}
    for name in DISCUSSION:
        label = np.array([float(line[name]) for line in lines])
        score = scores[:, signal.attributes.index(name)]
        weights = np.concatenate([1 - label, label])
        sides = np.repeat([0, 1], len(label))
        bins = np.minimum((score * 10).astype(int), 9)
        found[name] = {
            "yes": int((label == 1).sum()),
            "maybe": int((label == 0.5).sum()),  # noqa: PLR2004
            "auc": float(roc_auc_score(sides, np.tile(score, 2), sample_weight=weights)),
            "found": float((label * (score >= _LIKELY)).sum() / label.sum()),
            "false": float(((1 - label) * (score >= _LIKELY)).sum() / (1 - label).sum()),
            "error": float(np.abs(np.bincount(bins, score - label)).sum() / len(label)),
        }
    return found


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    print(f"{'attribute':22}{'yes':>5}{'maybe':>7}{'AUC':>7}{'found':>8}{'false':>8}{'error':>7}")
    for name, row in figures(parser.parse_args().data, Intent()).items():
        rates = f"{row['found']:8.2f}{row['false']:8.2f}{row['error']:7.3f}"
        print(f"{name:22}{row['yes']:5}{row['maybe']:7}{row['auc']:7.3f}{rates}")


if __name__ == "__main__":
    main()
