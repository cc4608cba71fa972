"""
Train the spam signal.

    python -m training.spam --data ../shared/data

Learns from text messages and video comments that people called spam or not, from lines written for
this project that advertise, and from ordinary comments, so that plain news talk is no outlier.
Takes half a minute on two cores; there is no randomness in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ombud.features import LinearHeads, Spec, hashed
from ombud.text import fold
from training.calibration import table
from training.card import record, save
from training.linear import Targets, fit, masses, matrix, quantised
from training.lines import FOLDS, HEAD_OF, digest, licensed, read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ombud.features import Features

SPEC: Final = Spec(bits=17, shortest=3, longest=4, words=2)
PENALTY: Final = 0.1
ITERATIONS: Final = 120
MIN_TEXTS: Final = 2
_TALK: Final = 12
"""One judged comment in so many is taken as ordinary."""
_WORTH: Final = {"spam": 1.0, "promotion": 0.7, "written": 0.7, "civic": 0.7, "talk": 0.5}

CREDIT: Final = (
    "UCI SMS Spam Collection; UCI YouTube Spam Collection (CC-BY-4.0 as published by UCI)",
    "Polis open data; UKPLab/acl2016-convincing-arguments (CC-BY-4.0)",
    "Jigsaw, Civil Comments and other licensed rows of the toxicity data (CC0-1.0, CC-BY-SA-3.0)",
    "lines written for this project (Apache-2.0)",
)


def examples(data: Path) -> pd.DataFrame:
    """Return folded texts with label, source and group (what stays together in a fold)."""
    rows: list[tuple[str, int, str, str]] = []
    spam = pd.read_parquet(data / "spam_train.parquet")
    for text, label in zip(spam.text, spam.spam, strict=True):
        rows.append((text, int(label), "spam", text))
    for stem in HEAD_OF:
        source = "promotion" if stem == "promotion" else "written"
        for line in read(stem):
            label = int(stem == "promotion" and line["label"])
            rows.append((line["text"], label, source, f"{stem}/{line.get('kind')}"))
    rows += [(t, 0, "civic", t) for t in pd.read_parquet(data / "civic_train.parquet").text]
    rows += [(t, 0, "talk", t) for t in licensed(data).text if digest(t) % _TALK == 0]
    found = pd.DataFrame(rows, columns=["text", "label", "source", "group"])
    found["text"] = [fold(text).text for text in found.text]
    found["fold"] = [digest(group) % FOLDS for group in found.group]
    return found.drop_duplicates("text").reset_index(drop=True)


def trained(features: Features, known: pd.DataFrame) -> LinearHeads:
    """Fit the weights."""
    weights = known.source.map(_WORTH).to_numpy(dtype=np.float64)
    labels = known.label.to_numpy(dtype=np.float64)
    targets = Targets(labels[:, None], weights[:, None], np.zeros(len(known), dtype=np.int64))
    mass = masses(features, SPEC, min_texts=MIN_TEXTS)
    texts, buckets = matrix(features, mass)
    slopes, bias = fit(texts, targets, penalties=(PENALTY,), iterations=ITERATIONS)
    return quantised(SPEC, mass, buckets, slopes, bias[0])


def figures(scores: NDArray[np.float64], known: pd.DataFrame) -> dict[str, float]:
    """Return recall and false alarms at a score of a half, by source."""
    found, label = scores >= 0.5, known.label.to_numpy() == 1  # noqa: PLR2004
    quality = {}
    for source in ("spam", "promotion"):
        own = (known.source == source).to_numpy()
        quality[f"{source}_recall"] = float(found[own & label].mean())
        quality[f"{source}_false_alarms"] = float(found[own & ~label].mean())
    for source in ("written", "civic", "talk"):
        quality[f"{source}_false_alarms"] = float(found[(known.source == source).to_numpy()].mean())
    return {name: round(value, 4) for name, value in quality.items()}


def main() -> None:
    """Fit, calibrate on folds held out, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data")
    known = examples(parser.parse_args().data)
    features = hashed(list(known.text), spec=SPEC)
    folds = known.fold.to_numpy()
    margins = np.zeros(len(known))
    for number in range(FOLDS):
        out, rest = np.flatnonzero(folds == number), np.flatnonzero(folds != number)
        heads = trained(features.part(rest), known.iloc[rest])
        margins[out] = heads.margins(features.part(out))[:, 0]
    label = known.label.to_numpy(dtype=np.float64)
    worth = known.source.map(_WORTH).to_numpy(dtype=np.float64)
    sides = np.stack([worth * (1 - label), worth * label], axis=1)
    knots, values = table(margins, label, sides / sides.sum(axis=0))
    quality = figures(np.interp(margins, knots, values), known)
    arrays: dict[str, Any] = {**trained(features, known).arrays(), "knots": knots, "values": values}
    facts = {
        "attributes": ["SPAM"],
        "kind": "logistic regression over hashed n-grams of characters and words, 8-bit weights",
        "texts": known.source.value_counts().to_dict(),
        "credit": CREDIT,
        "quality": quality,
        "measured": f"{FOLDS}-fold cross-validation, whole kinds of written lines held out, at .5",
    }
    print(f"spam {record('spam', [save('spam.npz', arrays)], facts)}: {quality}")


if __name__ == "__main__":
    main()
