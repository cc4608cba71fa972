"""
How well the toxicity signal judges.

    python -m benchmarks.toxicity_quality --data ../shared/data

Everything is measured on texts that no weight was trained on; what each figure means is printed
with it. Intervals are 95 % percentile intervals of the bootstrap over comments.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ombud.case import Case
from ombud.signals.toxicity import Toxicity
from ombud.text import fold
from ombud.weights import card
from training.calibration import balanced

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

JIGSAW: Final = ("TOXICITY", "SEVERE_TOXICITY", "OBSCENE", "THREAT", "INSULT", "IDENTITY_ATTACK")
TARGET: Final = 0.975
RESAMPLES: Final = 200
LIKELY: Final = 0.5
SURE: Final = 0.8
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


def say(text: str = "") -> None:
    """Print a line."""
    print(text)


class Dev:
    """The development comments, their labels and their scores."""

    def __init__(self, data: Path, signal: Toxicity) -> None:
        """Read and score."""
        table = pd.read_parquet(data / "toxicity_dev.parquet")
        table = table[~table.licence.str.contains("development only")]
        self.attributes = signal.attributes
        self.texts = table.text.tolist()
        self.labels = table[[name.lower() for name in signal.attributes]].to_numpy(np.float64)
        self.source = table.source.str.split("|").str[0].to_numpy()
        self.scores = signal.score([Case(text=text) for text in self.texts])
        self.civic = pd.read_parquet(data / "civic_dev.parquet").text.tolist()
        self.civic_scores = signal.score([Case(text=text) for text in self.civic])

    def judged(self, source: str, attribute: str) -> tuple[Flags, Floats]:
        """Return the labels (at least .5) and scores of a source where it judges an attribute."""
        column = self.attributes.index(attribute)
        rows = (self.source == source) & ~np.isnan(self.labels[:, column])
        return self.labels[rows, column] >= LIKELY, self.scores[rows, column]


def by_source(dev: Dev) -> None:
    """Print the area under the curve for every source and attribute."""
    say("AUC on toxicity_dev, by source and attribute (label >= .5 is positive)")
    say(f"  {'source':28}{'attribute':18}{'rows':>6}{'positive':>10}   AUC    95 %")
    for source in np.unique(dev.source):
        for attribute in dev.attributes:
            labels, scores = dev.judged(source, attribute)
            if min(labels.sum(), (~labels).sum()) < MIN_OF_A_CLASS:
                continue
            low, high = interval(
                lambda rows, y=labels, s=scores: auc(y[rows], s[rows]),  # type: ignore[misc]
                len(labels),
            )
            value = f"{auc(labels, scores):.4f}  {low:.3f}-{high:.3f}"
            say(f"  {source:28}{attribute:18}{len(labels):6}{labels.sum():10}  {value}")


def jigsaw(dev: Dev) -> None:
    """Print the mean over the six Jigsaw labels."""
    rows = np.flatnonzero(dev.source == "jigsaw_wikipedia")
    columns = [dev.attributes.index(attribute) for attribute in JIGSAW]
    labels, scores = dev.labels[rows][:, columns] >= LIKELY, dev.scores[rows][:, columns]

    def mean(chosen: NDArray[Any]) -> float:
        values = [auc(labels[chosen, k], scores[chosen, k]) for k in range(len(columns))]
        return float(np.mean(values))

    low, high = interval(mean, len(rows))
    value = mean(np.arange(len(rows)))
    verdict = "reached" if value >= TARGET else "MISSED"
    say(f"\nMean AUC over the six Jigsaw labels, {len(rows)} Wikipedia comments")
    say(f"  {value:.4f}  95 % {low:.4f}-{high:.4f}   target {TARGET}: {verdict}")


def calibration(dev: Dev) -> None:
    """Print how far scores are from shares, at the stated priors."""
    say("\nCalibration: mean |score - share of positives| over ten bins, at the priors on the card")
    priors = card("toxicity")["facts"]["priors"]
    news = dev.source == "civil_comments_toxic_spans"
    wiki = np.isin(dev.source, WIKIPEDIA)
    for column, attribute in enumerate(dev.attributes):
        rows = (news | wiki) & ~np.isnan(dev.labels[:, column])
        judged = (dev.labels[rows, column] >= LIKELY).astype(np.float64)
        label = np.concatenate([judged, np.zeros(len(dev.civic))])
        score = np.concatenate([dev.scores[rows, column], dev.civic_scores[:, column]])
        origin = np.concatenate([wiki[rows], np.zeros(len(dev.civic), dtype=bool)])
        weights = balanced(label, origin, prior=priors[attribute])
        bins = np.minimum((score * 10).astype(int), 9)
        negative, positive = (np.bincount(bins, weights[:, k], minlength=10) for k in (0, 1))
        said = np.bincount(bins, weights.sum(1) * score, minlength=10)
        error = np.abs(positive - said).sum() / (negative + positive).sum()
        say(f"  {attribute:18}{error:.3f}   positives {label.sum():.0f} of {len(label)}")


def alarms(dev: Dev) -> None:
    """Print what is flagged among civil opinions and what is found among toxic news comments."""
    say(f"\nFalse alarms: {len(dev.civic)} citizens' opinions (civic_dev), nearly all civil")
    sharp = [dev.attributes.index(name) for name in ("INSULT", "IDENTITY_ATTACK", "THREAT")]
    for bound in (LIKELY, SURE):
        toxic = (dev.civic_scores[:, 0] >= bound).mean()
        any_of = (dev.civic_scores[:, sharp] >= bound).any(axis=1).mean()
        say(f"  >= {bound}: TOXICITY {toxic:.2%}   INSULT, IDENTITY_ATTACK or THREAT {any_of:.2%}")
    say("\nRecall on news comments (civil_comments_toxic_spans), label >= .5")
    for attribute in dev.attributes:
        labels, scores = dev.judged("civil_comments_toxic_spans", attribute)
        if labels.any():
            found = [f">= {b}: {(scores[labels] >= b).mean():.3f}" for b in (LIKELY, SURE)]
            say(f"  {attribute:18}{'   '.join(found)}   of {labels.sum()}")


DISGUISES: Final[dict[str, Callable[[str], str]]] = {
    "none": lambda word: word,
    "leet": lambda word: word.translate(str.maketrans("aeiosAEIOS", "@310$@310$")),
    "s p a c e d": " ".join,
    "zero width": "\u200b".join,
    "look-alikes": lambda word: word.translate(str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")),
    "full width": lambda word: word.translate({code: code + 0xFEE0 for code in range(33, 127)}),
    "streeetched": lambda word: word[:1] + word[1:2] * 4 + word[2:],
}


def evasion(data: Path, signal: Toxicity) -> None:
    """Print recall when the words that raters marked as toxic are disguised, and where it looks."""
    table = pd.read_parquet(data / "spans_dev.parquet")
    table = table[(table.consensus.str.len() > 0) & ~table.licence.str.contains("development only")]
    say(f"\nDisguised toxic words, {len(table)} news comments (spans_dev): TOXICITY >= {LIKELY}")
    for name, disguise in DISGUISES.items():
        rows = zip(table.text, table.consensus, strict=True)
        cases = [Case(text=_disguised(text, spans, disguise)) for text, spans in rows]
        scores = signal.score(cases)[:, 0]
        say(f"  {name:14}{(scores >= LIKELY).mean():.3f}   mean score {scores.mean():.3f}")
    hit, overlap = 0, []
    for text, spans in zip(table.text, table.consensus, strict=True):
        truth = {k for span in spans for k in range(span["begin"], span["end"])}
        found = signal.locate(Case(text=text), "TOXICITY")
        marked = set(range(*found)) if found else set()
        hit += bool(truth & marked)
        overlap.append(2 * len(truth & marked) / (len(truth) + len(marked)))
    say(f"Located span: mean F1 {np.mean(overlap):.3f}, on a marked one {hit / len(table):.3f}")


def _disguised(text: str, spans: Any, disguise: Callable[[str], str]) -> str:  # noqa: ANN401
    for span in sorted(spans, key=lambda span: -span["begin"]):
        begin, end = span["begin"], span["end"]
        words = " ".join(map(disguise, text[begin:end].split(" ")))
        text = text[:begin] + words + text[end:]
    return text


def speed(dev: Dev, signal: Toxicity) -> None:
    """Print comments a second on one core."""
    texts = [dev.texts[row] for row in np.flatnonzero(dev.source == "jigsaw_wikipedia")]
    begin = time.process_time()
    folded = [fold(text).text for text in texts]
    middle = time.process_time()
    signal.score_texts(folded)
    end = time.process_time()
    length = np.mean([len(text) for text in texts])
    count = f"{len(texts)} comments of {length:.0f} characters on average"
    say(f"\nSpeed on one core (processor time), {count}")
    say(f"  scoring {len(texts) / (end - middle):,.0f} a second; ")
    say(f"  folding and scoring {len(texts) / (end - begin):,.0f} a second")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    data = parser.parse_args().data
    signal = Toxicity()
    dev = Dev(data, signal)
    say(f"toxicity {signal.version}\n")
    by_source(dev)
    jigsaw(dev)
    calibration(dev)
    alarms(dev)
    evasion(data, signal)
    speed(dev, signal)


if __name__ == "__main__":
    main()
