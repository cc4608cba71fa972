"""
How well the toxicity signal judges.

    python -m benchmarks.toxicity_quality --data ../shared/data

Everything is measured on texts that no weight was trained on; what each figure means is printed
with it. Intervals are 95 % percentile intervals of the bootstrap over comments.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ombud.case import Case
from ombud.features import LinearHeads, hashed
from ombud.signals.toxicity import Toxicity
from ombud.weights import load
from training.calibration import balanced

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

JIGSAW: Final = ("TOXICITY", "SEVERE_TOXICITY", "OBSCENE", "THREAT", "INSULT", "IDENTITY_ATTACK")
TARGET: Final = 0.985
RESAMPLES: Final = 200
LIKELY: Final = 0.5
SURE: Final = 0.8
BINS: Final = 10
MIN_OF_A_CLASS: Final = 5
WIKIPEDIA: Final = ("jigsaw_wikipedia", "wikipedia_context_gn")


def auc(labels: Flags, scores: Floats) -> float:
    """Return the share of pairs of a positive and a negative that the scores order rightly."""
    positive = int(labels.sum())
    negative = len(labels) - positive
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(scores)[labels].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))


def interval(measure: Callable[[NDArray[np.int64]], float], size: int) -> tuple[float, float]:
    """Return the bootstrap interval of a measure of the rows it is given."""
    random = np.random.default_rng(0)
    values = [measure(random.integers(0, size, size)) for _ in range(RESAMPLES)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


class Dev:
    """The development comments, their labels and their scores."""

    def __init__(self, data: Path, signal: Toxicity) -> None:
        """Read and score."""
        table = pd.read_parquet(data / "toxicity_dev.parquet")
        self.attributes = signal.attributes
        self.priors = signal.priors
        self.texts = table.text.tolist()
        self.labels = table[[name.lower() for name in signal.attributes]].to_numpy(np.float64)
        self.source = table.source.str.split("|").str[0].to_numpy()
        self.scores = signal.score([Case(text=text) for text in self.texts])
        heads = LinearHeads.from_arrays(load("toxicity", "toxicity.npz"))
        folded = [Case(text).meant.text for text in self.texts]
        self.linear = heads.margins(hashed(folded, spec=heads.spec))
        self.civic = pd.read_parquet(data / "civic_dev.parquet").text.tolist()
        self.civic_scores = signal.score([Case(text=text) for text in self.civic])

    def judged(self, source: str, attribute: str) -> tuple[Flags, Floats, Floats]:
        """Return labels (at least .5), scores and linear margins where a source judges."""
        column = self.attributes.index(attribute)
        rows = (self.source == source) & ~np.isnan(self.labels[:, column])
        labels = self.labels[rows, column] >= LIKELY
        return labels, self.scores[rows, column], self.linear[rows, column]


def by_source(dev: Dev) -> list[dict[str, Any]]:
    """Return the area under the curve for every source and attribute."""
    found = []
    for source in np.unique(dev.source):
        for attribute in dev.attributes:
            labels, scores, linear = dev.judged(source, attribute)
            if min(labels.sum(), (~labels).sum()) < MIN_OF_A_CLASS:
                continue
            low, high = interval(
                lambda rows, y=labels, s=scores: auc(y[rows], s[rows]),  # type: ignore[misc]
                len(labels),
            )
            counts = {"rows": len(labels), "positive": int(labels.sum())}
            curve = {"auc": auc(labels, scores), "low": low, "high": high}
            curve["linear"] = auc(labels, linear)
            found.append({"source": str(source), "attribute": attribute, **counts, **curve})
    return found


def jigsaw(dev: Dev) -> dict[str, float]:
    """Return the mean over the six Jigsaw labels on Wikipedia comments."""
    rows = np.flatnonzero(dev.source == "jigsaw_wikipedia")
    columns = [dev.attributes.index(attribute) for attribute in JIGSAW]
    labels, scores = dev.labels[rows][:, columns] >= LIKELY, dev.scores[rows][:, columns]

    def mean(chosen: NDArray[Any]) -> float:
        values = [auc(labels[chosen, k], scores[chosen, k]) for k in range(len(columns))]
        return float(np.mean(values))

    low, high = interval(mean, len(rows))
    return {"rows": len(rows), "auc": mean(np.arange(len(rows))), "low": low, "high": high}


def reliability(dev: Dev) -> dict[str, dict[str, Any]]:
    """
    Return for each attribute what scores say and what raters said, at the prior of the score.

    `bins`: mean score, share of positives and weight of the comments, in ten parts of the scale;
    `error`: the mean distance of the two, weighted (expected calibration error);
    `chance`: what that error would be if every score were right, since the positives are few.
    """
    found: dict[str, dict[str, Any]] = {}
    news = dev.source == "civil_comments_toxic_spans"
    wiki = np.isin(dev.source, WIKIPEDIA)
    for column, attribute in enumerate(dev.attributes):
        rows = (news | wiki) & ~np.isnan(dev.labels[:, column])
        judged = (dev.labels[rows, column] >= LIKELY).astype(np.float64)
        label = np.concatenate([judged, np.zeros(len(dev.civic))])
        score = np.concatenate([dev.scores[rows, column], dev.civic_scores[:, column]])
        origin = np.concatenate([wiki[rows], np.zeros(len(dev.civic), dtype=bool)])
        weights = balanced(label, origin, prior=dev.priors[attribute])
        places = np.minimum((score * BINS).astype(int), BINS - 1)
        positive = np.bincount(places, weights[:, 1], minlength=BINS)
        total = np.bincount(places, weights.sum(1), minlength=BINS)
        said = np.bincount(places, weights.sum(1) * score, minlength=BINS)
        bins = [
            {"said": said[n] / total[n], "seen": positive[n] / total[n], "weight": total[n]}
            for n in np.flatnonzero(total)
        ]
        error = float(np.abs(positive - said).sum() / total.sum())
        chance = by_chance(weights, origin, positives=said, total=total)
        counted = {"positive": int(label.sum()), "bins": bins}
        found[attribute] = {"error": error, "chance": chance, **counted}
    return found


def by_chance(weights: Floats, origin: Flags, *, positives: Floats, total: Floats) -> float:
    """
    Return the error that scores would show on average if each of them were right.

    weights: (texts, 2), origin: (texts,), as for `balanced`.
    positives, total: (bins,) weight of the positives that there should be, and of all texts.
    As many texts as there are of each class and origin are drawn from what the scores say.
    """
    random = np.random.default_rng(0)
    drawn = np.zeros((2, RESAMPLES, len(total)))
    for column, expected in enumerate((total - positives, positives)):
        for part in (origin, ~origin):
            own = weights[part, column]
            count = int((own > 0).sum())
            if count:
                found = random.multinomial(count, expected / expected.sum(), size=RESAMPLES)
                drawn[column] += found / count * own.sum()
    said = np.divide(positives, total, out=np.zeros_like(total), where=total > 0)
    return float(np.abs(drawn[1] - drawn.sum(0) * said).sum(1).mean() / total.sum())


def alarms(dev: Dev) -> dict[str, dict[str, float]]:
    """Return the shares of citizens' opinions, nearly all civil, that score high."""
    sharp = [dev.attributes.index(name) for name in ("INSULT", "IDENTITY_ATTACK", "THREAT")]
    return {
        str(bound): {
            "TOXICITY": float((dev.civic_scores[:, 0] >= bound).mean()),
            "any of the others": float((dev.civic_scores[:, sharp] >= bound).any(1).mean()),
        }
        for bound in (LIKELY, SURE)
    }


