"""
Train the topic signal.

    python -m training.topic --data ../shared/data

Learns from invented articles with comments on and off their topic, and from comments put under an
article that they were not written for, if they say enough of their own to be out of place there.
Measures also from which doubt on the encoder is asked: run it again when there is a new one.
Takes a minute or two; the chance in it starts from a fixed seed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.neural_network import MLPClassifier

from ombud import encoder
from ombud.case import Case
from ombud.newsroom import Article
from ombud.signals.topic import weighed
from ombud.subjects import evidence, names_something, subject
from ombud.vectors import shared
from training.card import record, save
from training.lines import digest, read
from training.platt import platt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Network = list[tuple[Floats, Floats]]

_FOLDS: Final = 5
_MISMATCHED: Final = 10
"""Comments of other articles put under each article."""
_RICH: Final = 1.4
"""Richness (log of the summed weights of content words) from which a comment has a topic."""
_SIZE: Final = 8
_SEEDS: Final = 8
_ON_WEIGHT: Final = 2.0
_MISMATCHED_WEIGHT: Final = 0.5
_SHIFT: Final = 1.2
"""Log-odds by which networks and encoder expect more comments off the topic than there are."""
_NAMED: Final = 1.5
"""
Log-odds by which they expect still more where a comment names something of its article.

