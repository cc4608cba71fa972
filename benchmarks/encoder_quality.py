"""
How well the encoder alone tells breaches from what only looks like them, on the dev lines.

    python -m benchmarks.encoder_quality

For each head the area under the ROC curve, and recall and false alarms at a probability of a half.
"""

import json
from pathlib import Path

import numpy as np

from ombud.encoder import HEADS, Encoder
from ombud.subjects import subject
from ombud.text import fold
from ombud.vectors import shared

LINES = Path(__file__).parent / "lines"
FILES = {"THREATENING": "threat", "HATEFUL": "hate", "INCOHERENT": "incoherence"}


def area(scores: list[float], breaks: list[bool]) -> float:
    """Return the share of pairs of a breach and a clean line that are in the right order."""
    values, broken = np.array(scores), np.array(breaks)
    wins = values[broken][:, None] - values[~broken][None, :]
    return float((wins > 0).mean() + (wins == 0).mean() / 2)


def figures(encoder: Encoder) -> dict[str, dict[str, float]]:
    """Return the figures of each head."""
    found = {}
    for place, head in enumerate(HEADS[: HEADS.index("OFF_TOPIC") + 1]):
        path = LINES / f"{FILES.get(head, head.lower())}.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        texts = [fold(line["text"]).text for line in lines]
        if head == "OFF_TOPIC":
            articles = [line["article"] for line in lines]
            gists = [subject(shared(), one["title"], one["text"]).gist for one in articles]
            pairs = zip(texts, gists, strict=True)
            scores = [1 / (1 + np.exp(-encoder.read_under(*pair))) for pair in pairs]
        else:
            scores = encoder.read(texts)[:, place].tolist()
        breaks = [bool(line["breaks"]) for line in lines]
        over = np.array(scores) >= 0.5  # noqa: PLR2004
        found[head] = {
            "auc": round(area(scores, breaks), 3),
            "recall": round(float(over[np.array(breaks)].mean()), 3),
            "false_alarms": round(float(over[~np.array(breaks)].mean()), 3),
        }
    return found


def main() -> None:
    """Print the figures."""
    print(f"{'head':20} {'AUC':>6} {'recall':>7} {'false alarms':>13}")
    for head, row in figures(Encoder()).items():
        print(f"{head:20} {row['auc']:6.3f} {row['recall']:7.2f} {row['false_alarms']:13.2f}")


if __name__ == "__main__":
    main()