def figures(data: Path, signal: Toxicity) -> dict[str, Any]:
    """Return all figures."""
    dev = Dev(data, signal)
    return {
        "sources": by_source(dev),
        "jigsaw": jigsaw(dev),
        "reliability": reliability(dev),
        "alarms": {"comments": len(dev.civic), "shares": alarms(dev)},
    }


def show(found: dict[str, Any]) -> None:
    """Print the figures."""
    print("AUC on toxicity_dev, by source and attribute (label >= .5 is positive)")
    print(
        f"  {'source':28}{'attribute':18}{'rows':>6}{'positive':>10}   AUC    95 %         linear"
    )
    for row in found["sources"]:
        counts = f"{row['rows']:6}{row['positive']:10}"
        value = f"{row['auc']:.4f}  {row['low']:.3f}-{row['high']:.3f}  {row['linear']:.4f}"
        print(f"  {row['source']:28}{row['attribute']:18}{counts}  {value}")
    mean = found["jigsaw"]
    verdict = "reached" if mean["auc"] >= TARGET else "MISSED"
    print(f"\nMean AUC over the six Jigsaw labels, {mean['rows']} Wikipedia comments")
    span = f"95 % {mean['low']:.4f}-{mean['high']:.4f}"
    print(f"  {mean['auc']:.4f}  {span}   target {TARGET}: {verdict}")
    print("\nCalibration: mean |score - share of positives| over ten bins, at the priors;")
    print("  beside it what it would be if every score were right, with so few positives")
    for attribute, row in found["reliability"].items():
        counts = f"positives {row['positive']}"
        print(f"  {attribute:18}{row['error']:.3f}   {row['chance']:.3f}   {counts}")
    print(f"\nFalse alarms: {found['alarms']['comments']} citizens' opinions, nearly all civil")
    for bound, row in found["alarms"]["shares"].items():
        cells = "   ".join(f"{name} {share:.2%}" for name, share in row.items())
        print(f"  >= {bound}: {cells}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    signal = Toxicity()
    print(f"toxicity {signal.version}\n")
    show(figures(parser.parse_args().data, signal))


if __name__ == "__main__":
    main()