Of the comments written to be off the topic 63 % do, more than of those on it (54 %), since a lure
teaches more; of comments on other articles 15 % (printed here).
Readers who wander off are like the latter for the most part.
"""
_UNASKED: Final = 0.01
"""Share of what is off the topic and would be found that the encoder is not asked about."""
_UNREAD: Final = 0.003
"""Share of the rest that the first layers lose, on articles that the encoder has learnt from."""


@dataclass(frozen=True)
class Examples:
    """(cases,) cases, labels (1 off the topic), weights, folds; `own` marks the written ones."""

    cases: list[Case]
    labels: NDArray[np.int64]
    weights: Floats
    folds: NDArray[np.int64]
    own: NDArray[np.bool_]


def examples() -> Examples:
    """Pair articles with their own comments and with those of others."""
    random = Random(0)
    stories = list(read("topics"))
    rows: list[tuple[Case, int, float, int, bool]] = []
    for story in stories:
        article, fold = Article(**story["article"]), digest(story["article"]["title"]) % _FOLDS
        rows += [(Case(text, article=article), 0, _ON_WEIGHT, fold, True) for text in story["on"]]
        rows += [(Case(text, article=article), 1, 1.0, fold, True) for text in story["off"]]
        others = [s for s in stories if s is not story and _same_fold(s, fold)]
        texts = [text for other in others for text in (*other["on"], *other["off"])]
        for text in random.sample(texts, _MISMATCHED):
            rows.append((Case(text, article=article), 1, _MISMATCHED_WEIGHT, fold, False))
    for stem in (
        "correction_request",
        "promotion",
        "policy_talk",
        "proselytizing",
        "impersonation",
    ):
        for line in read(stem):
            if line.get("article") and not line["label"]:
                article = Article(**{k: str(v) for k, v in line["article"].items()})
                rows.append(
                    (
                        Case(line["text"], article=article),
                        0,
                        1.0,
                        digest(article.title) % _FOLDS,
                        False,
                    )
                )
    cases, labels, weights, folds, own = zip(*rows, strict=True)
    return Examples(
        list(cases), np.array(labels), np.array(weights), np.array(folds), np.array(own)
    )


def _same_fold(story: dict[str, dict[str, str]], fold: int) -> bool:
    return digest(story["article"]["title"]) % _FOLDS == fold


def fitted(inputs: Floats, known: Examples, rows: NDArray[np.bool_]) -> Network:
    """Fit several small networks from different beginnings, put side by side as one."""
    weights, biases, outs, shift = [], [], [], 0.0
    for seed in range(_SEEDS):
        network = MLPClassifier(
            (_SIZE,),
            alpha=3e-2,
            batch_size=64,
            max_iter=40,
            learning_rate_init=3e-3,
            random_state=seed,
        )
        network.fit(inputs[rows], known.labels[rows], sample_weight=known.weights[rows])
        weights.append(network.coefs_[0])
        biases.append(network.intercepts_[0])
        outs.append(network.coefs_[1] / _SEEDS)
        shift += float(network.intercepts_[1][0]) / _SEEDS
    inner = (np.hstack(weights), np.concatenate(biases))
    return [inner, (np.vstack(outs), np.array([shift]))]


def margins(inputs: Floats, network: Network) -> Floats:
    """Return (cases,) margins."""
    (weights, bias), (out, shift) = network
    return np.asarray((np.maximum(inputs @ weights + bias, 0) @ out + shift)[:, 0])


def figures(margin: Floats, scores: Floats, known: Examples) -> dict[str, float]:
    """Return how well written comments of held-out articles are told apart."""
    own, off = known.own, known.labels == 1
    found = {}
    for bound in (0.5, 0.7, 0.8, 0.9):
        hit = scores >= bound
        found[f"recall_at_{bound}"] = round(float(hit[own & off].mean()), 4)
        found[f"held_wrongly_at_{bound}"] = round(float(hit[own & ~off].mean()), 4)
        found[f"mismatched_found_at_{bound}"] = round(float(hit[~own & off].mean()), 4)
    order = np.argsort(-margin[own])
    right = np.cumsum(off[own][order])
    precise = right / np.arange(1, len(order) + 1) >= 0.9  # noqa: PLR2004
    found["recall_at_precision_0.9"] = round(float(right[precise].max(initial=0) / right[-1]), 4)
    return found


def bounds(static: Floats, known: Examples) -> Floats:
    """
    Return the log-odds from which the encoder is asked, and from which it reads on.

    static: (cases,) log-odds by the networks, of articles held out.
    """
    vectors, reader = shared(), encoder.shared()
    early, late = [], []
    rows = np.flatnonzero(known.own & (known.labels == 1))
    for row in rows.tolist():
        case = known.cases[row]
        assert case.article is not None  # noqa: S101  # all have one
        gist = subject(vectors, case.article.title, case.article.text).gist
        for found, enough in ((early, np.inf), (late, -np.inf)):
            read = reader.read_under(case.folded.text, gist, enough)
            found.append(weighed(float(static[row]), read))
    found_late = np.array(late) >= _SHIFT
    doubt = np.quantile(static[rows][found_late], _UNASKED)
    asked = found_late & (static[rows] >= doubt)
    return np.array([doubt, np.quantile(np.array(early)[asked], _UNREAD)])


def tell_named(known: Examples) -> None:
    """Print how many comments of each kind name something of their article."""
    named = np.array([names_something(case, shared()) for case in known.cases])
    off = known.labels == 1
    kinds = {
        "on the topic": known.own & ~off,
        "off it": known.own & off,
        "of others": ~known.own & off,
    }
    shares = (f"{kind} {named[rows].mean():.0%}" for kind, rows in kinds.items())
    print(f"comments that name something of their article: {', '.join(shares)}")


def main() -> None:
    """Pair, fit, calibrate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not used: all that is learnt from is in training/written")
    parser.parse_args()

    known = examples()
    tell_named(known)
    found = evidence(known.cases, shared())
    rich = (found[:, 0] > _RICH) | known.own | (known.labels == 0)
    low, high = np.quantile(found, 0.005, axis=0), np.quantile(found, 0.995, axis=0)
    high = np.maximum(high, low + 1e-6)
    inputs = np.clip(2 * (found - low) / (high - low) - 1, -1, 1)
    margin = np.zeros(len(inputs))
    for fold in range(_FOLDS):
        out = known.folds == fold
        margin[out] = margins(inputs[out], fitted(inputs, known, ~out & rich))
    curve = platt(margin[rich], known.labels[rich], known.weights[rich])
    static = curve[0] * margin + curve[1]
    quality = figures(margin, 1 / (1 + np.exp(-static)), known)
    doubt, further = limits = bounds(static, known)
    print(f"the encoder is asked from log-odds of {doubt:.2f}, reads on from {further:.2f}")
    arrays = {"low": low, "high": high, "platt": curve, "bounds": limits}
    arrays["expected"] = np.array([_SHIFT, _NAMED])
    for number, (weights, bias) in enumerate(fitted(inputs, known, rich)):
        arrays[f"weights{number}"], arrays[f"bias{number}"] = weights, bias
    facts = {
        "attributes": ["OFF_TOPIC"],
        "kind": "network over likeness of words, names and meaning of comment and article",
        "credit": ["articles and comments written for this project (Apache-2.0)"],
        "quality": quality,
        "measured": f"{_FOLDS}-fold cross-validation, whole articles held out",
    }
    print(f"topic {record('topic', [save('topic.npz', arrays)], facts)}: {quality}")


if __name__ == "__main__":
    main()
